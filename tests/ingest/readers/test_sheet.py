from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from ingest.errors import UnreadableDocument
from ingest.readers import DEFAULT
from ingest.readers.worker import read_document
from tests.ingest.readers.papers import spreadsheet


@pytest.mark.parametrize("inline", [False, True], ids=["shared strings", "strings in the cells"])
def test_rows_of_a_spreadsheet_are_lines(tmp_path: Path, inline: bool) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(spreadsheet(("Amt", "Stellen"), ("DO.IT", "12"), inline=inline))

    assert read_document(path, DEFAULT).pages == ("Stellen\n\nAmt | Stellen\nDO.IT | 12\n",)


def test_values_are_written_as_a_german_reader_would(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Stand", dt.date(2023, 12, 15), 89.76, True, None, 3])
    book.save(path)

    assert "Stand | 15.12.2023 | 89,76 | ja |  | 3" in read_document(path, DEFAULT).pages[0]


def test_a_workbook_without_its_sheets_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    whole = spreadsheet(("Amt", "Stellen"))
    path.write_bytes(whole.replace(b"worksheets/sheet1.xml", b"worksheets/sheet9.xml", 1))

    with pytest.raises(UnreadableDocument, match="beschädigt"):
        read_document(path, DEFAULT)
