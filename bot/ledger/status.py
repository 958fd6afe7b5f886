"""Whether a point has been dealt with, and why: what the reader says of the best sentences, weighed as was learned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

from bot.ledger.cues import Ask, Cue
from bot.ledger.finding import Asked, Finding
from bot.ledger.matching import How
from bot.ledger.table import Table
from bot.ledger.types import Reason, Status

SHOWN = 3
"""Sentences that show a status. gold-dev, learned on other motions: 1, 2, 3 hold the gold quote for .50, .65, .75."""

BODY = 6
"""Sentences under the point's own number or words that are looked at for cues."""

LIKELY_OF = 4

NOTHING = (0.0, 0.0, 0.0)
TELLING = (Cue.NO_DATA, Cue.REFUSED, Cue.DEFERRED, Cue.PROMISED, Cue.DONE, Cue.LIMITED)


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
    """Return what tells a status, by name.

    From the reader, zeros where it did not look: `answered`, `partly`, `open`: the best sentence's probabilities;
    `second_…` those of the next; `likely_…` those of the best four, weighed by how much each answers; `answers`: how
    much the best one does. From the words: `request`: whether something is to be done, rather than told; `anchored`:
    whether the paper deals with the point by its number or words; `length`: of what stands there; and for each cue in
    `TELLING`, whether the best sentence gives it (`first_…`) and the share of the answer's sentences that do (`all_…`).

    Args:
        what: the point.
        ranked: findings, best first; not empty.
    """
    first, second = ranked[0], ranked[min(1, len(ranked) - 1)]
    one, other = first.statuses or NOTHING, second.statuses or NOTHING
    likely = _likely(ranked[:LIKELY_OF])
    body = body_of(ranked)
    anchored = first.how is not How.WHOLE
    said = [*ranked[:SHOWN], *body[:BODY]]
    signs = {
        "bias": 1.0,
        "answered": one[0],
        "partly": one[1],
        "open": one[2],
        "second_answered": other[0],
        "second_open": other[2],
        "likely_answered": likely[0],
        "likely_partly": likely[1],
        "likely_open": likely[2],
        "answers": first.answers or 0.0,
        "request": float(what.ask in (Ask.REQUEST, Ask.ACCOUNT)),
        "anchored": float(anchored),
        "length": log(1 + len(body)) if anchored else 0.0,
    }
    for cue in TELLING:
        signs[f"first_{cue}"] = float(cue in first.sentence.cues)
        signs[f"all_{cue}"] = sum(cue in finding.sentence.cues for finding in said) / len(said)
    return signs


def _likely(found: Sequence[Finding]) -> tuple[float, float, float]:
    """Return the probabilities of answered, partly, open over some sentences, weighed by how much each answers."""
    read = [(max(f.answers or 0.0, 0.001), f.statuses) for f in found if f.statuses]
    total = sum(weight for weight, _ in read)
    if not total:
        return NOTHING
    answered, partly, still_open = (sum(weight * row[n] for weight, row in read) / total for n in range(3))
    return answered, partly, still_open


def verdict(what: Asked, ranked: Sequence[Finding], table: Table) -> Verdict:
    """Judge a point whose papers may answer it; where no model read, what ties the papers alone decides."""
    shown = tuple(ranked[:SHOWN])
    if ranked[0].statuses is None:
        status = Status.ANSWERED
        return Verdict(status=status, reason=_reason(status, what, ranked), shown=shown, share=1.0)
    signs = signs_of(what, ranked)
    scores = {
        status: sum(weight * signs.get(name, 0.0) for name, weight in table.signs[status].items()) for status in Status
    }
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
