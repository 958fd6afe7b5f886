"""Parts of passages as the second stage ranks them: cut when their paper was added (`ingest.parts`), read here.

Found is a passage, because its words in one place tell more; read is a part, because a reader's time is short.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.types import Hit
from ingest.types import Part as Cut
from ingest.types import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of whole sentences of a passage.

    Attributes:
        hit: the passage as it was found.
        span: characters of the passage's text.
        sentences: their texts, white space folded; never empty.
        tokens: search tokens of each sentence.
    """

    hit: Hit
    span: Span
    sentences: tuple[str, ...]
    tokens: tuple[frozenset[str], ...]

    @property
    def text(self) -> str:
        """The characters as they stand."""
        return self.span.of(self.hit.passage.text)


def parts_of(hit: Hit, cut: Iterable[Cut]) -> list[Part]:
    """Return the parts of a passage in order, as they were cut when its paper was added."""
    text = hit.passage.text
    return [
        Part(
            hit=hit,
            span=part.span,
            sentences=tuple(" ".join(sentence.of(text).split()) for sentence in part.sentences),
            tokens=tuple(map(frozenset, part.tokens)),
        )
        for part in cut
    ]
