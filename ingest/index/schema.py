"""The catalogue's tables, and how a paper becomes rows and a paper again. Must not know who reads or writes them."""

from __future__ import annotations

import datetime as dt
import json
import re
import sqlite3
from typing import Any, Final

from pydantic import TypeAdapter

from ingest.index.records import DocumentHeader
from ingest.references import number_key
from ingest.types import (
    DateBasis,
    Decision,
    Document,
    Kind,
    Part,
    Passage,
    ReferenceKind,
    Section,
    SectionRole,
    Span,
    Stand,
    SummaryOf,
    Visibility,
)

YEARS_CHARS: Final = 1_500
"""A year named in a question is looked for in a paper's date and in this many characters of its beginning (measured on
karlsruhe-small: file in the first 5 .856 → .911 with the bonus that rests on it)."""

TABLES: Final = """
CREATE TABLE documents (
    document_id TEXT PRIMARY KEY,
    root TEXT NOT NULL,              -- what was given to add, absolute: a folder, or a single file
    relative TEXT NOT NULL,          -- the file below its root
    path TEXT NOT NULL UNIQUE,       -- as users see it: `relative`, or with the root's name in front
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, file_hash TEXT NOT NULL,
    sidecar_size INTEGER NOT NULL, sidecar_mtime_ns INTEGER NOT NULL, sidecar_hash TEXT NOT NULL,
    title TEXT NOT NULL, kind TEXT NOT NULL, number TEXT, version TEXT NOT NULL, date TEXT, date_basis TEXT,
    as_of TEXT, years TEXT NOT NULL, procedure TEXT, body TEXT, factions TEXT NOT NULL, url TEXT, summary_of TEXT,
    paper_type TEXT, session_date TEXT, signatories TEXT NOT NULL,
    visibility TEXT NOT NULL,
    record TEXT NOT NULL,            -- the whole Document as JSON, without the two texts
    text TEXT NOT NULL, source TEXT NOT NULL,
    title_tokens TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    UNIQUE (root, relative)
);
CREATE INDEX documents_by_procedure ON documents (procedure);
CREATE TABLE sections (
    document_id TEXT NOT NULL, ordinal INTEGER NOT NULL, role TEXT NOT NULL, heading TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, agenda_item TEXT, PRIMARY KEY (document_id, ordinal)
);
CREATE TABLE points (
    document_id TEXT NOT NULL, position INTEGER NOT NULL, number TEXT NOT NULL, heading TEXT NOT NULL,
    text TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, PRIMARY KEY (document_id, position)
);
CREATE TABLE decisions (
    document_id TEXT NOT NULL, ordinal INTEGER NOT NULL, text TEXT NOT NULL, vote TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, agenda_item TEXT, PRIMARY KEY (document_id, ordinal)
);
CREATE TABLE mentions (              -- Document.references; `references` is a word of SQL
    document_id TEXT NOT NULL, ordinal INTEGER NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL,
    version TEXT NOT NULL, label TEXT NOT NULL, date TEXT, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (document_id, ordinal)
);
CREATE INDEX mentions_by_number ON mentions (number);
CREATE TABLE passages (
    passage_id TEXT PRIMARY KEY, document_id TEXT NOT NULL, ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, role TEXT NOT NULL, heading TEXT NOT NULL,
    agenda_item TEXT, page INTEGER,
    tokens TEXT NOT NULL,            -- of title, heading and text, joined by spaces
    embedded_hash TEXT NOT NULL,     -- of the text that was embedded
    vector BLOB                      -- float32, unit length; NULL where the encoder knows no word of it
);
CREATE TABLE parts (
    passage_id TEXT NOT NULL, document_id TEXT NOT NULL, ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    sentences TEXT NOT NULL,         -- starts and ends, joined by spaces
    tokens TEXT NOT NULL,            -- search tokens, each once, joined by spaces; a line a sentence
    PRIMARY KEY (passage_id, ordinal)
) WITHOUT ROWID;
CREATE INDEX parts_by_document ON parts (document_id);
CREATE INDEX passages_by_document ON passages (document_id, ordinal);
CREATE INDEX passages_by_embedded ON passages (embedded_hash);
CREATE TABLE numbers (               -- number: `ingest.references.number_key`; kind: in which row it is counted
    number TEXT NOT NULL, kind TEXT NOT NULL, document_id TEXT NOT NULL,
    PRIMARY KEY (number, kind, document_id));
CREATE INDEX numbers_by_document ON numbers (document_id);
CREATE TABLE roots (path TEXT PRIMARY KEY, name TEXT NOT NULL, position INTEGER NOT NULL);
CREATE TABLE withdrawn (             -- taken out by hand; stays out while the file is the same
    root TEXT NOT NULL, relative TEXT NOT NULL, file_hash TEXT NOT NULL, sidecar_hash TEXT NOT NULL,
    PRIMARY KEY (root, relative));
CREATE TABLE failures (              -- files that could not be read when last looked at
    root TEXT NOT NULL, relative TEXT NOT NULL, path TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (root, relative));
CREATE TABLE changes (change_id INTEGER PRIMARY KEY, time TEXT NOT NULL, path TEXT NOT NULL, outcome TEXT NOT NULL,
    reason TEXT);
"""

TABLES_OF_A_DOCUMENT: Final = (
    "sections",
    "points",
    "decisions",
    "mentions",
    "passages",
    "parts",
    "numbers",
    "documents",
)

