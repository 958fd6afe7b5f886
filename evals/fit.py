"""Learn the weights of the evidence features from gold questions.

A linear model, trained so that right sentences come before the others of the same question (the softmax loss of
ListNet: Cao et al. 2007, "Learning to Rank: From Pairwise Approach to Listwise Approach"), with L2. Printed first is
what it reaches by cross-validation over papers: no paper is in both parts. Needs scipy (extra `encoders`).

    python -m evals.fit --index INDEX --gold GOLD.jsonl > weights.py
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answering.verify import fold
from bot.answering.weights import WEIGHTS
from bot.app import build
from bot.service import Ratslotse
from bot.types import Question
from evals.gold import GoldQuestion, load_gold

FOLDS = 10
"""Parts of the cross-validation, as is usual (Kohavi 1995)."""
L2 = 0.02
"""gold-dev, right by cross-validation: .01 → .53, .02 → .51, .04 → .50; .02 was steadiest over feature sets."""

MIN_QUOTE_CHARS = 25
"""A sentence inside the evidence quote counts as right if it is no stub."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question: (n, f) features of its sentences, and (n,) which of them answer."""

    papers: frozenset[str]
    features: Matrix
    right: NDArray[np.bool_]


def case_of(question: GoldQuestion, ratslotse: Ratslotse, quotes: Sequence[str]) -> Case:
    """Collect a question's sentences and mark the right ones.

    Args:
        question: an answerable one.
        ratslotse: finds and weighs.
        quotes: folded evidence quotes.
    """
    evidence = ratslotse.evidence(Question(text=question.question, history=question.history))
    files = {entry.file for entry in question.evidence}
    right = [
        Path(item.hit.document.path).stem in files
        and (_quoted(item.text, quotes) or _holds(item.text, question.must_contain))
        for item in evidence
    ]
    features = np.array([[item.features[name] for name in WEIGHTS] for item in evidence]).reshape(-1, len(WEIGHTS))
    return Case(papers=frozenset(question.papers) or frozenset(files), features=features, right=np.array(right, bool))


def fit(cases: Sequence[Case], l2: float = L2) -> Matrix:
    """Return the (f,) weights of raw features that rank right sentences first."""
    from scipy.optimize import minimize

    everything = np.concatenate([case.features for case in cases])
    mean, scale = everything.mean(0), everything.std(0)
    scale[scale == 0] = 1.0
    lists = [((case.features - mean) / scale, case.right) for case in cases if case.right.any()]

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, gradient = 0.0, np.zeros_like(weights)
        for features, right in lists:
            scores = features @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            hit = shares[right].sum()
            total -= float(np.log(hit + 1e-12))
            gradient += features.T @ (shares - np.where(right, shares / hit, 0.0))
        return total / len(lists) + l2 * float(weights @ weights), gradient / len(lists) + 2 * l2 * weights

    found = minimize(loss, np.zeros(everything.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x / scale, dtype=np.float64)


def first_right(cases: Sequence[Case], k: int) -> float:
    """Return the share of cases with a right sentence among the first k, each ranked by weights learned elsewhere."""
    groups = _groups(cases)
    hits = []
    for part in range(FOLDS):
        held = [case for case, group in zip(cases, groups, strict=True) if group % FOLDS == part]
        if not held:
            continue
        weights = fit([case for case, group in zip(cases, groups, strict=True) if group % FOLDS != part])
        for case in held:
            order = np.argsort(-(case.features @ weights), kind="stable")[:k]
            hits.append(bool(case.right[order].any()))
    return float(np.mean(hits))


def _groups(cases: Sequence[Case]) -> list[int]:
    """Number the cases so that two which share a paper have the same number."""
    groups: list[int] = []
    for place, case in enumerate(cases):
        shared = next((groups[i] for i in range(place) if cases[i].papers & case.papers), None)
        groups.append(place if shared is None else shared)
    return groups


def _quoted(sentence: str, quotes: Sequence[str]) -> bool:
    folded = fold(sentence)
    return any(quote in folded or (len(folded) > MIN_QUOTE_CHARS and folded in quote) for quote in quotes)


def _holds(sentence: str, groups: Sequence[Sequence[str]]) -> bool:
    text = sentence.lower()
    return bool(groups) and all(any(re.search(r"(?<!\w)" + re.escape(a.lower()), text) for a in g) for g in groups)


def main() -> None:
    """Fit, tell the cross-validated figures on stderr, write `weights.py` to stdout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, action="append", required=True)
    parser.add_argument("--gold", type=Path, action="append", required=True, help="one for each --index")
    arguments = parser.parse_args()
    cases = []
    for index, gold in zip(arguments.index, arguments.gold, strict=True):
        ratslotse = build(index_dir=index, encoder_name="bundled")
        for question in load_gold(gold).questions:
            if question.evidence:
                quotes = [fold(entry.quote) for entry in question.evidence if entry.quote]
                cases.append(case_of(question, ratslotse, quotes))
    for k in (1, 2, 4):
        sys.stderr.write(f"right sentence among the first {k}, by cross-validation: {first_right(cases, k):.3f}\n")
    lines = [f'    "{name}": {weight:.2f},' for name, weight in zip(WEIGHTS, fit(cases), strict=True)]
    head = '"""Weights of the evidence features, learned by `python -m evals.fit`. Don\'t edit by hand."""'
    body = "\n".join(lines)
    sys.stdout.write(f"{head}\n\nfrom __future__ import annotations\n\nWEIGHTS: dict[str, float] = {{\n{body}\n}}\n")


if __name__ == "__main__":
    main()
