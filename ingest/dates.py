"""Dates as council papers and councillors write them: "26.04.2023", "8. April 1976", "2023-04-26".

Belongs to the shelf: papers and questions are read by the same grammar. Knows nothing of forms; what a
date means (own date, session, motion answered) is told apart in `ingest.structure.paper_dates`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.types import Precision, Span, Stand

FIRST_YEAR = 1900
"""Papers quote older years in prose, but no council paper in an information system is dated before."""
LAST_YEAR = 2100
"""Beyond lies a typing error (a real head says "10.12.1019", another "2109")."""
CENTURY_PIVOT = 70
"""Two-digit years: "30.04.08" is 2008, "30.04.98" is 1998."""

MONTHS = (
    ("januar", "jan", "jänner"),
    ("februar", "feb"),
    ("märz", "mär", "mrz", "maerz"),
    ("april", "apr"),
    ("mai",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "okt"),
    ("november", "nov", "novmeber"),
    ("dezember", "dez"),
)
_MONTH_OF = {name: i for i, names in enumerate(MONTHS, start=1) for name in names}
MONTH_NAME = "|".join(sorted(_MONTH_OF, key=lambda name: (-len(name), name)))
"""Alternatives for a regular expression (lower case, use with IGNORECASE), longest first."""

_DATE = re.compile(
    rf"""
    (?<!\d)(?<!\d[./-])(?:
        (?P<y1>\d{{4}})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})(?!\d)
      | (?P<d2>\d{{1,2}})\.(?:\s?/\s?\d{{1,2}}\.)?\s?(?P<m2>\d{{1,2}})\.\s?(?P<y2>(?:1[89]|20|21)\d{{2}})(?!\d)
      | (?P<d3>\d{{1,2}})\.(?P<m3>\d{{1,2}})\.(?P<y3>\d{{2}})(?![\d.]*\d)
      | (?P<d4>\d{{1,2}})\.?(?:\s?(?:/|und)\s?\d{{1,2}}\.)?\s{{0,3}}
        (?P<m4>{MONTH_NAME})\b\.?\s{{1,3}}(?P<y4>\d{{4}})(?!\d)
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MONTH_YEAR = re.compile(rf"\b(?P<month>{MONTH_NAME})\b\.?\s{{1,3}}(?P<year>(?:19|20)\d{{2}})(?![\d/])", re.IGNORECASE)
_YEAR = re.compile(
    r"(?<![\d./,–-])(?<!\d\s[–-]\s)(?P<year>(?:19|20)\d{2})(?![\d/%€]|[.,]\d|\s?[–-]\s?\d|\s(?:Euro|EUR|€|%))"
)
_MONTH_FIRST = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date and where it stands in the text."""

    day: date
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStand:
    """A day, month or year and where it stands in the text."""

    stand: Stand
    span: Span


def _day(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read(match: re.Match[str]) -> date | None:
    if match["y1"]:
        return _day(int(match["y1"]), int(match["m1"]), int(match["d1"]))
    if match["y2"]:
        return _day(int(match["y2"]), int(match["m2"]), int(match["d2"]))
    if match["y3"]:
        year = int(match["y3"])
        return _day(year + (2000 if year < CENTURY_PIVOT else 1900), int(match["m3"]), int(match["d3"]))
    return _day(int(match["y4"]), _MONTH_OF[match["m4"].lower()], int(match["d4"]))


def find_dates(text: str) -> tuple[FoundDate, ...]:
    """Return all German and ISO dates in order; impossible ones ("31.02.2023") are left out.

    Of two days in one ("15./16. Dezember 2020") the first counts.

    Month-first dates of KSD heads are not looked for: "04/05/2023" is a date in a head only.
    """
    found = []
    for match in _DATE.finditer(text):
        day = _read(match)
        if day is not None:
            found.append(FoundDate(day=day, span=Span(start=match.start(), end=match.end())))
    return tuple(found)


def first_date(text: str) -> date | None:
    """Return the first German or ISO date of `text`, None if it has none."""
    for match in _DATE.finditer(text):
        day = _read(match)
        if day is not None:
            return day
    return None


def find_stands(text: str) -> tuple[FoundStand, ...]:
    """Return all days, months ("Dezember 2021") and years ("2022") in order, each as exactly as it is written.

    Numbers of papers ("236/2023"), spans of years ("2024/2025", "2022–2026") and sums are none.
    """
    found = [FoundStand(stand=Stand(day=day.day), span=day.span) for day in find_dates(text)]
    for pattern, precision in ((_MONTH_YEAR, Precision.MONTH), (_YEAR, Precision.YEAR)):
        for match in pattern.finditer(text):
            if any(one.span.start < match.end() and match.start() < one.span.end for one in found):
                continue
            month = _MONTH_OF[match["month"].lower()] if precision is Precision.MONTH else 1
            stand = Stand(day=date(int(match["year"]), month, 1), precision=precision)
            found.append(FoundStand(stand=stand, span=Span(start=match.start(), end=match.end())))
    return tuple(sorted(found, key=lambda one: one.span.start))


def month_first_readings(text: str) -> tuple[date, ...]:
    """Read the first slashed date of a KSD head: month first, then, if possible, day first.

    Returns:
        Zero, one or two different dates, the more likely first. "04/05/2023" gives 5 April and
        4 May; "13/04/2023" only 13 April, for there is no thirteenth month.
    """
    match = _MONTH_FIRST.search(text)
    if match is None:
        return ()
    first, second, year = (int(group) for group in match.groups())
    readings = (_day(year, first, second), _day(year, second, first))
    return tuple(dict.fromkeys(day for day in readings if day is not None))
