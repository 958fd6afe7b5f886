"""A reader for tests of what is done with what a reader says: it counts words, so that everybody can foresee it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reading import Inquiry, PartReading, PartText, Reading
from ingest.german import search_tokens

ENOUGH = 0.5
"""Share of the question's words in one sentence from which the question counts as answered."""


class WordReader:
    """Says of a sentence how many of the question's words it holds, as a share, and counts what it read.

    A part is as relevant as its best sentence; what was found better stands first among equals.
    """

    name = "wort-leser"

    def __init__(self, *, enough: float = ENOUGH, closely: int = 6) -> None:
        self.enough, self.closely = enough, closely
        self.asked: list[tuple[Inquiry, tuple[PartText, ...]]] = []

    def read(self, inquiry: Inquiry, parts: Sequence[PartText]) -> Reading:
        """See `Reader.read`."""
        self.asked.append((inquiry, tuple(parts)))
        asked = frozenset(search_tokens(inquiry.text.removeprefix("query: ")))
        shares = [tuple(_share(asked, span.of(part.text)) for span in part.sentences) for part in parts[: self.closely]]
        best = max((share for some in shares for share in some), default=0.0)
        read = [PartReading(relevance=max(some, default=0.0), sentences=some) for some in shares]
        return Reading(
            parts=(*read, *(PartReading(relevance=-1.0, sentences=None) for _ in parts[self.closely :])),
            answered=bool(parts) and best >= self.enough,
            confidence=best,
            read=len(read),
        )


def _share(asked: frozenset[str], sentence: str) -> float:
    return len(asked.intersection(search_tokens(sentence))) / max(1, len(asked))
