"""Each paper in `golden/` reads and cleans to the `.expected` beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.clean import clean
from ingest.readers import DEFAULT
from ingest.readers.worker import read_document

GOLDEN = Path(__file__).with_name("golden")
PAPERS = sorted(path for path in GOLDEN.iterdir() if path.suffix != ".expected")


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_a_paper_reads_as_expected(path: Path) -> None:
    extraction = read_document(path, DEFAULT)

    expected = path.with_name(f"{path.name}.expected").read_text(encoding="utf-8")
    assert clean("\f".join(extraction.pages)).text + "\n" == expected
