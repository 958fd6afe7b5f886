"""Learn when to decline from gold questions, and draw what it costs.

A logistic regression on the few grounds of `bot.answering.decline`, whose coefficients may push one way only, so that
they carry over to other papers. Both classes and all sets weigh the same. Each answerable question counts once more as
unanswerable, with its own matter left out of the evidence: nobody shall get an answer to what no paper is about.

Everything told is by cross-validation over papers (no paper is in both parts), and the weights of the evidence are
learned anew without the papers of each part, too. The threshold is the one at which on no set more than `OVERDECLINED`
of the answerable questions are declined, neither so nor as shipped. Needs scipy (extra `encoders`).

    python -m evals.fit_decline --index INDEX --gold GOLD.jsonl [--index … --gold …] --picture docs/declining.svg \
        > calibration.py
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answering.decline import grounds_of, is_ruled_out
from bot.answering.evidence import Evidence
from bot.answering.verify import fold
from bot.answering.weights import WEIGHTS
from bot.app import build
from bot.conversation import asked_in, context_of
from bot.service import Ratslotse
from bot.types import Question
from evals import fit
from evals.declining import Line, draw
from evals.gold import GoldQuestion, load_gold

OVERDECLINED = 0.15
"""The bound of the project (README, "Measured")."""

ABSENT = 0.5
"""Weight of the questions whose matter was left out, among the unanswerable. 0 / .2 / .5 decline .52 / .54 / .57 of
them on gold-dev; of the others .70 all three."""

L2 = 0.01
"""On standardised grounds. .003 / .01 / .03 decline .70 of gold-dev each, .52 / .52 / .39 of Stuttgart."""

SIGNS = {"best": 1, "among_first": 1, "as_near": 1, "named": 1, "counted": -1}
"""Which way each ground may push."""

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question with its evidence.

    Attributes:
        gold: number of its gold file.
        papers: that it is about; cases that share one are in the same part.
        answerable: whether its evidence holds the answer.
        absent: whether it is only unanswerable because its matter was left out.
        asked: what is asked, as the reply saw it.
        ranking: for learning the weights of the evidence anew.
    """

    gold: int
    papers: frozenset[str]
    answerable: bool
    absent: bool
    asked: str
    evidence: tuple[Evidence, ...]
    ranking: fit.Case


def cases_of(gold: int, question: GoldQuestion, ratslotse: Ratslotse) -> list[Case]:
    """Collect a question's evidence, and once more without the matter it is about."""
    evidence = tuple(ratslotse.evidence(Question(text=question.question, history=question.history)))
    files = frozenset(entry.file for entry in question.evidence)
    case = Case(
        gold=gold,
        papers=frozenset(question.papers) | files or frozenset({question.id}),
        answerable=question.answerable,
        absent=False,
        asked=asked_in(question.question, context_of(question.question, question.history)),
        evidence=evidence,
        ranking=fit.case_of(question, ratslotse, [fold(entry.quote) for entry in question.evidence if entry.quote]),
    )
    matters = {_matter(item) for item in evidence if Path(item.hit.document.path).stem in files}
    others = tuple(item for item in evidence if _matter(item) not in matters)
    return [case, replace(case, answerable=False, absent=True, evidence=others)] if matters and others else [case]


def _matter(item: Evidence) -> str:
    return item.hit.document.procedure or item.hit.document.document_id


def grounds(cases: Sequence[Case], weights: Vector) -> Vector:
    """Return the (n, 5) grounds of cases whose evidence is ranked by (f,) weights."""
    named = dict(zip(WEIGHTS, weights, strict=True))
    rows = []
    for case in cases:
        scored = [
            replace(item, score=sum(named[name] * value for name, value in item.features.items()))
            for item in case.evidence
        ]
        scored.sort(key=lambda item: (-item.score, item.hit.document.path, item.span.start))
        found = grounds_of(case.asked, scored)
        rows.append([found[name] for name in SIGNS])
    return np.array(rows, dtype=np.float64)


def learn(features: Vector, cases: Sequence[Case]) -> Vector:
    """Return the (6,) coefficients of raw grounds and, last, the constant; above 0 means answerable."""
    from scipy.optimize import minimize

    answerable = np.array([case.answerable for case in cases])
    shares = _shares(cases)
    mean, scale = features.mean(0), features.std(0)
    scale[scale == 0] = 1.0
    design = np.column_stack([(features - mean) / scale, np.ones(len(features))])

    def loss(weights: Vector) -> tuple[float, Vector]:
        logits = design @ weights
        error = 1 / (1 + np.exp(-logits)) - answerable
        total = shares @ np.logaddexp(0, np.where(answerable, -logits, logits))
        penalty = np.append(weights[:-1], 0.0)
        return float(total + L2 * penalty @ penalty), design.T @ (shares * error) + 2 * L2 * penalty

    bounds = [(0, None) if sign > 0 else (None, 0) for sign in SIGNS.values()] + [(None, None)]
    found = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    coefficients = np.asarray(found.x[:-1] / scale, dtype=np.float64)
    return np.append(coefficients, found.x[-1] - coefficients @ mean)


