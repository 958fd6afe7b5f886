"""What was read lately, so that nothing is read twice: bounded, by content. Safe for threads."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

PIECES: Final = 2**17
"""Word pieces remembered, 768 bytes each: some 800 parts, 100 MB."""

Half = NDArray[np.float16]


class Memory:
    """Vectors of parts by what they are the vectors of; the longest unused are forgotten first."""

    def __init__(self, pieces: int = PIECES) -> None:
        self._room = pieces
        self._kept: OrderedDict[str, Half] = OrderedDict()
        self._used = 0
        self._lock = Lock()

    def get(self, key: str) -> Half | None:
        """Return what is remembered, None if nothing is."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: str, vectors: Half) -> None:
        """Remember vectors (n, hidden)."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = vectors
            self._used += len(vectors)
            while self._used > self._room:
                _, forgotten = self._kept.popitem(last=False)
                self._used -= len(forgotten)
