"""Spans of time in a question: "2024", "seit 2020", "letztes Jahr", "13.5.25", "zwischen März 2019 und Mai 2020".

Pure: what "last year" is, the caller says with today's date.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from bot.question.types import Period
from ingest.dates import find_stands
from ingest.types import Precision, Span, Stand

_SINCE = r"seit|ab|nach|since|after"
_UNTIL = r"bis|vor|until|before"
_LEAD = re.compile(
    rf"\b(?:(?P<since>{_SINCE})|(?P<until>{_UNTIL})|(?P<between>zwischen|von|between|from)"
    r"|(?:vo[mn]|am|im|in|aus|für|des|of|on|during))"
    r"(?:\s+(?:(?:einschließlich|zum|dem|den|der|Anfang|Mitte|Ende|Beginn)|(?:[Jj]ahre?s?|[Mm]onats?)))*\s*$",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:bis(?:\s+(?:zum|Ende))?|und|[-–/]|to|and)\s*$", re.IGNORECASE)
_NUMBERS = {"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "zehn": 10, "two": 2, "three": 3, "five": 5}
_LAST = r"letzt|vorig|vergangen"
_RELATIVE = re.compile(
    rf"\b(?:(?:im|in|vom|aus|seit)\s+)?(?:d(?:em|en|es|as)\s+)?(?:"
    rf"(?P<last_year>(?:{_LAST})e[nms]?\s+jahre?s?\b|vorjahre?s?\b|last\s+year\b)"
    r"|(?P<this_year>(?:diese[ms]|laufende[ns])\s+jahre?s?\b|heuer\b|this\s+year\b)"
    rf"|(?P<last_month>(?:{_LAST})e[nms]?\s+monats?\b)|(?P<this_month>diese[nms]\s+monats?\b)"
    rf"|(?:{_LAST})en\s+(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?P<unit>jahren?|monaten?|wochen)\b"
    r")",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:im\s+)?(?:(?P<nth>ersten|zweiten|dritten|vierten|[1-4]\.)\s*(?P<part>halbjahr|quartal))"
    r"\s+(?:des\s+jahres\s+)?(?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?<![\w/.,-])(?P<one>(?:19|20)\d\d)\s*(?:[-–/]|\bbis\b|\bund\b)\s*(?P<other>(?:19|20)\d\d)(?![\w/.-]*\d)"
)
_ORDER = {"ersten": 1, "zweiten": 2, "dritten": 3, "vierten": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A span of time and what of the text says it, prepositions with it."""

    period: Period
    span: Span


def period_in(text: str, today: dt.date) -> Found | None:
    """Return the span of time that a question names, None where it names none or several that do not belong together.

    Numbers of papers must have been taken out of the text: "91/2024" names no year.
    """
    for read in (_relative, _part_of_year, _written):
        if found := read(text, today):
            return found
    return None


def _relative(text: str, today: dt.date) -> Found | None:
    match = _RELATIVE.search(text)
    if match is None:
        return None
    if match["last_year"]:
        period = _year(today.year - 1)
    elif match["this_year"]:
        period = _year(today.year)
    elif match["this_month"]:
        period = _month(today.year, today.month)
    elif match["last_month"]:
        before = today.replace(day=1) - dt.timedelta(days=1)
        period = _month(before.year, before.month)
    else:
        count = int(match["count"]) if match["count"].isdigit() else _NUMBERS[match["count"].lower()]
        days = {"j": 365.25, "m": 30.44, "w": 7}[match["unit"][0].lower()] * count
        period = Period(first=today - dt.timedelta(days=round(days)), last=today)
    if period.first and match.group().lower().startswith("seit"):
        period = Period(first=period.first, last=None)
    return Found(period=period, span=Span(start=match.start(), end=match.end()))


def _part_of_year(text: str, today: dt.date) -> Found | None:
    match = _PART.search(text)
    if match is None:
        return None
    nth = _ORDER.get(match["nth"].lower()) or int(match["nth"][0])
    months = 6 if match["part"].lower() == "halbjahr" else 3
    if nth * months > 12:
        return None
    year, last = int(match["year"]), nth * months
    period = Period(first=dt.date(year, last - months + 1, 1), last=_month(year, last).last)
    return Found(period=period, span=Span(start=match.start(), end=match.end()))


def _written(text: str, today: dt.date) -> Found | None:
    if pair := _PAIR.search(text):
        one, other = int(pair["one"]), int(pair["other"])
        lead = _LEAD.search(text[: pair.start()])
        start = lead.start() if lead else pair.start()
        if "und" in pair.group() and other != one + 1 and not (lead and lead["between"]):
            return None  # two years, and nothing between them
        period = Period(first=dt.date(one, 1, 1), last=dt.date(other, 12, 31))
        return Found(period=period, span=Span(start=start, end=pair.end())) if one < other else None
    stands = find_stands(text)
    if not 1 <= len(stands) <= 2:
        return None
    lead = _LEAD.search(text[: stands[0].span.start])
    start = lead.start() if lead else stands[0].span.start
    span = Span(start=start, end=stands[-1].span.end)
    first, last = _whole(stands[0].stand), _whole(stands[-1].stand)
    if len(stands) == 2:
        joined = _TO.fullmatch(text[stands[0].span.end : stands[1].span.start])
        return Found(period=Period(first=first.first, last=last.last), span=span) if joined else None
    if lead and lead["since"]:
        after = lead["since"].lower() in ("nach", "after")
        return Found(period=Period(first=_next(first.last) if after else first.first, last=None), span=span)
    if lead and lead["until"]:
        before = lead["until"].lower() in ("vor", "before")
        return Found(period=Period(first=None, last=_before(first.first) if before else first.last), span=span)
    return Found(period=first, span=span)


def _whole(stand: Stand) -> Period:
    match stand.precision:
        case Precision.DAY:
            return Period(first=stand.day, last=stand.day)
        case Precision.MONTH:
            return _month(stand.day.year, stand.day.month)
        case Precision.YEAR:
            return _year(stand.day.year)


def _year(year: int) -> Period:
    return Period(first=dt.date(year, 1, 1), last=dt.date(year, 12, 31))


def _month(year: int, month: int) -> Period:
    return Period(first=dt.date(year, month, 1), last=dt.date(year, month, calendar.monthrange(year, month)[1]))


def _next(day: dt.date | None) -> dt.date | None:
    return day + dt.timedelta(days=1) if day else None


def _before(day: dt.date | None) -> dt.date | None:
    return day - dt.timedelta(days=1) if day else None
