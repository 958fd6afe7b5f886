from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from ingest.errors import UnreadableDocument
from ingest.extraction import Extraction, LeftOut, Omission
from ingest.readers import DEFAULT
from ingest.readers.worker import read_document
from tests.ingest.readers.papers import spreadsheet


@pytest.mark.parametrize("inline", [False, True], ids=["shared strings", "strings in the cells"])
def test_rows_of_a_spreadsheet_are_lines(tmp_path: Path, inline: bool) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(spreadsheet(("Amt", "Stellen"), ("DO.IT", "12"), inline=inline))

    assert read_document(path, DEFAULT).pages == ("Stellen\n\nAmt | Stellen\nAmt: DO.IT | Stellen: 12\n",)


def test_values_are_written_as_a_german_reader_would(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Stand", dt.date(2023, 12, 15), 89.76, True, None, 3])
    book.save(path)

    assert "Stand | 15.12.2023 | 89,76 | ja | 3" in read_document(path, DEFAULT).pages[0]


def test_a_workbook_without_its_sheets_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    whole = spreadsheet(("Amt", "Stellen"))
    path.write_bytes(whole.replace(b"worksheets/sheet1.xml", b"worksheets/sheet9.xml", 1))

    with pytest.raises(UnreadableDocument, match="beschädigt"):
        read_document(path, DEFAULT)


def saved(tmp_path: Path, book: openpyxl.Workbook) -> Extraction:
    path = tmp_path / "plaetze.xlsx"
    book.save(path)
    return read_document(path, DEFAULT)


def a_book(*rows: list[object]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "Bäder"
    for row in rows:
        book.active.append(row)
    return book


def test_a_head_merged_over_columns_stands_before_each_of_their_cells(tmp_path: Path) -> None:
    book = a_book(
        ["Gäste der Bäder"], ["Bad", "Gäste", None, "Auslastung"], [None, 2023, 2024, None], ["Nord", 510, 620, 0.412]
    )
    for area in ("A1:D1", "B2:C2", "A2:A3", "D2:D3"):
        book.active.merge_cells(area)
    book.active["D4"].number_format = "0.0%"

    assert saved(tmp_path, book).pages[0].split("\n")[2:] == [
        "Gäste der Bäder",
        "Bad | Gäste | Gäste | Auslastung",
        "Bad | 2023 | 2024 | Auslastung",
        "Bad: Nord | Gäste 2023: 510 | Gäste 2024: 620 | Auslastung: 41,2 %",
        "",
    ]


def test_a_cell_merged_over_rows_stands_in_each(tmp_path: Path) -> None:
    book = a_book(["Bad", "Jahr", "Gäste"], ["Nord", 2023, 510], [None, 2024, 620])
    book.active.merge_cells("A2:A3")

    assert "Bad: Nord | Jahr: 2024 | Gäste: 620" in saved(tmp_path, book).pages[0]


def test_what_is_hidden_is_left_out_and_counted(tmp_path: Path) -> None:
    book = a_book(["Bad", "intern", "Gäste"], ["Nord", "prüfen", 510], ["Süd", "x", 99], ["West", "y", 7])
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.create_sheet("Entwurf").append(["Gebühr", 312])
    book["Entwurf"].sheet_state = "hidden"

    extraction = saved(tmp_path, book)

    assert extraction.pages[0].split("\n")[2:4] == ["Bad | Gäste", "Bad: Nord | Gäste: 510"]
    assert not any(word in extraction.pages[0] for word in ("99", "prüfen", "312", "Entwurf"))
    assert {one.what: one.count for one in extraction.left_out} == {
        Omission.SHEET: 1, Omission.ROW: 1, Omission.COLUMN: 1
    }  # fmt: skip
    assert {"intern", "prüfen", "Süd | x | 99", "Entwurf", "Gebühr | 312"} <= set(extraction.hidden)


def test_names_and_printed_edges_of_sheets_are_page_headers(tmp_path: Path) -> None:
    book = a_book(["Bad", "Gäste"], ["Nord", 510])
    book.active.title = "Bäder"
    book.active.oddFooter.center.text = "vertraulich"

    assert saved(tmp_path, book).page_headers == ("Bäder", "vertraulich")


def test_formulas_without_a_stored_value_are_said(tmp_path: Path) -> None:
    extraction = saved(tmp_path, a_book(["Bad", "Gäste"], ["Nord", 510], ["Summe", "=SUM(B2:B2)"]))

    assert extraction.left_out == (LeftOut(what=Omission.FORMULA, count=1),)
    assert "keinen gespeicherten Wert" in extraction.warnings[0]


def test_tables_of_one_sheet_have_heads_of_their_own(tmp_path: Path) -> None:
    book = a_book(["Bad", "Gäste"], ["Nord", 510], [], ["Straße", "Länge"], ["Uferweg", 2.5])

    assert saved(tmp_path, book).pages[0].split("\n")[2:6] == [
        "Bad | Gäste", "Bad: Nord | Gäste: 510", "Straße | Länge", "Straße: Uferweg | Länge: 2,5"
    ]  # fmt: skip
