"""What stands around the text of an office document: page headers and footers, a declared title, what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ingest.extraction import Omission

_PAGE_NUMBER: Final = re.compile(
    r"(?:[–—-]\s*)?(?:(?:Seite|Blatt|S\.|Page)\s*)?\d{0,4}\s*(?:(?:von|/|of)\s*\d{0,4})?(?:\s*[–—-])?", re.IGNORECASE
)
_PAGE_NUMBER_AT_END: Final = re.compile(r"[\s|·,;–-]*\b(?:Seite|Blatt)\s*\d{0,4}\s*(?:(?:von|/)\s*\d{0,4})?\s*$")
_BLANKS: Final = re.compile(r"[ \t\u00a0]*\t[ \t\u00a0]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the text.

    Attributes:
        header: lines above the text of the first page, without page numbers.
        footer: lines below it.
        everywhere: lines above and below the text of any page.
        title: as the document's properties say; any nonsense is possible.
        left_out: what is in the file and not in the text.
        data: the document as pandoc is to see it; None: the file itself.
    """

    header: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    everywhere: tuple[str, ...] = ()
    title: str = ""
    left_out: Mapping[Omission, int] = field(default_factory=dict)
    data: bytes | None = None


def header_lines(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Return the lines of a page header, without page numbers and empty ones; what tabs part stays on one line."""
    lines = []
    for line in (line for paragraph in paragraphs for line in paragraph.split("\n")):
        shown = _PAGE_NUMBER_AT_END.sub("", _BLANKS.sub("   ", line.strip()))
        if shown.strip() and not _PAGE_NUMBER.fullmatch(shown.strip()):
            lines.append(shown.strip())
    return tuple(lines)


def framed(text: str, frame: Frame) -> str:
    """Put the first page's header above a text and its footer below, where the text does not say the same itself."""
    known = {" ".join(line.split()) for line in text.split("\n")}
    above, below = (
        "\n".join(line for line in lines if " ".join(line.split()) not in known)
        for lines in (frame.header, frame.footer)
    )
    return "\n\n".join(part for part in (above, text, below) if part)
