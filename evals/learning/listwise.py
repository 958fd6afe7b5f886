"""Learning to rank: a linear model, trained so that what is right comes before the rest of its list.

The softmax loss of ListNet (Cao et al. 2007, "Learning to Rank: From Pairwise Approach to Listwise Approach"), with L2.
Needs scipy (extra `encoders`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FOLDS = 10
"""Parts of the cross-validation, as is usual (Kohavi 1995)."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question: (n, f) features of its candidates, and (n,) which of them answer.

    Attributes:
        papers: what it is about; cases that share one are never in both parts of a cross-validation.
        weight: how much it counts.
    """

    papers: frozenset[str]
    features: Matrix
    right: NDArray[np.bool_]
    weight: float = 1.0


def fit(cases: Sequence[Case], l2: float) -> Matrix:
    """Return the (f,) weights of raw features that rank what is right first."""
    from scipy.optimize import minimize

    everything = np.concatenate([case.features for case in cases])
    mean, scale = everything.mean(0), everything.std(0)
    scale[scale == 0] = 1.0
    lists = [((case.features - mean) / scale, case.right, case.weight) for case in cases if case.right.any()]
    weighed = sum(weight for *_, weight in lists)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, gradient = 0.0, np.zeros_like(weights)
        for features, right, weight in lists:
            scores = features @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            hit = shares[right].sum()
            total -= weight * float(np.log(hit + 1e-12))
            gradient += weight * (features.T @ (shares - np.where(right, shares / hit, 0.0)))
        return total / weighed + l2 * float(weights @ weights), gradient / weighed + 2 * l2 * weights

    found = minimize(loss, np.zeros(everything.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / scale, dtype=np.float64)


def held_out(cases: Sequence[Case], learn: Callable[[Sequence[Case]], Matrix]) -> list[Matrix]:
    """Score the candidates of each case by weights learned on cases that share no paper with it."""
    groups = _groups(cases)
    scores: list[Matrix] = [np.zeros(0)] * len(cases)
    for part in range(FOLDS):
        held = [place for place, group in enumerate(groups) if group % FOLDS == part]
        if held:
            weights = learn([case for case, group in zip(cases, groups, strict=True) if group % FOLDS != part])
            for place in held:
                scores[place] = cases[place].features @ weights
    return scores


def first_right(cases: Sequence[Case], scores: Sequence[Matrix], k: int) -> float:
    """Return the share of cases with something right among the first k."""
    found = [case.right[np.argsort(-row, kind="stable")[:k]].any() for case, row in zip(cases, scores, strict=True)]
    return float(np.mean(found))


def _groups(cases: Sequence[Case]) -> list[int]:
    """Number the cases so that two which share a paper have the same number."""
    owners: dict[str, int] = {}
    groups: list[int] = []
    for place, case in enumerate(cases):
        group = min((owners[paper] for paper in case.papers if paper in owners), default=place)
        owners |= dict.fromkeys(case.papers, group)
        groups.append(group)
    return groups
