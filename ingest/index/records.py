"""What the catalogue keeps of papers, files and runs, as plain values. Must not know where it is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ingest.types import DateBasis, Ground, Kind, Stand, SummaryOf, Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHeader:
    """The light part of a paper, for ranking and for lists.

    Attributes:
        years: distinct years in its date and its first 1,500 characters, ascending.
        session_date: day of the session a protocol is of, or of the first session a report is for.
        signatories: who signed it, as it names them.
    """

    document_id: str
    path: str
    title: str
    kind: Kind
    visibility: Visibility
    number: str | None
    version: str
    date: dt.date | None
    date_basis: DateBasis | None
    as_of: Stand | None
    years: tuple[int, ...]
    procedure: str | None
    body: str | None
    factions: tuple[str, ...]
    url: str | None
    summary_of: SummaryOf | None
    paper_type: str | None = None
    session_date: dt.date | None = None
    signatories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """What a file and its sidecar looked like when they were read; a missing sidecar has size -1 and no hash."""

    size: int
    mtime_ns: int
    file_hash: str
    sidecar_size: int = -1
    sidecar_mtime_ns: int = -1
    sidecar_hash: str = ""

    def same_content(self, other: FileState) -> bool:
        """Tell whether file and sidecar hold the same bytes."""
        return (self.file_hash, self.sidecar_hash) == (other.file_hash, other.sidecar_hash)


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A folder, or a single file, that was given to `add`. `position` says which came first."""

    path: str
    name: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A paper in the catalogue, as the pipeline compares it with its file."""

    document_id: str
    root: str
    relative: str
    path: str
    visibility: Visibility
    state: FileState
    page_count: int
    passage_count: int
    ground: Ground = Ground.NOTHING
    text_key: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same while the file's content changes."""
        return self.root, self.relative


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A paper taken out by hand, with the hashes of the file that must not come back."""

    root: str
    relative: str
    file_hash: str
    sidecar_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A file that could not be read; `path` is what users are told."""

    root: str
    relative: str
    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entry of the log of changes; `time` is in UTC."""

    time: dt.datetime
    path: str
    outcome: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What is in a generation."""

    documents: dict[Kind, int]
    passages: int
    newest: dt.date | None

    @property
    def document_count(self) -> int:
        """Papers of all kinds."""
        return sum(self.documents.values())
