"""A text as lines that know where they stand. Heads of council papers are forms, and forms are lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_CHARS = 1_000
"""Forms are told by how a line begins. Word files hold whole paragraphs in one line, and hostile files a
megabyte: patterns see this much of it, spans still cover it all."""
_LINE = re.compile(r"[^\n\f\v\r]+")
_HEADING_MARK = re.compile(r"^#{1,6}\s+(?=\S)")
"""What Markdown writes before a heading, also in files that are not read as Markdown."""
_RULE = re.compile(r"[^\w\s☐☒☑✓•*–-]{4,}|_{4,}|[-–*]{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not blank.

    Attributes:
        text: the line's beginning, white space folded and stripped, without the mark of a heading.
        start: offset of its first visible character.
        end: offset behind its last visible character.
        gap: number of line breaks between the line before and this one; 1 means it follows directly.
    """

    text: str
    start: int
    end: int
    gap: int


def lines_of(text: str) -> tuple[Line, ...]:
    """Return all lines that hold more than blanks or a drawn rule; a page break counts as two line breaks."""
    found: list[Line] = []
    last_end = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        stripped = raw.strip()
        if not stripped or _RULE.fullmatch(stripped):
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        between = text[last_end:start]
        gap = between.count("\n") + 2 * between.count("\f") + between.count("\v")
        end = start + len(stripped)
        shown = _HEADING_MARK.sub("", stripped[:MAX_CHARS])
        found.append(Line(text=" ".join(shown.split()), start=start, end=end, gap=gap or 1))
        last_end = end
    return tuple(found)


def fold(text: str) -> str:
    """Return `text` in one line: white space folded to single spaces, none around it."""
    return " ".join(text.split())
