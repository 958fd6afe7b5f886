"""The papers themselves, for browsing: lists, one paper, its relatives. Must not know questions or channels.

Opens exactly the index roots that it was given, so a public library cannot show a non-public paper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from ingest.index import DocumentHeader, IndexReader, LiveIndex
from ingest.types import Document, ReferenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """What is published under one root.

    Attributes:
        created: in UTC.
    """

    generation: str
    created: dt.datetime
    documents: int


class Library:
    """Looks papers up in one or more index roots, always in their newest generation. Thread-safe.

    Every method raises `IndexProblem` where a root cannot be opened.
    """

    def __init__(self, indexes: Sequence[LiveIndex]) -> None:
        self._indexes = tuple(indexes)

    def states(self) -> tuple[IndexState, ...]:
        """Tell which generations are read, one a root, public first."""
        with self._readers() as readers:
            return tuple(
                IndexState(
                    generation=reader.generation,
                    created=reader.manifest.created,
                    documents=reader.manifest.document_count,
                )
                for reader in readers
            )

    def headers(self) -> tuple[DocumentHeader, ...]:
        """Return all papers, newest first, then by path; undated ones last."""
        with self._readers() as readers:
            found = [header for reader in readers for header in reader.all_headers()]
        found.sort(key=lambda header: header.path)
        return tuple(sorted(found, key=lambda header: header.date or dt.date.min, reverse=True))

    def paper(self, document_id: str) -> Document | None:
        """Return a paper, None if there is none of this id (any more)."""
        with self._readers() as readers:
            for reader in readers:
                if reader.headers([document_id]):
                    return reader.document(document_id)
        return None

    def of_procedure(self, procedure: str) -> tuple[DocumentHeader, ...]:
        """Return the papers of one matter, oldest first, then by path."""
        with self._readers() as readers:
            found = [
                header for reader in readers for header in reader.headers(reader.of_procedures([procedure])).values()
            ]
        return tuple(sorted(found, key=lambda header: (header.date or dt.date.max, header.path)))

    def numbered(self, number: str, kind: ReferenceKind) -> tuple[DocumentHeader, ...]:
        """Return the papers that a reference means, newest first."""
        with self._readers() as readers:
            return tuple(
                header for reader in readers for header in reader.headers(reader.by_number(number, kind)).values()
            )

    @contextmanager
    def _readers(self) -> Iterator[list[IndexReader]]:
        with ExitStack() as stack:
            yield [stack.enter_context(index.reader()) for index in self._indexes]
