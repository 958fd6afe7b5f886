"""The dense leg: nearest passages by cosine, kept in Chroma. The only module that knows Chroma.

Chroma holds ids and vectors alone; its own embedding functions and telemetry are off. A directory is written by one
process, then published and never written again: measured (knowledge of 09/2026, chromadb 1.5.9), a kill during its
periodic write leaves a store unreadable, and a reader beside a writer gets errors.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import struct
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from ingest.batches import batched
from ingest.errors import IndexDamaged, IndexUnwritable
from ingest.index.legs import Ranking, ranked

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

Vector = NDArray[np.float32]

COLLECTION: Final = "passages"
BATCH: Final = 5_000
"""Chroma refuses batches of more than 5,461 records (measured, 1.5.9)."""

HNSW: Final = {
    "space": "cosine",
    "ef_construction": 200,
    "ef_search": 400,
    "max_neighbors": 32,
    "batch_size": 1,
    "sync_threshold": 1,
}
"""`ef_search` lies above the 200 candidates that retrieval asks for (karlsruhe-small: recall@200 against exact search
1.0). The graph is written after every batch of ours: what would stay in Chroma's log makes each reader rewrite the
graph's files (measured), and costs up to 0.5 s at every open. Building takes as long as with Chroma's own 1,000."""

SPARSE_RATIO: Final = 8
"""A file that claims more than this many times the bytes it occupies is damage (a broken store claimed 184 GB)."""
SPARSE_FLOOR_BYTES: Final = 64 << 20

_CLIENTS: Final = threading.Lock()
"""Clients of one folder share what is behind them in this process, and Chroma makes and drops it without a lock: a
second thread that opens the same folder meanwhile gets "no attribute 'bindings'" (measured, 1.5.9)."""

_STORE: Final = "chroma.sqlite3"
_HEADER: Final = struct.Struct("<iQQQQ")
_HEADER_VERSION: Final = 1
_LENGTH_BYTES: Final = 4


class DenseIndex:
    """Vectors of passages, searched by cosine similarity (-1 to 1)."""

    def __init__(self, folder: Path, client: ClientAPI, collection: Any) -> None:
        """Use `create` or `open` instead."""
        self._folder = folder
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, folder: Path) -> DenseIndex:
        """Start an empty index in a folder that does not exist yet."""
        with _writing(folder):
            client = _client(folder)
            collection = client.create_collection(COLLECTION, embedding_function=None, configuration={"hnsw": HNSW})  # type: ignore[arg-type]
            return cls(folder, client, collection)

    @classmethod
    def open(cls, folder: Path) -> DenseIndex:
        """Open an index that exists.

        Raises:
            IndexDamaged: Chroma cannot open it.
        """
        if not (folder / _STORE).is_file():
            raise _damaged(folder, "chroma.sqlite3 fehlt")
        client = None
        try:
            client = _client(folder)
            collection = client.get_collection(COLLECTION, embedding_function=None)
            collection.count()
        except Exception as error:  # Chroma raises its own tree, sqlite's and plain errors for a damaged store
            if client is not None:
                _close(client)
            raise _damaged(folder, str(error)) from error
        return cls(folder, client, collection)

    def add(self, items: Iterable[tuple[str, Vector]]) -> None:
        """Add passages by id and unit vector; a vector of zeros has no direction and must not be given."""
        for batch in batched(items, BATCH):
            with _writing(self._folder):
                self._collection.add(ids=[name for name, _ in batch], embeddings=np.stack([row for _, row in batch]))

    def remove(self, passage_ids: Iterable[str]) -> None:
        """Remove passages. Their vectors stay in the files until the index is built anew."""
        for batch in batched(passage_ids, BATCH):
            with _writing(self._folder):
                self._collection.delete(ids=batch)

    def search(self, query: Vector, k: int) -> Ranking:
        """Return the `k` passages with the highest cosine; none for a vector of zeros.

        Raises:
            IndexDamaged: Chroma cannot read its files.
        """
        k = min(k, self.count())
        if k <= 0 or not np.any(query):
            return []
        try:
            found = self._collection.query(query_embeddings=query.reshape(1, -1), n_results=k, include=["distances"])
        except Exception as error:  # as in `open`
            raise _damaged(self._folder, str(error)) from error
        return ranked(
            (name, 1.0 - distance) for name, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        )

    def count(self) -> int:
        """Return how many passages the log holds; no proof that the graph holds them too."""
        return int(self._collection.count())

    def close(self) -> None:
        """Let go of the files; the folder may be moved or removed afterwards."""
        _close(self._client)

    def finish(self) -> None:
        """Close after writing, and leave nothing in the files but the index."""
        self.close()
        for header in self._folder.rglob("header.bin"):
            _cut_tails(header)


def copy_dense(source: Path, target: Path) -> None:
    """Copy an index that others may be reading.

    Raises:
        IndexDamaged: a file claims far more bytes than it occupies, or Chroma's log cannot be read.
    """
    for path in source.rglob("*"):
        status = path.stat()
        if path.is_file() and status.st_size > max(SPARSE_RATIO * 512 * status.st_blocks, SPARSE_FLOOR_BYTES):
            raise _damaged(source, f"{path.name} gibt sich mit {status.st_size} Bytes aus")
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(f"{_STORE}*"))
    target.chmod(0o755)  # the mode came along: where the source may only be read, the copy would too
    try:
        # Readers write to this file; SQLite's own copy is consistent all the same.
        with (
            closing(sqlite3.connect(f"file:{source / _STORE}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target / _STORE)) as new,
        ):
            old.backup(new)
    except sqlite3.Error as error:
        raise _damaged(source, str(error)) from error


def _cut_tails(header: Path) -> None:
    """Cut off what lies behind the last vector: Chroma's first write fills it with whatever was in memory.

    Measured: texts of non-public papers, read by the same process, were found there. The header is hnswlib's
    (https://github.com/nmslib/hnswlib, `saveIndex`), behind Chroma's 32-bit format version.
    """
    version, _, _, count, element_bytes = _HEADER.unpack_from(header.read_bytes())
    if version != _HEADER_VERSION:
        raise RuntimeError(f"Chroma writes another form of HNSW files now: version {version}")
    for name, size in (("data_level0.bin", element_bytes), ("length.bin", _LENGTH_BYTES)):
        path = header.with_name(name)
        if path.stat().st_size > count * size:
            os.truncate(path, count * size)


def _client(folder: Path) -> ClientAPI:
    # Half a second to import: only who opens an index pays for it.
    import chromadb
    from chromadb.config import Settings

    # Without `_env_file` Chroma takes settings from whatever .env lies in the working directory.
    with _CLIENTS:
        return chromadb.PersistentClient(str(folder), Settings(_env_file=None, anonymized_telemetry=False))


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    from chromadb.errors import ChromaError

    try:
        yield
    except ChromaError as error:  # a full disk comes as one of these
        raise IndexUnwritable(folder.parent.parent, error) from error


def _close(client: Any) -> None:
    with _CLIENTS:
        client.close()


def _damaged(folder: Path, reason: str) -> IndexDamaged:
    return IndexDamaged(
        folder.parent.parent,
        f"Der Vektorindex der Generation {folder.parent.name} ist beschädigt: {reason}.",
        "Bitte „ratslotse-ingest add“ ausführen; das baut ihn aus dem Katalog neu.",
    )
