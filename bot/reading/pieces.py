"""Texts as the reader's transformer takes them: numbers of word pieces, each with the sentence it belongs to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ingest.types import Span

BEGIN, PAD, END = 0, 1, 2
QUESTION_PIECES = 96
PART_PIECES = 224
"""A part of 700 characters with what stands in front has some 165 (5 % more than 212)."""

NO_SENTENCE = -1

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """A text as numbers.

    Attributes:
        ids: (n,) with begin and end.
        sentence: (n,) of each piece, `NO_SENTENCE` for what belongs to none.
    """

    ids: Numbers
    sentence: Numbers


class PieceCutter:
    """Cuts texts into the pieces of one vocabulary."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    @classmethod
    def from_file(cls, path: Path) -> PieceCutter:
        """Read a vocabulary."""
        return cls(Tokenizer.from_file(str(path)))

    def question(self, text: str) -> Numbers:
        """Cut a question; what is too long for the reader is left out."""
        ids = self._tokenizer.encode(text).ids[: QUESTION_PIECES - 2]
        return np.array([BEGIN, *ids, END], dtype=np.int64)

    def part(self, head: str, text: str, sentences: Sequence[Span]) -> Pieces:
        """Cut a part.

        Args:
            head: what stands in front of it.
            text: the part.
            sentences: characters of `text`, ascending.
        """
        encoding = self._tokenizer.encode(head + text)
        room = PART_PIECES - 2
        starts = [sentence.start for sentence in sentences]
        places = [(start + end) // 2 - len(head) for start, end in encoding.offsets[:room]]
        found = [bisect_right(starts, place) - 1 for place in places]
        belongs = [
            number if number >= 0 and place < sentences[number].end else NO_SENTENCE
            for number, place in zip(found, places, strict=True)
        ]
        return Pieces(
            ids=np.array([BEGIN, *encoding.ids[:room], END], dtype=np.int64),
            sentence=np.array([NO_SENTENCE, *belongs, NO_SENTENCE], dtype=np.int64),
        )
