"""Without a model: sentences by how near their words come to the question's, and one threshold.

For a house that wants no transformer, and for measuring what the transformer gains. Parts stay in the order they were
found in, nothing is calibrated, so there is no confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.reading.likeness import WordVectors, alike
from bot.reading.types import Inquiry, PartReading, PartText, Reading

NONE: Final = "none"

READ: Final = 12
"""Parts whose sentences are compared."""

ANSWERED: Final = 0.62
"""Likeness of the best sentence from which a question counts as answered; chosen on the `choose` part of the reader's
questions (evals/README.md)."""


class WordLikeness:
    """The reader that is no model; safe for threads."""

    name = NONE

    def __init__(self, vectors: WordVectors) -> None:
        self._vectors = vectors

    def read(self, inquiry: Inquiry, parts: Sequence[PartText]) -> Reading:
        """Compare the words of the first parts' sentences."""
        chosen = parts[:READ]
        texts = [" ".join(span.of(part.text).split()) for part in chosen for span in part.sentences]
        heads = [part.head for part in chosen for _ in part.sentences]
        near = iter(alike(inquiry.text, inquiry.weights, texts, heads, self._vectors))
        sentences = [tuple(next(near) for _ in part.sentences) for part in chosen]
        best = max((value for some in sentences for value in some), default=0.0)
        return Reading(
            parts=tuple(
                PartReading(relevance=part.found, sentences=sentences[place] if place < len(chosen) else None)
                for place, part in enumerate(parts)
            ),
            answered=best >= ANSWERED,
            confidence=None,
            read=len(chosen),
        )
