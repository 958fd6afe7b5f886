"""The Beratungsfolge: which committee deals with a paper, when, for what, in public or not.

It comes in four shapes: a row each ("Gemeinderat 18.06.2024 27 Ö Kenntnisnahme"), column-wise as an
extracted table loses its rows (n bodies, n purposes, n kinds of session, n dates), all in one line
without separators, and as a block of labels followed by a block of values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.dates import MONTH_NAME, find_dates, first_date
from ingest.structure.bodies import body_in
from ingest.structure.lines import Line

HEAD_LINES = 60
"""A Beratungsfolge stands in the head; further down dates in tables are content."""
TABLE_GAP = 8
"""Lines between two rows: crosses, results and second lines of cells; more is the end of the table."""
MAX_ROW_REST = 60
"""Characters behind the date of a row: agenda item, crosses, purpose, result. More is prose with a date."""
SENTENCE_LINES = 20
"""Where a head without a table says "21. Sitzung des Gemeinderates am 21.02.2006"."""

PURPOSES = ("Vorberatung", "Beschlussfassung", "Beratung", "Einbringung", "Kenntnisnahme", "Entscheidung", "Anhörung")
_PURPOSE = re.compile("|".join(PURPOSES).replace("Beschlussfassung", "Beschlu(?:ss|ß)fassung"))
_PUBLIC = re.compile(r"(?P<not>nicht[\s-]?öffentlich|\bNÖ\b|\bN\b(?!\.))|(?P<yes>öffentlich|\bÖ\b)", re.IGNORECASE)
_TABLE = re.compile(
    r"Beratungsfolge\b|.*\bGremi(?:um|en)\b.*(?:Termin|Datum|Sitzung)|(?:\w+\s)?Datum\b.*\bGremi(?:um|en)\b"
)
_ROW_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}")
_PROSE_BEFORE = re.compile(r"\b(?:am|vom|seit|bis|zum|ab|der)\s*$")
_SESSION_AM = re.compile(
    r"(?:sitzung|Behandlung)\b.{0,60}?\bam:?\s+(?P<on>\d{1,2}\.\s?(?:\d{1,2}\.|\w{3,9})\s?\d{4})", re.IGNORECASE
)
_DAY = rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{MONTH_NAME})\s?\d{{4}}"
_ONE_ROW = re.compile(
    rf"[A-ZÄÖÜ][^\d.,:]{{2,60}}?[\s–-]+(?:(?:nicht\s?)?öffentlich[\s–-]+)?(?:am\s+)?(?P<on>{_DAY})$", re.IGNORECASE
)
_DECISION_OF = re.compile(rf".*\bBeschluss\s+de[rs]\s.{{5,90}}?\s+vom\s+(?P<on>{_DAY})", re.IGNORECASE)
_BLOCK_DATE = re.compile(r"(?:Termin:\s*)?(\d{1,2}\.\s?(?:\d{1,2}\.|[A-Z]\w+)\s?(?:\d{4}|\d{2}))(?:\s*,.*)?$")
_AGENDA = re.compile(r"^\s*,?\s*(?:TOP\s*)?(\d{1,3}(?:\.\d{1,2})*(?:\s?[a-w])?)(?=\s|$)")
_GLUED = re.compile(
    r"(?P<body>[A-ZÄÖÜ].{3,80}?)\s*(?P<purpose>Vorberatung|Beschlu(?:ss|ß)fassung|Beratung|Einbringung|Kenntnisnahme)\s*"
    r"(?P<public>nicht\s?öffentlich|öffentlich)\s*(?P<on>\d{1,2}\.\d{1,2}\.\d{4})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """One session that a paper is for.

    Attributes:
        body: in its one spelling.
        day: None where the field is empty or impossible ("10.12.1019").
        purpose: "Vorberatung", "Beschlussfassung" …, empty if not said.
        public: None where the form's cross cannot be told ("ö nö" with an x between the columns).
        agenda_item: number as written, empty if not said.
        line: 0-based index of the line that it ends in.
    """

    body: str
    day: date | None
    purpose: str = ""
    public: bool | None = None
    agenda_item: str = ""
    line: int = 0


def consultations_of(lines: Sequence[Line]) -> tuple[Consultation, ...]:
    """Return the Beratungsfolge in the order of the paper, empty if it has none."""
    head = lines[:HEAD_LINES]
    return _glued(head) or _columns(head) or _rows(head) or _block(head) or _sentence(head)


def _glued(head: Sequence[Line]) -> tuple[Consultation, ...]:
    found = []
    for i, line in enumerate(head):
        for match in _GLUED.finditer(line.text):
            body = body_in(match["body"])
            if body:
                found.append(
                    Consultation(
                        body=body,
                        day=first_date(match["on"]),
                        purpose=_purpose(match["purpose"]),
                        public=_public(match["public"]),
                        line=i,
                    )
                )
    return tuple(found)


def _columns(head: Sequence[Line]) -> tuple[Consultation, ...]:
    """Read n bodies, n purposes, n kinds of session, n dates; any other pattern is none of these."""
    for i in range(len(head)):
        n = 0
        while i + n < len(head) and _only_body(head[i + n].text):
            n += 1
        columns = [[line.text for line in head[i + k * n : i + (k + 1) * n]] for k in range(4)]
        if n == 0 or any(len(column) < n for column in columns):
            continue
        bodies, purposes, publics, days = columns
        fits = all(map(_PURPOSE.fullmatch, purposes)) and all(map(_PUBLIC.fullmatch, publics))
        if not fits:
            continue
        return tuple(
            Consultation(
                body=body_in(body) or body,
                day=first_date(day),
                purpose=_purpose(purpose),
                public=_public(public),
                line=i + 4 * n - 1,
            )
            for body, purpose, public, day in zip(bodies, purposes, publics, days, strict=True)
        )
    return ()


def _only_body(text: str) -> bool:
    body = body_in(text)
    return body is not None and len(text) <= len(body) + 3


def _rows(head: Sequence[Line]) -> tuple[Consultation, ...]:
    found: list[Consultation] = []
    table_end = 0
    for i, line in enumerate(head):
        if _TABLE.match(line.text):
            table_end = i + TABLE_GAP
        on = _ROW_DATE.search(line.text) if i < table_end else None
        if on is None or len(line.text) - on.end() > MAX_ROW_REST or _PROSE_BEFORE.search(line.text[: on.start()]):
            continue
        table_end = i + TABLE_GAP
        rest = line.text[on.end() :]
        body = body_in(rest) or _row_body(line.text[: on.start()].strip(), head[max(0, i - 2) : i])
        if body is None:
            continue
        agenda = _AGENDA.match(rest)
        found.append(
            Consultation(
                body=body,
                day=first_date(on.group()),
                purpose=_purpose(rest),
                public=_public(rest),
                agenda_item=agenda[1].replace(" ", "") if agenda else "",
                line=i,
            )
        )
    return tuple(found)


def _row_body(before: str, above: Sequence[Line]) -> str | None:
    """Return the body of a row: from its first cell, a cell that began lines above, or as misspelt there."""
    cell = before
    body = body_in(cell)
    for line in reversed(above):
        if body is not None or _has_date(line):
            break
        cell = f"{line.text} {cell}"
        body = body_in(cell)
    if body is None and re.fullmatch(r"[A-ZÄÖÜ][\wäöüß .-]{4,60}", before):
        return before.rstrip(" .")
    return body


def _has_date(line: Line) -> bool:
    return bool(find_dates(line.text))


def _block(head: Sequence[Line]) -> tuple[Consultation, ...]:
    """Read "Gremium: / Termin: / Vorlage Nr.: / TOP:" with the values behind any of the labels."""
    start = next((i for i, line in enumerate(head) if line.text.startswith("Gremium:")), None)
    if start is None:
        return ()
    body: str | None = None
    for i, line in enumerate(head[start : start + 14], start=start):
        body = body or body_in(line.text)
        dated = _BLOCK_DATE.match(line.text)
        if dated and body:
            after = " ".join(line.text for line in head[i + 1 : i + 8])
            public = re.search(r"(?:nicht\s?)?öffentlich\b", after, re.IGNORECASE)
            return (
                Consultation(
                    body=body, day=first_date(dated[1]), public=_public(public.group()) if public else None, line=i
                ),
            )
    return ()


def _sentence(head: Sequence[Line]) -> tuple[Consultation, ...]:
    """Read the one session that a head without a table names: in a sentence, or beside or below the committee."""
    for i, line in enumerate(head[:SENTENCE_LINES]):
        above = head[i - 1].text if i else ""
        match = _SESSION_AM.search(line.text) or _ONE_ROW.match(line.text) or _DECISION_OF.match(f"{above} {line.text}")
        if match is None:
            continue
        body = next(filter(None, map(body_in, (_lower(match.group()), _lower(line.text), _lower(above)))), None)
        if body:
            return (Consultation(body=body, day=first_date(match["on"]), line=i),)
    return ()


def _lower(text: str) -> str:
    return text.title() if text.isupper() else text


def _purpose(text: str) -> str:
    match = _PURPOSE.search(text)
    return match.group().replace("ß", "ss") if match else ""


def _public(text: str) -> bool | None:
    match = _PUBLIC.search(text)
    return None if match is None else match["yes"] is not None
