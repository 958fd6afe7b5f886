"""A Beratungsfolge: rows and columns about sessions. A preliminary non-public committee makes no paper non-public.

Only where every session of the list is non-public, one of them decides, and nothing in it is unread, the list says
that the paper is never dealt with in public.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.visibility.spelling import PUBLIC, SIGN

MAX_GAP = 2
"""Short lines within a table that are no cell that is known: results, second halves of a committee's name."""
MAX_CELL = 60

_HEADING = re.compile(
    r"^\W*(?:vorgesehene\s+|bisherige\s+)?(?:Beratungs(?:folge|gang|weg|reihenfolge|verlauf|gremi\w+)|Sitzungsfolge|Gremienfolge|Behandlung\s+in\s+den\s+Gremien)\b"
    r"|^\W*Gremi(?:um|en)\b(?!\s*:\s*\w).*(?:Termin|Datum|Sitzung|Status|TOP|Zuständig|Öffentlich)"
    r"|\bö\s+nö\b|\bTOPönö",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b\d{1,2}\.\s?(?:\d{1,2}\.|[A-Z][a-zä]+)\s?\d{2,4}\b|\b\d{4}-\d\d-\d\d\b")
_PURPOSE = re.compile(
    r"\b(?:Vorberatung|Vorberatend|Beschlu(?:ss|ß)(?:fassung|empfehlung)?|Beratung|Einbringung|Kenntnisnahme|Entscheidung|Anhörung|Empfehlung"
    r"|beratend|beschließend|vorberaten|Information|Vorberatung im)\b",
    re.IGNORECASE,
)
_DECIDES = re.compile(r"\b(?:Entscheidung|Beschlu(?:ss|ß)(?:fassung)?|beschließend|Entscheidend)\b", re.IGNORECASE)
_COMMITTEE = re.compile(
    r"\b(?:\w*(?:ausschu(?:ss|ß)|rat|vertretung|kreistag|senat|magistrat|versammlung|kommission|bezirksamt|fraktion\w*)|[A-ZÄÖÜ]{2,4}A)(?:e?s)?\b",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"^\W*(?:ö|n|nö|x|☒|☐|☑|\d{1,3}(?:\.\d+)?|ja|nein|offen|ungeändert\s+\w+|zugestimmt|einstimmig)\W*$", re.IGNORECASE
)
_LABEL = re.compile(
    r"^\W*(?:Betreff|Beschluss(?:vorschlag|antrag)|Beschlußvorschlag|Sachverhalt|Begründung|Antrag|Erläuterung\w*|Anlagen?|Finanz\w*|Kurzfassung|Der\s|Die\s)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"^\W*(?:\d+\.\s*)?\w*(?:sitzung|niederschrift|protokoll|einladung|vorlage|tagesordnung|auszug)\b", re.IGNORECASE
)


def sessions_in(lines: Sequence[str]) -> frozenset[int]:
    """Return the 0-based numbers of the lines that are rows or cells of a Beratungsfolge.

    Args:
        lines: of the head, as `spelling.spelled` gives them.
    """
    found: set[int] = {i for i, line in enumerate(lines) if _is_whole_row(line)}
    i = 0
    while i < len(lines):
        if not _HEADING.search(lines[i]) and not _is_column_head(lines, i):
            i += 1
            continue
        found.add(i)
        i, gap = i + 1, 0
        while i < len(lines) and gap <= MAX_GAP and not _LABEL.match(lines[i]):
            if _is_cell(lines, i):
                found.add(i)
                gap = 0
            elif len(lines[i]) > MAX_CELL:
                break
            else:
                gap += 1
            i += 1
    return frozenset(found)


def decided_behind_closed_doors(lines: Sequence[str], rows: frozenset[int]) -> str:
    """Return the row in which a list of non-public sessions decides; empty if one session is public or unread."""
    dated = [lines[i] for i in sorted(rows) if _DATE.search(lines[i])]
    if any(not SIGN.search(row) and not re.search(r"(?<!\w)N(?!\w)", row) for row in dated):
        return ""
    if names_a_public_session(lines, rows):
        return ""
    return next((row for row in dated if _DECIDES.search(row)), "")


def names_a_public_session(lines: Sequence[str], rows: frozenset[int]) -> bool:
    """Tell whether a row of a Beratungsfolge is about a public session."""
    return any(
        PUBLIC.search(lines[i]) or re.search(r"(?<!\w)ö(?!\w)", lines[i], re.IGNORECASE)
        for i in rows
        if not _HEADING.search(lines[i])
    )


def _is_column_head(lines: Sequence[str], i: int) -> bool:
    """Tell whether a line begins the head of a table set one word a line: "Gremium", "Termin", "TOP"."""
    return (
        i + 1 < len(lines)
        and bool(re.fullmatch(r"\W*Gremi(?:um|en)\W*", lines[i]))
        and bool(re.match(r"\W*(?:Termin|Datum|Sitzung|Status|TOP|Zuständig|Öffentl)", lines[i + 1]))
    )


def _is_whole_row(line: str) -> bool:
    has_body = bool(_COMMITTEE.search(line))
    return (
        has_body
        and len(line) < 2 * MAX_CELL
        and not _TITLE.match(line)
        and bool(_PURPOSE.search(line))
        and bool(_DATE.search(line))
    )


def _is_cell(lines: Sequence[str], i: int) -> bool:
    line = lines[i]
    if len(line) > 2 * MAX_CELL:
        return False
    if _DATE.search(line) or _PURPOSE.search(line) or _STATUS.match(line):
        return True
    if (
        SIGN.search(line)
        and line.upper() == line
        and i
        and lines[i - 1].upper() != lines[i - 1]
        and not _COMMITTEE.search(line)
    ):
        return False  # a banner behind the table
    return bool(_COMMITTEE.search(line) or SIGN.search(line) or PUBLIC.match(line.strip()))
