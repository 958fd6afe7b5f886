"""The numbered requests and questions of a motion.

Numbers are kept as written and never trusted: real inquiries count 1, 2, 3, 3, 4, 5. What counts is
the position. Bullets, letters and nested numbers belong to the point above them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.dates import MONTH_NAME
from ingest.structure.lines import Line, fold
from ingest.structure.markers import is_request_formula, role_of_line
from ingest.types import Kind, Point, Section, SectionRole, Span

MAX_HEADING_WORDS = 12
"""Longest real heading of a point: nine words ("Digitalisierungsstrategie des Amtes für … und IT:")."""
MAX_POINTS = 60
"""Bounds what a hostile list costs; no motion asks for so much."""
MAX_STEP = 2
"""One missing number is a slip; a larger step is a number at the start of a wrapped line."""

_NUMBERED = re.compile(
    rf"^\(?(?P<number>\d{{1,2}}[a-z]?)\s?(?:\.\)|\)|\.(?!\d)|:(?=\s))\s*(?!(?i:{MONTH_NAME})\b)(?P<text>\S.*)?$"
)
_LETTERED = re.compile(r"^\(?(?P<number>[A-Ha-h])\s?(?:\.\)|\)|\.(?=\s))\s*(?P<text>\S.*)$")
_QUESTION = re.compile(r"^(?:Frage|Punkt)\s+(?P<number>\d{1,2})\s*:?\s*(?P<text>.*)$")
_BARE = re.compile(r"^(?P<number>\d{1,2})\s+(?P<text>[A-ZÄÖÜ]\S*\s.*)$")
_BULLET = re.compile(r"^(?:[-–•*▪◦o\uf0b7\uf0a7]|\uf02d)\s+\S|^\s*$")
_FINITE = re.compile(
    r"\b(?:wird|werden|wurde|soll|sollen|möge|mögen|ist|sind|hat|haben|prüft|stellt|berichtet|legt|fragen|bitten|beantragen|gibt|wie|was|wann|welche\w*)\b",
    re.IGNORECASE,
)
_FORM_AGAIN = re.compile(
    r"^(?:(?:doppel|nachtrags)?haushalt(?:splan)?\s*20\d\d|seite\s*-?\s*\d|\W*weitere\s+angaben$)", re.IGNORECASE
)
"""Running head of the second page of a budget form, and the box behind its request."""
_SENTENCE_END = re.compile(r"[.!?:;]\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """A line that begins a point.

    Attributes:
        line: index into the lines of the paper.
        text: what stands behind the number on that line.
    """

    line: int
    number: str
    text: str


def first_point(lines: Sequence[Line], start: int) -> int | None:
    """Return the first line from `start` on that begins a numbered list, None if there is none."""
    for i in range(start, len(lines)):
        if role_of_line(lines[i].text, Kind.MOTION) in (SectionRole.REASONS, SectionRole.CLOSING):
            return None
        mark = _mark(lines[i], i)
        if mark and (mark.number in ("1", "A") or (i == start and mark.number not in ("o", "b"))):
            return i
    return None


def points_of(
    text: str, lines: Sequence[Line], sections: Sequence[Section], subject: str
) -> tuple[tuple[Point, ...], int | None]:
    """Return the points of a motion, and where its last one ends if text without a point follows it.

    A request without any number is one point "1". Points of several lists (a motion that also asks)
    are counted through by position. A paper without any request has the questions that it counts; one that
    asks for nothing in words (a budget form with amounts only, or reasons alone) asks for its subject.
    """
    requests = [section for section in sections if section.role is SectionRole.REQUEST]
    points, end_of_last = _listed(text, lines, requests)
    if not requests:
        points = [point for point in _listed(text, lines, sections)[0] if point.text.endswith("?")]
    if points:
        return tuple(points[:MAX_POINTS]), end_of_last
    single = _whole(text, lines, requests) or _subject(text, subject)
    return ((single,) if single else ()), None


def _listed(text: str, lines: Sequence[Line], within: Sequence[Section]) -> tuple[list[Point], int | None]:
    """Return what sections count, and where the last point ends if text without a point follows it."""
    points: list[Point] = []
    end_of_last: int | None = None
    for section in within:
        inside = [i for i, line in enumerate(lines) if section.span.start <= line.start < section.span.end]
        marks = _marks(lines, inside) or _bare_marks(lines, inside)
        for n, mark in enumerate(marks):
            stop = marks[n + 1].line if n + 1 < len(marks) else _last_line(lines, mark, inside[-1] + 1)
            points.append(_point(text, lines[mark.line : stop], mark, len(points) + 1))
        if marks and points[-1].span.end < lines[inside[-1]].start:
            end_of_last = points[-1].span.end
    return points, end_of_last


def _mark(line: Line, i: int) -> _Mark | None:
    match = _NUMBERED.match(line.text) or _QUESTION.match(line.text) or _LETTERED.match(line.text)
    return _Mark(line=i, number=match["number"], text=match["text"] or "") if match else None


def _marks(lines: Sequence[Line], inside: Sequence[int]) -> list[_Mark]:
    """Return the lines that begin points: one list of numbers, or of letters if there are no numbers."""
    found = [mark for i in inside if (mark := _mark(lines[i], i)) is not None]
    letters = [mark for mark in found if mark.number.isupper()]
    lettered = len(letters) > 1 and found[0] is letters[0] and letters[0].number == "A"
    numbers = letters if lettered else [mark for mark in found if mark.number[0].isdigit()]
    if numbers and not any(_value(mark) == 1 for mark in numbers):
        # A supplement goes on counting ("4. …", "5. …"); a single larger number is a wrapped line.
        follows = len(numbers) > 1 and _value(numbers[1]) == _value(numbers[0]) + 1
        return numbers if follows else []
    kept: list[_Mark] = []
    nested = 0
    marks = numbers or found
    for n, mark in enumerate(marks):
        above = lines[mark.line - 1].text if mark.line else ""
        value, last = _value(mark), _value(kept[-1]) if kept else 0
        fresh = lines[mark.line].gap > 1 or _SENTENCE_END.search(above) is not None
        if not kept:
            if value == 1 or (not numbers and value <= 2):
                kept.append(mark)
        elif nested and value == nested + 1 and (value != last + 1 or any(_value(m) == value for m in marks[n + 1 :])):
            nested = value
        elif value == 1 and fresh:
            if above.endswith(":") and lines[mark.line].gap <= 2 and not is_request_formula(above):
                nested = 1
            else:
                kept.append(mark)
        elif value == last + 1 or (last <= value <= last + MAX_STEP and fresh):
            kept.append(mark)
            nested = 0
    return kept


def _bare_marks(lines: Sequence[Line], inside: Sequence[int]) -> list[_Mark]:
    """Return the lines that count without dot or bracket ("1 Waren der Stadt …"), each behind a blank line.

    Nothing but the whole list 1, 2, … counts as one: a number at the start of a line is mostly an amount.
    """
    found = [
        _Mark(line=i, number=match["number"], text=match["text"])
        for i in inside
        if (match := _BARE.match(lines[i].text)) and (lines[i].gap > 1 or i == inside[0])
    ]
    counts = [_value(mark) for mark in found] == list(range(1, len(found) + 1))
    return found if counts and len(found) > 1 else []


def _value(mark: _Mark) -> int:
    digits = re.match(r"\d+", mark.number)
    return int(digits.group()) if digits else ord(mark.number.lower()) - ord("a") + 1


def _last_line(lines: Sequence[Line], mark: _Mark, stop: int) -> int:
    """Return the line behind the last point: its paragraph, and what a colon or a bullet adds to it."""
    open_list = lines[mark.line].text.rstrip().endswith(":")
    for i in range(mark.line + 1, stop):
        line, above = lines[i], lines[i - 1].text
        if i == mark.line + 1 and not mark.text.strip():
            continue  # a number alone on its line: what it counts stands below
        if above.endswith(":"):
            open_list = True
        is_bullet = _BULLET.match(line.text) is not None or _LETTERED.match(line.text) is not None
        wrapped = not _SENTENCE_END.search(above)
        if line.gap <= 1 or is_bullet or above.endswith(":") or (wrapped and line.text[:1].islower()):
            continue
        if open_list and line.gap <= 2 and _BULLET.match(above):
            continue
        return i
    return stop


def _point(text: str, lines: Sequence[Line], mark: _Mark, position: int) -> Point:
    heading = mark.text.rstrip()
    is_heading = heading.endswith(":") and len(heading.split()) <= MAX_HEADING_WORDS and not _FINITE.search(heading)
    prefix = lines[0].text.removesuffix(mark.text)
    body = fold(re.sub(r"_{4,}", " ", text[lines[0].start : lines[-1].end])).removeprefix(prefix).lstrip()
    return Point(
        position=position,
        number=mark.number,
        heading=heading.rstrip(": ") if is_heading and len(lines) > 1 else "",
        text=re.sub(r"(?<=[a-zäöüß])-\s(?=[a-zäöüß]{2,})(?!(?:und|oder|bzw)\b)", "", body),
        span=Span(start=lines[0].start, end=lines[-1].end),
    )


def _whole(text: str, lines: Sequence[Line], requests: Sequence[Section]) -> Point | None:
    """Return a request that counts nothing as its only point, without the formula that leads to it."""
    for request in requests:
        inside = [line for line in lines if request.span.start <= line.start < request.span.end]
        form = next((n for n, line in enumerate(inside) if _FORM_AGAIN.match(line.text)), None)
        inside = inside[:form]
        while inside and is_request_formula(inside[0].text) and (len(inside) > 1 or form is not None):
            inside = inside[1:]
        if inside:
            stop = next((n for n, line in enumerate(inside) if n and line.gap > 2), len(inside))
            return _point(text, inside[:stop], _Mark(line=0, number="1", text=inside[0].text), 1)
    return None


def _subject(text: str, subject: str) -> Point | None:
    """Return the subject, where it stands in the text, as the only point."""
    words = r"\s+".join(map(re.escape, subject.split()))
    match = re.search(rf"[\"„»]?{words}[^\n\f]*", text) if subject else None
    if match is None:
        return None
    span = Span(start=match.start(), end=match.end())
    return Point(position=1, number="1", heading="", text=fold(match.group()), span=span)
