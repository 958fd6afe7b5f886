"""Who says a sentence of a protocol: a speech is its speaker's word, never the city's.

Works on the section the sentence stands in. A turn begins with its speaker, either as a label ("Stadtrat Beck (SPD):
Wir …", Karlsruhe) or told by the clerk ("StRin Ott (GRÜNE) fragt, ob …", Stuttgart), and runs until the next one,
over paragraphs without a name. An interjection in brackets belongs to whoever makes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.types import Document, Kind, SectionRole, Span

_SPOKEN = frozenset({SectionRole.DEBATE, SectionRole.BODY, SectionRole.REPORT})
"""Sections of a protocol in which somebody speaks; a decision or a vote is nobody's opinion."""

_TITLE = r"(?:(?:Prof|Dr|PD|Dipl|Ing|h|c|med|jur)\.?(?:-\w+\.?)?\s+)*"
_PARTICLE = r"(?:(?:von|van|de|der|den|zu|zur|vom)\s+)*"
_SURNAME = (
    rf"(?:[A-ZÄÖÜØÉ]\.\s+)?{_PARTICLE}[A-ZÄÖÜØÉ][\w'’´-]+(?:\s+{_PARTICLE}(?!Ich\b|Wir\b)[A-ZÄÖÜØÉ][\w'’´-]+){{0,2}}"
)
_OFFICE = (
    r"(?:(?:Alters)?[Ss]tadt(?:rat|rätin)|Ortschafts(?:rat|rätin)|Bezirksbei(?:rat|rätin)|Gemeinde(?:rat|rätin)"
    r"|StR(?:in)?\.?|OR(?:in)?|BM(?:in)?|EBM(?:in)?|OB(?:in)?|(?:Ober|Bau|Finanz|Sozial|Kultur|Schul)?[Bb]ürgermeister(?:in)?"
    r"|Erste[rn]?\s+Bürgermeister(?:in)?|Ortsvorsteher(?:in)?|Bezirksvorsteher(?:in)?|Beigeordnete[rn]?|Stadtverordnete[rn]?"
    r"|Ratsfrau|Ratsherr|Ratsmitglied|Stadtkämmerer(?:in)?|Herr|Frau)"
)
_CHAIR = (
    r"(?:Der|Die)\s+(?:Vorsitzende|Oberbürgermeister(?:in)?|Erste\s+Bürgermeister(?:in)?|Ortsvorsteher(?:in)?"
    r"|Bürgermeister(?:in)?|Altersvorsitzende)(?!\w)"
)
_GROUP = r"\s*(?:\((?P<group>[^()\n]{1,60})\)|/\s?(?P<slashed>[A-ZÄÖÜ][\w./|-]{1,25}))?"
_CHAIR_NAME = rf"(?:\s+{_TITLE}(?!Ich\b|Wir\b|Tages)[A-ZÄÖÜ][\wäöüß-]+(?=\s*[:(]))?"
_WHO = rf"(?P<who>{_CHAIR}{_CHAIR_NAME}|(?:(?:Herr|Frau)\s+)?{_OFFICE}\s+{_TITLE}{_SURNAME})"
_SAYS = (
    r"(?:sagt|erklärt|erläutert|führt|fragt|betont|bittet|dankt|bedankt|begrüßt|berichtet|teilt|weist|verweist|stellt|hält|sieht"
    r"|kritisiert|lobt|ergänzt|antwortet|erwidert|entgegnet|merkt|meint|findet|möchte|beantragt|schlägt|regt|ruft|eröffnet|gibt"
    r"|legt|macht|spricht|äußert|bemerkt|bestätigt|wünscht|fordert|befürwortet|unterstützt|signalisiert|kündigt|zeigt|informiert"
    r"|trägt|wendet|bezieht|geht|nimmt|schließt|plädiert|erinnert|erkundigt|hebt|lässt|unterbricht|greift|bringt|will|hofft"
    r"|wirft|vermisst|bedauert|moniert|appelliert|zitiert|vertritt|stimmt|lehnt|freut|bezweifelt|warnt|verliest)"
)
_LABEL = re.compile(rf"(?:\A|(?<=\n)|(?<=[.!?“\")]\s))[ \t–-]*{_WHO}{_GROUP}\s*:(?=\s)")
_TOLD = re.compile(rf"(?:\A|(?<=\n)|(?<=[.!?“\")]\s))[ \t]*{_WHO}{_GROUP}(?=(?P<says>,?\s+{_SAYS}\b)|\s)")
_INTERJECTED = re.compile(rf"\({_WHO}{_GROUP}\s*:[^()]*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """One speech: from its speaker's name to where the next begins."""

    speaker: str
    span: Span


def speaker_of(paper: Document, span: Span) -> str | None:
    """Return who says the sentence at `span` of a protocol's text, as the protocol names them; None if nobody does."""
    if paper.kind is not Kind.PROTOCOL:
        return None
    section = next((one for one in paper.sections if one.span.start <= span.start < one.span.end), None)
    if section is None or section.role not in _SPOKEN:
        return None
    return _speaker_at(section.span.of(paper.text), span.start - section.span.start)


def speakers_in(text: str) -> tuple[str, ...]:
    """Return the speakers of a stretch of debate in order, one a turn."""
    return tuple(turn.speaker for turn in _turns(text))


def _speaker_at(text: str, offset: int) -> str | None:
    for match in _INTERJECTED.finditer(text):
        if match.start() <= offset < match.end():
            return _named(match)
    for turn in reversed(_turns(text)):
        if turn.span.start <= offset < turn.span.end:
            return turn.speaker
    return None


def _turns(text: str) -> list[_Turn]:
    """Find the turns of a debate; where speeches are labelled, what is told counts only at the start of a line."""
    labels = {match.start("who"): match for match in _LABEL.finditer(text)}
    begun = dict(labels)
    for match in _TOLD.finditer(text):
        if match.start("who") not in begun and _is_told(text, match, labelled=bool(labels)):
            begun[match.start("who")] = match
    starts = sorted(begun)
    return [
        _Turn(speaker=_named(begun[start]), span=Span(start=start, end=end))
        for start, end in pairwise([*starts, len(text)])
    ]


def _is_told(text: str, match: re.Match[str], *, labelled: bool) -> bool:
    """Say whether a name that is no label opens a speech told by the clerk: it speaks, or its group is named."""
    before = text[: match.start("who")].rstrip(" \t")
    line_start = not before or before.endswith("\n")
    if labelled and not (line_start and match["who"].startswith(("Der ", "Die "))):
        return False
    if line_start and before.strip() and before.rstrip()[-1] not in '.!?:)“"–-' and not before.endswith("\n\n"):
        return False
    return bool(match["says"] or (match["group"] and not match["who"].startswith(("Herr ", "Frau "))))


def _named(match: re.Match[str]) -> str:
    group = match["group"] or match["slashed"]
    who = " ".join(match["who"].split())
    return f"{who} ({' '.join(group.split())})" if group else who
