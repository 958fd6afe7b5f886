"""Learn the weights of the evidence features from gold questions.

A linear model, trained so that right sentences come before the others of the same question (`evals.listwise`). Printed
first is what it reaches by cross-validation over papers: no paper is in both parts. Needs scipy (extra `encoders`).

    python -m evals.fit --index INDEX --gold GOLD.jsonl > weights.py
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.answering.verify import fold
from bot.answering.weights import WEIGHTS
from bot.app import build
from bot.service import Ratslotse
from bot.types import Question
from evals import listwise
from evals.gold import GoldQuestion, load_gold
from evals.listwise import FOLDS, Case, Matrix, first_right, held_out

__all__ = ["FOLDS", "Case", "case_of", "fit"]

L2 = 0.02
"""gold-dev, right by cross-validation: .01 → .53, .02 → .51, .04 → .50; .02 was steadiest over feature sets."""

MIN_QUOTE_CHARS = 25
"""A sentence inside the evidence quote counts as right if it is no stub."""


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
    return listwise.fit(cases, l2)


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
    scores = held_out(cases, fit)
    for k in (1, 2, 4):
        sys.stderr.write(
            f"right sentence among the first {k}, by cross-validation: {first_right(cases, scores, k):.3f}\n"
        )
    lines = [f'    "{name}": {weight:.2f},' for name, weight in zip(WEIGHTS, fit(cases), strict=True)]
    head = '"""Weights of the evidence features, learned by `python -m evals.fit`. Don\'t edit by hand."""'
    body = "\n".join(lines)
    sys.stdout.write(f"{head}\n\nfrom __future__ import annotations\n\nWEIGHTS: dict[str, float] = {{\n{body}\n}}\n")


if __name__ == "__main__":
    main()
