"""Passages cut into parts of a few sentences: what the second stage ranks and a reader is shown.

Found is a passage, because its words in one place tell more; read is a part, because a reader's time is short.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.types import Hit
from ingest.sentences import sentences
from ingest.types import Span

PART_CHARS = 700
"""Upper size, unless one sentence is longer. gold-dev, best sentence of a part and score of its passage: parts of 350 /
500 / 700 / 900 characters and whole passages bring the evidence within 9,000 read characters for .81 / .82 / .856 /
.844 / .822 of the questions."""

TAIL_CHARS = 150
"""A shorter rest stays with what stands before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of whole sentences of a passage.

    Attributes:
        hit: the passage as it was found.
        span: characters of the passage's text.
        sentences: their texts, white space folded; never empty.
    """

    hit: Hit
    span: Span
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """The characters as they stand."""
        return self.span.of(self.hit.passage.text)


def parts_of(hit: Hit) -> list[Part]:
    """Cut a passage, in order; a passage without sentences is one part."""
    text = hit.passage.text
    groups: list[list[Span]] = []
    for sentence in sentences(text) or [Span(start=0, end=len(text))]:
        if groups and sentence.end - groups[-1][0].start <= PART_CHARS:
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    if len(groups) > 1 and groups[-1][-1].end - groups[-1][0].start < TAIL_CHARS:
        groups[-2:] = [groups[-2] + groups[-1]]
    return [
        Part(
            hit=hit,
            span=Span(start=group[0].start, end=group[-1].end),
            sentences=tuple(" ".join(sentence.of(text).split()) for sentence in group),
        )
        for group in groups
    ]
