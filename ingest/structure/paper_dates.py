"""Which of the dates in a head is the paper's own, and which is the session's.

Traps: KSD heads write month first ("04/05/2023" is 5 April), everybody else day first; the "vom" in
the head of an answer is the date of the motion that it answers; a protocol is signed weeks after its
session, and the session is what counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.dates import MONTH_NAME, find_stands, first_date, month_first_readings
from ingest.structure.bodies import body_in
from ingest.structure.consultation import Consultation
from ingest.structure.fields import Field
from ingest.structure.forms import Form
from ingest.structure.head_forms import FieldRole
from ingest.structure.lines import MAX_CHARS, Line
from ingest.structure.titles import is_greeting
from ingest.types import Kind, Stand

HEAD_LINES = 45
"""As far as `ingest.structure.forms` looks: the longest head seen has 38 lines before its text."""
STAND_LINES = 10
"""The line of a paper's own Stand is among its first nine in all of 1,401 papers of Karlsruhe that have one."""
ALONE_LINES = 8
"""As far a date without a word is the paper's own; further down it is that of a session or of what is told."""
EARLIEST_BEFORE_SESSION = timedelta(days=120)
"""A day-first reading replaces a month-first one only within this time before the session: nearly all
Stuttgart papers are dated at most four weeks before, budget papers up to four months."""

_DAY = (
    r"(?:\d{1,2}\.(?:\s?/\s?\d{1,2}\.)?\s?\d{1,2}\.\s?(?:\d{4}|\d{2}(?!\d))"
    rf"|\d{{1,2}}\.?(?:\s?/\s?\d{{1,2}}\.)?\s?(?:{MONTH_NAME})\.?\s\d{{4}})"
)
_SLASHED = r"\d{1,2}/\d{1,2}/\d{4}"
_WEEKDAY = r"(?:(?:Mon|Diens|Mitt|Donners|Frei|Sams|Sonn)\w*,?\s*(?:de[nm]\s+)?)?"
_PLACE = re.compile(rf"(?:^|\s)[A-ZÄÖÜ][\wäöüß-]+,\s*(?:den\s+|am\s+)?(?P<on>{_DAY}|{_SLASHED})\s*$", re.IGNORECASE)
_PLACE_ALONE = re.compile(r"(?:^|\s)(?:Stuttgart|Karlsruhe),$")
_TITLE_DATE = re.compile(
    rf"^[\w\säöü/-]*(?:antrag|anfrage)(?:\s+und\s+(?:antrag|anfrage))?\s+vom\s+(?P<on>{_SLASHED}|{_DAY})", re.IGNORECASE
)
_FROM = re.compile(rf"(?:^vom:?|fraktion\s+vom|\bvom)\s+(?P<on>{_DAY})\s*$", re.IGNORECASE)
_ADDRESSED = re.compile(r"An (?:den|die|das|alle)\b", re.IGNORECASE)
_RECEIVED = re.compile(rf"^(?:Eingang|eingegangen)(?:\s+am)?:?\s*(?P<on>{_DAY})", re.IGNORECASE)
_ALONE = re.compile(rf"^(?P<on>{_DAY})$", re.IGNORECASE)
_SESSION = re.compile(
    rf"(?:Sitzungstermin|Termin|Sitzungstag|^Sitzung\s+am(?=\s*:))\s*:?\s*{_WEEKDAY}(?P<on>{_DAY})", re.IGNORECASE
)
_SESSION_OF = re.compile(rf"sitzung\b.{{0,60}}?\b(?:am|vom)\s+{_WEEKDAY}(?P<on>{_DAY})", re.IGNORECASE)
_MOVER_FROM = re.compile(rf"(?:fraktion|\))\s+vom\s+(?P<on>{_DAY})", re.IGNORECASE)
_STAND = re.compile(
    rf"^\(?Stand\s*:?\s*(?:(?:vom|zum|ca\.|Anfang|Mitte|Ende)\s+)?(?:{_DAY}|(?:(?:{MONTH_NAME})\.?\s)?\d{{4}}(?:/\d{{2,4}})?)\s*\)?$",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"[^\W\d_]{3}\.$")
