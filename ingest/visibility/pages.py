"""All lines of a paper, looked at for signs: its head, the edges of its pages, the heading of a non-public part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.visibility.consulting import decided_behind_closed_doors, sessions_in
from ingest.visibility.signs import Zone, says_confidential
from ingest.visibility.spelling import HINT, PUBLIC_STEM, SIGN, spelled

HEAD_LINES = 40
"""Fields about the paper itself stand in its head; all seen do so within 25 lines."""
EDGE_LINES = 3
"""Page headers and footers of council papers have up to three lines."""
MAX_CHARS = 1_000
"""What is looked at of a line: Word files hold paragraphs in one line, hostile files a megabyte."""
MAX_LINES = 200_000
"""A longer paper is no paper; what lies beyond is not looked at."""

_LINE = re.compile(r"[^\n\v\r]+")
_RULE = re.compile(r"[\W_]*")
_CLOSED = re.compile(r"[:=|\t]\s*\W?n(?!\w)|^\s*[\w -]{4,30}:\s*$|(?<!\w)N(?!\w)", re.IGNORECASE)
"""A field of the head whose value is one letter, or stands in the line below."""
_PUBLIC_PART = re.compile(
    rf"^\W*(?:(?:[IVX]+|[A-H]|\d+)[.)]\s*)?(?<!nicht)(?<!nicht[\W_]){PUBLIC_STEM}iche[rs]?\s+(?:teil|sitzung|tagesordnung|angelegenheiten|punkte)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A line that says of its paper that it is confidential.

    Attributes:
        text: as written, blanks folded.
        page: 1-based.
        line: 1-based, on that page; 0 for a header or footer that a reader gave apart.
        begins_part: whether only a part of the paper begins here.
        public_from: page on which a public part begins behind it, 0 if none does.
    """

    text: str
    page: int
    line: int
    begins_part: bool = False
    public_from: int = 0


def sign_in(pages: Sequence[str], running: Sequence[str] = ()) -> Sign | None:
    """Return the first sign of confidentiality that a paper gives of itself, None if there is none.

    Args:
        pages: text of each page as its reader gave it; one for a format without pages.
        running: page headers and footers that the reader gave apart from the text, in any order.
    """
    for text in running:
        lines = [spelled(line) for line in _lines(text)]
        if any(says_confidential(lines, i, Zone.RUNNING) for i in range(len(lines))):
            return Sign(text=_shown(text), page=1, line=0)
    found = next(_signs(pages), None)
    return found if found is None else replace(found, public_from=_public_part(pages, found))


def _public_part(pages: Sequence[str], sign: Sign) -> int:
    for number, page in enumerate(pages[sign.page - 1 :], start=sign.page):
        lines = list(_lines(page))[sign.line if number == sign.page else 0 :]
        if any(_PUBLIC_PART.match(spelled(line)) for line in lines):
            return number
    return 0


def _signs(pages: Sequence[str]) -> Iterator[Sign]:
    seen, has_public_part = 0, False
    for number, page in enumerate(pages, start=1):
        raw = list(_lines(page))
        head = min(len(raw), max(0, HEAD_LINES - seen))
        telling = [i for i, line in enumerate(raw) if HINT.search(line) or (i < head and _CLOSED.search(line))]
        lines = [spelled(line) for line in raw] if telling else raw
        rows = sessions_in(lines[: 2 * head]) if telling else frozenset()
        for i in telling:
            line, zone = lines[i], _zone(i, len(lines), head)
            has_public_part = has_public_part or bool(_PUBLIC_PART.match(line))
            if says_confidential(lines, i, zone, rows):
                begins = has_public_part or number > 1 or i >= head
                yield Sign(text=_shown(raw[i]), page=number, line=i + 1, begins_part=begins)
        if telling and (row := decided_behind_closed_doors(lines, rows)):
            yield Sign(text=_shown(row), page=number, line=lines.index(row) + 1)
        seen += len(lines)
        if seen > MAX_LINES:
            return


def _zone(i: int, count: int, head: int) -> Zone:
    if i < head:
        return Zone.HEAD
    return Zone.EDGE if i < EDGE_LINES or i >= count - EDGE_LINES else Zone.BODY


def _lines(page: str) -> Iterator[str]:
    """Return the lines that hold more than blanks and drawn rules; a word cut at a line's end is joined."""
    kept = ""
    for found in _LINE.finditer(page):
        line = kept + found.group()[:MAX_CHARS]
        kept = ""
        if re.search(r"\bnicht[-\u2010\u2011\u00ad]?\s*$", line, re.IGNORECASE) and len(line) < MAX_CHARS:
            kept = line.rstrip() + " "
            continue
        if not _RULE.fullmatch(line) or re.search(r"[☐☒☑□■\uf06f\uf0a8\uf0fd\uf0fe]", line):
            yield line
    if kept:
        yield kept


def _shown(text: str) -> str:
    folded = " ".join(text.split())
    sign = SIGN.search(folded)
    start = max(0, sign.start() - 30) if sign and sign.end() > 80 else 0
    return folded[start : start + 80]
