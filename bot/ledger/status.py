"""Whether a point has been dealt with, and why: a few interpretable signs, weighed by what was learned.

Every sign speaks for one status alone and never against it (weights are not negative): on the 101 points of gold-dev,
by cross-validation over motions, the same kind of signs gave .70 right with weights from 0 and .61 with free ones.
Today's figures are told by `evals.fit_ledger`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from bot.ledger.cues import Ask, Cue
from bot.ledger.finding import Asked, Finding
from bot.ledger.matching import How
from bot.ledger.table import Table
from bot.ledger.types import Reason, Status
from bot.retrieval.expectation import Expectation, meets

SHOWN = 3
"""Sentences that show a status. gold-dev, learned on other motions: 1, 2, 3 hold the gold quote for .50, .65, .75."""

BRIEF_CHARS = 220
"""A question answered in so little was answered outright: .21 of the answered ones, .03 of the partly answered."""

COSINE_FULL = 0.6
"""Nearness at which a sentence and a point speak of the same thing; the median of the gold quotes is .4."""

COSINE_PART = 0.5
"""The same for a part of a point."""

_DEMANDING = re.compile(
    r"\b(?:konkret\w*|jeweils|jeweilig\w*|einzeln\w*|aufgegliedert|aufgeschlüsselt|genau\w*|detailliert\w*|"
    r"im Einzelnen|in welchem Umfang|"
    r"in welchen|bei welchen|welche weiteren|vollständig\w*|insbesondere|absolut|prozentual|in Prozent|ggf|"
    r"gegebenenfalls|"
    r"wenn nein|wenn ja|nach \w+teilen)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\?|;|\bund\b|\bsowie\b|, (?=wie|was|wann|welche|ob)|(?:^|\s)[a-h]\)|\s[-–]\s")
MIN_PART_CHARS = 15
"""What is shorter between two marks asks for nothing by itself ("und wann?", "a)"); set by reading, not measured."""


SPEAKS_FOR: Mapping[Status, tuple[str, ...]] = {
    Status.ANSWERED: ("question", "denied", "told", "brief"),
    Status.PARTLY: ("request", "promised", "limited", "demanding", "missing_part", "parts", "questions"),
    Status.OPEN: ("request", "no_data", "no_data_first", "refused", "deferred", "far"),
}
"""Which signs may speak for a status at all."""


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


def parts_of(point: str) -> list[str]:
    """Return the things that a point asks for, as far as its words part them; at least the point itself."""
    parts = [part.strip() for part in _PARTS.split(point) if len(part.strip()) > MIN_PART_CHARS]
    return parts or [point]


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


def signs_of(what: Asked, ranked: Sequence[Finding], nearness: Sequence[float]) -> dict[str, float]:
    """Return what speaks for a status, each 0 to 1; names are those of `SPEAKS_FOR`.

    Args:
        what: the point.
        ranked: findings, best first; not empty.
        nearness: (parts,) cosine of each part of the point to the nearest sentence of the answer.
    """
    body = body_of(ranked)
    top = list(ranked[:SHOWN])
    request = what.ask in (Ask.REQUEST, Ask.ACCOUNT)
    question = not request
    lead, around = [top[0], body[0]], [*top, body[0]]
    text = what.point.text
    no_data = question and _has(Cue.NO_DATA, around)
    expected = [e for e in what.expected if e is not Expectation.ANYTHING]
    told = max((meets(f.sentence.text, e) for f in body for e in expected), default=0.5)
    chars = sum(len(f.sentence.text) for f in body)
    return {
        "question": float(question),
        "request": float(request),
        "denied": float(question and _has(Cue.DENIED, lead)),
        "told": told,
        "brief": float(question and chars < BRIEF_CHARS),
        "promised": float(request and _has(Cue.PROMISED, around)),
        "limited": float(_has(Cue.LIMITED, around)),
        "demanding": min(1.0, len(_DEMANDING.findall(text)) / 2),
        "missing_part": max(0.0, 1 - min(nearness) / COSINE_PART),
        "parts": min(5, len(nearness)) / 5,
        "questions": min(1.0, max(0, text.count("?") - 1) / 2) if question else 0.0,
        "no_data": no_data / len(body) ** 0.5,
        "no_data_first": float(question and _has(Cue.NO_DATA, lead)),
        "refused": float(request and _has(Cue.REFUSED, around)),
        "deferred": float(request and _has(Cue.DEFERRED, lead)),
        "far": max(0.0, 1 - max(f.features["cosine"] for f in ranked) / COSINE_FULL),
    }


def verdict(what: Asked, ranked: Sequence[Finding], signs: Mapping[str, float], table: Table) -> Verdict:
    """Weigh the signs of a point whose papers answer it."""
    scores = {
        status: table.biases[status] + sum(weight * signs[name] for name, weight in table.signs[status].items())
        for status in Status
    }
    status = max(Status, key=lambda s: scores[s])
    total = sum(exp(score - scores[status]) for score in scores.values())
    shown = tuple(ranked[:SHOWN])
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
