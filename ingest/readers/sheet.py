"""Excel workbooks through openpyxl. The only user of openpyxl.

Not pandoc: 3.9 refuses the workbooks that openpyxl and many exports write (absolute targets) and leaves out
`inlineStr` cells without a word.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ingest.errors import UnreadableDocument
from ingest.readers.limits import Limits, check_length
from ingest.types import Extraction

MAX_EMPTY_ROWS = 1_000
"""A sheet may claim a million rows; so many empty ones in a row are its end."""


def read_sheet(path: Path, limits: Limits) -> Extraction:
    """Return a workbook's sheets, each under its name, a row a line, cells parted by " | ".

    Values are those that Excel stored last; formulas are not worked out.

    Raises:
        UnreadableDocument: broken, or more text than the limits allow.
    """
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            lines = list(_lines(path, book.worksheets, limits))
        finally:
            book.close()
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
    return Extraction(pages=("\n".join(lines),), paged=False, reader=f"openpyxl {version('openpyxl')}")


def _lines(path: Path, sheets: Iterable[object], limits: Limits) -> Iterator[str]:
    chars = 0
    for sheet in sheets:
        yield f"{sheet.title}\n"  # type: ignore[attr-defined]
        empty = 0
        for row in sheet.iter_rows(values_only=True):  # type: ignore[attr-defined]
            line = " | ".join(_written(value) for value in row).strip(" |")
            empty = 0 if line else empty + 1
            if empty > MAX_EMPTY_ROWS:
                break
            if line:
                chars += len(line)
                check_length(path, chars, limits)
                yield line
        yield ""


def _written(value: object) -> str:
    """Write a cell as a German reader would: decimal comma, day before month."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nein"
        case float():
            return f"{value:.10g}".replace(".", ",")
        case dt.datetime():
            return f"{value:%d.%m.%Y}" if value.time() == dt.time() else f"{value:%d.%m.%Y %H:%M}"
        case dt.date():
            return f"{value:%d.%m.%Y}"
        case _:
            return " ".join(str(value).split())
