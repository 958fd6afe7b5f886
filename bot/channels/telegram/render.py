"""Values in, blocks of text out. Pure; knows no chat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from bot.channels.telegram.layout import LINE, Block, Run, Style, block, bold, italic
from bot.channels.telegram.memory import Cited
from bot.phrases import reply as phrases
from bot.phrases import telegram as words
from bot.record import header_line, nearest_line, source_line
from bot.service import Holdings, SourceView
from bot.types import Answered, Citation, Declined, Language, Reply
from ingest.index import DocumentHeader

LISTED: Final = 10
"""Papers that /neu names before it counts."""


def answer(reply: Reply) -> tuple[Block, ...]:
    """Render a reply: statements first, then numbered sources."""
    match reply:
        case Answered():
            return (*_statements(reply), *_sources(reply))
        case Declined():
            return tuple(_declined(reply))
        case _:
            assert_never(reply)


def _statements(reply: Answered) -> Iterator[Block]:
    for statement in reply.statements:
        numbers = "".join(f"[{n}]" for n in statement.citations)
        note = phrases.note(statement, reply.language)
        yield block(f"{statement.text} ", bold(numbers), italic(f" ({note})" if note else ""))


def _sources(reply: Answered) -> Iterator[Block]:
    yield block(bold(words.SOURCES[reply.language]))
    said = [statement.text for statement in reply.statements]
    groups: dict[str, list[Citation]] = {}
    for citation in reply.citations:
        groups.setdefault(source_line(citation, reply.language), []).append(citation)
    for line, citations in groups.items():
        yield block(bold("".join(f"[{citation.n}]" for citation in citations)), f" {line}", gap=LINE)
        for citation in citations:
            if not any(text in citation.quote for text in said):
                yield block(Run(text=f"[{citation.n}] „{citation.quote}“", style=Style.QUOTE), gap=LINE)


def _declined(reply: Declined) -> Iterator[Block]:
    yield block(bold(phrases.declined(reply.reason, reply.language)))
    yield block(phrases.searched(reply.searched.documents, reply.searched.until, reply.language))
    if reply.nearest:
        yield block(phrases.NEAREST[reply.language])
        for hit in reply.nearest:
            yield block(f"– {nearest_line(hit, reply.language)}", gap=LINE)


def source(view: SourceView, cited: Cited, language: Language) -> tuple[Block, ...]:
    """Render a quote where it stands, with its paper, its Stand and the way to it."""
    citation = view.citation
    head = block(bold(f"[{citation.n}]"), f" {source_line(citation, language)}")
    parts = [
        Run(text=_unwrapped(view.before)),
        bold(f"»{_unwrapped(view.quote).strip()}«"),
        Run(text=_unwrapped(view.after)),
    ]
    blocks = [head, Block(runs=tuple(parts))]
    if cited.as_of:
        blocks.insert(1, block(italic(phrases.as_of(cited.as_of, cited.as_of_basis, language)), gap=LINE))
    if citation.url and citation.url.startswith(("https://", "http://")):
        blocks.append(block(f"{words.CITY_PAGE[language]}: {citation.url}"))
    return tuple(blocks)


def _unwrapped(text: str) -> str:
    """Join lines that a page's width broke, keep paragraphs."""
    return "\n\n".join(paragraph.replace("\n", " ") for paragraph in text.split("\n\n"))


def holdings(there: Holdings, language: Language) -> tuple[Block, ...]:
    """Render what there is: papers by kind, how new."""
    counts = [block(words.papers_of_kind(kind, n, language), gap=LINE) for kind, n in there.papers.items() if n]
    return (
        block(bold(words.all_papers(sum(there.papers.values()), language))),
        *counts,
        block(words.newest(there.newest, language)),
        block(words.changed(there.changed.date(), language), gap=LINE),
    )


def news(papers: Sequence[DocumentHeader], language: Language) -> tuple[Block, ...]:
    """Render what came in, the latest first."""
    if not papers:
        return (block(words.NOTHING_NEW[language]),)
    lines = [block(f"– {header_line(paper, language)}", gap=LINE) for paper in papers[:LISTED]]
    more = [block(words.and_more(len(papers) - LISTED, language), gap=LINE)] if len(papers) > LISTED else []
    return (block(bold(words.came_in(len(papers), language))), *lines, *more)


def paragraphs(texts: Sequence[str]) -> tuple[Block, ...]:
    """Render plain paragraphs."""
    return tuple(block(text) for text in texts)
