"""The names in a question about papers: titles, numbers, groups, persons, committees, spans of time.

They are taken out first, each leaving a mark in its place, so that what is left are words that are known or not.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.question.bodies import bodies_in
from bot.question.period import period_in
from bot.question.types import Period
from ingest.factions import find_factions
from ingest.references import asked_references, normal_number
from ingest.types import Reference, ReferenceKind, Span

_TITLE = re.compile(r"„(?P<title>[^„“]{4,250})“|[“\"»](?P<other>[^„“”\"«»]{4,250})[”\"«]")
_PERSON = re.compile(
    r"\b(?:Stadtr[aä]t(?:in)?|StR(?:in|n)?\.?|Herrn?|Frau)\s+(?P<name>(?:Dr\.\s|Prof\.\s)*[A-ZÄÖÜ][\wäöüß-]+"
    r"(?:\s(?!Jahr)[A-ZÄÖÜ][\wäöüß-]+)?)"
)
_SPLIT_NUMBER = re.compile(
    r"\b(?:Nr\.?|Nummer)\s*(?P<count>\d{1,4})\s+(?:aus|von)\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
)
_POINT_NUMBERS = re.compile(
    r"\b(?:punkte?n?|ziffern?)\s+(?P<numbers>\d{1,2}(?:\s*(?:,|und|oder|bis)\s*\d{1,2})*)\b", re.IGNORECASE
)
_LIKE_YEARS = re.compile(
    r"\b(?:Antr\w+|Anfragen?|Vorlagen?|Drucksachen?)\s+(?:Nr\.?\s*)?(?P<number>(?P<year>20\d\d)/(?P<count>\d{4}))(?![\d/])"
)
"""Numbers of Karlsruhe that look like two years ("Anfrage 2022/2012"); "Anträge 2022/2023" are of two years."""
_ONLY_A_NUMBER = re.compile(r"\s*(?P<number>\d{1,4}\s?[/-]\s?(?:19|20)\d\d)\s*[?.!]?\s*")
_IS_ANSWERED = re.compile(
    r"\b(?:gibt|gab) es (?:(?:schon|bereits|inzwischen|eine) )*(?:Antwort|Stellungnahme|Reaktion) (?:auf|zum?r?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A question whose names were taken out, each with a mark in its place."""

    text: str
    references: tuple[Reference, ...] = ()
    factions: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    title: str = ""
    period: Period | None = None
    points: tuple[str, ...] = ()


def mark(text: str, today: dt.date) -> Marked:
    """Take the names out of a question: titles, numbers, groups, persons, committees, spans of time."""
    title = ""
    if quoted := _TITLE.search(text):
        title = (quoted["title"] or quoted["other"]).strip()
        text = _without(text, [(Span(start=quoted.start(), end=quoted.end()), "§title")])
    references = _references(text)
    text = _without(text, [(reference.span, "§ref") for reference in references])
    text = _IS_ANSWERED.sub(" beantwortet ", text)
    points = _point_numbers(text)
    text = _POINT_NUMBERS.sub(" Punkt ", text)
    found = find_factions(text)
    text = _without(text, [(span, "§faction") for _, span in found])
    persons = tuple(match["name"] for match in _PERSON.finditer(text))
    text = _PERSON.sub(" §person ", text)
    bodies = bodies_in(text)
    text = _without(text, [(span, "§body") for _, span in bodies])
    period = period_in(text, today)
    if period:
        text = _without(text, [(period.span, "§period")])
    return Marked(
        text=text,
        references=references,
        factions=tuple(dict.fromkeys(name for name, _ in found)),
        persons=persons,
        bodies=tuple(dict.fromkeys(name for name, _ in bodies)),
        title=title,
        period=period.period if period else None,
        points=points,
    )


def _references(text: str) -> tuple[Reference, ...]:
    """Return the papers named by number: also "Nr. 64 aus 2024", and "64/2024" where nothing else is said."""
    found = list(asked_references(text))
    if found:
        return tuple(found)
    for match in _SPLIT_NUMBER.finditer(text):
        found.append(_numbered(f"{int(match['count'])}/{match['year']}", match))
    for match in _LIKE_YEARS.finditer(text):
        if int(match["count"]) != int(match["year"]) + 1:
            found.append(_numbered(match["number"], match, "number"))
    if only := _ONLY_A_NUMBER.fullmatch(text):
        found.append(_numbered(normal_number(only["number"]), only))
    return tuple(found)


def _numbered(number: str, match: re.Match[str], group: str | int = 0) -> Reference:
    span = Span(start=match.start(group), end=match.end(group))
    return Reference(kind=ReferenceKind.UNKNOWN, number=number, label=match.group(group).strip(), span=span)


def _point_numbers(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for match in _POINT_NUMBERS.finditer(text):
        numbers = [int(number) for number in re.findall(r"\d+", match["numbers"])]
        if "bis" in match["numbers"] and len(numbers) == 2:
            numbers = list(range(numbers[0], numbers[1] + 1))
        found += map(str, numbers)
    return tuple(dict.fromkeys(found))


def _without(text: str, marks: Iterable[tuple[Span, str]]) -> str:
    for span, mark in sorted(marks, key=lambda pair: pair[0].start, reverse=True):
        text = f"{text[: span.start]} {mark} {text[span.end :]}"
    return text
