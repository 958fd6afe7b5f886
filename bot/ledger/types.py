"""What the motion ledger says: for every point of a motion its state, why, and the words that show it.

Nothing here knows where it is kept or how it was worked out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.types import Citation, Searched
from ingest.types import DateBasis, Stand


class Status(StrEnum):
    """Whether a point has been dealt with."""

    ANSWERED = "answered"
    PARTLY = "partly"
    OPEN = "open"


class Reason(StrEnum):
    """Why a point has its status; a reader sees "abgelehnt" or "vertagt", not a bare "offen"."""

    ANSWERED = "answered"
    DONE = "done"
    DENIED = "denied"
    INCOMPLETE = "incomplete"
    PROMISED = "promised"
    RELATED = "related"
    REFUSED = "refused"
    DEFERRED = "deferred"
    NO_DATA = "no_data"
    NOT_ADDRESSED = "not_addressed"
    NO_PAPER = "no_paper"


VISIBLE: Final = frozenset({Reason.REFUSED, Reason.DEFERRED, Reason.PROMISED, Reason.NO_DATA})
"""Reasons that a reader sees beside the status; the others make no news of their own."""


class Link(StrEnum):
    """Why a paper may answer a motion, strongest first."""

    PROCEDURE = "procedure"
    REFERENCE = "reference"
    SUBJECT = "subject"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Words that show a state, and the date they refer to (Stand)."""

    citation: Citation
    as_of: Stand | None = None
    as_of_basis: DateBasis | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two sentences that give different values for the same thing."""

    one: Evidence
    other: Evidence


class Outcome(StrEnum):
    """What a body did with a motion; `UNKNOWN` where its words do not tell beyond doubt."""

    ADOPTED = "adopted"
    AMENDED = "amended"
    REJECTED = "rejected"
    DEFERRED = "deferred"
    REFERRED = "referred"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """The decision on a motion.

    Attributes:
        text: the vote as written, white space folded; the decision, where there was no vote.
        evidence: where it stands in its protocol.
    """

    outcome: Outcome
    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrule:
    """What staff say of a point, against the program: from the motion's sidecar.

    Attributes:
        office: who says so.
        reason: in their own words; may be empty.
    """

    status: Status
    office: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointState:
    """One point of a motion and how it stands.

    Attributes:
        position: 1-based place in the motion; unique, unlike the number.
        number: as written.
        asks: whether it is a question, not a request.
        status: what counts: staff's if they overruled, else the worked-out one.
        worked_out: what the program found, whether overruled or not.
        evidence: the words that show it, best first, numbered from 1; empty if nothing was found.
        missing: what the point names and its evidence does not; empty where it is answered or nothing was found.
        whom: the office to ask, empty if no paper tells.
        overrule: None where staff said nothing.
    """

    position: int
    number: str
    heading: str
    text: str
    asks: bool
    status: Status
    worked_out: Status
    reason: Reason
    evidence: tuple[Evidence, ...]
    contradictions: tuple[Contradiction, ...] = ()
    missing: tuple[str, ...] = ()
    whom: str = ""
    overrule: Overrule | None = None

    @property
    def standing(self) -> tuple[Status, Reason | None]:
        """What a reader is shown: the status, and its reason where that is shown beside it."""
        return self.status, self.reason if self.reason in VISIBLE and not self.overrule else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionState:
    """A motion and the state of its points.

    Attributes:
        motion_id: short and stable: it comes from the path alone, so that it survives a corrected paper.
        papers: ids of the papers that were compared with it, ascending.
        answered_by_own: whether a paper of its own matter answers it; else papers on its subject count.
        searched: how many papers stood in the index, and up to which date.
        vote: the newest decision on it, None if no protocol tells of one.
    """

    motion_id: str
    document_id: str
    path: str
    number: str | None
    procedure: str | None
    title: str
    date: dt.date | None
    factions: tuple[str, ...]
    body: str | None
    url: str | None
    points: tuple[PointState, ...]
    papers: tuple[str, ...]
    answered_by_own: bool
    searched: Searched
    vote: Vote | None = None

    def count(self, status: Status) -> int:
        """Count the points of a status."""
        return sum(point.status is status for point in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A point whose state is another than before.

    Attributes:
        before: None for a point that is new.
    """

    motion: MotionState
    point: PointState
    before: PointState | None


def point_keys(motion: MotionState) -> tuple[str, ...]:
    """Return what a point is known by from one generation to the next: its text, and which of that text it is.

    Its number does not tell: it may be corrected. One text may stand in a motion twice.
    """
    texts = [point.text for point in motion.points]
    return tuple(f"{text}\n{texts[:place].count(text)}" for place, text in enumerate(texts))


def changes_between(old: Sequence[MotionState], new: Sequence[MotionState]) -> tuple[Change, ...]:
    """Return the points that a reader sees change, in the order of the new motions."""
    before = {
        (motion.motion_id, key): point
        for motion in old
        for key, point in zip(point_keys(motion), motion.points, strict=True)
    }
    return tuple(
        Change(motion=motion, point=point, before=was)
        for motion in new
        for key, point in zip(point_keys(motion), motion.points, strict=True)
        if (was := before.get((motion.motion_id, key))) is None or was.standing != point.standing
    )
