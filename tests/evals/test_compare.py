from __future__ import annotations

from collections.abc import Mapping

import pytest

from evals.answers import Answer
from evals.compare import compare
from evals.gold import GoldQuestion, GoldSet
from evals.measures import Column, Tally
from evals.metrics import Marks
from evals.results import Result, put_together
from evals.run import origin
from ingest.errors import UsageError

N = 40
GOLD = GoldSet(
    name="gold.jsonl",
    questions=tuple(
        GoldQuestion.model_validate(
            {"id": f"q{i}", "question": f"Frage {i}?", "kind": "fact", "evidence": [{"file": "p", "quote": "x"}]}
        )
        for i in range(N)
    ),
)


def _result(column: Column, values: Mapping[int, float], default: float) -> Result:
    """Make a run in which question i brought `values[i]`, the others `default`."""
    answers = {item.id: Answer(id=item.id, outcome="answered") for item in GOLD.questions}  # type: ignore[arg-type]
    marks = {
        item.id: Marks(values={column: Tally(total=values.get(i, default))}) for i, item in enumerate(GOLD.questions)
    }
    return put_together(origin(GOLD, answers), GOLD.questions, answers, marks)


def test_a_measure_that_got_surely_worse_fails_and_its_questions_are_named() -> None:
    good = _result(Column.RIGHT, {}, 1.0)
    bad = _result(Column.RIGHT, dict.fromkeys(range(10), 0.0), 1.0)
    comparison = compare(good, bad)

    assert [change.measure.name for change in comparison.failures()] == ["right"]
    assert comparison.changes[0].change.value == pytest.approx(-0.25)
    assert (comparison.changes[0].old, comparison.changes[0].new) == (1.0, 0.75)
    assert [turn.case.id for turn in comparison.worse] == [f"q{i}" for i in range(10)]
    assert comparison.better == ()


def test_the_other_way_round_is_better_and_passes() -> None:
    comparison = compare(_result(Column.RIGHT, dict.fromkeys(range(10), 0.0), 1.0), _result(Column.RIGHT, {}, 1.0))

    assert comparison.failures() == ()
    assert comparison.changes[0].better
    assert len(comparison.better) == 10


def test_one_question_of_forty_is_no_sure_change() -> None:
    comparison = compare(_result(Column.RIGHT, {}, 1.0), _result(Column.RIGHT, {0: 0.0}, 1.0))

    assert comparison.failures() == ()
    assert [turn.case.id for turn in comparison.worse] == ["q0"]


def test_more_needless_declines_are_worse_although_the_figure_rises() -> None:
    few = _result(Column.OVERDECLINED, {}, 0.0)
    many = _result(Column.OVERDECLINED, dict.fromkeys(range(10), 1.0), 0.0)

    assert [change.measure.name for change in compare(few, many).failures()] == ["overdeclined"]
    assert compare(many, few).failures() == ()


def test_time_fails_only_where_it_is_asked_to() -> None:
    comparison = compare(_result(Column.MILLISECONDS, {}, 10.0), _result(Column.MILLISECONDS, {}, 90.0))

    assert comparison.failures() == ()
    assert [change.measure.name for change in comparison.failures(with_time=True)] == ["p50ms", "p95ms"]


def test_a_question_asked_in_other_words_is_not_compared() -> None:
    old = _result(Column.RIGHT, {}, 1.0)
    other = GoldSet(
        name="gold.jsonl",
        questions=(GOLD.questions[0].model_copy(update={"question": "Anders?"}), *GOLD.questions[1:]),
    )
    answers = {item.id: Answer(id=item.id, outcome="answered") for item in other.questions}  # type: ignore[arg-type]
    marks = {item.id: Marks(values={Column.RIGHT: Tally(total=1.0)}) for item in other.questions}
    comparison = compare(old, put_together(origin(other, answers), other.questions, answers, marks))

    assert (comparison.common, comparison.left_out) == (N - 1, 2)


def test_runs_without_a_common_question_cannot_be_compared() -> None:
    old = _result(Column.RIGHT, {}, 1.0)
    empty = put_together(old.origin, (), {}, {})

    with pytest.raises(UsageError, match="keine Frage gemeinsam"):
        compare(old, empty)
