from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.bootstrap import difference, estimate
from evals.errors import EmptySample
from evals.measures import BY_NAME, Column, Tally, Values

RIGHT, MEDIAN, P95 = BY_NAME["right"], BY_NAME["p50ms"], BY_NAME["p95ms"]


def _rights(*values: float) -> list[Values]:
    return [{Column.RIGHT: Tally(total=value)} for value in values]


def _times(*values: float) -> list[Values]:
    return [{Column.MILLISECONDS: Tally(total=value)} for value in values]


def test_the_interval_of_a_share_is_that_of_theory() -> None:
    interval = estimate(RIGHT, _rights(*[1.0] * 60, *[0.0] * 40))

    assert interval.value == pytest.approx(0.6)
    # normal approximation: 1.96 * sqrt(.6 * .4 / 100) = .096
    assert interval.low == pytest.approx(0.504, abs=0.02)
    assert interval.high == pytest.approx(0.696, abs=0.02)
    assert interval.questions == 100


def test_the_same_seed_gives_the_same_interval_and_another_one_another() -> None:
    rows = _times(*range(1, 51))

    assert estimate(MEDIAN, rows) == estimate(MEDIAN, rows)
    assert estimate(RIGHT, _rights(*[1.0, 0.0] * 45), seed=1) != estimate(RIGHT, _rights(*[1.0, 0.0] * 45), seed=2)


def test_nothing_to_measure_is_an_error_and_no_zero() -> None:
    with pytest.raises(EmptySample):
        estimate(RIGHT, [])
    with pytest.raises(EmptySample):
        estimate(RIGHT, _times(1.0))
    with pytest.raises(EmptySample):
        estimate(BY_NAME["balanced"], [{Column.DECLINED: Tally(total=1)}])


def test_citations_weigh_alike_however_they_are_spread_over_questions() -> None:
    rows: list[Values] = [{Column.VERBATIM: Tally(total=3, count=3)}, {Column.VERBATIM: Tally(total=0, count=1)}]

    assert estimate(BY_NAME["verbatim"], rows).value == pytest.approx(0.75)


@given(st.lists(st.floats(min_value=0, max_value=1e6, allow_nan=False), min_size=1, max_size=40))
def test_a_quantile_is_the_value_at_its_place_in_order(values: list[float]) -> None:
    ordered = sorted(values)

    assert estimate(MEDIAN, _times(*values), resamples=20).value == ordered[len(ordered) // 2]
    assert estimate(P95, _times(*values), resamples=20).value == ordered[int(len(ordered) * 0.95)]


def test_a_paired_difference_is_surer_than_two_intervals() -> None:
    old = [float(i % 2) for i in range(100)]
    new = [1.0 if i < 8 else value for i, value in enumerate(old)]  # four questions turned
    change = difference(RIGHT, _rights(*old), _rights(*new))

    assert change.value == pytest.approx(0.04)
    assert change.low > 0, "no question got worse, so no draw can say so"
    assert estimate(RIGHT, _rights(*new)).low < estimate(RIGHT, _rights(*old)).high


def test_no_change_is_no_change_in_every_draw() -> None:
    rows = _times(*range(1, 31))
    change = difference(MEDIAN, rows, rows)

    assert (change.value, change.low, change.high) == (0, 0, 0)


def test_sides_of_different_length_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="zip"):
        difference(RIGHT, _rights(1.0), _rights(1.0, 0.0))
