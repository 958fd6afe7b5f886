"""Which questions were handled worst: what somebody who reads only ten cases should read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from evals.answers import Outcome
from evals.measures import Column
from evals.results import Case


class Verdict(StrEnum):
    """What went wrong, the gravest first: a wrong answer misleads, a needless decline only disappoints."""

    FAILED = "failed"
    INVENTED = "invented"
    WRONG = "wrong"
    OVERDECLINED = "overdeclined"

    @property
    def label(self) -> str:
        """Say it in German."""
        return _LABELS[self]


_LABELS = {
    Verdict.FAILED: "ohne Antwort geblieben",
    Verdict.INVENTED: "beantwortet, obwohl nicht beantwortbar",
    Verdict.WRONG: "falsch oder ohne Belegpapier beantwortet",
    Verdict.OVERDECLINED: "zu Unrecht abgelehnt",
}
_ORDER = tuple(Verdict)
_NEVER = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class BadCase:
    """A question and what went wrong."""

    case: Case
    verdict: Verdict


def worst(cases: Iterable[Case]) -> tuple[BadCase, ...]:
    """Return all questions handled wrongly, the worst first.

    Within a verdict the surest answers come first where the record tells how sure, then those whose paper was found
    farthest from the top, then by id.
    """
    bad = [BadCase(case=case, verdict=verdict) for case in cases for verdict in _verdict(case)]
    return tuple(sorted(bad, key=_gravity))


def _verdict(case: Case) -> Iterable[Verdict]:
    if case.outcome in (Outcome.FAILED, Outcome.MISSING):
        yield Verdict.FAILED
    elif Column.DECLINED in case.values:
        if case.outcome is Outcome.ANSWERED:
            yield Verdict.INVENTED
    elif case.outcome is Outcome.DECLINED:
        yield Verdict.OVERDECLINED
    elif case.values[Column.RIGHT].total == 0:
        yield Verdict.WRONG


def _gravity(bad: BadCase) -> tuple[int, float, int, str]:
    case = bad.case
    return (_ORDER.index(bad.verdict), -(case.confidence or 0.0), -(case.rank or _NEVER), case.id)
