"""Agenda items of a session, as the headings of a protocol name them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.structure.lines import Line, fold

MAX_TITLE_LINES = 8
"""A title of five lines is the longest seen; what follows further down is no title."""

_ITEM = re.compile(
    r"^(?:Punkt\s+(?P<number>\d{1,3}(?:\.\d{1,3})*\s?[a-z]?)\s+der\s+Tagesordnung"
    r"|(?:TOP|Tagesordnungspunkt)\s+(?P<top>\d{1,3}(?:\.\d{1,3})*\s?[a-z]?))\s*(?::|\s[–-]\s)\s*(?P<title>.*)$"
)
_BUDGET_ITEM = re.compile(
    r"^(?:Antrag|Anfrage)\s+(?P<number>\d{1,3}(?:\.\d{1,4})*)\s+\(Seite[^)]*\)\s*:\s*(?P<title>.*)$"
)
_STUTTGART = re.compile(r"^TOP\s*:\s*(?P<inline>\d{1,3}[a-z]?)?$")
_TITLE_END = re.compile(
    r"^(?:Vorlage|Vorlagen-Nr|dazu|hierzu|Beschluss\b|Abstimmung|Interfraktionell|Gemeinsame|Drucksache"
    r"|(?:Änderungs|Ergänzungs|Dringlichkeits)?-?(?:[Aa]ntrag|[Aa]nfrage)(?:\s*:|\s+de[rs]\s|\s+von\s))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemHead:
    """The heading of an agenda item.

    Attributes:
        first: 0-based index of its first line.
        last: index of the last line of its title.
    """

    number: str
    title: str
    first: int
    last: int


def item_heads(lines: Sequence[Line]) -> tuple[ItemHead, ...]:
    """Return the headings of agenda items in the order of the protocol.

    A mention in the debate ("TOP 22 der Gemeinderatssitzung") is none: a heading begins its line and
    has a colon or a dash behind its number.
    """
    found = []
    for i, line in enumerate(lines):
        match = _ITEM.match(line.text)
        if match:
            number = (match["number"] or match["top"]).replace(" ", "")
            title, last = _title(lines, i, match["title"])
            found.append(ItemHead(number=number, title=title, first=i, last=last))
    return tuple(found) or _stuttgart(lines)


def budget_titles(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return what the motions of a budget debate are about ("Antrag 1.185 (Seite 270): …")."""
    found = []
    for i, line in enumerate(lines):
        match = _BUDGET_ITEM.match(line.text)
        if match:
            found.append(re.sub(r"\s*\([^()]*\)$", "", _title(lines, i, match["title"])[0]))
    return tuple(dict.fromkeys(found))


def _title(lines: Sequence[Line], first: int, begun: str) -> tuple[str, int]:
    parts = [begun] if begun else []
    last = first
    for i in range(first + 1, min(first + MAX_TITLE_LINES, len(lines))):
        line = lines[i]
        if line.gap > 1 or _TITLE_END.match(line.text) or _ITEM.match(line.text) or _BUDGET_ITEM.match(line.text):
            break
        if parts and parts[-1].endswith("-") and line.text[:1].islower():
            parts[-1] = parts[-1][:-1] + line.text
        else:
            parts.append(line.text)
        last = i
    return fold(" ".join(parts)), last


def _stuttgart(lines: Sequence[Line]) -> tuple[ItemHead, ...]:
    """Read the one item of a Stuttgart protocol: labels first, then protocol number, then TOP."""
    for i, line in enumerate(lines[:12]):
        match = _STUTTGART.match(line.text)
        if match is None:
            continue
        values = [below.text for below in lines[i + 1 : i + 3]]
        plain = [text for text in values if re.fullmatch(r"\d{1,4}(?:/HH)?|\d{1,3}[a-z]", text)]
        number = match["inline"] or (plain[1] if len(plain) == 2 else plain[0] if plain else None)
        if number is None:
            return ()
        return (ItemHead(number=number, title="", first=0, last=i),)
    return ()
