"""The truth about all papers of one generation, read-only: an SQLite file that nobody changes once it is published.

Must not know the derived indexes or how papers are read. Safe to use from several threads.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from ingest.batches import batched
from ingest.errors import IndexDamaged
from ingest.index.dense import Vector
from ingest.index.legs import TokenizedPassage
from ingest.index.records import Change, DocumentHeader, Failure, FileState, Root, Shelved, Statistics, Withdrawn
from ingest.index.schema import (
    HEADER_COLUMNS,
    PASSAGE_COLUMNS,
    decision_of,
    document_of,
    header_of,
    part_of,
    passage_of,
    section_of,
)
from ingest.references import number_key
from ingest.types import Decision, Document, Ground, Kind, Part, Passage, ReferenceKind, Section, Visibility

CATALOGUE: Final = "catalogue.sqlite"

_VARIABLES: Final = 900
"""Question marks in one statement; old SQLite builds allow 999."""


class Catalogue:
    """Questions to one catalogue. Ids that it does not know are left out of the answers."""

    def __init__(self, path: Path) -> None:
        """Open the file, which must not change while it is open.

        Raises:
            IndexDamaged: it is no catalogue.
        """
        self._path = path
        # One connection behind a lock: opened at once, so that a reader still answers after its files were removed.
        self._lock = threading.RLock()  # a consumer of `lexical_items` may ask further questions
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("SELECT count(*) FROM roots").fetchone()
        except sqlite3.Error as error:
            raise damaged_catalogue(path, error) from error

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def passages(self, passage_ids: Iterable[str]) -> dict[str, Passage]:
        """Return passages by id, in the order asked for."""
        rows = self._by_ids(f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE passage_id IN", passage_ids)
        return {name: passage_of(row) for name, row in rows.items()}

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """Return a paper's passages in their order."""
        sql = f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE document_id = ? ORDER BY ordinal"
        return tuple(passage_of(row) for row in self._rows(sql, (document_id,)))

    def parts(self, passage_ids: Iterable[str]) -> dict[str, tuple[Part, ...]]:
        """Return the parts of passages in their order, by passage id."""
        found: dict[str, list[Part]] = {}
        for batch in batched(dict.fromkeys(passage_ids), _VARIABLES):
            marks = ", ".join("?" * len(batch))
            sql = f"SELECT * FROM parts WHERE passage_id IN ({marks}) ORDER BY passage_id, ordinal"
            for row in self._rows(sql, batch):
                found.setdefault(row["passage_id"], []).append(part_of(row))
        return {name: tuple(some) for name, some in found.items()}

    def sections(self, document_ids: Iterable[str]) -> dict[str, tuple[Section, ...]]:
        """Return the sections of papers in their order, by document id."""
        found: dict[str, list[Section]] = {}
        for batch in batched(dict.fromkeys(document_ids), _VARIABLES):
            marks = ", ".join("?" * len(batch))
            sql = f"SELECT * FROM sections WHERE document_id IN ({marks}) ORDER BY document_id, ordinal"
            for row in self._rows(sql, batch):
                found.setdefault(row["document_id"], []).append(section_of(row))
        return {name: tuple(sections) for name, sections in found.items()}

    def decisions(self, document_ids: Iterable[str]) -> dict[str, tuple[Decision, ...]]:
        """Return what papers decided, in their order, by document id."""
        found: dict[str, list[Decision]] = {}
        for batch in batched(dict.fromkeys(document_ids), _VARIABLES):
            marks = ", ".join("?" * len(batch))
            sql = f"SELECT * FROM decisions WHERE document_id IN ({marks}) ORDER BY document_id, ordinal"
            for row in self._rows(sql, batch):
                found.setdefault(row["document_id"], []).append(decision_of(row))
        return {name: tuple(decisions) for name, decisions in found.items()}

    def vectors(self, passage_ids: Iterable[str]) -> dict[str, Vector]:
        """Return unit vectors by passage id, in the order asked for; passages without any known word are left out."""
        rows = self._by_ids(
            "SELECT passage_id, vector FROM passages WHERE vector IS NOT NULL AND passage_id IN", passage_ids
        )
        return {name: np.frombuffer(row["vector"], dtype=np.float32) for name, row in rows.items()}

    def embedded(self, hashes: Iterable[str]) -> dict[str, Vector | None]:
        """Return the vectors of texts embedded before, by the text's hash; None for a text without any known word."""
        rows = self._by_ids(
            "SELECT embedded_hash, vector FROM passages WHERE embedded_hash IN", hashes, key="embedded_hash"
        )
        return {
            name: None if row["vector"] is None else np.frombuffer(row["vector"], dtype=np.float32)
            for name, row in rows.items()
        }

    def document(self, document_id: str) -> Document | None:
        """Return the whole paper, None if there is none of this id."""
        rows = self._rows("SELECT record, text, source FROM documents WHERE document_id = ?", (document_id,))
        return document_of(rows[0]) if rows else None

    def headers(self, document_ids: Iterable[str]) -> dict[str, DocumentHeader]:
        """Return headers by id, in the order asked for."""
        sql = f"SELECT {HEADER_COLUMNS} FROM documents WHERE document_id IN"
        rows = self._by_ids(sql, document_ids, key="document_id")
        return {name: header_of(row) for name, row in rows.items()}

    def all_headers(self) -> tuple[DocumentHeader, ...]:
        """Return the headers of all papers, by path."""
        return tuple(header_of(row) for row in self._rows(f"SELECT {HEADER_COLUMNS} FROM documents ORDER BY path"))

    def by_number(self, number: str, kind: ReferenceKind | None = None) -> tuple[str, ...]:
        """Return the ids of papers with this number, newest date first, then by path.

        Args:
            number: in any spelling.
            kind: None or unknown finds papers of every kind, and those of a procedure with this very name; any other
                also finds papers whose kind is not known.
        """
        if kind is None or kind is ReferenceKind.UNKNOWN:
            kinds, procedure = tuple(ReferenceKind), number.strip()
        else:
            kinds, procedure = (kind, ReferenceKind.UNKNOWN), None
        marks = ", ".join("?" * len(kinds))
        rows = self._rows(
            f"SELECT document_id FROM documents WHERE procedure = ? OR document_id IN (SELECT document_id FROM numbers "
            f"WHERE number = ? AND kind IN ({marks})) ORDER BY date DESC NULLS LAST, path",
            (procedure, number_key(number), *(member.value for member in kinds)),
        )
        return tuple(row["document_id"] for row in rows)

    def mentioning(self, number: str) -> tuple[str, ...]:
        """Return the ids of the papers that mention a number, in its normal form, by path."""
        rows = self._rows(
            "SELECT DISTINCT document_id, path FROM documents JOIN mentions USING (document_id) "
            "WHERE mentions.number = ? ORDER BY path",
            (number,),
        )
        return tuple(row["document_id"] for row in rows)

    def of_procedures(self, procedures: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of the papers that belong to these procedures, by path."""
        rows: list[sqlite3.Row] = []
        for batch in batched(dict.fromkeys(procedures), _VARIABLES):
            marks = ", ".join("?" * len(batch))
            rows += self._rows(f"SELECT document_id, path FROM documents WHERE procedure IN ({marks})", batch)
        return tuple(row["document_id"] for row in sorted(rows, key=lambda row: str(row["path"])))

    def find(self, path_or_number: str) -> tuple[DocumentHeader, ...]:
        """Return the papers that staff may mean: by path or id, else by the end of the path, else by number."""
        for condition, value in (
            ("path = ? OR document_id = ?", path_or_number),
            ("path LIKE '%/' || ? ESCAPE '\\' OR relative = ?", path_or_number),
        ):
            escaped = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            sql = f"SELECT {HEADER_COLUMNS} FROM documents WHERE {condition} ORDER BY path"
            values = (escaped, value) if "LIKE" in condition else (value, value)
            if rows := self._rows(sql, values):
                return tuple(header_of(row) for row in rows)
        return tuple(self.headers(self.by_number(path_or_number)).values())

    def statistics(self) -> Statistics:
        """Count what is there."""
        kinds = self._rows("SELECT kind, count(*) AS n FROM documents GROUP BY kind ORDER BY kind")
        newest = self._rows("SELECT max(date) AS newest FROM documents")[0]["newest"]
        return Statistics(
            documents={Kind(row["kind"]): row["n"] for row in kinds},
            passages=self._rows("SELECT count(*) AS n FROM passages")[0]["n"],
            newest=dt.date.fromisoformat(newest) if newest else None,
        )

    def shelved(self) -> tuple[Shelved, ...]:
        """Return all papers as the pipeline compares them with their files, by path."""
        rows = self._rows(
            "SELECT document_id, root, relative, path, visibility, size, mtime_ns, file_hash, sidecar_size, "
            "sidecar_mtime_ns, sidecar_hash, json_array_length(record, '$.pages') AS pages, "
            "json_extract(record, '$.ground') AS ground, json_extract(record, '$.text_key') AS text_key, "
            "(SELECT count(*) FROM passages p WHERE p.document_id = d.document_id) AS passages "
            "FROM documents d ORDER BY path"
        )
        return tuple(
            Shelved(
                document_id=row["document_id"],
                root=row["root"],
                relative=row["relative"],
                path=row["path"],
                visibility=Visibility(row["visibility"]),
                state=FileState(
                    size=row["size"],
                    mtime_ns=row["mtime_ns"],
                    file_hash=row["file_hash"],
                    sidecar_size=row["sidecar_size"],
                    sidecar_mtime_ns=row["sidecar_mtime_ns"],
                    sidecar_hash=row["sidecar_hash"],
                ),
                page_count=row["pages"],
                passage_count=row["passages"],
                ground=Ground(row["ground"] or Ground.NOTHING),
                text_key=row["text_key"] or "",
            )
            for row in rows
        )

    def roots(self) -> tuple[Root, ...]:
        """Return the remembered roots, first given first."""
        rows = self._rows("SELECT path, name, position FROM roots ORDER BY position, path")
        return tuple(Root(path=row["path"], name=row["name"], position=row["position"]) for row in rows)

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Return the papers taken out by hand."""
        rows = self._rows("SELECT root, relative, file_hash, sidecar_hash FROM withdrawn ORDER BY root, relative")
        return tuple(Withdrawn(**dict(row)) for row in rows)

    def changes(self, limit: int = 20) -> tuple[Change, ...]:
        """Return the latest changes, newest first."""
        rows = self._rows("SELECT time, path, outcome, reason FROM changes ORDER BY change_id DESC LIMIT ?", (limit,))
        return tuple(_change(row) for row in rows)

    def added_since(self, time: dt.datetime) -> tuple[DocumentHeader, ...]:
        """Return the papers that were added after a time and are still there, the latest first, then by path."""
        rows = self._rows(
            f"SELECT {HEADER_COLUMNS} FROM documents JOIN (SELECT path AS added, max(change_id) AS latest FROM changes "
            "WHERE outcome = 'added' AND time > ? GROUP BY path) ON path = added ORDER BY latest DESC, path",
            (time.astimezone(dt.UTC).isoformat(timespec="seconds"),),
        )
        return tuple(header_of(row) for row in rows)

    def failures(self) -> tuple[Failure, ...]:
        """Return the files that could not be read when last looked at, by path."""
        rows = self._rows("SELECT root, relative, path, reason FROM failures ORDER BY path, root")
        return tuple(Failure(**dict(row)) for row in rows)

    def dense_items(self, document_ids: Iterable[str] | None = None) -> Iterator[tuple[str, Vector]]:
        """Give what the dense leg holds, by passage id: of some papers, or of all."""
        for row in self._passage_rows("passage_id, vector", "vector IS NOT NULL", document_ids):
            yield row["passage_id"], np.frombuffer(row["vector"], dtype=np.float32)

    def lexical_items(self) -> Iterator[TokenizedPassage]:
        """Give what the lexical leg holds, by passage id."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT passage_id, title_tokens, tokens FROM passages JOIN documents USING (document_id) "
                "ORDER BY passage_id"
            )
            for row in rows:
                yield TokenizedPassage(passage_id=row["passage_id"], title=row["title_tokens"], body=row["tokens"])

    def counts(self) -> tuple[int, int, int]:
        """Return the numbers of papers, passages, and passages with a vector."""
        row = self._rows("SELECT (SELECT count(*) FROM documents), count(*), count(vector) FROM passages")[0]
        return row[0], row[1], row[2]

    def content_hashes(self) -> tuple[tuple[str, str], ...]:
        """Return (path, content hash) of all papers, by path."""
        return tuple((row[0], row[1]) for row in self._rows("SELECT path, content_hash FROM documents ORDER BY path"))

    def sample(self, size: int) -> tuple[str, ...]:
        """Return up to `size` ids of passages with a vector, spread evenly over all ids."""
        ids = [row[0] for row in self._rows("SELECT passage_id FROM passages WHERE vector IS NOT NULL ORDER BY 1")]
        return tuple(ids[:: max(1, len(ids) // size)][:size]) if ids else ()

    def tokens(self, passage_id: str) -> tuple[str, ...]:
        """Return the search tokens of a passage."""
        rows = self._rows("SELECT tokens FROM passages WHERE passage_id = ?", (passage_id,))
        return tuple(rows[0]["tokens"].split()) if rows else ()

    def complaints(self) -> list[str]:
        """Return what SQLite finds wrong with the file; nothing if it is sound."""
        try:
            found = [row[0] for row in self._rows("PRAGMA integrity_check")]
        except IndexDamaged as error:
            return [str(error)]
        return [] if found == ["ok"] else found

    def _passage_rows(self, columns: str, condition: str, document_ids: Iterable[str] | None) -> Iterator[sqlite3.Row]:
        if document_ids is None:
            with self._lock:
                yield from self._connection.execute(
                    f"SELECT {columns} FROM passages WHERE {condition} ORDER BY passage_id"
                )
            return
        for batch in batched(document_ids, _VARIABLES):
            marks = ", ".join("?" * len(batch))
            yield from self._rows(
                f"SELECT {columns} FROM passages WHERE {condition} AND document_id IN ({marks}) ORDER BY passage_id",
                batch,
            )

    def _by_ids(self, sql: str, ids: Iterable[str], key: str = "passage_id") -> dict[str, sqlite3.Row]:
        wanted = list(dict.fromkeys(ids))
        found: dict[str, sqlite3.Row] = {}
        for batch in batched(wanted, _VARIABLES):
            marks = ", ".join("?" * len(batch))
            found |= {row[key]: row for row in self._rows(f"{sql} ({marks})", batch)}
        return {name: found[name] for name in wanted if name in found}

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise damaged_catalogue(self._path, error) from error


def damaged_catalogue(path: Path, error: sqlite3.Error) -> IndexDamaged:
    """Say that a catalogue cannot be read."""
    return IndexDamaged(
        path.parent.parent,
        f"Der Katalog der Generation {path.parent.name} ist beschädigt: {error}.",
        "Bitte „ratslotse-ingest rollback“ oder „ratslotse-ingest add“ ausführen.",
    )


def _change(row: sqlite3.Row) -> Change:
    return Change(
        time=dt.datetime.fromisoformat(row["time"]), path=row["path"], outcome=row["outcome"], reason=row["reason"]
    )
