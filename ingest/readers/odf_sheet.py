"""OpenDocument spreadsheets, zipped or flat: cells as the file shows them, hidden parts left out and counted."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from lxml import etree

from ingest.errors import UnreadableDocument
from ingest.extraction import Extraction, Omission
from ingest.readers.grid import Cell, lines_of
from ingest.readers.left_out import HiddenLines, counted
from ingest.readers.limits import Limits, check_length
from ingest.readers.odf import paragraphs_of

_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_MOST_REPEATED: Final = 1_000
"""A sheet says of its empty rest that it is one row a million times; so much is no content."""
_WORDS: Final = frozenset({None, "string"})


def read_odf_sheet(path: Path, limits: Limits) -> Extraction:
    """Return a spreadsheet's sheets, each under its name, a row a line, cells with the heads of their columns.

    Raises:
        UnreadableDocument: broken, or more text than the limits allow.
    """
    left_out: Counter[Omission] = Counter()
    hidden, names = HiddenLines(), HiddenLines()
    lines: list[str] = []
    try:
        root = _content(path)
        unseen = _unseen_styles(root)
        for table in root.iter(f"{_TABLE}table"):
            if table.get(f"{_TABLE}style-name") in unseen or table.get(f"{_TABLE}display") == "false":
                left_out[Omission.SHEET] += 1
                hidden.add(table.get(f"{_TABLE}name", ""))
                hidden.extend(_written(cells) for cells in _rows(table, Counter(), hidden))
                continue
            names.add(table.get(f"{_TABLE}name", ""))
            lines += (table.get(f"{_TABLE}name", ""), "", *lines_of(list(_rows(table, left_out, hidden))), "")
            check_length(path, sum(map(len, lines)), limits)
    except (KeyError, ValueError, zipfile.BadZipFile, etree.LxmlError) as error:
        raise UnreadableDocument(path, "Das Dokument ist beschädigt oder unvollständig.") from error
    return Extraction(
        pages=("\n".join(lines),),
        paged=False,
        reader=f"lxml {version('lxml')}",
        left_out=counted(left_out),
        page_headers=names.lines,
        hidden=hidden.lines,
    )


def _written(cells: list[Cell]) -> str:
    return " | ".join(cell.text for cell in cells if cell.text)


def _content(path: Path) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    if path.suffix.lower() == ".fods":
        return etree.fromstring(path.read_bytes(), parser)
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("content.xml"), parser)


def _unseen_styles(root: Any) -> frozenset[str]:
    return frozenset(
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(one.get(f"{_TABLE}display") == "false" for one in style.iter(f"{_STYLE}table-properties"))
    )


def _rows(table: Any, left_out: Counter[Omission], unseen: HiddenLines) -> Iterator[list[Cell]]:
    """Yield the visible rows; what reaches over several cells stands in each of them."""
    hidden = _hidden_columns(table)
    seen_hidden: set[int] = set()
    above: dict[int, tuple[int, Cell]] = {}
    for row in table.iter(f"{_TABLE}table-row"):
        cells = _cells(row, above)
        is_filled = any(cell.text for cell in cells)
        times = min(int(row.get(f"{_TABLE}number-rows-repeated", 1)), _MOST_REPEATED) if is_filled else 1
        if row.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            left_out[Omission.ROW] += times if is_filled else 0
            unseen.add(_written(cells))
            continue
        for column in hidden:
            if column < len(cells) and cells[column].text:
                seen_hidden.add(column)
                unseen.add(cells[column].text)
        for _ in range(times):
            yield [cell for column, cell in enumerate(cells) if column not in hidden]
    left_out[Omission.COLUMN] += len(seen_hidden)


def _cells(row: Any, above: dict[int, tuple[int, Cell]]) -> list[Cell]:
    cells: list[Cell] = []
    for one in row:
        if one.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        wide, high = (int(one.get(f"{_TABLE}number-{way}-spanned", 1)) for way in ("columns", "rows"))
        text = " ".join(" ".join(paragraphs_of(one)).split())
        ways = ({"right"} if wide > 1 else set()) | ({"down"} if high > 1 else set())
        cell = Cell(text=text, is_text=one.get(f"{_OFFICE}value-type") in _WORDS, reaches=frozenset(ways))
        for _ in range(min(int(one.get(f"{_TABLE}number-columns-repeated", 1)), _MOST_REPEATED)):
            place = len(cells)
            left, shown = above.pop(place, (0, cell))
            cells.append(shown)
            if left > 1:
                above[place] = (left - 1, shown)
        if one.tag == f"{_TABLE}table-cell" and (wide > 1 or high > 1):
            place = len(cells) - 1
            for column in range(place, place + min(wide, _MOST_REPEATED)):
                if high > 1:
                    above[column] = (high - 1, cell)
                if column > place:
                    above.setdefault(column, (1, cell))
    return cells


def _hidden_columns(table: Any) -> frozenset[int]:
    found: set[int] = set()
    place = 0
    for column in table.iter(f"{_TABLE}table-column"):
        times = min(int(column.get(f"{_TABLE}number-columns-repeated", 1)), _MOST_REPEATED)
        if column.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            found |= set(range(place, place + times))
        place += times
    return frozenset(found)
