"""How sure a figure is: bootstrap over questions (Efron and Tibshirani 1993, percentile intervals).

Questions are drawn with replacement; a figure is worked out anew for each draw from how often each question was
drawn. For a difference both sides get the same draws, so that hard questions cancel out (Koehn 2004, paired
bootstrap). Where all questions brought the same, the interval has no width: that is the sample's word, not certainty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from evals.errors import EmptySample
from evals.measures import Measure, Statistic, Tally, Values

RESAMPLES: Final = 5_000
"""Ends of an interval then vary by less than .005 from seed to seed, at 90 questions."""

SEED: Final = 20_230
"""Any; fixed so that the same result gives the same interval."""
PERCENTILES: Final = (2.5, 97.5)

Draws = NDArray[np.float64]
"""(r, n): how often each of n questions was drawn in each of r draws."""

Figures = NDArray[np.float64]
"""(r,): a figure for each draw; NaN where the draw holds nothing to measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A figure and its 95 % interval.

    Attributes:
        questions: how many questions it rests on.
    """

    value: float
    low: float
    high: float
    questions: int


class _Figure(Protocol):
    def __call__(self, draws: Draws) -> Figures: ...


def estimate(measure: Measure, values: Sequence[Values], resamples: int = RESAMPLES, seed: int = SEED) -> Interval:
    """Work out a measure over questions, with its interval.

    Raises:
        EmptySample: it applies to none of the questions.
    """
    rows = [row for row in values if _applies(measure, row)]
    if not all(any(column in row for row in rows) for column in measure.columns):
        raise EmptySample(f"nothing to measure {measure.name} on")
    return _interval(_figure(measure, rows), len(rows), resamples, seed)


def difference(
    measure: Measure,
    old: Sequence[Values],
    new: Sequence[Values],
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Interval:
    """Work out by how much a measure changed, new less old, over the same questions in the same order.

    Raises:
        EmptySample: it applies to none of the questions on one of the sides.
        ValueError: the sides differ in length.
    """
    pairs = [
        (before, after)
        for before, after in zip(old, new, strict=True)
        if _applies(measure, before) or _applies(measure, after)
    ]
    sides = [[pair[0] for pair in pairs], [pair[1] for pair in pairs]]
    if not all(any(column in row for row in side) for side in sides for column in measure.columns):
        raise EmptySample(f"nothing to compare {measure.name} on")
    before, after = (_figure(measure, side) for side in sides)
    return _interval(lambda draws: after(draws) - before(draws), len(pairs), resamples, seed)


def _applies(measure: Measure, row: Values) -> bool:
    return any(column in row for column in measure.columns)


def _interval(figure: _Figure, questions: int, resamples: int, seed: int) -> Interval:
    value = float(figure(np.ones((1, questions)))[0])
    low, high = np.nanpercentile(figure(_draws(questions, resamples, seed)), PERCENTILES)
    return Interval(value=value, low=float(low), high=float(high), questions=questions)


@lru_cache(maxsize=4)
def _draws(questions: int, resamples: int, seed: int) -> Draws:
    rng = np.random.default_rng(seed)
    draws = rng.multinomial(questions, np.full(questions, 1 / questions), size=resamples).astype(np.float64)
    draws.flags.writeable = False
    return draws


def _figure(measure: Measure, rows: Sequence[Values]) -> _Figure:
    columns = [_arrays([row.get(column) for row in rows]) for column in measure.columns]
    match measure.statistic:
        case Statistic.RATIO:
            return lambda draws: _ratio(draws, *columns[0])
        case Statistic.BALANCE:
            return lambda draws: (_ratio(draws, *columns[0]) + _ratio(draws, *columns[1])) / 2
        case Statistic.QUANTILE:
            return lambda draws: _quantile(draws, *columns[0], measure.quantile)


def _arrays(tallies: Sequence[Tally | None]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    totals = np.array([tally.total if tally else 0.0 for tally in tallies])
    counts = np.array([float(tally.count) if tally else 0.0 for tally in tallies])
    return totals, counts


def _ratio(draws: Draws, totals: NDArray[np.float64], counts: NDArray[np.float64]) -> Figures:
    with np.errstate(invalid="ignore", divide="ignore"):
        figures: Figures = (draws @ totals) / (draws @ counts)
    return figures


def _quantile(draws: Draws, totals: NDArray[np.float64], counts: NDArray[np.float64], quantile: float) -> Figures:
    """Take the value at 0-based place `int(n * quantile)` of each draw in ascending order, as score_answers.py does."""
    order = np.argsort(totals, kind="stable")
    drawn = np.cumsum((draws * counts)[:, order], axis=1)
    place = np.floor(drawn[:, -1] * quantile)
    figures: Figures = totals[order][np.argmax(drawn > place[:, None], axis=1)]
    return figures