_RECORD: Final[TypeAdapter[Document]] = TypeAdapter(Document)
_SUMMARY: Final[TypeAdapter[SummaryOf]] = TypeAdapter(SummaryOf)
_STAND: Final[TypeAdapter[Stand]] = TypeAdapter(Stand)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


HEADER_COLUMNS: Final = (
    "document_id, path, title, kind, visibility, number, version, date, date_basis, as_of, years, procedure, body, "
    "factions, url, summary_of, paper_type, session_date, signatories"
)
PASSAGE_COLUMNS: Final = 'passage_id, document_id, ordinal, start, "end", text, role, heading, agenda_item, page'


def header_of(row: sqlite3.Row) -> DocumentHeader:
    """Make a header from `HEADER_COLUMNS`."""
    return DocumentHeader(
        document_id=row["document_id"],
        path=row["path"],
        title=row["title"],
        kind=Kind(row["kind"]),
        visibility=Visibility(row["visibility"]),
        number=row["number"],
        version=row["version"],
        date=dt.date.fromisoformat(row["date"]) if row["date"] else None,
        date_basis=DateBasis(row["date_basis"]) if row["date_basis"] else None,
        as_of=_STAND.validate_json(row["as_of"]) if row["as_of"] else None,
        years=tuple(json.loads(row["years"])),
        procedure=row["procedure"],
        body=row["body"],
        factions=tuple(json.loads(row["factions"])),
        url=row["url"],
        summary_of=_SUMMARY.validate_json(row["summary_of"]) if row["summary_of"] else None,
        paper_type=row["paper_type"],
        session_date=dt.date.fromisoformat(row["session_date"]) if row["session_date"] else None,
        signatories=tuple(json.loads(row["signatories"])),
    )


def passage_of(row: sqlite3.Row) -> Passage:
    """Make a passage from `PASSAGE_COLUMNS`."""
    return Passage(
        passage_id=row["passage_id"],
        document_id=row["document_id"],
        ordinal=row["ordinal"],
        span=Span(start=row["start"], end=row["end"]),
        text=row["text"],
        role=SectionRole(row["role"]),
        heading=row["heading"],
        agenda_item=row["agenda_item"],
        page=row["page"],
    )


def part_of(row: sqlite3.Row) -> Part:
    """Make a part from a row of `parts`."""
    ends = list(map(int, row["sentences"].split()))
    return Part(
        span=Span(start=row["start"], end=row["end"]),
        sentences=tuple(Span(start=a, end=b) for a, b in zip(ends[::2], ends[1::2], strict=True)),
        tokens=tuple(tuple(line.split()) for line in row["tokens"].split("\n")),
    )


def section_of(row: sqlite3.Row) -> Section:
    """Make a section from a row of `sections`."""
    return Section(
        role=SectionRole(row["role"]),
        heading=row["heading"],
        span=Span(start=row["start"], end=row["end"]),
        agenda_item=row["agenda_item"],
    )


def decision_of(row: sqlite3.Row) -> Decision:
    """Make a decision from a row of `decisions`."""
    return Decision(
        text=row["text"],
        vote=row["vote"],
        span=Span(start=row["start"], end=row["end"]),
        agenda_item=row["agenda_item"],
    )


def record_of(document: Document) -> str:
    """Write a paper as JSON, without its two texts."""
    return _RECORD.dump_json(document, exclude={"text", "source"}).decode("utf-8")


def document_of(row: sqlite3.Row) -> Document:
    """Make a paper from the columns `record, text, source`."""
    return _RECORD.validate_python({**json.loads(row["record"]), "text": row["text"], "source": row["source"]})


def header_values(document: Document) -> dict[str, Any]:
    """Give the values of `HEADER_COLUMNS` for a paper."""
    return {
        "document_id": document.document_id,
        "path": document.path,
        "title": document.title,
        "kind": document.kind.value,
        "visibility": document.visibility.value,
        "number": document.number,
        "version": document.version,
        "date": document.date.isoformat() if document.date else None,
        "date_basis": document.date_basis.value if document.date_basis else None,
        "as_of": _STAND.dump_json(document.as_of).decode("utf-8") if document.as_of else None,
        "years": json.dumps(years(document)),
        "procedure": document.procedure,
        "body": document.body,
        "factions": json.dumps(document.factions, ensure_ascii=False),
        "url": document.url,
        "summary_of": _SUMMARY.dump_json(document.summary_of).decode("utf-8") if document.summary_of else None,
        "paper_type": document.paper_type,
        "session_date": document.session_date.isoformat() if document.session_date else None,
        "signatories": json.dumps(document.signatories, ensure_ascii=False),
    }


def years(document: Document) -> list[int]:
    """List the distinct years in a paper's date and its beginning, ascending."""
    found = {int(year) for year in _YEAR.findall(document.text[:YEARS_CHARS])}
    if document.date:
        found.add(document.date.year)
    return sorted(found)


def numbers_of(document: Document) -> list[tuple[str, str]]:
    """Give the (key, kind) pairs under which a paper is found by its number; none for a paper without one."""
    if not document.number:
        return []
    return [(number_key(document.number), number_kind(document.kind).value)]


def number_kind(kind: Kind) -> ReferenceKind:
    """Tell in which row of numbers a paper of this kind is counted."""
    match kind:
        case Kind.MOTION:
            return ReferenceKind.MOTION
        case Kind.PROTOCOL:
            return ReferenceKind.PROTOCOL
        case Kind.REPORT:
            return ReferenceKind.REPORT
        case Kind.OTHER:
            return ReferenceKind.UNKNOWN
