from __future__ import annotations

from pathlib import Path

import pytest

from bot.app import build
from ingest.errors import IndexMismatch


def test_another_encoder_is_refused_before_it_is_loaded(index_dir: Path) -> None:
    with pytest.raises(IndexMismatch, match="„bundled“ gebaut, eingestellt ist „some/other“"):
        build(index_dir=index_dir, encoder_name="some/other")
