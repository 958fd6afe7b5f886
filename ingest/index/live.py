"""An index that stays open while new generations are published under it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from ingest.errors import IndexMissing
from ingest.index import layout
from ingest.index.manifest import Encoding
from ingest.index.reader import IndexReader, open_index


class _Lease:
    """A reader and how many questions are using it just now."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.users = 0
        self.retired = False


class LiveIndex:
    """Hands out the reader of whatever generation is published, to any number of threads.

    A new generation is noticed at the next question (one small file is read). Questions that have begun finish on the
    generation they began with: it is closed after the last of them, and no writer removes its files before that.
    """

    def __init__(self, root: Path, encoder: Encoding) -> None:
        """Remember where to look; nothing is opened before the first question.

        Args:
            root: `<index>/public` or `<index>/nonpublic`.
            encoder: must be the one that built the index.
        """
        self._root, self._encoder = root, encoder
        self._lock = threading.Lock()
        self._lease: _Lease | None = None

    @contextmanager
    def reader(self) -> Iterator[IndexReader]:
        """Give a reader for the length of one question.

        Raises:
            IndexMissing: nothing has been published.
            IndexMismatch: the index is for another encoder or version.
            IndexDamaged: a part cannot be opened.
        """
        while True:
            lease = self._take()
            try:
                use = layout.in_use(self._root / lease.reader.generation)
                use.__enter__()
            except FileNotFoundError:  # replaced and removed since the pointer was read
                self._give_back(lease)
                continue
            except BaseException:
                self._give_back(lease)
                raise
            try:
                yield lease.reader
            finally:
                use.__exit__(None, None, None)
                self._give_back(lease)
            return

    def close(self) -> None:
        """Let go of the files once the last question is done."""
        with self._lock:
            if self._lease:
                self._retire(self._lease)
            self._lease = None

    def __enter__(self) -> Self:
        """Use as a context manager that closes."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def _take(self) -> _Lease:
        with self._lock:
            name = layout.read_pointer(self._root)
            if name is None:
                raise IndexMissing(self._root)
            if self._lease is None or self._lease.reader.generation != name:
                fresh = _Lease(open_index(self._root, self._encoder))
                if self._lease:
                    self._retire(self._lease)
                self._lease = fresh
            self._lease.users += 1
            return self._lease

    def _give_back(self, lease: _Lease) -> None:
        with self._lock:
            lease.users -= 1
            if lease.retired and not lease.users:
                lease.reader.close()

    def _retire(self, lease: _Lease) -> None:
        lease.retired = True
        if not lease.users:
            lease.reader.close()
