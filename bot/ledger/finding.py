"""Which sentences of a motion's papers answer a point, best first: interpretable features, weighed as was learned."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.ledger.cues import Ask, Cue, ask_of
from bot.ledger.folding import repeats
from bot.ledger.matching import How, Stretch
from bot.ledger.reading import Reading, Sentence
from bot.ledger.types import Link
from bot.retrieval.expectation import Expectation, expectations, meets
from bot.retrieval.likeness import alike
from ingest.german import search_tokens
from ingest.types import Kind, Point, SectionRole

WELL_LONG = 60
"""Characters from which a sentence says something by itself; of the gold quotes one in ten is shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A point, prepared for comparison.

    Attributes:
        vector: (d,) float32, unit length.
    """

    point: Point
    ask: Ask
    tokens: frozenset[str]
    vector: NDArray[np.float32]
    expected: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A sentence that may answer a point.

    Attributes:
        place: index into the reading's sentences.
        score: comparable within one point.
    """

    reading: Reading
    link: Link
    how: How
    place: int
    features: Mapping[str, float]
    score: float

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.reading.sentences[self.place]


def asked(point: Point, vector: NDArray[np.float32]) -> Asked:
    """Prepare a point."""
    return Asked(
        point=point,
        ask=ask_of(point.text),
        tokens=frozenset(search_tokens(point.text)),
        vector=vector,
        expected=expectations(point.text),
    )


def findings(
    what: Asked,
    reading: Reading,
    link: Link,
    found: Sequence[Stretch],
    motion: frozenset[str],
    weights: Mapping[str, float],
) -> list[Finding]:
    """Return the sentences of a paper that may answer a point, in the order of the paper.

    The motion's own words, repeated, are none of them.

    Args:
        what: the point.
        reading: the paper.
        link: why it may answer.
        found: where it deals with the point.
        motion: shingles of the motion's text.
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
        texts = [reading.sentences[place].text for place in inside]
        nearness = alike(what.point.text, dict.fromkeys(what.tokens, 1.0), texts)
        for order, (place, near) in enumerate(zip(inside, nearness, strict=True)):
            features = _features(what, reading, stretch.how, place, order, len(inside)) | {"alike": near}
            score = sum(weights.get(name, 0.0) * value for name, value in features.items())
            collected.append(
                Finding(reading=reading, link=link, how=stretch.how, place=place, features=features, score=score)
            )
    return collected


def _features(what: Asked, reading: Reading, how: How, place: int, order: int, count: int) -> dict[str, float]:
    sentence = reading.sentences[place]
    anchored = how is not How.WHOLE
    overlap = len(what.tokens & sentence.tokens) / max(1, min(len(what.tokens), 12))
    near = [
        len(what.tokens & reading.sentences[i].tokens)
        for i in (place - 1, place + 1)
        if 0 <= i < len(reading.sentences)
    ]
    told = max((meets(sentence.text, e) for e in what.expected if e is not Expectation.ANYTHING), default=0.0)
    return {
        "anchored": float(anchored),
        "shared": float(how is How.SHARED),
        "first": float(anchored and order == 0),
        "early": anchored / (1 + order),
        "first_of_whole": (not anchored) / (1 + order),
        "last": float(anchored and order == count - 1 and count > 1),
        "cosine": float(reading.vectors[place] @ what.vector),
        "overlap": min(1.0, overlap),
        "overlap_whole": min(1.0, overlap) * (not anchored),
        "context": min(1.0, max(near, default=0) / 6),
        "short": float(len(sentence.text) < WELL_LONG),
        "long": min(1.0, len(sentence.text) / 300),
        "told": told,
        "summary": float(sentence.role is SectionRole.SUMMARY),
        "protocol": float(reading.document.kind is Kind.PROTOCOL),
        "reply": float(reading.is_reply),
        "other": float(reading.document.kind in (Kind.OTHER, Kind.MOTION)),
        "yes_or_no": float(Cue.YES_OR_NO in sentence.cues) * (what.ask is Ask.YES_OR_NO),
        "no_data": float(Cue.NO_DATA in sentence.cues),
        "refused": float(Cue.REFUSED in sentence.cues),
        "deferred": float(Cue.DEFERRED in sentence.cues),
        "promised": float(Cue.PROMISED in sentence.cues),
        "done": float(Cue.DONE in sentence.cues),
        "limited": float(Cue.LIMITED in sentence.cues),
    }
