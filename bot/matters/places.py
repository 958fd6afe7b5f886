"""Where a paper says of itself what the catalogue says of it: its subject, who moves it, its date, its committee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from bot.answering.verify import located, stands_in
from ingest.dates import find_dates
from ingest.factions import factions_in
from ingest.types import Document, Span

HEAD_CHARS = 2_000
"""In which a paper names itself."""

LEAST_CHARS, MOST_CHARS = 4, 300


def subject_at(paper: Document) -> Span:
    """Return where a paper says what it is about; else its first line."""
    head = Span(start=0, end=min(HEAD_CHARS, len(paper.text)))
    for name in (paper.title, paper.subject, paper.title.rpartition(": ")[2], paper.title.partition(": ")[2]):
        if len(name) >= LEAST_CHARS and (found := located(name, paper, head)) and _stands(paper, found):
            return found
    return next((line for line in _lines(paper) if _stands(paper, line)), head)


def movers_at(paper: Document, factions: tuple[str, ...], names: tuple[str, ...] = ()) -> Span:
    """Return the line in which a paper names who moves it."""
    return _line(
        paper, lambda line: bool(set(factions_in(line)) & set(factions)) or any(name in line for name in names)
    )


def day_at(paper: Document, day: dt.date) -> Span:
    """Return the line in which a paper bears a date."""
    return _line(paper, lambda line: any(found.day == day for found in find_dates(line)))


def body_at(paper: Document, body: str) -> Span:
    """Return the line in which a paper names a committee."""
    return _line(paper, lambda line: body[:-1] in line)


def _line(paper: Document, holds: Callable[[str], bool]) -> Span:
    found = (line for line in _lines(paper) if holds(line.of(paper.text)) and _stands(paper, line))
    return next(found, None) or subject_at(paper)


def _lines(paper: Document) -> Iterator[Span]:
    """Yield the lines of a paper's head, cut to what is quoted; without blanks at their ends."""
    start = 0
    for line in paper.text[:HEAD_CHARS].split("\n"):
        stripped = line.strip()
        if len(stripped) >= LEAST_CHARS:
            begin = start + line.index(stripped)
            yield Span(start=begin, end=begin + min(len(stripped), MOST_CHARS))
        start += len(line) + 1


def _stands(paper: Document, span: Span) -> bool:
    return stands_in(paper, span, " ".join(span.of(paper.text).split()))
