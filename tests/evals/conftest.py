from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.evals.made_up import write_town


class Town(NamedTuple):
    gold: Path
    answers: Path
    documents: Path


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(*write_town(tmp_path))
