"""Values in, blocks of text out. Pure; knows no chat."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from bot.channels.telegram.formatting import LINE, Block, Run, Style, block, bold, italic, live
from bot.channels.telegram.user_data import Cited
from bot.ledger.types import Evidence, MotionState, PointState
from bot.phrases import decline, model
from bot.phrases import motions as ledger
from bot.phrases import reply as phrases
from bot.phrases import telegram as words
from bot.record import header_line, nearest_line, source_line
from bot.service import Holdings, SourceView
from bot.types import Answered, Citation, Declined, Language, Reply
from ingest.index import DocumentHeader

NEARBY_CHARS: Final = 300
"""Before and after a quote: with it about one screen of a phone (looked at in a picture, 412 points wide)."""

LISTED: Final = 10
"""Papers that /neu names before it counts."""

LISTED_MOTIONS: Final = 12
"""Motions in a list, newest first; a phone shows about four at once."""


def answer(reply: Reply) -> tuple[Block, ...]:
    """Render a reply: statements first, then numbered sources; of several questions one after the other."""
    if reply.parts:
        parts = ((block(bold(part.question)), *answer(part.reply)) for part in reply.parts)
        return tuple(piece for part in parts for piece in part)
    match reply:
        case Answered():
            return (*_statements(reply), *_sources(reply))
        case Declined():
            return tuple(_declined(reply))
        case _:
            assert_never(reply)


def _statements(reply: Answered) -> Iterator[Block]:
    if reply.lead:
        yield block(bold(reply.lead))
    for statement in reply.statements:
        numbers = "".join(f"[{n}]" for n in statement.citations)
        note = phrases.note(statement, reply.language)
        yield block(f"{statement.text} ", bold(numbers), italic(f" ({note})" if note else ""))
    if further := phrases.more(reply.more, reply.language):
        yield block(further)
    if notice := model.notice(reply):
        yield block(italic(notice))


def _sources(reply: Answered) -> Iterator[Block]:
    yield block(bold(phrases.SOURCES[reply.language]))
    said = [statement.text for statement in reply.statements]
    groups: dict[tuple[str, str], list[Citation]] = {}
    for citation in reply.citations:
        groups.setdefault((citation.document_id, source_line(citation, reply.language)), []).append(citation)
    for (_, line), citations in groups.items():
        yield block(bold("".join(f"[{citation.n}]" for citation in citations)), f" {line}", gap=LINE)
        for citation in citations:
            if not any(text in citation.quote for text in said):
                yield block(Run(text=f"[{citation.n}] „{citation.quote}“", style=Style.QUOTE), gap=LINE)


def _declined(reply: Declined) -> Iterator[Block]:
    yield block(bold(decline.told(reply)))
    if searched := decline.searched(reply):
        yield block(searched)
    if reply.near_miss:
        yield block(decline.near_miss(reply))
        yield block(bold("[1]"), f" {source_line(reply.near_miss, reply.language)}", gap=LINE)
    if reply.nearest:
        yield block(phrases.NEAREST[reply.language])
        for hit in reply.nearest:
            yield block(f"– {nearest_line(hit, reply.language)}", gap=LINE)
    if advice := decline.who_might_know(reply):
        yield block(advice)


def source(view: SourceView, cited: Cited, language: Language) -> tuple[Block, ...]:
    """Render a quote where it stands, with its paper, its Stand and the way to it."""
    citation = view.citation
    line = source_line(citation, language)
    before, after = _nearby(view.before, view.after)
    quote = bold(f"»{_unwrapped(view.quote).strip()}«")
    blocks = [block(bold(f"[{citation.n}]"), f" {line}"), block(before, quote, after)]
    stand = phrases.as_of(cited.as_of, cited.as_of_basis, language) if cited.as_of else ""
    if stand and stand not in line:
        blocks.insert(1, block(italic(stand), gap=LINE))
    if citation.url and re.fullmatch(r"https?://\S+", citation.url):
        blocks.append(block(live(f"{words.CITY_PAGE[language]}: {citation.url}")))
    return tuple(blocks)


def _nearby(before: str, after: str) -> tuple[str, str]:
    """Return what stands next to a quote, cut to what a phone shows at once."""
    before, after = _unwrapped(before), _unwrapped(after)
    if len(before) > NEARBY_CHARS:
        before = "… " + before[-NEARBY_CHARS:].partition(" ")[2]
    if len(after) > NEARBY_CHARS:
        after = after[:NEARBY_CHARS].rpartition(" ")[0] + " …"
    return before, after


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
    """Render plain paragraphs of our own."""
    return tuple(block(live(text)) for text in texts)


def motion_list(motions: Sequence[MotionState], language: Language) -> tuple[Block, ...]:
    """Render the newest motions and how far they are; each is named as /antrag takes it."""
    if not motions:
        return (block(ledger.NO_MOTIONS[language]),)
    newest = sorted(motions, key=lambda motion: (motion.date or dt.date.min, motion.path), reverse=True)
    blocks = []
    for motion in newest[:LISTED_MOTIONS]:
        blocks.append(block(bold(motion.title)))
        blocks.append(block(ledger.headline(motion, language), gap=LINE))
        if motion.vote:
            blocks.append(block(ledger.vote(motion, language), gap=LINE))
        blocks.append(block(f"{ledger.tally(motion, language)} → ", live(f"/antrag {motion.motion_id}"), gap=LINE))
    if len(newest) > LISTED_MOTIONS:
        blocks.append(block(words.and_more(len(newest) - LISTED_MOTIONS, language)))
    return tuple(blocks)


def motion(state: MotionState, language: Language) -> tuple[Block, ...]:
    """Render a motion: what was decided, then point by point."""
    head = (
        block(bold(state.title)),
        block(ledger.headline(state, language), gap=LINE),
        *_vote(state, language),
        block(ledger.tally(state, language), gap=LINE),
    )
    points = [piece for point in state.points for piece in _point(state, point, language)]
    searched = phrases.searched(state.searched.documents, state.searched.until, language)
    return (*head, *points, block(italic(searched)))


def _vote(motion: MotionState, language: Language) -> Iterator[Block]:
    if motion.vote:
        yield block(bold(ledger.vote(motion, language)), gap=LINE)
        yield _quoted(motion.vote.evidence, language)


def _point(motion: MotionState, point: PointState, language: Language) -> Iterator[Block]:
    name = f"{ledger.DOSSIER[language]['point']} {point.number}"
    yield block(bold(f"{name}: {ledger.MARK[point.status]} {ledger.label(point, language)}"))
    yield block(point.text, gap=LINE)
    yield block(italic(ledger.note(motion, point, language)), gap=LINE)
    for evidence in point.evidence:
        yield _quoted(evidence, language)


def _quoted(evidence: Evidence, language: Language) -> Block:
    quoted = f"„{evidence.citation.quote}“\n{ledger.source(evidence, language)}"
    return block(Run(text=quoted, style=Style.QUOTE), gap=LINE)
