"""Tables as text (`.csv`): the delimiter is found, rows become lines as in a workbook."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Final

from ingest.errors import UnreadableDocument
from ingest.extraction import Extraction
from ingest.readers.grid import Cell, lines_of
from ingest.readers.limits import Limits, check_length
from ingest.readers.text import load_text

_DELIMITERS: Final = ";\t,|"
_LOOKED_AT: Final = 200
"""Lines in which the delimiter is looked for."""
_FIGURE: Final = re.compile(r"[-+]?[\d.,\s:/%€-]*\d[\d.,\s:/%€-]*(?:€|%|EUR|Euro)?")


def read_csv(path: Path, limits: Limits) -> Extraction:
    """Return the rows of a table, cells with the heads of their columns.

    Raises:
        UnreadableDocument: it is not text, or too long.
    """
    text, encoding, warnings = load_text(path, limits)
    try:
        rows = list(csv.reader(text.splitlines(), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise UnreadableDocument(path, "Die Tabelle ist beschädigt: Ein Feld ist zu lang.") from error
    lines = list(lines_of([[_cell(value) for value in row] for row in rows]))
    check_length(path, sum(map(len, lines)), limits)
    return Extraction(pages=("\n".join(lines),), paged=False, reader=f"csv {encoding}", warnings=warnings)


def _cell(value: str) -> Cell:
    shown = " ".join(value.split())
    return Cell(text=shown, is_text=not _FIGURE.fullmatch(shown))


def _delimiter(text: str) -> str:
    """Return the character that stands equally often in most lines; a semicolon where none does."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.splitlines()[:_LOOKED_AT] if line.strip()]

    def agreement(delimiter: str) -> int:
        counts = Counter(line.count(delimiter) for line in lines)
        counts.pop(0, None)
        return max(counts.values(), default=0)

    return max(_DELIMITERS, key=lambda delimiter: (agreement(delimiter), -_DELIMITERS.index(delimiter)))
