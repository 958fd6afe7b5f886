"""How good an order of documents is. Pure; ranks are 1-based; every function wants something to be right."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from evals.errors import EmptySample

DEPTH = 10
"""Documents that count: what fits a screen, and what BEIR reports (Thakur et al. 2021, arXiv 2104.08663)."""


def first_rank(order: Sequence[str], right: Mapping[str, float]) -> int | None:
    """Return the rank of the first right document, None if there is none."""
    _check(right)
    return next((rank for rank, name in enumerate(order, start=1) if right.get(name, 0.0) > 0), None)


def reciprocal_rank(order: Sequence[str], right: Mapping[str, float]) -> float:
    """Return 1 / rank of the first right document, 0.0 if there is none; its mean is the MRR (Voorhees 1999)."""
    rank = first_rank(order, right)
    return 0.0 if rank is None else 1.0 / rank


def recall(order: Sequence[str], right: Mapping[str, float], depth: int = DEPTH) -> float:
    """Return the share of the right documents among the first `depth`."""
    _check(right)
    wanted = {name for name, gain in right.items() if gain > 0}
    return len(wanted.intersection(order[:depth])) / len(wanted)


def ndcg(order: Sequence[str], right: Mapping[str, float], depth: int = DEPTH) -> float:
    """Return the normalised discounted cumulative gain (Järvelin and Kekäläinen 2002, linear gain as in trec_eval).

    Args:
        order: documents, best first; one that comes twice gains once.
        right: gain of each right document.
        depth: documents that count.
    """
    _check(right)
    left = {name: gain for name, gain in right.items() if gain > 0}
    best = sum(_discounted(gain, rank) for rank, gain in enumerate(sorted(left.values(), reverse=True)[:depth], 1))
    return sum(_discounted(left.pop(name, 0.0), rank) for rank, name in enumerate(order[:depth], 1)) / best


def _discounted(gain: float, rank: int) -> float:
    return gain / math.log2(rank + 1)


def _check(right: Mapping[str, float]) -> None:
    if not any(gain > 0 for gain in right.values()):
        raise EmptySample("no right document: the question cannot be ranked")
