"""From chosen matters to statements, each with the words of its paper that show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.answering.citation import cite
from bot.ledger.types import Vote
from bot.matters.choosing import MOVED, Held
from bot.matters.outcomes import Outcomes, state_of
from bot.matters.places import body_at, day_at, movers_at, subject_at
from bot.phrases import matters as phrases
from bot.phrases import motions as motion_phrases
from bot.phrases.reply import day
from bot.question.types import PaperQuestion, State, Wanted
from bot.record import header_line
from bot.types import Citation, Language, Statement
from ingest.types import DateBasis, Document, Kind, Span, Stand

LINES: Final = 20
"""Matters listed in an answer; the others are counted. About two screens of a phone."""

SIGNATORIES: Final = 5
"""Names behind a group; the paper itself has the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence about a matter and where it is shown."""

    text: str
    paper: Document
    span: Span
    as_of: Stand | None = None
    as_of_basis: DateBasis | None = None


def shown(lines: Sequence[Line]) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Number lines as statements, each with its own citation."""
    statements, citations = [], []
    for n, line in enumerate(lines, start=1):
        citations.append(cite(n, line.paper, line.span))
        stand = line.as_of or (Stand(day=line.paper.date) if line.paper.date else None)
        basis = line.as_of_basis if line.as_of else line.paper.date_basis
        statements.append(Statement(text=line.text, citations=(n,), as_of=stand, as_of_basis=basis if stand else None))
    return tuple(statements), tuple(citations)


def named(held: Held, language: Language) -> str:
    """Name a matter by its number, if its title does not, and its title."""
    opening = held.matter.opening
    if opening.number and opening.number not in opening.title:
        return f"{phrases.NAME[language][held.matter.form][0]} {opening.number}: {opening.title}"
    return opening.title


def listed(held: Held, asked: PaperQuestion, outcomes: Outcomes, language: Language) -> Line:
    """Put a matter on one line: number and title, who, when, and what came of it where that is asked for."""
    matter = held.matter
    told = [", ".join(matter.factions)]
    if matter.day and (matter.has_own_day or matter.form not in MOVED):
        told.append(day(matter.day, language))
    if set(asked.states) - {State.OPEN, State.ANSWERED}:
        vote = outcomes.vote(matter, held.index)
        state = state_of(vote)
        told.append(phrases.state(state, language) if state else "")
    known = ", ".join(part for part in told if part)
    paper = _opening(held)
    return Line(text=named(held, language) + (f" ({known})" if known else ""), paper=paper, span=subject_at(paper))


def who(held: Held, language: Language) -> list[Line]:
    """Say who moved a matter; nothing where no paper does."""
    matter, paper = held.matter, _opening(held)
    if not matter.factions and not matter.signatories:
        return []
    signed = ", ".join(matter.signatories[:SIGNATORIES]) + (" …" if len(matter.signatories) > SIGNATORIES else "")
    moved = ", ".join(matter.factions)
    movers = f"{moved} ({signed})" if moved and signed else moved or signed
    span = movers_at(paper, matter.factions, matter.signatories)
    return [Line(text=phrases.submitted(named(held, language), movers, language), paper=paper, span=span)]


def when(held: Held, language: Language) -> list[Line]:
    """Say when a matter was moved."""
    matter, paper = held.matter, _opening(held)
    own = matter.has_own_day
    text = phrases.dated(
        named(held, language), matter.day, language, own=own, of_session=matter.opening.date_basis is DateBasis.SESSION
    )
    return [Line(text=text, paper=paper, span=day_at(paper, matter.day) if matter.day else subject_at(paper))]


def bodies(held: Held, language: Language) -> list[Line]:
    """Say which committees dealt with a matter and when, in time order; minutes before papers for the same session."""
    papers = sorted(held.matter.papers, key=lambda one: (one.kind is not Kind.PROTOCOL, one.path))
    found: dict[tuple[str, str], Line] = {}
    for header in papers:
        if not header.body or (header.kind is Kind.MOTION and len(papers) > 1 and not header.session_date):
            continue
        session = header.date if header.kind is Kind.PROTOCOL else header.session_date
        key = (header.body, str(session or ""))
        if key not in found:
            paper = held.index.document(header.document_id)
            found[key] = Line(
                text=phrases.dealt_with(header.body, session, language),
                paper=paper,
                span=body_at(paper, header.body),
            )
    dated = {body for body, session in found if session}
    return [
        line
        for (body, session), line in sorted(found.items(), key=lambda item: item[0][1])
        if session or body not in dated
    ]


def vote_line(vote: Vote, held: Held) -> Line:
    """Show a vote, word for word."""
    cited = vote.evidence.citation
    return Line(
        text=vote.text,
        paper=held.index.document(cited.document_id),
        span=cited.span,
        as_of=vote.evidence.as_of,
        as_of_basis=vote.evidence.as_of_basis,
    )


def outcome_lead(held: Held, vote: Vote | None, asked: PaperQuestion, language: Language) -> str:
    """Say what came of a matter, and whether it is what was asked."""
    name = named(held, language)
    if vote is None:
        return phrases.no_outcome(name, language)
    state = state_of(vote)
    if state is None:
        return f"{name} – {phrases.unclear(language)}"
    told = motion_phrases.result(vote, language)
    wanted = [one for one in asked.states if one not in (State.DECIDED, State.OPEN, State.ANSWERED)]
    fits = (state in wanted) if wanted else None
    return f"{name} – {phrases.whether(fits, told, language)}."


def latest(held: Held, language: Language) -> list[Line]:
    """Show the papers of a matter behind its opening, the newest first, each once a title and kind."""
    seen: set[tuple[Kind, str, object]] = set()
    lines = []
    for header in reversed(held.matter.papers):
        key = (header.kind, header.title, header.date)
        if key in seen:
            continue
        seen.add(key)
        paper = held.index.document(header.document_id)
        text = header_line(header, language)
        lines.append(Line(text=text, paper=paper, span=subject_at(paper)))
    return lines[:LINES]


def _opening(held: Held) -> Document:
    return held.index.document(held.matter.opening.document_id)


TELLERS: Final[dict[Wanted, Callable[[Held, Language], list[Line]]]] = {
    Wanted.WHO: who,
    Wanted.WHEN: when,
    Wanted.BODY: bodies,
}
