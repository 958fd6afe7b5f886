"""The headings of council forms and what stands below them.

One table for Stuttgart and Karlsruhe: a heading is a line of its own (a few may carry their text on
the same line). What it means depends on the kind of paper: "Beschluss:" is the decision in a
protocol, and what is asked for in a Vorlage.
"""

from __future__ import annotations

import re

from ingest.types import Kind, SectionRole

MAX_HEADING_CHARS = 90
"""The longest heading seen has 74 characters; a longer line is text."""

GLYPHS = "\uf07d\uf075\uf0d8\uf0b7\uf0a7▪• "
"""What symbol fonts leave in front of a heading (budget motions mark theirs with an arrow)."""
_REQUEST_FORMULA = re.compile(
    r"\b[Ww]ir\s+(?:\w+\s+){0,4}?(?:beantragen|fragen|bitten)\b|\bbeantrag(?:t|en)\b[^.?!]{0,60}:?$|\bstell(?:en|t)\b.{0,60}\bAntrag\b"
    r"|^Die\s+(?:Stadt)?[Vv]erwaltung\s+(?:möge|wird\s+(?:gebeten|beauftragt))|\bmöge\s+(?:prüfen|beschließen|berichten|darlegen)"
    r"|\b(?:nach)?folgende[rn]?\s+(?:Antrag|Fragen|Anfrage)\b|^(?:Es\s+)?ergeben\s+sich\s+(?:für\s+uns\s+)?folgende\s+Fragen"
    r"|\bmöge\s+(?:\w+\s+){0,3}(?:Beschluss\s+fassen|beschließen)\s*:?$"
    r"|^Konzeption,\s+Ziele,\s+Maßnahmen,\s+Kennzahlen"
)
MAX_FORMULA_CHARS = 50
"""A formula without a colon is short ("Wir beantragen"); anything longer asks for something itself."""
_FORM_HINT = re.compile(r"^s\. Hinweis\b.*Taste")
_REQUEST_HEADING = re.compile(
    r"^(?:Antrag|Anfrage|Anfragen|Fragen|Forderung(?:en)?|Beschlussvorschlag|Antragstext|Konkret)(?:\s*\(Kurzfassung\))?\s*:?$|^(?:Antrag|Anfrage):\s+\S"
)

# Alternatives at the beginning of a line, case ignored; `$` ends a heading that must stand alone.
_COMMON = {
    SectionRole.FINANCES: (
        r"finanzielle(?:$|\s*auswirkun|\s*auswir-|\s*folgen)",
        r"zuordnung im haushaltsplan",
    ),
    SectionRole.CLOSING: (
        r"zur\s+beurkundung\b",
        r"hauptamt\s*[-–]\s*(?:rats|sitzungs)",
        r"zum\s+seitenanfang",
        r"eigene\s+(?:zusammenfassung|nacherzählung)\b",  # how staff mark a paper that retells another
    ),
}
_MOTION = {
    SectionRole.REASONS: (
        r"(?:sachverhalt\s*[/|]?\s*)?(?:kurze\s+)?begründung(?:en)?(?:\s*/\s*\w+)?\s*(?::|$)",
        r"sachverhalt\s*:?$",
    ),
    SectionRole.CLOSING: (
        r"unterzeichnet(?:\s+von)?\b",
        r"gez\.?(?:\s|:|$)",
        r"anlagen?/?n?\s*:?$",
        r"mit\s+freundlichen\s+grüßen",
    ),
    SectionRole.REPORT: (
        r"stellungnahme(?:\s+der\s+verwaltung)?\s*:$",
        r"antwort(?:\s+der\s+verwaltung)?\s*:",
    ),
}
_REPORT = {
    SectionRole.SUMMARY: (
        r"(?:stellungnahme\s+des\s+bürgermeisteramte?s\s*)?[-–]?\s*kurzfassung(?:\s+(?:der|des)\s+\w+)?\s*[-–:]*$",
        r"zusammenfassung\s*:?$",
        r"information$",
    ),
    SectionRole.REQUEST: (
        r"beschlu(?:ss|ß)(?:antrag|vorschlag)?(?:\s+\(kurzfassung\))?\s*:?$",
        r"antrag\s+an\s+(?:den|die)\s.{3,60}$",
    ),
    SectionRole.REASONS: (r"(?:sachverhalt\s*[/|]\s*)?begründung\s*:?$",),
    SectionRole.REPORT: (
        r"(?:ergänzende\s+)?erläuterungen(?:\s+seite\s+\d+.*)?$",
        r"(?:ausführlicher\s+)?bericht\s*:?$",
        r"sach(?:stand|verhalt)\s*:?$",
        r"antwort\s*:?$",
        r"(?:beantwortung\s*/?\s*(?:und\s+)?)?stellungnahme(?:\s+der\s+verwaltung)?\s*:?$",
    ),
    SectionRole.CLOSING: (
        r"anlagen?/?n?\s*:?$",
        r"beteiligte\s+stellen\s*:?$",
        r"(?:vorliegende|erledigte)\s+anfragen",
    ),
}
_PROTOCOL = {
    SectionRole.DECISION: (r"beschlu(?:ss|ß)\s*:",),
    SectionRole.VOTE: (r"abstimmungs?ergebnis\s*(?::|$)", r"abstimmung\s*:"),
    SectionRole.REQUEST: (r"beschlu(?:ss|ß)antrag\s*:?$",),
}

