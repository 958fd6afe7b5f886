"""How near the words of a text come to those of a question: *Auszubildende* to *Azubis*, *PCs* to *Computer*.

Late interaction over single words (Khattab and Zaharia 2020, "ColBERT", https://arxiv.org/abs/2004.12832): for each
word of the question the nearest word of the text. The vector of a whole passage blurs what stands in it, and BM25 sees
only the same stem; this sees both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.embedding import Encoder, Vectors
from ingest.german import search_tokens, words

CAPACITY: Final = 2**16
"""Words remembered, 1 KB each when used: the 24 best papers of a question hold some 3,000 different ones."""

TEXTS: Final = 2**10
"""Texts whose words are remembered: a question compares the same ones several times."""

_DIGIT: Final = re.compile(r"\d")
_LETTER: Final = re.compile(r"[^\W\d_]")

Likeness = NDArray[np.float32]


class WordVectors:
    """The vectors of single words, remembered because the same words come again and again. Safe for threads."""

    def __init__(self, encoder: Encoder, capacity: int = CAPACITY) -> None:
        """Remember none yet.

        Args:
            encoder: a fast one, it is asked about single words by the thousand.
            capacity: words remembered; when more come, all are forgotten.
        """
        self._encoder = encoder
        self._table: Vectors = np.empty((capacity, encoder.dimensions), dtype=np.float32)
        self._rows: dict[str, int] = {}
        self._lock = Lock()

    def of(self, wanted: Sequence[str]) -> Vectors:
        """Return (n, d) unit rows; zeros for words that tell nothing (stop words, unknown letters)."""
        with self._lock:
            if not self._learn(dict.fromkeys(wanted)):
                return self._encode(wanted)
            rows: Vectors = self._table[[self._rows[word] for word in wanted]]
            return rows

    def _learn(self, wanted: Mapping[str, None]) -> bool:
        """Remember words, forgetting all others if need be; False where they are too many."""
        if len(wanted) > len(self._table):
            return False
        new = [word for word in wanted if word not in self._rows]
        if len(self._rows) + len(new) > len(self._table):
            self._rows.clear()
            new = list(wanted)
        first = len(self._rows)
        self._table[first : first + len(new)] = self._encode(new)
        self._rows.update((word, first + place) for place, word in enumerate(new))
        return True

    def _encode(self, chosen: Sequence[str]) -> Vectors:
        vectors = self._encoder.encode(chosen)
        vectors[[not search_tokens(word) for word in chosen]] = 0.0
        return vectors


def alike(
    question: str,
    weights: Mapping[str, float],
    texts: Sequence[str],
    titles: Sequence[str] | None,
    vectors: WordVectors,
) -> list[float]:
    """Return how near each text, with its title, comes to the words of a question, as shares of its information.

    Args:
        question: its text.
        weights: information of each of its search tokens; a word tells what its most telling token does.
        texts: n texts.
        titles: theirs, if they have any; many may share one.
        vectors: of words.

    Returns:
        n numbers from 0 to 1.
    """
    told = {word: max((weights.get(t, 0.0) for t in search_tokens(word)), default=0.0) for word in units(question)}
    asked = [word for word, weight in told.items() if weight > 0]
    shares = np.array([told[word] for word in asked], dtype=np.float32)
    shares /= max(float(shares.sum()), 1e-9)
    titles = titles or [""] * len(texts)
    distinct = dict.fromkeys(titles)
    nearness = likeness(asked, [*distinct, *texts], vectors)
    of_title = dict(zip(distinct, nearness, strict=False))
    own = nearness[len(distinct) :]
    return [float(np.maximum(row, of_title[title]) @ shares) for title, row in zip(titles, own, strict=True)]


def likeness(asked: Sequence[str], texts: Sequence[str], vectors: WordVectors) -> Likeness:
    """Return how near each text comes to each word that is asked for.

    Args:
        asked: q words; figures are like themselves only.
        texts: n texts.
        vectors: of words.

    Returns:
        (n, q) cosines of the nearest word, 0 to 1.
    """
    if not asked or not texts:
        return np.zeros((len(texts), len(asked)), dtype=np.float32)
    places: dict[str, int] = {}
    of_texts = [[places.setdefault(word, len(places)) for word in units(text) or ("",)] for text in texts]
    cosines = np.clip(vectors.of(list(places)) @ vectors.of(asked).T, 0.0, 1.0)
    for column, word in enumerate(asked):
        if _is_figure(word):
            cosines[:, column] = 0.0
            cosines[places.get(word, []), column] = 1.0
    starts = [0, *accumulate(map(len, of_texts[:-1]))]
    nearest: Likeness = np.maximum.reduceat(cosines[[place for some in of_texts for place in some]], starts)
    return nearest


@lru_cache(maxsize=TEXTS)
def units(text: str) -> tuple[str, ...]:
    """List what is compared: words as they stand, and figures as they are searched (3.000 as 3000, a date as a day)."""
    figures = filter(_is_figure, search_tokens(text) if _DIGIT.search(text) else ())
    return (*(word for word in words(text) if not _is_figure(word)), *figures)


def _is_figure(word: str) -> bool:
    return not word.isalpha() and _LETTER.search(word) is None
