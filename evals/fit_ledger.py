"""Learn how the ledger weighs what it sees, and say how well that works on motions it was not learned from.

Two small tables, in this order: which sentence shows a point's state (the listwise softmax of `evals.listwise`), and
which status the signs of a point speak for: a multinomial logistic model whose weights may not be negative, so that a
sign speaks for its status and never against it. Figures are by cross-validation over motions: each motion is judged by
tables, both of them, that were learned without it.

    python -m evals.fit_ledger --index INDEX --gold TRACKER.jsonl --documents DIR > weights.py
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.ledger.finding import Asked, Finding
from bot.ledger.record import motion_record
from bot.ledger.status import SPEAKS_FOR, best_first
from bot.ledger.table import Table
from bot.ledger.types import Status
from bot.ledger.working import MotionExaminer
from evals.ledger import LedgerResult, in_common, is_point, measure
from evals.ledger_gold import GoldPoint, load_ledger_gold, motions_of
from evals.listwise import Case, fit
from evals.texts import FolderTexts, Papers, paper_name
from ingest.embedding import load_encoder
from ingest.index import IndexReader, open_index
from ingest.types import Document, Visibility

RANKING_L2 = 0.04
"""gold-dev, quote among three by cross-validation: .01 → .76, .04 → .76, .15 → .75."""

STATUS_L2 = 0.001
"""gold-dev, right by cross-validation: .0005 → .70, .001 → .71, .002 → .69, .005 → .68."""

BALANCE = 1.0
"""Every status counts the same however rare it is: `open` is what a councillor must not miss. gold-dev, macro-F1 by
cross-validation: 0 → .54, .5 → .64, 1 → .68."""

MIN_QUOTE_CHARS = 10

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A gold point with what was found for it."""

    gold: GoldPoint
    what: Asked
    found: tuple[Finding, ...]


def examples(gold: Sequence[GoldPoint], index: IndexReader, examiner: MotionExaminer) -> list[Example]:
    """Collect what is found for each gold point; points that were not read or have no paper are left out."""
    motions = {paper_name(header.path): header.document_id for header in reversed(index.all_headers())}
    collected = []
    for name in motions_of(gold):
        motion = index.document(motions[name])
        found = examiner.findings(motion, examiner.papers_of(motion))
        for point in (point for point in gold if point.motion == name):
            same = [(what, given) for what, given in found if is_point(point.text, what.point.text)]
            same.sort(key=lambda pair: pair[0].point.position != point.place)
            if same and same[0][1]:
                collected.append(Example(gold=point, what=same[0][0], found=tuple(same[0][1])))
    return collected


def learn(given: Sequence[Example], examiner: MotionExaminer) -> Table:
    """Learn both tables."""
    ranking = _learn_ranking(given)
    rows = [examiner.signs(example.what, _ranked(example, ranking)) for example in given]
    return _learn_signs(rows, [example.gold.status for example in given], ranking)


def cross_validated(
    gold: Sequence[GoldPoint], given: Sequence[Example], index: IndexReader, examiner: MotionExaminer
) -> LedgerResult:
    """Judge every motion by tables learned on the others."""
    motions = {paper_name(header.path): header.document_id for header in reversed(index.all_headers())}
    records: list[Mapping[str, Any]] = []
    for name in motions_of(gold):
        table = learn([example for example in given if example.gold.motion != name], examiner)
        motion: Document = index.document(motions[name])
        records.append(motion_record(examiner.with_table(table).work_out(motion)))
    return measure(gold, records)


def _ranked(example: Example, ranking: Mapping[str, float]) -> list[Finding]:
    rescored = (
        replace(f, score=sum(ranking[name] * value for name, value in f.features.items())) for f in example.found
    )
    return best_first(list(rescored))


def _learn_ranking(given: Sequence[Example]) -> dict[str, float]:
    names = list(given[0].found[0].features)
    cases = [
        Case(
            papers=frozenset([example.gold.motion]),
            features=np.array([[f.features[name] for name in names] for f in example.found]),
            right=np.array([_shows(f, example.gold) for f in example.found], bool),
        )
        for example in given
    ]
    return dict(zip(names, (float(weight) for weight in fit(cases, RANKING_L2)), strict=True))


