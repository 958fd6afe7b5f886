from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.errors import EmptySample
from evals.ranking import first_rank, ndcg, recall, reciprocal_rank

NDCG = [
    (["a", "b", "c"], {"a": 1.0}, 1.0, "at the top"),
    (["b", "a"], {"a": 1.0}, 1 / math.log2(3), "second"),
    (["b", "c"], {"a": 1.0}, 0.0, "not found"),
    (["a", "a", "b"], {"a": 1.0, "b": 1.0}, (1 + 1 / 2) / (1 + 1 / math.log2(3)), "twice the same gains once"),
    (["b", "a"], {"a": 2.0, "b": 1.0}, (1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)), "graded, linear gain"),
    (["x"] * 10 + ["a"], {"a": 1.0}, 0.0, "beyond the tenth"),
]


@pytest.mark.parametrize(("order", "right", "expected", "reason"), NDCG, ids=[row[3] for row in NDCG])
def test_ndcg_by_hand(order: list[str], right: dict[str, float], expected: float, reason: str) -> None:
    assert ndcg(order, right) == pytest.approx(expected), reason


def test_reciprocal_rank_and_recall_by_hand() -> None:
    order, right = ["x", "a", "y", "b"], {"a": 1.0, "b": 1.0, "x": 0.0}

    assert first_rank(order, right) == 2
    assert reciprocal_rank(order, right) == 0.5
    assert reciprocal_rank(["x"], right) == 0.0
    assert recall(order, right, 3) == 0.5


@pytest.mark.parametrize("function", [first_rank, reciprocal_rank, recall, ndcg])
def test_without_a_right_document_there_is_nothing_to_measure(function: object) -> None:
    with pytest.raises(EmptySample):
        function(["a"], {"a": 0.0})  # type: ignore[operator]


@given(st.permutations(list("abcdefghijkl")), st.sets(st.sampled_from("abcdefghijkl"), min_size=1))
def test_the_best_order_is_worth_one_and_none_is_worth_more(order: list[str], right: set[str]) -> None:
    gains = dict.fromkeys(right, 1.0)
    best = sorted(order, key=lambda name: name not in right)

    assert ndcg(best, gains) == pytest.approx(1.0)
    assert 0.0 <= ndcg(order, gains) <= 1.0 + 1e-9
