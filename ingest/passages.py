"""Sections → passages: the pieces of about 1,400 characters that search finds.

Every character that is not white space stands in exactly one passage, passages follow each other in
order, and none mixes two agenda items. Neighbouring small sections share a passage; it then has the
role and heading of the section with the most characters in it, the first of them if two have as many.
Pages are never carried here: `Document.page_of(passage.span)` works them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from ingest.sentences import sentences
from ingest.types import Document, Passage, Section, SectionRole, Span

PASSAGES_VERSION = 1
"""Goes up whenever the same document would be cut differently; an index of another version is rebuilt."""
PASSAGE_CHARS = 1_400
"""Upper size. Measured on karlsruhe-small: 900 → 1,400 characters brought the evidence within the first
4,500 read characters from .56 to .62 of the questions; 2,200 lost again (.58)."""
FULL_CHARS = 600
"""From here on a passage ends where its section ends, rather than begin with another section's text."""
TAIL_CHARS = 250
"""What is left at the end of an agenda item and shorter than this joins the passage before it, which may
then be `PASSAGE_CHARS + TAIL_CHARS` long."""

_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*|\f\s*")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """What is never cut any further: a paragraph, a sentence, or a part of an overlong one."""

    start: int
    end: int
    section: int


def passages(document: Document) -> tuple[Passage, ...]:
    """Cut a document into passages; one without any character but white space has none.

    Ids depend on the document's id and the span alone: the same document gives the same passages.
    """
    sections = document.sections or (
        Section(role=SectionRole.BODY, heading="", span=Span(start=0, end=len(document.text))),
    )
    cut = [group for pieces in _items(document.text, sections) for group in _packed(pieces)]
    return tuple(_passage(document, sections, ordinal, group) for ordinal, group in enumerate(cut))


def _passage(document: Document, sections: tuple[Section, ...], ordinal: int, group: list[_Piece]) -> Passage:
    span = Span(start=group[0].start, end=group[-1].end)
    sizes: dict[int, int] = {}
    for piece in group:
        sizes[piece.section] = sizes.get(piece.section, 0) + piece.end - piece.start
    section = sections[max(sizes, key=lambda index: (sizes[index], -index))]
    return Passage(
        passage_id=sha256(f"{document.document_id}:{span.start}:{span.end}".encode()).hexdigest()[:16],
        document_id=document.document_id,
        ordinal=ordinal,
        span=span,
        text=span.of(document.text),
        role=section.role,
        heading=section.heading,
        agenda_item=section.agenda_item,
        page=document.page_of(span),
    )


def _items(text: str, sections: tuple[Section, ...]) -> Iterator[list[_Piece]]:
    """Yield the pieces of each run of sections that belong to the same agenda item."""
    pieces: list[_Piece] = []
    item: str | None = None
    for index, section in enumerate(sections):
        if section.agenda_item != item and pieces:
            yield pieces
            pieces = []
        item = section.agenda_item
        span = section.span
        pieces += [_Piece(start=begin, end=end, section=index) for begin, end in _pieces(text, span.start, span.end)]
    if pieces:
        yield pieces


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield paragraphs, and sentences of paragraphs that are longer than a passage."""
    for begin, stop in _paragraphs(text, start, end):
        if stop - begin <= PASSAGE_CHARS:
            yield begin, stop
            continue
        for sentence in sentences(text[begin:stop]):
            yield from _words(text, begin + sentence.start, begin + sentence.end)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what stands between blank lines and page breaks, without white space around it."""
    begin = start
    for match in (*_PARAGRAPH_END.finditer(text, start, end), None):
        stop = match.start() if match else end
        words = text[begin:stop]
        if stripped := words.strip():
            first = begin + words.index(stripped[0])
            yield first, first + len(stripped)
        begin = match.end() if match else end


def _words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield runs of whole words no longer than a passage; only a longer word is cut."""
    begin = last = start
    for match in _WORD.finditer(text, start, end):
        if match.end() - begin > PASSAGE_CHARS and last > begin:
            yield begin, last
            begin = match.start()
        while match.end() - begin > PASSAGE_CHARS:
            yield begin, begin + PASSAGE_CHARS
            begin += PASSAGE_CHARS
        last = match.end()
    if last > begin:
        yield begin, last


def _packed(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Group neighbours, greedily, and let a short tail join what stands before it."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        group = groups[-1] if groups else []
        filled = group[-1].end - group[0].start if group else 0
        fits = bool(group) and piece.end - group[0].start <= PASSAGE_CHARS
        new_section = bool(group) and piece.section != group[-1].section and filled >= FULL_CHARS
        if fits and not new_section:
            group.append(piece)
        else:
            groups.append([piece])
    if len(groups) > 1:
        tail = groups[-1]
        if tail[-1].end - tail[0].start < TAIL_CHARS and (
            tail[-1].end - groups[-2][0].start <= PASSAGE_CHARS + TAIL_CHARS
        ):
            groups[-2:] = [groups[-2] + tail]
    return groups
