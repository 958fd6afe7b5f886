"""From what the model says to what can be relied on: ranks and probabilities, learned on questions kept aside.

Values only; `ratslotse-evals learn` makes them. A sum of a few named numbers each, so that everybody can see what
counts for what.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, TypeVar

import numpy as np
from pydantic import BaseModel, ConfigDict

from bot.reading.judging import UNREAD, Nearness, Verdict
from bot.reading.names import missing_names
from bot.reading.types import PartReading, PartText, Reading

CALIBRATION: Final = "calibration.json"

BEHIND: Final = 1.0
"""By how much a part that was read less closely stands behind the last that was read more closely."""


Apart = Literal["found", "mean", "late", "sentence"]
Together = Literal["part", "sentence", "late", "found"]
OfSentence = Literal["bias", "logit", "near", "behind"]
OfAnswer = Literal["bias", "sentence", "others", "names"]
Name = TypeVar("Name", bound=str)


class Calibration(BaseModel):
    """Weights by name; names that nothing computes are refused.

    Attributes:
        apart: by which parts are ranked that were read apart from the question.
        together: by which parts are ranked that were read together with it.
        sentence: of the probability that a sentence answers.
        answered: of the probability that the question is answered.
        threshold: of that probability, from which on an answer is shown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    apart: Mapping[Apart, float] = {"found": 1.0, "mean": 0.0, "late": 10.0}
    together: Mapping[Together, float] = {"part": 1.0, "sentence": 1.0, "late": 0.0, "found": 0.0}
    sentence: Mapping[OfSentence, float] = {"bias": 0.0, "logit": 1.0}
    answered: Mapping[OfAnswer, float] = {"bias": 0.0, "sentence": 1.0}
    threshold: float = 0.5

    def order_apart(self, near: Sequence[Nearness], parts: Sequence[PartText]) -> list[int]:
        """Return the places of parts, best first; ties as they were found."""
        scores = [_sum(self.apart, apart_numbers(n, part)) for n, part in zip(near, parts, strict=True)]
        return sorted(range(len(scores)), key=lambda place: (-scores[place], place))

    def scores_together(
        self, near: Sequence[Nearness], verdicts: Mapping[int, Verdict], parts: Sequence[PartText]
    ) -> dict[int, float]:
        """Return by what the parts are ranked that were read together with the question, by place."""
        return {
            place: _sum(self.together, together_numbers(verdict, near[place], parts[place]))
            for place, verdict in verdicts.items()
        }

    def reading(
        self, near: Sequence[Nearness], verdicts: Mapping[int, Verdict], parts: Sequence[PartText], question: str
    ) -> Reading:
        """Return what a reader says.

        Args:
            near: of the parts read apart from the question.
            verdicts: by place, of those read together with it.
            parts: all, as they were given.
            question: as it was read.
        """
        scores = self.scores_together(near, verdicts, parts)
        best, worst = max(scores.values(), default=0.0), min(scores.values(), default=0.0)
        sentences = {
            place: self._sentences(verdict, near[place], scores[place] - best) for place, verdict in verdicts.items()
        }
        behind = [place for place in self.order_apart(near, parts[: len(near)]) if place not in scores]
        behind += range(len(near), len(parts))
        for number, place in enumerate(behind, start=1):
            scores[place] = worst - BEHIND - 0.01 * number
        probability = None
        if verdicts:
            numbers = answered_numbers(verdicts, parts, question, scores)
            probability = _sigmoid(_sum(self.answered, numbers))
        return Reading(
            parts=tuple(
                PartReading(
                    relevance=scores[place],
                    sentences=sentences.get(place),
                    statuses=_statuses(verdicts[place]) if place in verdicts else None,
                )
                for place in range(len(parts))
            ),
            answered=probability is not None and probability >= self.threshold,
            confidence=probability,
            read=len(verdicts),
        )

    def _sentences(self, verdict: Verdict, near: Nearness, behind: float) -> tuple[float, ...]:
        rows = sentence_numbers(verdict, near, behind)
        return tuple(0.0 if row["logit"] <= UNREAD else _sigmoid(_sum(self.sentence, row)) for row in rows)


def apart_numbers(near: Nearness, part: PartText) -> dict[str, float]:
    """Return what is known of a part that was read apart from the question."""
    return {
        "found": part.found,
        "mean": near.mean,
        "late": near.late,
        "sentence": float(near.sentences.max(initial=0.0)),
    }


def together_numbers(verdict: Verdict, near: Nearness, part: PartText) -> dict[str, float]:
    """Return what is known of a part that was read together with the question."""
    return {
        "part": verdict.part,
        "sentence": float(verdict.sentences.max(initial=-30.0)),
        "late": near.late,
        "found": part.found,
    }


def sentence_numbers(verdict: Verdict, near: Nearness, behind: float) -> list[dict[str, float]]:
    """Return what is known of each sentence of a part that was read together with the question.

    `logit`: of the head that judges it; `near`: how near it comes by itself; `behind`: by how much its part's score is
    below the best one's.
    """
    return [
        {"bias": 1.0, "logit": float(logit), "near": float(alike), "behind": behind}
        for logit, alike in zip(verdict.sentences, near.sentences, strict=True)
    ]


def answered_numbers(
    verdicts: Mapping[int, Verdict], parts: Sequence[PartText], question: str, scores: Mapping[int, float]
) -> dict[str, float]:
    """Return what tells whether a question is answered by the best parts.

    `sentence`: logit of the best part's best sentence; `others`: log of the summed odds of all other parts read;
    `names`: share of the names and years of the question that the best part and its head do not say.
    """
    best = min(verdicts, key=lambda place: (-scores[place], place))
    rest = [verdicts[place].part for place in verdicts if place != best]
    return {
        "bias": 1.0,
        "sentence": float(verdicts[best].sentences.max(initial=-30.0)),
        "others": float(np.logaddexp.reduce([-10.0, *rest])),
        "names": missing_names(question, parts[best].head + parts[best].text),
    }


def read_calibration(path: Path) -> Calibration:
    """Read a calibration.

    Raises:
        OSError, ValueError: it is missing or damaged.
    """
    return Calibration.model_validate_json(path.read_bytes())


def _statuses(verdict: Verdict) -> tuple[tuple[float, float, float], ...]:
    """Return the probabilities of answered, partly and open, sentence by sentence."""
    odds = np.exp(verdict.statuses - verdict.statuses.max(axis=1, keepdims=True))
    rows = odds / odds.sum(axis=1, keepdims=True)
    return tuple((float(a), float(b), float(c)) for a, b, c in rows)


def _sum(weights: Mapping[Name, float], numbers: Mapping[str, float]) -> float:
    return sum(weight * numbers[name] for name, weight in weights.items())


def _sigmoid(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, x))))
