"""Whether a point has been dealt with, and why: what the reader says of the best sentences, weighed as was learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from bot.ledger.cues import Ask, Cue
from bot.ledger.finding import Asked, Finding
from bot.ledger.matching import How
from bot.ledger.table import Table
from bot.ledger.types import Reason, Status

SHOWN = 3
"""Sentences that show a status. gold-dev, learned on other motions: 1, 2, 3 hold the gold quote for .50, .65, .75."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A status and why.

    Attributes:
        shown: the sentences that show it, best first.
        share: 0 to 1, how sure the table is.
    """

    status: Status
    reason: Reason
    shown: tuple[Finding, ...]
    share: float


def best_first(found: Sequence[Finding]) -> list[Finding]:
    """Sort findings by score in a total order and leave out what says the same twice."""
    ordered = sorted(found, key=lambda f: (-f.score, f.reading.document.path, f.sentence.span.start))
    seen: set[str] = set()
    kept = []
    for finding in ordered:
        if finding.sentence.text not in seen:
            seen.add(finding.sentence.text)
            kept.append(finding)
    return kept


def body_of(ranked: Sequence[Finding]) -> list[Finding]:
    """Return the sentences that make up the answer, in the order of the paper.

    Where the best one stands under the point's own number or words, that is all that stands there; else the best few.
    """
    best = ranked[0]
    if best.how is How.WHOLE:
        return list(ranked[:SHOWN])
    there = [f for f in ranked if f.how is not How.WHOLE and f.reading is best.reading]
    own = [f for f in there if f.how is not How.SHARED] or there
    return sorted(own, key=lambda f: f.place)


def signs_of(what: Asked, ranked: Sequence[Finding]) -> dict[str, float]:
    """Return what tells a status, by name: from the reader where it looked, else zeros.

    `answered`, `partly`, `open`: the best sentence's probabilities; `second_…` those of the next; `answers`: how much
    the best answers; `request`: whether something is to be done, rather than told; `anchored`: whether the paper deals
    with the point by its number or words.

    Args:
        what: the point.
        ranked: findings, best first; not empty.
    """
    first = ranked[0]
    second = ranked[1] if len(ranked) > 1 else first
    one, other = first.statuses or (0.0, 0.0, 0.0), second.statuses or (0.0, 0.0, 0.0)
    return {
        "bias": 1.0,
        "answered": one[0],
        "partly": one[1],
        "open": one[2],
        "second_answered": other[0],
        "second_open": other[2],
        "answers": first.answers or 0.0,
        "request": float(what.ask in (Ask.REQUEST, Ask.ACCOUNT)),
        "anchored": float(first.how is not How.WHOLE),
    }


def verdict(what: Asked, ranked: Sequence[Finding], table: Table) -> Verdict:
    """Judge a point whose papers may answer it; where no model read, what ties the papers alone decides."""
    shown = tuple(ranked[:SHOWN])
    if ranked[0].statuses is None:
        status = Status.ANSWERED
        return Verdict(status=status, reason=_reason(status, what, ranked), shown=shown, share=1.0)
    signs = signs_of(what, ranked)
    scores = {status: sum(weight * signs[name] for name, weight in table.signs[status].items()) for status in Status}
    status = max(Status, key=lambda s: scores[s])
    total = sum(exp(score - scores[status]) for score in scores.values())
    return Verdict(status=status, reason=_reason(status, what, ranked), shown=shown, share=1 / total)


def _reason(status: Status, what: Asked, ranked: Sequence[Finding]) -> Reason:
    """Name the strongest cue that explains a status."""
    said = [*ranked[:SHOWN], body_of(ranked)[0]]
    request = what.ask in (Ask.REQUEST, Ask.ACCOUNT)
    order: tuple[tuple[bool, Reason], ...]
    match status:
        case Status.ANSWERED:
            order = (
                (request and _has(Cue.DONE, said), Reason.DONE),
                (what.ask is Ask.YES_OR_NO and _has(Cue.DENIED, said[:1]), Reason.DENIED),
            )
            return next((reason for holds, reason in order if holds), Reason.ANSWERED)
        case Status.PARTLY:
            return Reason.PROMISED if request and _has(Cue.PROMISED, said) else Reason.INCOMPLETE
        case Status.OPEN:
            order = (
                (not request and _has(Cue.NO_DATA, said), Reason.NO_DATA),
                (_has(Cue.REFUSED, said) and request, Reason.REFUSED),
                (_has(Cue.DEFERRED, said), Reason.DEFERRED),
                (_has(Cue.NO_DATA, said), Reason.NO_DATA),
            )
            return next((reason for holds, reason in order if holds), Reason.NOT_ADDRESSED)


def _has(cue: Cue, found: Sequence[Finding]) -> bool:
    return any(cue in f.sentence.cues for f in found)