_Table = tuple[tuple[SectionRole, re.Pattern[str]], ...]


def _table(*parts: dict[SectionRole, tuple[str, ...]]) -> _Table:
    return tuple(
        (role, re.compile(rf"(?:{'|'.join(alternatives)})", re.IGNORECASE))
        for part in parts
        for role, alternatives in part.items()
    )


_BY_KIND = {
    Kind.MOTION: _table(_MOTION, _COMMON),
    Kind.REPORT: _table(_REPORT, _COMMON),
    Kind.PROTOCOL: _table(_PROTOCOL, _COMMON),
    Kind.OTHER: _table(_COMMON),
}
_SPEAKER = re.compile(
    r"^(?:(?:Der|Die)\s+(?:Vorsitzende|Oberbürgermeister(?:in)?|Erste\s+Bürgermeister(?:in)?|Ortsvorsteher(?:in)?)\b"
    r"|(?:Ober|Erste[rn]?\s+)?[Bb]ürgermeister(?:in)?\s+(?:Dr\.\s+)?[A-ZÄÖÜ]"
    r"|(?:Stadtr(?:at|ätin)|Ortschaftsr(?:at|ätin)|Ortsvorsteher(?:in)?|StR(?:in|e)?|EBM|BM(?:in)?|OB|Herr|Frau)"
    r"\s+(?:Dr\.\s+|Prof\.\s+)*[A-ZÄÖÜ])"
)


def role_of_line(text: str, kind: Kind) -> SectionRole | None:
    """Return the role of the section that a line opens, None if it opens none."""
    text = text.lstrip(GLYPHS)
    if len(text) <= MAX_HEADING_CHARS:
        for role, pattern in _BY_KIND[kind]:
            if pattern.match(text):
                return role
    if kind is Kind.MOTION and (_REQUEST_HEADING.search(text) or _REQUEST_FORMULA.search(text)):
        return SectionRole.REQUEST
    return None


def is_request_formula(text: str) -> bool:
    """Return whether a line only leads to requests ("Wir beantragen:"), rather than being one."""
    text = text.lstrip(GLYPHS)
    if _REQUEST_HEADING.search(text):
        return ":" not in text.rstrip(": ")
    if _FORM_HINT.search(text):
        return True
    return _REQUEST_FORMULA.search(text) is not None and (text.endswith(":") or len(text) <= MAX_FORMULA_CHARS)


def is_speaker(text: str) -> bool:
    """Return whether a line of a protocol begins with the person who speaks."""
    return _SPEAKER.match(text) is not None
