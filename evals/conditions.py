"""Conditions at the end of a command, such as `right>=0.6`: what must hold for exit code 0."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from evals.bootstrap import Interval
from evals.measures import BY_NAME
from ingest.errors import UsageError

_CONDITION = re.compile(r"(?P<name>\w+)\s*(?P<sign>>=|<=)\s*(?P<limit>\d+(?:\.\d+)?|\.\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A measure and what it must reach."""

    name: str
    at_least: bool
    limit: float

    def __str__(self) -> str:
        return f"{self.name}{'>=' if self.at_least else '<='}{self.limit:g}"

    def holds(self, value: float) -> bool:
        """Say whether a figure meets it."""
        return value >= self.limit if self.at_least else value <= self.limit


def parse(texts: Iterable[str], measures: Collection[str] = BY_NAME) -> tuple[Condition, ...]:
    """Read conditions.

    Args:
        texts: "right>=0.6".
        measures: names that there are.

    Raises:
        UsageError: one is malformed, or names no measure.
    """
    conditions = []
    for text in texts:
        found = _CONDITION.fullmatch(text.strip())
        if found is None:
            raise UsageError(f"„{text}“ ist keine Bedingung.", "Eine Bedingung ist zum Beispiel 'right>=0.6'.")
        if found["name"] not in measures:
            raise UsageError(f"Das Maß „{found['name']}“ gibt es nicht.", f"Möglich sind: {', '.join(measures)}.")
        at_least = found["sign"] == ">="
        conditions.append(Condition(name=found["name"], at_least=at_least, limit=float(found["limit"])))
    return tuple(conditions)


def shortfalls(conditions: Iterable[Condition], measures: Mapping[str, Interval]) -> tuple[str, ...]:
    """Name each condition that is not met, with the figure; one on a measure that was not taken is not met."""
    short = []
    for condition in conditions:
        taken = measures.get(condition.name)
        if taken is None:
            short.append(f"{condition} (nicht gemessen)")
        elif not condition.holds(taken.value):
            short.append(f"{condition} (ist {taken.value:.3f})")
    return tuple(short)
