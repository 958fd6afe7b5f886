"""Passages → parts: the stretches of a few sentences that a reader ranks and is shown.

Found is a passage, because its words in one place tell more; read is a part, because a reader's time is short. Cut
once, when a paper is added, with their sentences and search tokens: that was four fifths of a question's time.
"""

from __future__ import annotations

from ingest.german import search_tokens
from ingest.sentences import sentences
from ingest.types import Part, Passage, Span

PARTS_VERSION = 1
"""Goes up whenever the same passage would be cut differently; an index of another version is rebuilt."""

PART_CHARS = 700
"""Upper size, unless one sentence is longer. gold-dev, best sentence of a part and score of its passage: parts of 350 /
500 / 700 / 900 characters and whole passages bring the evidence within 9,000 read characters for .81 / .82 / .856 /
.844 / .822 of the questions."""

TAIL_CHARS = 150
"""A shorter rest stays with what stands before it."""


def parts(passage: Passage) -> tuple[Part, ...]:
    """Cut a passage, in order; a passage without sentences is one part."""
    text = passage.text
    groups: list[list[Span]] = []
    for sentence in sentences(text) or (Span(start=0, end=len(text)),):
        if groups and sentence.end - groups[-1][0].start <= PART_CHARS:
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    if len(groups) > 1 and groups[-1][-1].end - groups[-1][0].start < TAIL_CHARS:
        groups[-2:] = [groups[-2] + groups[-1]]
    return tuple(_part(text, group) for group in groups)


def _part(text: str, group: list[Span]) -> Part:
    return Part(
        span=Span(start=group[0].start, end=group[-1].end),
        sentences=tuple(group),
        tokens=tuple(tuple(dict.fromkeys(search_tokens(" ".join(one.of(text).split())))) for one in group),
    )
