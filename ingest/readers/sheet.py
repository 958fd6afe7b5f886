"""Excel workbooks through openpyxl. The only user of openpyxl.

Not pandoc: 3.9 refuses the workbooks that openpyxl and many exports write (absolute targets) and leaves out
`inlineStr` cells without a word.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from ingest.errors import UnreadableDocument
from ingest.extraction import Extraction, Omission
from ingest.readers.grid import Cell, lines_of
from ingest.readers.left_out import HiddenLines, counted
from ingest.readers.limits import MIB, Limits, check_length
from ingest.readers.number_formats import written
from ingest.readers.titles import declared_title

MAX_EMPTY_ROWS: Final = 1_000
"""A sheet may claim a million rows; so many empty ones in a row are its end."""
WHOLE_BYTES: Final = 60 * MIB
"""Unpacked size up to which a workbook is read as a whole: openpyxl takes about ten times that in memory."""
MAX_COLUMNS: Final = 1_000


def read_sheet(path: Path, limits: Limits) -> Extraction:
    """Return a workbook's sheets, each under its name, a row a line, cells with the heads of their columns.

    Values are those that Excel stored last, written as their formats show them; formulas are not worked out. Hidden
    sheets, rows and columns are left out and counted.

    Raises:
        UnreadableDocument: broken, or more text than the limits allow.
    """
    left_out: Counter[Omission] = Counter()
    hidden, headers = HiddenLines(), HiddenLines()
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(one.file_size for one in archive.infolist() if one.filename.startswith("xl/worksheets/"))
        is_whole = size <= WHOLE_BYTES
        book = load_workbook(path, read_only=not is_whole, data_only=True, keep_links=False)
        formulas = load_workbook(path, read_only=True, data_only=False, keep_links=False)
        try:
            lines: list[str] = []
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    left_out[Omission.SHEET] += 1
                    hidden.add(sheet.title)
                    for row in _rows(sheet, Counter(), is_whole, hidden):
                        hidden.add(" | ".join(cell.text for cell in row if cell.text))
                    continue
                headers.add(sheet.title)
                headers.extend(_page_edges(sheet))
                left_out[Omission.FORMULA] += _without_value(sheet, formulas[sheet.title]) if is_whole else 0
                lines += (sheet.title, "", *lines_of(list(_rows(sheet, left_out, is_whole, hidden))), "")
                check_length(path, sum(map(len, lines)), limits)
            title = declared_title(book.properties.title or "", path.stem)
        finally:
            book.close()
            formulas.close()
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        ParseError,
        zipfile.BadZipFile,
    ) as error:
        raise UnreadableDocument(path, "Das Dokument ist beschädigt oder unvollständig.") from error
    if not lines and left_out[Omission.SHEET]:
        raise UnreadableDocument(path, "Alle Tabellenblätter sind ausgeblendet.")
    large = "Die Tabelle ist sehr groß; ausgeblendete Zeilen und verbundene Zellen wurden nicht beachtet."
    return Extraction(
        pages=("\n".join(lines),),
        paged=False,
        reader=f"openpyxl {version('openpyxl')}",
        warnings=() if is_whole else (large,),
        left_out=counted(left_out),
        declared_title=title,
        page_headers=headers.lines,
        hidden=hidden.lines,
    )


def _page_edges(sheet: Any) -> Iterator[str]:
    """Yield what is printed above and below a sheet; a sheet read in pieces does not tell."""
    for name in ("oddHeader", "oddFooter", "firstHeader", "firstFooter", "evenHeader", "evenFooter"):
        if edge := getattr(sheet, name, None):
            yield from (part.text or "" for part in (edge.left, edge.center, edge.right))


def _rows(sheet: Any, left_out: Counter[Omission], is_whole: bool, unseen: HiddenLines) -> Iterator[list[Cell]]:
    """Yield the visible rows; what reaches over several cells stands in each of them."""
    hidden = _hidden_columns(sheet) if is_whole else frozenset()
    merged = _merged(sheet) if is_whole else {}
    seen_hidden: set[int] = set()
    empty = 0
    for number, row in enumerate(sheet.iter_rows(max_col=min(sheet.max_column or 1, MAX_COLUMNS)), start=1):
        cells = [_cell(one, merged.get((number, column))) for column, one in enumerate(row, start=1)]
        is_filled = any(cell.text for cell in cells)
        left_out[Omission.COMMENT] += sum(one.comment is not None for one in row) if is_whole else 0
        if is_whole and sheet.row_dimensions[number].hidden:
            left_out[Omission.ROW] += is_filled
            unseen.add(" | ".join(cell.text for cell in cells if cell.text))
            continue
        for column in hidden:
            if column <= len(cells) and cells[column - 1].text:
                seen_hidden.add(column)
                unseen.add(cells[column - 1].text)
        empty = 0 if is_filled else empty + 1
        if empty > MAX_EMPTY_ROWS:
            break
        yield [cell for column, cell in enumerate(cells, start=1) if column not in hidden]
    left_out[Omission.COLUMN] += len(seen_hidden)


def _cell(one: Any, merged: tuple[Any, frozenset[str]] | None) -> Cell:
    source, reaches = merged or (one, frozenset())
    value = source.value
    return Cell(
        text=written(value, str(source.number_format or "General")) if value is not None else "",
        is_text=isinstance(value, str),
        reaches=reaches,
    )


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[Any, frozenset[str]]]:
    """Return for each place in a merged cell the cell that holds its value, and which way it reaches."""
    found = {}
    for area in sheet.merged_cells.ranges:
        ways = {"right"} if area.max_col > area.min_col else set()
        ways |= {"down"} if area.max_row > area.min_row else set()
        corner = sheet.cell(area.min_row, area.min_col)
        for row in range(area.min_row, min(area.max_row, area.min_row + MAX_EMPTY_ROWS) + 1):
            for column in range(area.min_col, min(area.max_col, MAX_COLUMNS) + 1):
                found[row, column] = (corner, frozenset(ways))
    return found


def _hidden_columns(sheet: Any) -> frozenset[int]:
    """Return the numbers of hidden columns; one entry of the file may stand for many."""
    found: set[int] = set()
    for name, column in sheet.column_dimensions.items():
        if column.hidden:
            first = column.min or next(i for i in range(1, MAX_COLUMNS + 1) if get_column_letter(i) == name)
            found |= set(range(first, min(column.max or first, MAX_COLUMNS) + 1))
    return frozenset(found)


def _without_value(sheet: Any, formulas: Any) -> int:
    """Count the formulas whose value is not stored: a program wrote them that does not calculate."""
    count = empty = 0
    for number, row in enumerate(formulas.iter_rows(max_col=MAX_COLUMNS), start=1):
        empty = 0 if any(cell.value is not None for cell in row) else empty + 1
        if empty > MAX_EMPTY_ROWS:
            break
        for column, cell in enumerate(row, start=1):
            if cell.data_type == "f" and sheet.cell(number, column).value is None:
                count += 1
    return count