def _shares(cases: Sequence[Case]) -> Vector:
    """Weigh the cases: sets alike, classes alike; `ABSENT` of the unanswerable are those whose matter was left out."""
    kinds = [(case.gold, case.answerable, case.absent) for case in cases]
    whole = {True: 1.0, False: ABSENT}
    shares = np.array(
        [
            (1.0 if answerable else whole[absent] if absent else 1 - ABSENT) / kinds.count((gold, answerable, absent))
            for gold, answerable, absent in kinds
        ]
    )
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def parts(cases: Sequence[Case]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the places of the cases learned from and of those judged; no paper is in both."""
    groups: list[int] = []
    for place, case in enumerate(cases):
        shared = next((groups[i] for i in range(place) if cases[i].papers & case.papers), None)
        groups.append(place if shared is None else shared)
    order = {group: place for place, group in enumerate(dict.fromkeys(groups))}
    for part in range(fit.FOLDS):
        held = [i for i, group in enumerate(groups) if order[group] % fit.FOLDS == part]
        if held:
            yield [i for i, group in enumerate(groups) if order[group] % fit.FOLDS != part], held


def judged(cases: Sequence[Case]) -> tuple[Vector, Vector]:
    """Judge every case by what was learned from other papers.

    Returns:
        (n,) sums, above 0 means answerable, -inf what is ruled out, and (n, 5) grounds; both by cross-validation.
    """
    out_of_part = np.zeros((len(cases), len(SIGNS)))
    for others, held in parts(cases):
        ranking = [cases[i].ranking for i in others if cases[i].answerable]
        out_of_part[held] = grounds([cases[i] for i in held], fit.fit(ranking))
    sums = np.zeros(len(cases))
    for others, held in parts(cases):
        learned = learn(out_of_part[others], [cases[i] for i in others])
        sums[held] = out_of_part[held] @ learned[:-1] + learned[-1]
    return _ruled_out(sums, cases), out_of_part


def _ruled_out(sums: Vector, cases: Sequence[Case]) -> Vector:
    """Return the sums, -inf for what nothing could make an answer."""
    return np.where([is_ruled_out(case.asked, case.evidence) for case in cases], -np.inf, sums)


def line(name: str, sums: Vector, cases: Sequence[Case], gold: int, threshold: float) -> Line:
    """Return what each threshold declines of a set, and where the chosen one lies."""
    answerable = np.sort([s for s, c in zip(sums, cases, strict=True) if c.gold == gold and c.answerable])
    others = [s for s, c in zip(sums, cases, strict=True) if c.gold == gold and not c.answerable and not c.absent]
    return Line(
        name=name,
        points=tuple((float(np.mean(answerable < t)), float(np.mean(np.array(others) < t))) for t in np.sort(sums)),
        chosen=(float(np.mean(answerable < threshold)), float(np.mean(np.array(others) < threshold))),
    )


def threshold_of(sums: Vector, cases: Sequence[Case]) -> float:
    """Return the largest threshold that declines at most `OVERDECLINED` of the answerable questions of every set."""
    bounds = []
    for gold in {case.gold for case in cases}:
        own = np.sort([s for s, c in zip(sums, cases, strict=True) if c.gold == gold and c.answerable])
        bounds.append(own[int(OVERDECLINED * len(own))])
    return float(min(bounds))


def _carried(features: Vector, cases: Sequence[Case], gold: int) -> Line:
    """Return the line of a set that nothing was learned from."""
    others = [place for place, case in enumerate(cases) if case.gold != gold]
    own = [place for place, case in enumerate(cases) if case.gold == gold]
    learned = learn(features[others], [cases[place] for place in others])
    held = [cases[place] for place in own]
    sums = _ruled_out(features[own] @ learned[:-1] + learned[-1], held)
    return line("", sums, held, gold, threshold_of(sums, held))


def _tell(what: str, drawn: Line) -> None:
    over, declined = drawn.chosen
    sys.stderr.write(f"{what}: AUC {drawn.auc:.2f}, declined {declined:.2f}, overdeclined {over:.2f}\n")


def main() -> None:
    """Learn, tell the cross-validated figures on stderr, write the picture, and `calibration.py` to stdout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, action="append", required=True)
    parser.add_argument("--gold", type=Path, action="append", required=True, help="one for each --index")
    parser.add_argument("--picture", type=Path, help="where to write the curve (SVG)")
    arguments = parser.parse_args()
    cases: list[Case] = []
    for number, (index, gold) in enumerate(zip(arguments.index, arguments.gold, strict=True)):
        ratslotse = build(index_dir=index, encoder_name="bundled")
        for question in load_gold(gold).questions:
            cases += cases_of(number, question, ratslotse)
    sums, out_of_part = judged(cases)
    learned = learn(out_of_part, cases)
    shipped = _ruled_out(grounds(cases, np.array(list(WEIGHTS.values()))) @ learned[:-1] + learned[-1], cases)
    threshold = min(threshold_of(sums, cases), threshold_of(shipped, cases))
    names = [f"{gold.parent.name}/{gold.stem}" for gold in arguments.gold]
    lines = [line(name, sums, cases, number, threshold) for number, name in enumerate(names)]
    for number, drawn in enumerate(lines):
        absent = [s < threshold for s, c in zip(sums, cases, strict=True) if c.gold == number and c.absent]
        _tell(f"{drawn.name}: by cross-validation over papers", drawn)
        sys.stderr.write(f"  declined where the matter is left out: {np.mean(absent):.2f}\n")
        if len(lines) > 1:
            _tell("  learned on the other sets, with a threshold of its own", _carried(out_of_part, cases, number))
    if arguments.picture:
        arguments.picture.write_text(draw(lines), encoding="utf-8")
    table = "\n".join(f'    "{name}": {value:.2f},' for name, value in zip(SIGNS, learned, strict=False))
    sys.stdout.write(
        '"""When evidence carries an answer, learned by `python -m evals.fit_decline`. Don\'t edit by hand."""\n\n'
        f"from __future__ import annotations\n\nCOEFFICIENTS: dict[str, float] = {{\n{table}\n}}\n\n"
        f'THRESHOLD = {threshold - learned[-1]:.2f}\n"""An answer is given from this sum on."""\n'
    )


if __name__ == "__main__":
    main()
