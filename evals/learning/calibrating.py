"""From a learned network to numbers that can be relied on: on questions that it was not learned from.

In this order, for each step rests on the one before: by which numbers parts are ranked that were read apart from the
question, and those that were read together with it (listwise softmax); how probable it is that a sentence answers, and
that the question is answered (logistic regression); and from which probability on an answer is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answering.verify import fold
from bot.question.context import context_of
from bot.question.query import understand
from bot.reading import Inquiry, PartText, Reader
from bot.reading.bundled import APART, TOGETHER, BundledReader, Judged
from bot.reading.calibration import (
    Calibration,
    answered_numbers,
    apart_numbers,
    sentence_numbers,
    together_numbers,
)
from bot.reading.cross_encoder import ScoreCalibration, log_odds
from bot.reading.judging import UNREAD
from bot.reading.wording import worded_question
from bot.retrieval.ranking import part_text
from bot.retrieval.search import search
from evals.gold import GoldQuestion
from evals.learning.examples import holds, shares
from evals.learning.listwise import Case, fit
from ingest.embedding import Encoder
from ingest.index import IndexReader

Array = NDArray[np.float64]

L2 = 0.01
OVERDECLINED = 0.12
"""Share of answerable questions that may be declined: more declines few others rightly (evals/README.md)."""

APART_NAMES = ("found", "mean", "late", "sentence")
TOGETHER_NAMES = ("part", "sentence", "late", "found")
SENTENCE_NAMES = ("logit", "near", "behind")
ANSWERED_NAMES = ("sentence", "others", "names")
"""Not how near the best part comes: near misses come near, so that would count against a paper's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A question with what search found for it.

    Attributes:
        quotes: folded; none where there is no answer.
        right: of each part, whether it holds a quote.
    """

    id: str
    matter: str
    question: str
    quotes: tuple[str, ...]
    parts: tuple[PartText, ...]
    right: tuple[bool, ...]

    @property
    def answerable(self) -> bool:
        """Whether the papers hold an answer."""
        return bool(self.quotes)


def heard(questions: Iterable[GoldQuestion], index: IndexReader, encoder: Encoder) -> list[Heard]:
    """Search for every question; those for which nothing is found are left out."""
    collected = []
    for question in questions:
        context = context_of(question.question, question.history)
        hits = search(understand(question.question, context), index, encoder).hits
        quotes = tuple(fold(evidence.quote or "") for evidence in question.evidence)
        parts = tuple(part_text(hit) for hit in hits)
        if parts:
            collected.append(
                Heard(
                    id=question.id,
                    matter=question.papers[0],
                    question=worded_question(question.question, context),
                    quotes=quotes,
                    parts=parts,
                    right=tuple(any(holds(fold(part.text), quote) for quote in quotes) for part in parts),
                )
            )
    return collected


def calibrate(
    reader: BundledReader, questions: Sequence[Heard], apart: int = APART, together: int = TOGETHER
) -> Calibration:
    """Learn a calibration from questions kept aside."""
    near = [reader.judge(one.question, one.parts, apart, 0) for one in questions]
    ranked_apart = _ranking(
        [_apart_case(one, judged) for one, judged in zip(questions, near, strict=True) if one.answerable], APART_NAMES
    )
    reader.calibration = Calibration(apart=ranked_apart)
    judged = [reader.judge(one.question, one.parts, apart, together) for one in questions]
    ranked_together = _ranking(
        [_together_case(one, said) for one, said in zip(questions, judged, strict=True) if one.answerable],
        TOGETHER_NAMES,
    )
    calibration = Calibration(apart=ranked_apart, together=ranked_together)
    sentence = _sentence(questions, judged, calibration)
    odd = strangers(questions)
    judged += [reader.judge(one.question, one.parts, apart, together) for one in odd]
    asked = [*questions, *odd]
    rows = np.array([_answered_row(one, said, calibration) for one, said in zip(asked, judged, strict=True)])
    truth = np.array([one.answerable for one in asked])
    weights = logistic(rows, truth)
    answered = {"bias": float(weights[0]), **dict(zip(ANSWERED_NAMES, map(float, weights[1:]), strict=True))}
    probability = 1 / (1 + np.exp(-(rows @ weights[1:] + weights[0])))
    return calibration.model_copy(
        update={
            "sentence": sentence,
            "answered": answered,
            "threshold": float(np.quantile(probability[truth], OVERDECLINED)),
        }
    )


def strangers(questions: Sequence[Heard]) -> list[Heard]:
    """Return every second question that has an answer, asked of parts that were found for one on another matter."""
    answerable = [one for one in questions if one.answerable]
    half = len(answerable) // 2
    return [
        replace(one, quotes=(), parts=other.parts, right=(False,) * len(other.parts))
        for one, other in zip(answerable[:half], answerable[half:], strict=False)
        if one.matter != other.matter
    ]


def calibrate_scores(reader: Reader, questions: Sequence[Heard]) -> ScoreCalibration:
    """Learn how probable an answer is by the best sentence's score of a reader that is not calibrated."""
    scores = np.array([_best_score(reader, one) for one in questions])
    truth = np.array([one.answerable for one in questions])
    bias, weight = logistic(np.array([[log_odds(score)] for score in scores]), truth)
    learned = ScoreCalibration(bias=float(bias), weight=float(weight), threshold=0.0)
    probability = [learned.probability(score) for score in scores[truth]]
    return learned.model_copy(update={"threshold": float(np.quantile(probability, OVERDECLINED))})


