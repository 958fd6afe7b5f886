"""Writing a catalogue that is not published yet. Must not know the derived indexes or how papers are read."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import IndexUnwritable
from ingest.index.catalogue import damaged_catalogue
from ingest.index.dense import Vector
from ingest.index.records import Change, Failure, FileState, Root, Withdrawn
from ingest.index.schema import TABLES, TABLES_OF_A_DOCUMENT, header_values, numbers_of, record_of
from ingest.types import Document, Part, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelvedPassage:
    """A passage with all that is derived from it once.

    Attributes:
        parts: in their order.
        tokens: search tokens of title, heading and text.
        embedded_hash: of the text that was embedded.
        vector: (d,) float32 of unit length, None where the encoder knows no word of the text.
    """

    passage: Passage
    parts: tuple[Part, ...]
    tokens: tuple[str, ...]
    embedded_hash: str
    vector: Vector | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A paper on its way into the catalogue.

    Attributes:
        root: the remembered root that its file came from.
        relative: the file below that root.
    """

    document: Document
    root: str
    relative: str
    state: FileState
    title_tokens: tuple[str, ...]
    passages: tuple[ShelvedPassage, ...]


class Cataloguer:
    """Writes to one catalogue; every method is one transaction."""

    def __init__(self, path: Path) -> None:
        """Open a catalogue, or start one where there is no file."""
        fresh = not path.exists()
        self._path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        try:
            # The folder is thrown away if this process dies, so nothing is journaled or synced while it is built.
            self._connection.execute("PRAGMA journal_mode = MEMORY")
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.execute("PRAGMA secure_delete = ON")  # what is removed is overwritten
            if fresh:
                self._connection.executescript(TABLES)
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise (IndexUnwritable(path.parent.parent, error) if fresh else damaged_catalogue(path, error)) from error

    def close(self) -> None:
        """Leave a single file behind, ready to be opened read-only."""
        self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.close()

    def put(self, entries: Iterable[Entry]) -> None:
        """Add papers; each must have been removed before if it was there in an older form."""
        with self._transaction():
            for entry in entries:
                self._put(entry)

    def remove(self, document_ids: Iterable[str]) -> None:
        """Remove papers with everything that hangs on them."""
        with self._transaction():
            for document_id in document_ids:
                for table in TABLES_OF_A_DOCUMENT:
                    self._connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (document_id,))

    def remember(self, roots: Iterable[Root]) -> None:
        """Replace the remembered roots."""
        with self._transaction():
            self._connection.execute("DELETE FROM roots")
            rows = [(root.path, root.name, root.position) for root in roots]
            self._connection.executemany("INSERT INTO roots VALUES (?, ?, ?)", rows)

    def withdraw(self, papers: Iterable[Withdrawn]) -> None:
        """Remember papers that were taken out by hand."""
        with self._transaction():
            rows = [(paper.root, paper.relative, paper.file_hash, paper.sidecar_hash) for paper in papers]
            self._connection.executemany("INSERT OR REPLACE INTO withdrawn VALUES (?, ?, ?, ?)", rows)

    def readmit(self, papers: Iterable[tuple[str, str]]) -> None:
        """Forget that papers, given as (root, relative), were taken out: their files have changed."""
        with self._transaction():
            self._connection.executemany("DELETE FROM withdrawn WHERE root = ? AND relative = ?", list(papers))

    def fail(self, failures: Iterable[Failure]) -> None:
        """Replace the list of files that cannot be read."""
        with self._transaction():
            self._connection.execute("DELETE FROM failures")
            rows = [(failure.root, failure.relative, failure.path, failure.reason) for failure in failures]
            self._connection.executemany("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)", rows)

    def note(self, changes: Iterable[Change]) -> None:
        """Append to the log of changes."""
        with self._transaction():
            rows = [(_iso(change.time), change.path, change.outcome, change.reason) for change in changes]
            self._connection.executemany("INSERT INTO changes (time, path, outcome, reason) VALUES (?, ?, ?, ?)", rows)

    def forget(self, paths: Iterable[str]) -> None:
        """Remove papers from the log of changes: a name may say as much as a text."""
        with self._transaction():
            self._connection.executemany("DELETE FROM changes WHERE path = ?", [(path,) for path in paths])

    def vacuum(self) -> None:
        """Rewrite the file so that nothing removed is left in it."""
        try:
            self._connection.execute("VACUUM")
        except sqlite3.Error as error:
            raise IndexUnwritable(self._path.parent.parent, error) from error

    def _put(self, entry: Entry) -> None:
        document, state = entry.document, entry.state
        record = record_of(document)
        values = header_values(document) | {
            "root": entry.root,
            "relative": entry.relative,
            "size": state.size,
            "mtime_ns": state.mtime_ns,
            "file_hash": state.file_hash,
            "sidecar_size": state.sidecar_size,
            "sidecar_mtime_ns": state.sidecar_mtime_ns,
            "sidecar_hash": state.sidecar_hash,
            "record": record,
            "text": document.text,
            "source": document.source,
            "title_tokens": " ".join(entry.title_tokens),
            "content_hash": _content_hash(entry, record),
        }
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        self._connection.execute(f"INSERT INTO documents ({names}) VALUES ({marks})", tuple(values.values()))
        for table, rows in _rows_of(document).items():
            self._insert(table, rows)
        self._insert("passages", [_passage_row(passage) for passage in entry.passages])
        self._insert("parts", [row for passage in entry.passages for row in _part_rows(passage)])

    def _insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def _transaction(self) -> _Transaction:
        return _Transaction(self._connection, self._path.parent.parent)


