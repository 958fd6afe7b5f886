"""Rows of a sheet as lines that can be quoted alone: each cell with the heads of its column.

Knows no file format. A table begins with head rows: rows of text above the first row with a figure or without further
heads. What stands alone in its row, above or between tables, is a title or a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

MOST_HEAD_ROWS: Final = 4
_FIGURE: Final = re.compile(r"\d")
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:\s*[/–-]\s*\d{2,4})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell.

    Attributes:
        text: as it is shown.
        is_text: whether it holds words, not a number or a date.
        reaches: whether a merged cell reaches into it, or from it into others: "right", "down", both or neither.
    """

    text: str = ""
    is_text: bool = False
    reaches: frozenset[str] = frozenset()


Row = Sequence[Cell]


def lines_of(rows: Sequence[Row]) -> Iterator[str]:
    """Yield a line a row, cells parted by " | "; below head rows each cell with its heads before it."""
    start = 0
    while start < len(rows):
        end = next((i for i in range(start, len(rows)) if not _filled(rows[i])), len(rows))
        yield from _table(rows[start:end])
        start = end + 1


def _table(rows: Sequence[Row]) -> Iterator[str]:
    first = next((i for i, row in enumerate(rows) if _width(row) > 1), len(rows))
    for row in rows[:first]:
        yield next(cell.text for cell in row if cell.text)
    depth = _head_rows(rows[first:])
    heads = [_head(rows[first : first + depth], column) for column in range(max(map(len, rows), default=0))]
    for i, row in enumerate(rows[first:]):
        if i < depth:
            yield " | ".join(cell.text for cell in row).strip(" |")
        elif depth and _width(row) > 1:
            yield " | ".join(
                f"{head}: {cell.text}" if head and head != cell.text else cell.text
                for head, cell in zip(heads, row, strict=False)
                if cell.text
            )
        else:
            yield " | ".join(dict.fromkeys(cell.text for cell in row if cell.text))


def _head_rows(rows: Sequence[Row]) -> int:
    """Count the rows that say what the columns are; none where the first holds figures or is all there is."""
    depth = 0
    for row in rows[:MOST_HEAD_ROWS]:
        cells = [cell for cell in row if cell.text]
        if not all(
            cell.is_text or (depth and _YEAR.fullmatch(cell.text)) or _YEAR.fullmatch(cell.text) for cell in cells
        ):
            break
        if depth and not any(cell.reaches for cell in rows[depth - 1]):
            break
        depth += 1
    return depth if len(rows) > depth else 0


def _head(rows: Sequence[Row], column: int) -> str:
    """Return what the head rows say of a column, each word once."""
    texts = (row[column].text for row in rows if column < len(row))
    return " ".join(dict.fromkeys(text for text in texts if text)).rstrip(" :")


def _filled(row: Row) -> bool:
    return any(cell.text for cell in row)


def _width(row: Row) -> int:
    """Count the cells of a row that differ: a title merged over all columns is one."""
    return (
        len({cell.text for cell in row if cell.text})
        if any("right" in cell.reaches for cell in row)
        else sum(bool(cell.text) for cell in row)
    )
