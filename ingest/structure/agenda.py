"""Agenda items of a session, as the headings of a protocol name them."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.structure.head_forms import words
from ingest.structure.lines import Line, fold
from ingest.structure.markers import is_speaker
from ingest.structure.titles import is_sentence

MAX_TITLE_LINES = 8
"""A title of five lines is the longest seen; what follows further down is no title."""

_COUNTER = r"\d{1,3}(?:\.\d{1,3})*(?:\s?[a-z](?![\w.]))?"
_ITEM = re.compile(
    rf"^(?:(?:[Zz]u\s+)?Punkt\s+(?P<punkt>{_COUNTER})\s+der\s+Tagesordnung(?:\s*:|\s+[–-]\s)"
    rf"|(?:[Zz]u\s+)?(?:TOP|Tagesordnungspunkt)\s+(?P<top>{_COUNTER})\.?(?:\s*:|\s+[–-]\s|\s+(?=[A-ZÄÖÜ„]))"
    rf"|(?:Ö|N|NÖ|zu)\s?(?P<allris>{_COUNTER})\s+(?=[A-ZÄÖÜ„])|§\s?(?P<paragraph>\d{{1,3}})$)\s*(?P<title>.*)$"
)
_WORD = re.compile(r"(?:zu\s+)?(?:Punkt|TOP|Tagesordnungspunkt|§)", re.IGNORECASE)
MAX_PLAIN_CHARS = 160
"""A longer line without colon or dash behind the number is a sentence."""
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

    A mention in the debate ("TOP 22 der Gemeinderatssitzung") is none: a heading begins its line, and what follows its
    number is a title. Of a list of all items and the items themselves the latter count.
    """
    found = []
    for i, line in enumerate(lines):
        match = _ITEM.match(line.text)
        if match and not (
            is_sentence(match["title"]) or (len(line.text) > MAX_PLAIN_CHARS and ":" not in line.text[:30])
        ):
            number = next(filter(None, match.groups())).replace(" ", "")
            title, last = _title(lines, i, match["title"])
            found.append(ItemHead(number=number, title=title, first=i, last=last))
    if not any(head.number == "1" for head in found):  # only a whole session counts its items without a word
        found = [head for head in found if _WORD.match(lines[head.first].text)]
    later = {(head.number, head.title): head.first for head in found}
    return tuple(head for head in found if later[head.number, head.title] == head.first) or _stuttgart(lines)


@functools.lru_cache(maxsize=1)
def _formality() -> re.Pattern[str]:
    return re.compile(words("protocol", "formality"), re.IGNORECASE)


def is_formality(title: str) -> bool:
    """Tell whether only a whole session has such an item ("Eröffnung", "Einwohnerfragestunde")."""
    return _formality().match(title) is not None


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
        if (line.gap > 1 and parts) or _TITLE_END.match(line.text) or _ITEM.match(line.text):
            break
        if _BUDGET_ITEM.match(line.text) or (parts and (is_speaker(line.text) or is_sentence(line.text))):
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
