"""What changed between two runs, over the questions that both asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evals.bootstrap import Interval, difference, estimate
from evals.errors import EmptySample
from evals.measures import MEASURES, Column, Measure
from evals.results import Case, Result
from ingest.errors import UsageError

WATCHED = (
    (Column.DECLINED, "nicht mehr abgelehnt, obwohl nicht beantwortbar"),
    (Column.RIGHT, "nicht mehr richtig beantwortet"),
    (Column.FILE10, "Belegpapier nicht mehr unter den ersten zehn"),
)
"""What makes a question worse, the gravest first, and how it is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A measure in two runs.

    Attributes:
        change: new less old, with its interval.
    """

    measure: Measure
    old: float
    new: float
    change: Interval

    @property
    def worse(self) -> bool:
        """Whether the whole interval lies on the wrong side of zero."""
        return self.change.high < 0 if self.measure.more_is_better else self.change.low > 0

    @property
    def better(self) -> bool:
        """Whether the whole interval lies on the right side of zero."""
        return self.change.low > 0 if self.measure.more_is_better else self.change.high < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A question that turned, and in what way."""

    case: Case
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two runs side by side.

    Attributes:
        common: number of questions that both asked in the same words.
        left_out: number of questions that only one of them asked.
        worse: questions that got worse, in the order of the new run.
        better: ids of the questions that got better.
    """

    changes: tuple[Change, ...]
    common: int
    left_out: int
    worse: tuple[Turn, ...]
    better: tuple[str, ...]

    def failures(self, *, with_time: bool = False) -> tuple[Change, ...]:
        """Return what must not pass: gated measures that got worse; latency only if asked for."""
        return tuple(change for change in self.changes if change.worse and (change.measure.gated or with_time))


def compare(old: Result, new: Result) -> Comparison:
    """Compare two runs.

    Raises:
        UsageError: they have no question in common.
    """
    before = {(case.id, case.question, case.history): case for case in old.cases}
    pairs = [(before[key], case) for case in new.cases if (key := (case.id, case.question, case.history)) in before]
    if not pairs:
        raise UsageError(
            "Die beiden Ergebnisse haben keine Frage gemeinsam.", "Bitte zwei Läufe mit derselben Fragendatei nehmen."
        )
    return Comparison(
        changes=tuple(_changes(pairs)),
        common=len(pairs),
        left_out=len(old.cases) + len(new.cases) - 2 * len(pairs),
        worse=tuple(_turns(pairs)),
        better=tuple(turn.case.id for turn in _turns([(after, before) for before, after in pairs])),
    )


def _changes(pairs: list[tuple[Case, Case]]) -> Iterable[Change]:
    old, new = ([pair[side].values for pair in pairs] for side in (0, 1))
    for measure in MEASURES:
        try:
            change = difference(measure, old, new)
            before, after = estimate(measure, old), estimate(measure, new)
        except EmptySample:
            continue
        yield Change(measure=measure, old=before.value, new=after.value, change=change)


def _turns(pairs: list[tuple[Case, Case]]) -> Iterable[Turn]:
    for old, new in pairs:
        for column, reason in WATCHED:
            if column in old.values and column in new.values and old.values[column].total > new.values[column].total:
                yield Turn(case=new, reason=reason)
                break