class _Transaction:
    def __init__(self, connection: sqlite3.Connection, root: Path) -> None:
        self._connection, self._root = connection, root

    def __enter__(self) -> None:
        self._connection.execute("BEGIN")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> None:
        try:
            if kind is None:
                self._connection.execute("COMMIT")
            elif self._connection.in_transaction:  # SQLite rolls back by itself when the disk is full
                self._connection.execute("ROLLBACK")
        except sqlite3.Error as refused:
            raise IndexUnwritable(self._root, refused) from refused
        if isinstance(error, sqlite3.OperationalError):
            raise IndexUnwritable(self._root, error) from error


def copy_catalogue(source: Path, target: Path) -> None:
    """Copy a published catalogue.

    Raises:
        IndexDamaged: it cannot be read.
    """
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
    except sqlite3.Error as error:
        raise damaged_catalogue(source, error) from error


def _rows_of(document: Document) -> dict[str, list[tuple[Any, ...]]]:
    """Give the rows of the tables that a ledger asks, in the order of their columns."""
    name = document.document_id
    return {
        "sections": [
            (name, i, part.role.value, part.heading, part.span.start, part.span.end, part.agenda_item)
            for i, part in enumerate(document.sections)
        ],
        "points": [
            (name, part.position, part.number, part.heading, part.text, part.span.start, part.span.end)
            for part in document.points
        ],
        "decisions": [
            (name, i, part.text, part.vote, part.span.start, part.span.end, part.agenda_item)
            for i, part in enumerate(document.decisions)
        ],
        "mentions": [
            (name, i, part.kind.value, part.number, part.version, part.label,
             part.date.isoformat() if part.date else None, part.span.start, part.span.end)
            for i, part in enumerate(document.references)
        ],
        "numbers": [(number, kind, name) for number, kind in numbers_of(document)],
    }  # fmt: skip


def _passage_row(shelved: ShelvedPassage) -> tuple[Any, ...]:
    passage = shelved.passage
    return (
        passage.passage_id,
        passage.document_id,
        passage.ordinal,
        passage.span.start,
        passage.span.end,
        passage.text,
        passage.role.value,
        passage.heading,
        passage.agenda_item,
        passage.page,
        " ".join(shelved.tokens),
        shelved.embedded_hash,
        None if shelved.vector is None else shelved.vector.tobytes(),
    )


def _part_rows(shelved: ShelvedPassage) -> list[tuple[Any, ...]]:
    passage = shelved.passage
    rows = []
    for ordinal, part in enumerate(shelved.parts):
        places = " ".join(f"{sentence.start} {sentence.end}" for sentence in part.sentences)
        tokens = "\n".join(" ".join(some) for some in part.tokens)
        span = part.span
        rows.append((passage.passage_id, passage.document_id, ordinal, span.start, span.end, places, tokens))
    return rows


def _content_hash(entry: Entry, record: str) -> str:
    """Hash what a reader can see of a paper. Vectors are left out: the fingerprint and the embedded text name them."""
    digest = hashlib.sha256()
    for part in (record, entry.document.text, entry.document.source, *entry.title_tokens):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    for shelved in entry.passages:
        digest.update(f"{shelved.passage.passage_id} {shelved.embedded_hash} {' '.join(shelved.tokens)}\0".encode())
    return digest.hexdigest()


def _iso(time: dt.datetime) -> str:
    return time.astimezone(dt.UTC).isoformat(timespec="seconds")
