"""One small paper as the passages a model would be given."""

from __future__ import annotations

from bot.types import Hit
from ingest.index import DocumentHeader
from ingest.types import Document, OffsetMap, Passage, SectionRole, Span
from tests.builders import a_document


def a_paper(text: str, **changes: object) -> Document:
    """Build a paper of one page whose source is its text."""
    offsets = OffsetMap(source_length=len(text))
    return a_document(text=text, source=text, offsets=offsets, pages=(), paged=False, **changes)


def a_hit(paper: Document, *, role: SectionRole = SectionRole.BODY, span: Span | None = None) -> Hit:
    """Make a stretch of a paper, by default all of it, a passage that was found."""
    where = span or Span(start=0, end=len(paper.text))
    passage = Passage(
        passage_id=f"{paper.document_id}-{where.start}",
        document_id=paper.document_id,
        ordinal=0,
        span=where,
        text=where.of(paper.text),
        role=role,
        heading="",
        agenda_item=None,
    )
    header = DocumentHeader(
        document_id=paper.document_id,
        path=paper.path,
        title=paper.title,
        kind=paper.kind,
        visibility=paper.visibility,
        number=None,
        version="",
        date=paper.date,
        date_basis=None,
        as_of=None,
        years=(),
        procedure=None,
        body=None,
        factions=(),
        url=None,
        summary_of=None,
    )
    return Hit(passage=passage, document=header, score=1.0, bm25=1.0, cosine=0.5)
