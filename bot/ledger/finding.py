"""Which sentences of a motion's papers answer a point, best first: what the reader says, and where they stand."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.ledger.cues import Ask, ask_of
from bot.ledger.folding import repeats
from bot.ledger.judging import Judgements
from bot.ledger.matching import How, Stretch
from bot.ledger.reading import Reading, Sentence
from bot.ledger.types import Link
from ingest.german import search_tokens
from ingest.types import Kind, Point

WELL_LONG = 60
"""Characters from which a sentence says something by itself; of the gold quotes one in ten is shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A point, prepared for comparison.

    Attributes:
        subject: title of its motion.
    """

    point: Point
    subject: str
    ask: Ask
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A sentence that may answer a point.

    Attributes:
        place: index into the reading's sentences.
        answers: how much it answers, by the reader, 0 to 1; None where the reader did not look at it closely.
        statuses: probabilities of what becomes of the point by this sentence: answered, partly, open; None likewise.
        score: comparable within one point.
    """

    reading: Reading
    link: Link
    how: How
    place: int
    answers: float | None
    statuses: tuple[float, float, float] | None
    features: Mapping[str, float]
    score: float

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.reading.sentences[self.place]


def asked(point: Point, subject: str) -> Asked:
    """Prepare a point of a motion with this title."""
    return Asked(point=point, subject=subject, ask=ask_of(point.text), tokens=frozenset(search_tokens(point.text)))


def findings(
    reading: Reading,
    link: Link,
    found: Sequence[Stretch],
    motion: frozenset[str],
    judgements: Judgements,
    weights: Mapping[str, float],
) -> list[Finding]:
    """Return the sentences of a paper that may answer a point, in the order of the paper.

    The motion's own words, repeated, are none of them.

    Args:
        reading: the paper.
        link: why it may answer.
        found: where it deals with the point.
        motion: shingles of the motion's text.
        judgements: what the reader says of the paper's sentences for this point.
        weights: of the features, by name.
    """
    starts = [sentence.span.start for sentence in reading.sentences]
    seen: set[int] = set()
    collected = []
    for stretch in found:
        first = bisect_left(starts, stretch.span.start)
        behind = bisect_right(starts, stretch.span.end - 1)
        if first and reading.sentences[first - 1].span.end > stretch.span.start + 20:
            first -= 1  # the anchor ended within a sentence
        inside = [
            place
            for place in range(first, behind)
            if place not in seen and not repeats(reading.sentences[place].text, motion)
        ]
        seen.update(inside)
        for order, place in enumerate(inside):
            judged = judgements.of(reading.document.document_id, reading.sentences[place].span)
            features = _features(reading, stretch.how, place, order, judged.answers)
            collected.append(
                Finding(
                    reading=reading,
                    link=link,
                    how=stretch.how,
                    place=place,
                    answers=judged.answers,
                    statuses=judged.statuses,
                    features=features,
                    score=sum(weights.get(name, 0.0) * value for name, value in features.items()),
                )
            )
    return collected


def _features(reading: Reading, how: How, place: int, order: int, answers: float | None) -> dict[str, float]:
    anchored = how is not How.WHOLE
    return {
        "answers": 0.0 if answers is None else math.log(max(answers, 1e-6) / max(1 - answers, 1e-6)),
        "unread": float(answers is None),
        "anchored": float(anchored),
        "shared": float(how is How.SHARED),
        "early": anchored / (1 + order),
        "first_of_whole": (not anchored) / (1 + order),
        "short": float(len(reading.sentences[place].text) < WELL_LONG),
        "protocol": float(reading.document.kind is Kind.PROTOCOL),
        "reply": float(reading.is_reply),
    }
