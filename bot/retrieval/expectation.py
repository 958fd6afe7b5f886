"""What kind of thing would answer a question: a number, a date, a name, a vote, a reason.

Pure tables of German (and a few English) question forms. What a question expects is weighed, never demanded.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Expectation(StrEnum):
    """What the answering sentence should hold."""

    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    VOTE = "vote"
    REASON = "reason"
    ANYTHING = "anything"


_QUESTION_FORMS: tuple[tuple[Expectation, re.Pattern[str]], ...] = tuple(
    (expectation, re.compile(pattern, re.IGNORECASE))
    for expectation, pattern in (
        (
            Expectation.VOTE,
            r"abgestimmt|abstimmung|stimmverhältnis|gegenstimmen|enthaltung|dagegen gestimmt|ausgegangen"
            r"|\b(?:wie|was) (?:hat|haben) .*(?:entschieden|beschlossen)|ergebnis im|\bvoted?\b",
        ),
        (
            Expectation.NUMBER,
            r"\bwie\s?viele?[nrs]?\b|\bwie (?:hoch|groß|oft|lange|teuer|weit|stark)\b|\bwas kostet|kosten\b.*\?$"
            r"|\bwelche[rn]? (?:anteil|summe|betrag|höhe|preis|platz|rang)|prozent|\bhow (?:many|much|long|high)\b"
            r"|\bkaç\b|ne kadar",
        ),
        (
            Expectation.DATE,
            r"\b(?:seit|bis|ab) wann\b|\bwann\b|\bwelche[smn]? (?:datum|tag|jahr|monat|termin)|\bwhen\b|ne zaman",
        ),
        (
            Expectation.REASON,
            r"\b(?:warum|wieso|weshalb|weswegen|wozu)\b|\bmit welcher begründung|\bwhy\b|\bneden\b",
        ),
        (
            Expectation.PERSON,
            r"\b(?:wer|wem|wen|wessen|who)\b|\bvon wem\b|\bmit wem\b|\bkim\b"
            r"|\bwelche[rsn]? (?:firma|unternehmen|fraktion(?:en)?|büro|amt|stelle|partei|person|händler|anbieter)",
        ),
    )
)

_DIGITS = re.compile(r"\d")
_NUMBER_WORDS = re.compile(
    r"\b(?:ein(?:e[nrms]?)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|hundert|"
    r"tausend|hälfte|drittel|viertel|dutzend|kein(?:e[nrms]?)?)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\d[\d.,]*\s*(?:€|Euro|EUR|TEUR|Mio|Mrd|Prozent|%|Stellen|VZÄ|VZK|Personen|Plätze|Jahre|Monate|Wochen|Tage|"
    r"Stunden|m²|qm|km|kWh|Stück|Kinder|Haushalte|Geräte|[A-ZÄÖÜ][a-zäöüß]{3,})"
)
_DATE = re.compile(
    r"\b\d{1,2}\.\s?(?:\d{1,2}\.\s?\d{2,4}|(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|"
    r"November|Dezember))|\b(?:19|20)\d{2}\b|\b(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|"
    r"November|Dezember|Frühjahr|Sommer|Herbst|Winter|Quartal|Ende|Anfang|Mitte)\b"
)
_NAME = re.compile(
    r"\b(?:Dr\.|Prof\.|Herr|Frau|Stadtr[aä]t\w*|StR\w*|\w*[Bb]ürgermeister\w*|Amt|GmbH|AG|e\. ?V\.|"
    r"Fraktion|CDU|SPD|GRÜNE\w*|Grüne\w*|FDP|AfD|Volt|LINKE\w*|Firma|Referat|Dezernat|\w+amt|[A-ZÄÖÜ]{2,})\b"
)
_VOTE = re.compile(
    r"einstimmig|mehrheitlich|einmütig|Zustimmung|zugestimmt|abgelehnt|Ablehnung|Gegenstimme|Enthaltung|Ja-Stimmen|"
    r"Nein-Stimmen|Abstimmung|beschlie|beschlossen|erledigt|verwiesen|Kenntnis",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:weil|da|denn|wegen|aufgrund|auf Grund|deshalb|daher|darum|um\b.*\bzu|Grund|Gründe|Ursache|begründet|"
    r"infolge|durch|damit|hierfür|zweck)\b",
    re.IGNORECASE,
)


def expectations(question: str) -> tuple[Expectation, ...]:
    """Return what would answer the question, the most telling first; `ANYTHING` if nothing says."""
    found = tuple(expectation for expectation, form in _QUESTION_FORMS if form.search(question))
    return found or (Expectation.ANYTHING,)


def meets(sentence: str, expectation: Expectation) -> float:
    """Say from 0 to 1 how far a sentence holds what is expected."""
    if expectation is Expectation.NUMBER:
        if _AMOUNT.search(sentence):
            return 1.0
        return 0.7 if _DIGITS.search(sentence) else 0.4 if _NUMBER_WORDS.search(sentence) else 0.0
    pattern = {
        Expectation.DATE: _DATE,
        Expectation.PERSON: _NAME,
        Expectation.VOTE: _VOTE,
        Expectation.REASON: _REASON,
    }.get(expectation)
    return 1.0 if pattern is None or pattern.search(sentence) else 0.0