_STARTS = re.compile(rf"^(?:am\s+)?{_WEEKDAY}(?P<on>{_DAY})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDates:
    """What a head says about time.

    Attributes:
        own: the paper's own date; None for a protocol, whose day is its session's.
        session: the session that a protocol is of, or the first one that a paper is for.
        warnings: sentences for staff.
    """

    own: date | None
    session: date | None
    warnings: tuple[str, ...] = ()


def paper_dates(
    lines: Sequence[Line], form: Form, consultations: Sequence[Consultation], fields: Sequence[Field] = ()
) -> PaperDates:
    """Return the dates of a paper; `lines` are all of its lines, `fields` those of its head."""
    head = lines[:HEAD_LINES]
    days = sorted(consultation.day for consultation in consultations if consultation.day)
    if form.kind is Kind.PROTOCOL:
        return PaperDates(own=None, session=_protocol_day(head) or (days[0] if days else None))
    session = days[0] if days else None
    text = _own_text(head, form, fields)
    if text is None:
        return PaperDates(own=None, session=session)
    readings = month_first_readings(text)
    if not readings:
        return PaperDates(own=first_date(text), session=session)
    own, warnings = _plausible(readings, days)
    return PaperDates(own=own, session=session, warnings=warnings)


def is_stand(text: str) -> bool:
    """Tell whether a line is nothing but a Stand; with more behind it, it is text, and "2018/19" is no date."""
    return has_shape_of_stand(text) and bool(find_stands(text))


def has_shape_of_stand(text: str) -> bool:
    """Tell whether a line is written like a Stand, be there such a date or not: it is no title and no subject."""
    return _STAND.match(text) is not None


def stand_line(lines: Sequence[Line]) -> int | None:
    """Return the index of the line below the title that says the Stand ("Stand: Juni 2018"), None without one.

    Below a sentence stands the Stand of a table or of a figure, not the paper's.
    """
    return _first_above_text(lines, is_stand)


def title_end(lines: Sequence[Line]) -> int | None:
    """Return the index of the line that a title ends above: a Stand, even one whose date is none."""
    return _first_above_text(lines, has_shape_of_stand)


def _first_above_text(lines: Sequence[Line], is_meant: Callable[[str], bool]) -> int | None:
    """Return the first index below the first line that is meant, None if there is a sentence above it."""
    for i, line in enumerate(lines[:STAND_LINES]):
        if i and is_meant(line.text):
            return i
        if _SENTENCE_ENDS.search(line.text) or len(line.text) >= MAX_CHARS:
            return None
    return None


def stand_of(lines: Sequence[Line]) -> Stand | None:
    """Return the Stand that a paper gives itself; None without one, or if its date is impossible."""
    line = stand_line(lines)
    found = () if line is None else find_stands(lines[line].text)
    return found[0].stand if found else None


def _protocol_day(head: Sequence[Line]) -> date | None:
    """Return the day of the session, the surest field first, but no date that the debate names."""
    for pattern, reach in ((_SESSION, 20), (_STARTS, 12), (_SESSION_OF, 8)):
        for line in head[:reach]:
            match = pattern.search(line.text)
            if match:
                return first_date(match["on"])
    return first_date(" ".join(line.text for line in head[:2]))


def _own_text(head: Sequence[Line], form: Form, fields: Sequence[Field]) -> str | None:
    """Return the text of the paper's own date, the surest field first."""
    for i, line in enumerate(head):
        match = _PLACE.search(line.text)
        if match:
            return match["on"]
        if _PLACE_ALONE.search(line.text) and i + 1 < len(head):
            below = re.match(rf"{_SLASHED}|{_DAY}", head[i + 1].text, re.IGNORECASE)
            if below:
                return below.group()
    if form.answers:
        return None
    for pattern in (_TITLE_DATE, _FROM, _RECEIVED) if form.kind is Kind.MOTION else ():
        for line in head[:30]:
            match = pattern.search(line.text)
            if match:
                return match["on"]
    labelled = next((field.value for field in fields if _is_dated(field)), None)
    if labelled is not None or form.kind is not Kind.MOTION:
        is_letter = any(is_greeting(line.text) or _ADDRESSED.match(line.text) for line in head[:20])
        return labelled or (_date_alone(head[:ALONE_LINES]) if is_letter else None)
    wrapped = _MOVER_FROM.search(" ".join(line.text for line in head[:16]))
    return wrapped["on"] if wrapped else _date_alone(head[:14])


def _is_dated(field: Field) -> bool:
    """Tell whether a field says the paper's date: as such, or where its number is due (Session prints both there)."""
    return field.role in (FieldRole.DATE, FieldRole.NUMBER) and re.match(_DAY, field.value, re.IGNORECASE) is not None


def _date_alone(head: Sequence[Line]) -> str | None:
    """Return the date that a line of a letter's head consists of; below a committee it is that of a session."""
    for i, line in enumerate(head):
        match = _ALONE.match(line.text)
        above = head[i - 1].text if i else ""
        if match and body_in(above) is None and not above.endswith(":"):
            return match["on"]
    return None


def _plausible(readings: Sequence[date], days: Sequence[date]) -> tuple[date, tuple[str, ...]]:
    """Choose between month first and day first: a paper is not written after its last session."""
    month_first = readings[0]
    if len(readings) == 1 or not days or month_first <= days[-1]:
        return month_first, ()
    day_first = readings[1]
    if day_first <= days[-1] and days[-1] - day_first <= EARLIEST_BEFORE_SESSION:
        return day_first, (
            f"Das Datum im Kopf wurde als {day_first:%d.%m.%Y} gelesen (Tag zuerst), weil "
            f"{month_first:%d.%m.%Y} nach der letzten Sitzung läge.",
        )
    return month_first, ()
