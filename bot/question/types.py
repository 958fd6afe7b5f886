"""What a question says, as values: the parts of a message, and what it wants to know of papers and motions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.question.query import Query
from bot.types import DeclineReason
from ingest.types import Reference


class Form(StrEnum):
    """What councillors call a matter or a paper; a matter has one form, whatever its files are."""

    MOTION = "motion"
    AMENDMENT = "amendment"
    INQUIRY = "inquiry"
    PROPOSAL = "proposal"
    PROTOCOL = "protocol"
    REPORT = "report"
    PAPER = "paper"


class Wanted(StrEnum):
    """What is to be said of papers."""

    COUNT = "count"
    LIST = "list"
    WHO = "who"
    WHEN = "when"
    BODY = "body"
    OUTCOME = "outcome"
    NEXT = "next"
    OVERVIEW = "overview"
    POINTS = "points"
    DECISIONS = "decisions"


class State(StrEnum):
    """What a question asks motions to be: what came of them, or how their points stand."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    REFERRED = "referred"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"
    DECIDED = "decided"
    ANSWERED = "answered"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A span of time, both days included; None is open."""

    first: dt.date | None
    last: dt.date | None

    def holds(self, day: dt.date) -> bool:
        """Say whether a day lies in it."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    @property
    def years(self) -> tuple[int, ...]:
        """The years it touches, ascending; of an open span the one that is named."""
        named = [day.year for day in (self.first, self.last) if day]
        return tuple(range(named[0], named[-1] + 1)) if named else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperQuestion:
    """A question about papers themselves, not about what stands in them.

    Attributes:
        wants: what is to be said, in the order asked; never empty.
        form: what is asked for.
        factions: groups that moved it, one spelling each; several mean each of them.
        by: further names of who moved it, as typed: persons, groups that no table knows.
        bodies: committees, as typed.
        references: papers named by number.
        period: when it was moved; when it was decided, where `states` tells of a decision.
        states: what came of it; any of them.
        topic: what it is about, as typed; empty where all are meant.
        newest: whether only the newest are wanted.
        limit: how many are wanted; None for all.
        points: numbers of the points that are asked for.
        point_count: how many points the motion has, where the question says it; None where not.
        is_one: whether one certain matter is meant ("der Antrag"), not all that fit.
        is_follow_up: whether what is asked for stands in an earlier question.
    """

    wants: tuple[Wanted, ...]
    form: Form = Form.PAPER
    factions: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    period: Period | None = None
    states: tuple[State, ...] = ()
    topic: str = ""
    newest: bool = False
    limit: int | None = None
    points: tuple[str, ...] = ()
    point_count: int | None = None
    is_one: bool = False
    is_follow_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question, read once.

    Attributes:
        text: as typed, or the part of the message that asks it.
        context: earlier questions it leans on, oldest first.
        courtesy: what is said where nothing is asked; None for a question.
        query: as search sees it.
        papers: what it wants to know of papers themselves; None where it asks what stands in them.
    """

    text: str
    context: tuple[str, ...]
    courtesy: DeclineReason | None
    query: Query
    papers: PaperQuestion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What somebody wrote: one question, or several, in their order; never none."""

    parts: tuple[Asked, ...]
