"""Fixtures of the ingest tests: a small corpus on disk and a place for its index."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.made_corpus import write_corpus


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")
