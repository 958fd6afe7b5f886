"""How the ledger weighs what the reader says: two small tables, learned on points that the reader did not learn from.

In this order: which sentence shows a point's state (listwise softmax), and which status the signs of a point speak for
(multinomial logistic regression, every status counting the same however rare it is: `open` is what a councillor must
not miss).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.ledger.finding import Asked, Finding
from bot.ledger.status import best_first, signs_of
from bot.ledger.table import Table
from bot.ledger.types import Status
from bot.ledger.working import MotionExaminer
from bot.reading import Reader
from evals.learning.listwise import Case, fit
from evals.learning.points import PointLine
from evals.ledger import in_common, is_point
from evals.texts import paper_name
from ingest.embedding import Encoder
from ingest.index import IndexReader

RANKING_L2 = 0.04
STATUS_L2 = 0.1
"""Of .003 to .1 the best by cross-validation over motions of the `choose` part (evals/README.md)."""

MIN_QUOTE_CHARS = 10
"""A sentence of fewer has no 40 letters in common with any quote; it would count as right by chance."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A point whose status is known, with what was found for it."""

    point: PointLine
    what: Asked
    found: tuple[Finding, ...]


def learn_table(points: Iterable[PointLine], index: IndexReader, encoder: Encoder, reader: Reader) -> Table:
    """Learn both tables on the points of motions that an index holds."""
    given = seen(points, index, MotionExaminer(index, encoder, reader))
    ranking = _ranking(given)
    return Table(ranking=ranking, signs=_signs(given, ranking))


def seen(points: Iterable[PointLine], index: IndexReader, examiner: MotionExaminer) -> list[Seen]:
    """Collect what is found for each point; points that were not read or have no paper are left out."""
    motions = {paper_name(header.path): header.document_id for header in reversed(index.all_headers())}
    of_motion: dict[str, list[PointLine]] = {}
    for point in points:
        of_motion.setdefault(point.motion_file, []).append(point)
    collected = []
    for name, asked_for in of_motion.items():
        if name not in motions:
            continue
        motion = index.document(motions[name])
        found = examiner.findings(motion, examiner.papers_of(motion))
        for point in asked_for:
            same = [(what, some) for what, some in found if some and is_point(point.text, what.point.text)]
            same.sort(key=lambda pair: pair[0].point.position != point.point)
            if same:
                collected.append(Seen(point=point, what=same[0][0], found=tuple(same[0][1])))
    return collected


def _ranking(given: Sequence[Seen]) -> dict[str, float]:
    names = list(given[0].found[0].features)
    cases = [
        Case(
            papers=frozenset([one.point.motion_file]),
            features=np.array([[finding.features[name] for name in names] for finding in one.found]),
            right=np.array([_shows(finding, one.point) for finding in one.found], bool),
        )
        for one in given
    ]
    return dict(zip(names, map(float, fit(cases, RANKING_L2)), strict=True))


def _shows(finding: Finding, point: PointLine) -> bool:
    same_paper = paper_name(finding.reading.document.path) == point.response_file
    long_enough = len(finding.sentence.text) > MIN_QUOTE_CHARS
    return (
        bool(point.response_quote)
        and same_paper
        and long_enough
        and in_common(point.response_quote or "", finding.sentence.text)
    )


def ranked(one: Seen, ranking: Mapping[str, float]) -> list[Finding]:
    """Return the findings of a point, best first by a ranking."""
    rescored = [
        replace(finding, score=sum(ranking[name] * value for name, value in finding.features.items()))
        for finding in one.found
    ]
    return best_first(rescored)


def _signs(given: Sequence[Seen], ranking: Mapping[str, float]) -> dict[Status, dict[str, float]]:
    rows = [signs_of(one.what, ranked(one, ranking)) for one in given]
    names = list(rows[0])
    weights = multinomial(
        np.array([[row[name] for name in names] for row in rows]),
        np.array([list(Status).index(Status(one.point.status)) for one in given]),
        len(Status),
    )
    return {
        status: dict(zip(names, map(float, column), strict=True))
        for status, column in zip(Status, weights, strict=True)
    }


def multinomial(rows: Matrix, truth: NDArray[np.int64], classes: int, l2: float = STATUS_L2) -> Matrix:
    """Return (classes, f) weights of a multinomial logistic regression with L2, classes balanced.

    Args:
        rows: (n, f) numbers, one of them constant.
        truth: (n,) class of each.
        classes: how many there are.
        l2: of all weights.
    """
    from scipy.optimize import minimize

    each = 1.0 / np.maximum(np.bincount(truth, minlength=classes), 1)[truth]
    each /= each.sum()
    wanted = np.eye(classes)[truth]

    def loss(values: Matrix) -> tuple[float, Matrix]:
        weights = values.reshape(classes, -1)
        scores = rows @ weights.T
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        value = -float(each @ np.log((shares * wanted).sum(1) + 1e-12)) + l2 * float(values @ values)
        slope = (each[:, None] * (shares - wanted)).T @ rows
        return value, slope.reshape(-1) + 2 * l2 * values

    found: Matrix = minimize(loss, np.zeros(classes * rows.shape[1]), jac=True, method="L-BFGS-B").x
    return found.reshape(classes, -1)


def write_table(path: Path, table: Table) -> None:
    """Write a table, weights to two digits."""
    rounded = Table(
        ranking={name: round(weight, 2) for name, weight in table.ranking.items()},
        signs={status: {name: round(w, 2) for name, w in signs.items()} for status, signs in table.signs.items()},
    )
    path.write_text(rounded.model_dump_json(indent=1) + "\n", encoding="utf-8")