def _best_score(reader: Reader, one: Heard) -> float:
    reading = reader.read(Inquiry(text=one.question, weights={}), one.parts)
    return max((score for part in reading.parts for score in part.sentences or ()), default=0.0)


def _ranking(cases: Sequence[Case], names: Sequence[str]) -> dict[str, float]:
    return dict(zip(names, map(float, fit(cases, L2)), strict=True))


def _apart_case(one: Heard, judged: Judged) -> Case:
    numbers = [apart_numbers(near, part) for near, part in zip(judged.near, one.parts, strict=False)]
    return _case(one, numbers, APART_NAMES, range(len(numbers)))


def _together_case(one: Heard, judged: Judged) -> Case:
    places = sorted(judged.verdicts)
    numbers = [together_numbers(judged.verdicts[n], judged.near[n], one.parts[n]) for n in places]
    return _case(one, numbers, TOGETHER_NAMES, places)


def _case(one: Heard, numbers: Sequence[Mapping[str, float]], names: Sequence[str], places: Iterable[int]) -> Case:
    return Case(
        papers=frozenset([one.matter]),
        features=np.array([[row[name] for name in names] for row in numbers]).reshape(-1, len(names)),
        right=np.array([one.right[n] for n in places], dtype=bool),
    )


def _sentence(questions: Sequence[Heard], judged: Sequence[Judged], calibration: Calibration) -> dict[str, float]:
    rows: list[list[float]] = []
    truth: list[bool] = []
    for one, said in zip(questions, judged, strict=True):
        scores = calibration.scores_together(said.near, said.verdicts, one.parts)
        best = max(scores.values(), default=0.0)
        for place, verdict in said.verdicts.items():
            part = one.parts[place]
            numbers = sentence_numbers(verdict, said.near[place], scores[place] - best)
            for row, sentence in zip(numbers, part.sentences, strict=True):
                if row["logit"] > UNREAD:
                    rows.append([row[name] for name in SENTENCE_NAMES])
                    truth.append(shares(fold(sentence.of(part.text)), one.quotes))
    weights = logistic(np.array(rows), np.array(truth))
    return {"bias": float(weights[0]), **dict(zip(SENTENCE_NAMES, map(float, weights[1:]), strict=True))}


def _answered_row(one: Heard, judged: Judged, calibration: Calibration) -> list[float]:
    scores = calibration.scores_together(judged.near, judged.verdicts, one.parts)
    numbers = answered_numbers(judged.verdicts, one.parts, one.question, scores)
    return [numbers[name] for name in ANSWERED_NAMES]


def logistic(rows: Array, truth: NDArray[np.bool_], l2: float = 1e-3) -> Array:
    """Return (1 + f,) weights, the bias first, of a logistic regression with L2 on standardised columns."""
    from scipy.optimize import minimize

    mean, scale = rows.mean(0), rows.std(0)
    scale[scale == 0] = 1.0
    columns = np.concatenate([np.ones((len(rows), 1)), (rows - mean) / scale], axis=1)
    sign = np.where(truth, 1.0, -1.0)

    def loss(weights: Array) -> tuple[float, Array]:
        margin = sign * (columns @ weights)
        gradient = -(columns.T @ (sign / (1 + np.exp(margin)))) / len(rows)
        penalty = np.concatenate([[0.0], weights[1:]])
        return float(np.logaddexp(0, -margin).mean() + l2 * penalty @ penalty), gradient + 2 * l2 * penalty

    found = minimize(loss, np.zeros(columns.shape[1]), jac=True, method="L-BFGS-B").x
    weights: Array = found[1:] / scale
    return np.concatenate([[found[0] - weights @ mean], weights])


def auc(score: Array, truth: NDArray[np.bool_]) -> float:
    """Return the chance that something true scores higher than something false; ties count half."""
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    for value in np.unique(score):
        ranks[score == value] = ranks[score == value].mean()
    positive = int(truth.sum())
    return float((ranks[truth].sum() - positive * (positive + 1) / 2) / (positive * (len(truth) - positive)))


def write_calibration(path: Path, calibration: Calibration | ScoreCalibration) -> None:
    """Write a calibration, numbers to four digits."""
    rounded = json.loads(calibration.model_dump_json(), parse_float=lambda value: round(float(value), 4))
    path.write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")
