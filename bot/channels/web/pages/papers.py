"""The papers: list with search and filters, one paper with its structure, one page of it, one quote in it."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.context import allow, context_of, page, visitor_of
from bot.channels.web.forms import choices, web_address
from bot.phrases.reply import KIND
from bot.service import Ratslotse
from ingest.errors import UnreadableDocument
from ingest.german import search_tokens
from ingest.index import DocumentHeader
from ingest.render import Paragraph, Picture, draw, has_pictures, paragraphs
from ingest.types import Document, Kind, Reference, Span, Visibility

PER_PAGE: Final = 25
WHOLE_TEXT_CHARS: Final = 60_000
"""Of a paper without pages shown at once; the longest of 99 in the corpus has 31,000."""
CONTEXT_CHARS: Final = 700
"""Of text before and after a quote: about a screen on a phone."""
MOST_REFERENCES: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the list is narrowed to; empty means everything."""

    search: str = ""
    kind: str = ""
    year: str = ""
    body: str = ""
    faction: str = ""

    def query(self, page_number: int) -> str:
        """Write the filters and a page as the query of an address."""
        values = {"q": self.search, "art": self.kind, "jahr": self.year, "gremium": self.body, "fraktion": self.faction}
        used = {name: value for name, value in values.items() if value}
        return urlencode(used | ({"seite": str(page_number)} if page_number > 1 else {}))

    def select(self, papers: Sequence[DocumentHeader]) -> list[DocumentHeader]:
        """Return the papers that pass, in the order given."""
        tokens = set(search_tokens(self.search))
        typed = self.search.casefold()
        return [
            paper
            for paper in papers
            if (not self.kind or paper.kind == self.kind)
            and (not self.year or (paper.date is not None and str(paper.date.year) == self.year))
            and (not self.body or paper.body == self.body)
            and (not self.faction or self.faction in paper.factions)
            and (not typed or _is_named(paper, typed, tokens))
        ]


async def papers(request: Request) -> Response:
    """List the papers, newest first."""
    given = request.query_params
    filters = Filters(
        search=given.get("q", "")[:200].strip(),
        kind=given.get("art", "")[:20],
        year=given.get("jahr", "")[:4],
        body=given.get("gremium", "")[:200],
        faction=given.get("fraktion", "")[:200],
    )
    every = await asyncio.to_thread(_ratslotse(request).library.headers)
    found = filters.select(every)
    pages = max(1, math.ceil(len(found) / PER_PAGE))
    wanted = given.get("seite", "1")
    number = min(max(1, int(wanted)), pages) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 1
    return page(
        request,
        "papers.html",
        papers=found[(number - 1) * PER_PAGE : number * PER_PAGE],
        count=len(found),
        filters=filters,
        number=number,
        pages=pages,
        kinds=[(kind.value, KIND[visitor_of(request).language][kind]) for kind in Kind],
        years=[(year, year) for year in sorted({str(paper.date.year) for paper in every if paper.date}, reverse=True)],
        bodies=choices(paper.body for paper in every),
        factions=choices(faction for paper in every for faction in paper.factions),
    )


async def paper(request: Request) -> Response:
    """Show what a paper is and how it is built."""
    document = await _document(request)
    library = _ratslotse(request).library
    related = await asyncio.to_thread(library.of_procedure, document.procedure) if document.procedure else ()
    known = await asyncio.to_thread(_named_papers, _ratslotse(request), document)
    text: tuple[Paragraph, ...] = ()
    if not has_pictures(document):
        text = paragraphs(document, Span(start=0, end=min(len(document.text), WHOLE_TEXT_CHARS)))
    return page(
        request,
        "paper.html",
        paper=document,
        original=web_address(document.url),
        related=[one for one in related if one.document_id != document.document_id],
        references=known,
        text=text,
        has_pictures=has_pictures(document),
    )


async def paper_page(request: Request) -> Response:
    """Show a page of a paper as it looks, with its text."""
    document = await _document(request)
    number = _page_number(request, document)
    return await _leaf(request, document, number, None)


async def source(request: Request) -> Response:
    """Show a quote where it stands: on its page as it looks, and in the text around it."""
    document = await _document(request)
    start, end = request.path_params["start"], request.path_params["end"]
    if not 0 <= start < end <= len(document.text):
        raise HTTPException(404)
    quote = Span(start=start, end=end)
    return await _leaf(request, document, document.page_of(quote), quote)


