"""What a reader gives of one file, and what it left out: the value between reading a file and understanding a paper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Omission(StrEnum):
    """What a reader leaves out of a text, and what one of it is."""

    STRUCK = "struck"
    """A passage that is crossed out."""
    DELETED = "deleted"
    """A passage deleted while changes were tracked."""
    HIDDEN = "hidden"
    """A passage formatted as hidden."""
    COMMENT = "comment"
    """A comment that is not printed."""
    ATTACHMENT = "attachment"
    """A file inside the file."""
    SHEET = "sheet"
    """A hidden sheet of a workbook."""
    ROW = "row"
    """A hidden row with something in it."""
    COLUMN = "column"
    """A hidden column with something in it."""
    FORMULA = "formula"
    """A formula whose value is not stored."""
    SLIDE = "slide"
    """A hidden slide."""
    CHART = "chart"
    """A chart whose values are not stored with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """How many of a kind a reader left out."""

    what: Omission
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What a reader gives: the text of one file, nothing understood yet.

    Attributes:
        pages: text of each page in order; one entry for a format without pages.
        paged: whether these are real pages.
        reader: library and version, for the record ("pypdfium2 5.15.2").
        warnings: sentences for staff ("3 von 40 Seiten haben keinen Text (vermutlich Scans).").
        left_out: what stands in the file but not in `pages`, counted; the warnings say it too.
        declared_title: what the format itself says the title is, empty if nothing.
        page_headers: lines above and below the text of each page, where the format keeps them apart (Word).
        hidden: lines of hidden sheets, rows, columns and slides; never shown, only looked at for who may see the paper.
        page_labels: what is printed as the number of each page, where the format says it; else empty.
    """

    pages: tuple[str, ...]
    paged: bool
    reader: str
    warnings: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    declared_title: str = ""
    page_headers: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    page_labels: tuple[str, ...] = ()