def _shows(finding: Finding, gold: GoldPoint) -> bool:
    same_paper = paper_name(finding.reading.document.path) == gold.response
    long_enough = len(finding.sentence.text) > MIN_QUOTE_CHARS
    return bool(gold.quote) and same_paper and long_enough and in_common(gold.quote, finding.sentence.text)


def _learn_signs(rows: Sequence[Mapping[str, float]], right: Sequence[Status], ranking: Mapping[str, float]) -> Table:
    """Fit the multinomial logistic model, weights from 0 upwards, by L-BFGS-B."""
    from scipy.optimize import minimize

    order = list(Status)
    names = [(order.index(status), name) for status in order for name in SPEAKS_FOR[status]]
    columns = np.array([[row[name] for _, name in names] for row in rows])
    owner = np.array([status for status, _ in names])
    truth = np.array([order.index(status) for status in right])
    counts = np.bincount(truth, minlength=len(order))
    each = (1.0 / np.maximum(counts, 1))[truth] ** BALANCE
    each /= each.sum()
    wanted = np.eye(len(order))[truth]

    def loss(values: Matrix) -> tuple[float, Matrix]:
        weights, biases = values[: len(names)], values[len(names) :]
        parts = columns * weights
        scores = np.stack([parts[:, owner == k].sum(1) for k in range(len(order))], 1) + biases
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        missed = each[:, None] * (shares - wanted)
        slope = (columns * missed[:, owner]).sum(0) + 2 * STATUS_L2 * weights
        value = -float((each * np.log((shares * wanted).sum(1) + 1e-12)).sum()) + STATUS_L2 * float(weights @ weights)
        return value, np.concatenate([slope, missed.sum(0)])

    bounds = [(0.0, None)] * len(names) + [(-4.0, 4.0)] * len(order)
    found = minimize(loss, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds).x
    return Table(
        ranking=dict(ranking),
        signs={
            status: {name: float(found[i]) for i, (k, name) in enumerate(names) if k == n}
            for n, status in enumerate(order)
        },
        biases={status: float(found[len(names) + n]) for n, status in enumerate(order)},
    )


def module_of(table: Table) -> str:
    """Write the tables as `bot/ledger/weights.py`."""
    lines = [
        '"""Weights of the ledger, learned by `python -m evals.fit_ledger`. Don\'t edit by hand."""',
        "",
        "from __future__ import annotations",
        "",
        "from bot.ledger.table import Table",
        "from bot.ledger.types import Status",
        "",
        "LEARNED = Table(",
        "    ranking={",
        *(f'        "{name}": {weight:.2f},' for name, weight in table.ranking.items()),
        "    },",
        "    signs={",
    ]
    for status, weights in table.signs.items():
        lines.append(f"        Status.{status.name}: {{")
        lines += [f'            "{name}": {weight:.2f},' for name, weight in weights.items()]
        lines.append("        },")
    lines += ["    },", "    biases={"]
    lines += [f"        Status.{status.name}: {bias:.2f}," for status, bias in table.biases.items()]
    return "\n".join([*lines, "    },", ")", ""])


def main() -> None:
    """Fit, tell the cross-validated figures on stderr, write `weights.py` to stdout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--documents", type=Path, required=True)
    arguments = parser.parse_args()
    encoder = load_encoder("bundled")
    gold = load_ledger_gold(arguments.gold, Papers(FolderTexts(arguments.documents)))
    with closing(open_index(arguments.index / Visibility.PUBLIC, encoder)) as index:
        examiner = MotionExaminer(index, encoder)
        given = examples(gold, index, examiner)
        result = cross_validated(gold, given, index, examiner)
        for name, interval in result.measures.items():
            sys.stderr.write(f"{name} by cross-validation: {interval.value:.3f}\n")
        sys.stdout.write(module_of(learn(given, examiner)))


if __name__ == "__main__":
    main()
