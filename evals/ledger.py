"""How good the motion ledger is: points found, status, and the words that show it, with intervals over motions.

The rules are those of the contract's `score_ledger.py`, so that both give the same figures: a point counts as found by
the first 40 letters of its text, evidence by its paper and 40 letters in common with the gold quote.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from bot.ledger.types import Status
from evals.bootstrap import PERCENTILES, SEED, Interval
from evals.ledger_gold import GoldPoint, motions_of
from evals.texts import paper_name

RESAMPLES: Final = 2_000
"""Ends of an interval vary by less than .01 from seed to seed, at 22 motions."""

KEY_CHARS = 40
MISSING = "missing"
MEASURES: Final = ("points", "accuracy", "macro_f1", "paper", "evidence", "open_recall")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One gold point and what the ledger says of it.

    Attributes:
        given: a status, or `MISSING` if the ledger has no such point.
        paper: whether the paper that answers is among the evidence; None if no quote shows the status.
        evidence: whether a quote of it is; None likewise.
    """

    point: GoldPoint
    given: str
    paper: bool | None
    evidence: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerResult:
    """Figures over a gold file.

    Attributes:
        measures: by name, as in `MEASURES`; 95 % intervals over motions, for points of one motion are alike.
        confusion: how often (right, given) came together.
    """

    judged: tuple[Judged, ...]
    measures: Mapping[str, Interval]
    confusion: Mapping[tuple[str, str], int]


def measure(gold: Sequence[GoldPoint], records: Sequence[Mapping[str, Any]]) -> LedgerResult:
    """Compare motions, as `ratslotse motions --json` writes them, with gold."""
    by_name = {paper_name(record["path"]): record for record in records}
    judged = tuple(_judged(point, by_name.get(point.motion, {})) for point in gold)
    groups = [[item for item in judged if item.point.motion == name] for name in motions_of(gold)]
    rng = np.random.default_rng(SEED)
    draws = rng.integers(len(groups), size=(RESAMPLES, len(groups)))
    drawn = [_figures([item for group in draw for item in groups[group]]) for draw in draws]
    whole = _figures(judged)
    return LedgerResult(
        judged=judged,
        measures={name: _interval(name, whole, drawn, len(judged)) for name in MEASURES if name in whole},
        confusion=Counter((str(item.point.status), item.given) for item in judged),
    )


def fold(text: str) -> str:
    """Fold as the contract's script does: no hyphens, no white space, lower case."""
    return re.sub(r"\s+", "", re.sub(r"[-\u00ad\ufffe]\s*\n?\s*", "", text)).lower()


def is_point(gold: str, given: str) -> bool:
    """Say whether a point that was read is the one of the gold file."""
    return fold(gold)[:KEY_CHARS] in fold(given) or fold(given)[:KEY_CHARS] in fold(gold)


def in_common(gold: str, given: str) -> bool:
    """Say whether two quotes are one: either holds the other, or 40 letters of it."""
    wanted, shown = fold(gold), fold(given)
    windows = range(0, max(1, len(wanted) - KEY_CHARS), KEY_CHARS // 2)
    return shown in wanted or wanted in shown or any(wanted[i : i + KEY_CHARS] in shown for i in windows)


def _judged(point: GoldPoint, record: Mapping[str, Any]) -> Judged:
    found = next((p for p in record.get("points", ()) if is_point(point.text, p["text"])), None)
    wanted = bool(point.quote)
    if found is None:
        return Judged(point=point, given=MISSING, paper=False if wanted else None, evidence=False if wanted else None)
    quotes = [e["quote"] for e in found.get("evidence", ()) if paper_name(e["path"]) == point.response]
    return Judged(
        point=point,
        given=found["status"],
        paper=bool(quotes) if wanted else None,
        evidence=any(in_common(point.quote, quote) for quote in quotes) if wanted else None,
    )


def _figures(judged: Sequence[Judged]) -> dict[str, float]:
    shown = [item for item in judged if item.paper is not None]
    opened = [item for item in judged if item.point.status is Status.OPEN]
    figures = {
        "points": _share(item.given != MISSING for item in judged),
        "accuracy": _share(item.given == item.point.status for item in judged),
        "macro_f1": sum(_f1(judged, status) for status in Status) / len(Status),
        "paper": _share(bool(item.paper) for item in shown),
        "evidence": _share(bool(item.evidence) for item in shown),
        "open_recall": _share(item.given == Status.OPEN for item in opened),
    }
    return {name: value for name, value in figures.items() if value is not None}


def _share(holds: Iterable[bool]) -> float | None:
    given = list(holds)
    return sum(given) / len(given) if given else None


def _f1(judged: Sequence[Judged], status: Status) -> float:
    both = sum(item.given == status and item.point.status is status for item in judged)
    either = sum((item.given == status) + (item.point.status is status) for item in judged)
    return 2 * both / either if both else 0.0


def _interval(name: str, whole: Mapping[str, float], drawn: Sequence[Mapping[str, float]], size: int) -> Interval:
    low, high = np.percentile([figures[name] for figures in drawn if name in figures], PERCENTILES)
    return Interval(value=whole[name], low=float(low), high=float(high), questions=size)
