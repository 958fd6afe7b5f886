"""From a stretch of a paper to a citation that names it: paper, number, date, page, agenda item, quote."""

from __future__ import annotations

from bot.types import Citation
from ingest.types import Document, Span


def cite(n: int, document: Document, span: Span) -> Citation:
    """Return the n-th citation: the characters of `document.text` in `span`.

    The page is computed from the span; the agenda item is that of the section the span begins in.
    """
    return Citation(
        n=n,
        document_id=document.document_id,
        path=document.path,
        title=document.title,
        kind=document.kind,
        visibility=document.visibility,
        number=document.number,
        date=document.date,
        date_basis=document.date_basis,
        page=document.page_of(span),
        agenda_item=_agenda_item(document, span),
        quote=" ".join(span.of(document.text).split()),
        span=span,
        url=document.url or (document.summary_of.url if document.summary_of else None),
        paper_type=document.paper_type,
        body=document.body,
        summary_of=document.summary_of,
        as_of=document.as_of,
    )


def _agenda_item(document: Document, span: Span) -> str | None:
    for section in document.sections:
        if section.span.start <= span.start < section.span.end:
            return section.agenda_item
    return None
