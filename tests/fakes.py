"""Stand-ins for what is slow or large. Deterministic, and similar texts are similar to them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from ingest.embedding import Encoder, Vectors
from ingest.german import words


class WordHashEncoder(Encoder):
    """Encodes a text as the bag of its words, each thrown onto a place by its hash, and counts what it encoded.

    Texts that share words are near each other; a text without a word gives a row of zeros.
    """

    def __init__(self, *, name: str = "wort-hash", dimensions: int = 64) -> None:
        self.name = name
        self.fingerprint = hashlib.sha256(f"{name} {dimensions}".encode()).hexdigest()[:16]
        self.dimensions = dimensions
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See `Encoder.encode`."""
        self.encoded += len(texts)
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text):
                row[self._place(word)] += 1
            length = np.linalg.norm(row)
            if length:
                row /= length
        return rows

    def _place(self, word: str) -> int:
        return int.from_bytes(hashlib.sha256(f"{self.name} {word}".encode()).digest()[:4]) % self.dimensions