async def picture(request: Request) -> Response:
    """Give a page of a paper as PNG."""
    document = await _document(request)
    drawn = await _drawn(request, document, _page_number(request, document), None)
    if drawn is None:
        raise HTTPException(404)
    public = document.visibility is Visibility.PUBLIC
    headers = {"cache-control": "private, max-age=600"} if public else {}
    return Response(drawn.png, media_type="image/png", headers=headers)


async def _leaf(request: Request, document: Document, number: int | None, quote: Span | None) -> Response:
    drawn = await _drawn(request, document, number, quote) if number and has_pictures(document) else None
    shown = document.pages[number - 1] if number else None
    goes_on = bool(shown and quote and document.source_span(quote).end > shown.span.end + 1)
    return page(
        request,
        "source.html",
        paper=document,
        original=web_address(document.url),
        number=number,
        drawn=drawn,
        is_missing=drawn is None and has_pictures(document),
        quote=quote.of(document.text) if quote else "",
        agenda_item=_agenda_item(document, quote) if quote else None,
        goes_on=goes_on,
        text=paragraphs(document, _window(document, number, quote), quote),
    )


def _window(document: Document, number: int | None, quote: Span | None) -> Span:
    """Return what text to show: around a quote, of a page, or of a paper without pages from its beginning."""
    length = len(document.text)
    if quote is not None:
        start, end = max(0, quote.start - CONTEXT_CHARS), min(length, quote.end + CONTEXT_CHARS)
        if start:
            start = document.text.find(" ", start, quote.start) + 1 or start
        if end < length:
            end = max(document.text.rfind(" ", quote.end, end), quote.end)
        return Span(start=start, end=end)
    if number is None:
        return Span(start=0, end=min(length, WHOLE_TEXT_CHARS))
    wanted = document.pages[number - 1].span
    low, high = (_cleaned_offset(document, place) for place in (wanted.start, wanted.end))
    return Span(start=low, end=max(low, high))


def _cleaned_offset(document: Document, source_offset: int) -> int:
    """Return the first offset of the cleaned text that did not stand before `source_offset`."""
    low, high = 0, len(document.text)
    while low < high:
        middle = (low + high) // 2
        if document.offsets.offset(middle) < source_offset:
            low = middle + 1
        else:
            high = middle
    return low


async def _document(request: Request) -> Document:
    document = await asyncio.to_thread(_ratslotse(request).library.paper, request.path_params["document_id"])
    if document is None:
        raise HTTPException(404)
    return document


def _page_number(request: Request, document: Document) -> int:
    number: int = request.path_params["page"]
    if not document.paged or not 1 <= number <= len(document.pages):
        raise HTTPException(404)
    return number


async def _drawn(request: Request, document: Document, number: int, quote: Span | None) -> Picture | None:
    """Draw a page, or take it from memory; None if it cannot be drawn."""
    context = context_of(request)
    key = (document.document_id, number, quote.start if quote else -1, quote.end if quote else -1)
    if found := context.pictures.get(key):
        return found
    allow(request, context.limits.drawings)
    async with context.drawing:
        try:
            drawn = await asyncio.to_thread(draw, document, number, quote)
        except UnreadableDocument:
            return None
    context.pictures.keep(key, drawn)
    context.pictures.keep((document.document_id, number, -1, -1), drawn)
    return drawn


def _ratslotse(request: Request) -> Ratslotse:
    return context_of(request).ratslotse(visitor_of(request).access)


def _is_named(paper: DocumentHeader, typed: str, tokens: set[str]) -> bool:
    name = " ".join(filter(None, (paper.title, paper.number, paper.body, *paper.factions)))
    return typed in name.casefold() or (bool(tokens) and tokens <= set(search_tokens(name)))


def _named_papers(ratslotse: Ratslotse, document: Document) -> list[tuple[Reference, DocumentHeader | None]]:
    """Return the papers that a paper refers to, each once, with the one that is meant where it is there."""
    distinct = {(one.kind, one.number, one.version): one for one in reversed(document.references)}
    found: list[tuple[Reference, DocumentHeader | None]] = []
    for reference in list(reversed(distinct.values()))[:MOST_REFERENCES]:
        meant = [
            one
            for one in ratslotse.library.numbered(reference.number, reference.kind)
            if one.document_id != document.document_id
        ]
        found.append((reference, meant[0] if meant else None))
    return found


def _agenda_item(document: Document, quote: Span) -> str | None:
    for section in document.sections:
        if section.span.start <= quote.start < section.span.end:
            return section.agenda_item
    return None
