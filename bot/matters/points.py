"""How the points of a motion stand, and which motions are open: from the motion ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from bot.ledger.types import Evidence, MotionState, PointState, Status
from bot.matters.choosing import Held
from bot.matters.outcomes import Outcomes, state_of
from bot.matters.telling import Line, named
from bot.phrases import motions as phrases
from bot.phrases.reply import day
from bot.question.types import PaperQuestion, State
from bot.types import Language
from ingest.types import Document, Kind, Span

QUOTES: Final = 2
"""Of a point that is one of several; alone it is shown with all."""

ONE_BY_ONE: Final = 12
"""Motions that are worked out for one question where the ledger has not been: about a second each."""

_DONE: Final = frozenset({State.ADOPTED, State.REJECTED, State.WITHDRAWN, State.SETTLED})
"""Whatever its points say: a motion that came to one of these is not open any more."""


class Ledger(Protocol):
    """What knows how motions stand: `bot.ledger.Motions`."""

    def kept(self) -> tuple[MotionState, ...] | None:
        """Return every motion if they have been worked out, None where not."""

    def one(self, document_id: str) -> MotionState | None:
        """Return one motion, worked out if need be; None if it holds none of this id."""


def with_points(held: Sequence[Held], asked: PaperQuestion) -> list[Held]:
    """Return the matters whose motion has the points that are asked for."""
    fitting = []
    for one in held:
        if one.matter.opening.kind is not Kind.MOTION:
            continue
        points = one.index.document(one.matter.opening.document_id).points
        numbers = {point.number for point in points}
        counted = asked.point_count is None or len(points) == asked.point_count
        if points and counted and numbers.issuperset(asked.points):
            fitting.append(one)
    return fitting


def points_told(held: Held, motion: MotionState, asked: PaperQuestion) -> list[PointState]:
    """Return the points that a question asks for; of those that are open only these where it asks for what is open."""
    if asked.points:
        return [point for point in motion.points if point.number in asked.points]
    if State.OPEN in asked.states and State.ANSWERED not in asked.states:
        return [point for point in motion.points if point.status is Status.OPEN]
    return list(motion.points)


def point_lines(held: Held, motion: MotionState, points: Sequence[PointState], language: Language) -> list[Line]:
    """Say what each point asks and how it stands, and show the sentences that tell."""
    paper = held.index.document(motion.document_id)
    spans = {point.position: point.span for point in paper.points}
    lines = []
    for point in points:
        span = spans.get(point.position)
        if span is None:
            continue
        note = phrases.note(motion, point, language)
        lines.append(
            Line(text=f"{phrases.point_line(point, language)} – {note}", paper=paper, span=_stripped(paper, span))
        )
        quotes = point.evidence if len(points) == 1 else point.evidence[:QUOTES]
        lines += [_quoted(evidence, held) for evidence in quotes]
    return lines


def _quoted(evidence: Evidence, held: Held) -> Line:
    cited = evidence.citation
    return Line(
        text=cited.quote,
        paper=held.index.document(cited.document_id),
        span=cited.span,
        as_of=evidence.as_of,
        as_of_basis=evidence.as_of_basis,
    )


def _stripped(paper: Document, span: Span) -> Span:
    text = span.of(paper.text)
    start = span.start + len(text) - len(text.lstrip())
    return Span(start=start, end=max(start, span.start + len(text.rstrip())))


def states_of(held: Sequence[Held], ledger: Ledger | None) -> dict[str, MotionState] | None:
    """Return the ledger's motions by paper; None where they have not been worked out and are too many."""
    if ledger is None:
        return None
    kept = ledger.kept()
    if kept is not None:
        return {motion.document_id: motion for motion in kept}
    names = [one.matter.opening.document_id for one in held if one.matter.opening.kind is Kind.MOTION]
    if len(names) > ONE_BY_ONE:
        return None
    return {name: motion for name in names if (motion := ledger.one(name)) is not None}


def is_open(one: Held, outcomes: Outcomes, known: dict[str, MotionState] | None) -> bool:
    """Say whether a motion waits for something: no decision ended it, and a point is open, or nothing answers it."""
    if state_of(outcomes.vote(one.matter, one.index)) in _DONE:
        return False
    motion = (known or {}).get(one.matter.opening.document_id)
    if motion is not None and motion.points:
        return motion.count(Status.OPEN) > 0
    return not any(paper.kind in (Kind.REPORT, Kind.PROTOCOL) for paper in one.matter.papers)


def open_line(one: Held, line: Line, known: dict[str, MotionState] | None, language: Language) -> Line:
    """Add to a motion's line which of its points are open, and since when."""
    motion = (known or {}).get(one.matter.opening.document_id)
    numbers = phrases.open_points(motion, language) if motion else ""
    since = phrases.since(day(one.matter.day, language), language) if one.matter.has_own_day else ""
    told = "; ".join(part for part in (numbers, since) if part)
    return Line(text=f"{line.text} – {told}" if told else line.text, paper=line.paper, span=line.span)


def headed(held: Held, motion: MotionState, language: Language) -> str:
    """Head a motion's points: what was decided on it, and how many points stand how."""
    vote = f"{phrases.result(motion.vote, language)}. " if motion.vote else ""
    since = f" ({day(held.matter.day, language)})" if held.matter.has_own_day else ""
    return f"{named(held, language)}{since} – {vote}{phrases.tally(motion, language)}."
