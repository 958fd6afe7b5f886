"""Follow-up questions: which earlier questions a question leans on, and what of them it replaces.

"Und 2024?" asks the earlier question again with another year, so the earlier year is taken out of it; "Wer leitet
DO.IT?" names its own subject and starts afresh. Pure: no index is asked, and nothing is kept.
"""

from __future__ import annotations

import re

from bot.question.courtesy import courtesy_in, is_only_thanks
from ingest.german import search_tokens

OWN_SUBJECT = 4
"""Search tokens from which on a question says enough for a word that points back to point at itself ("Die CDU wollte
2025 ein Treffen. Was wurde dazu zugesagt?")."""

LONG = 6
"""Search tokens from which on even a question that begins with "Und" stands alone."""

REMEMBERED = 20
"""Earlier questions that are looked at, the last ones: a chain of follow-ups ends somewhere."""

_CONNECTS = re.compile(r"\s*(?:und|aber|oder|also|sowie|and|but)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:da(?:von|für|gegen|zu|bei|mit|ran|rüber|nach|durch|rin|raus|vor)?|dort|dies(?:e[mnrs]?)?|jene[mnrs]?|denen|deren|"
    r"dessen|de[rs]selben|demselben|dieselben?|sonst noch|that|those|this|there)\b"
    r"(?!(?: \w+){0,2},? (?:ob|dass|wie|wer|was|wann)\b)",
    re.IGNORECASE,
)
# "gibt es", "geht es" and the polite "Sie" point at nothing; "die" and "das" only where no noun follows.
_MAY_POINT_BACK = re.compile(
    r"(?<!gibt )(?<!gab )(?<!geht )(?<!ging )(?<!steht )\bes\b|\bsie\b|\bihn\b|\bihm\b|\bihre?[mnrs]?\b"
    r"|\b(?:it|they|them)\b|\b(?:das|die|den|der)\b(?! (?:[a-zäöüß]+ )*[A-ZÄÖÜ0-9])"
)
_NOUN = re.compile(r"(?<=\s)[„\"(]?([A-ZÄÖÜ][\wäöüß./-]*|[a-z]+-[A-ZÄÖÜ]\w*)")
# Nouns of which there is one in every matter: by themselves they name none.
_BARE = """
    Abstimmung Amt Anfang Anfrage Angebot Anteil Antrag Anträge Antwort Anzahl Auftrag Ausgaben Ausschuss Bau Beginn
    Begründung Bericht Beschluss Betrag Betrieb Datum Durchschnitt Einnahmen Ende Ergebnis Euro Firma Firmen
    Fraktion Fraktionen Frist Frühjahr Gegenstimmen Geld Gemeinderat Geräte Grund Gründe Herbst Höhe Jahr Jahre
    Jahren Jahres Kosten Laufzeit Leute Mal Maßnahme Maßnahmen Meinung Mitarbeiter Mitte Monat Monate Name Namen
    Partei Parteien Person Personen Plan Platz Preis Problem Probleme Projekt Projekts Prozent Quartal Rat Sache Sie
    Sitzung Sommer Stadt Stadtrat Stadträte Stand Start Stellen Stellungnahme Stimmen Summe System Tag Termin Thema
    Unternehmen Verfahren Vergleich Versuch Vertrag Verwaltung Vorhaben Vorlage Vorschlag Winter Woche Zahl Zahlen
    Zeit Zeitplan Ziel Zuschuss Änderung
"""
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"

_ORDINALS = "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte"
_ORDINAL = "(?:" + "|".join(word[:-1] + "e[mnrs]?" for word in _ORDINALS.split()) + ")"
_FACTION = r"\b(?:CDU|SPD|FDP|AfD|Grünen?|GRÜNEN?|Linken?|LINKEN?|Volt|KAL|KULT|PULS|Freien? Wählern?)\b"
_MONTH = rf"\b(?:(?:[Aa]nfang|[Mm]itte|[Ee]nde) )?(?:\d{{1,2}}\. ?)?(?:{_MONTHS})\b"
_SINCE = r"(?:\b(?:im|vom|zum|am|seit|ab|bis) )?"
_YEAR = (
    r"(?<![\w/.,-])(?:im (?:Jahre? )|(?:[Aa]nfang|[Mm]itte|[Ee]nde|[Ss]tand) |\d{1,2}\.\d{1,2}\.)?"
    r"(?:19|20)\d{2}(?:/(?:19|20)?\d{2})?(?![\d.,]*\d)"
)

# What of an earlier question goes where the follow-up says the same kind of thing anew.
_REPLACED = tuple(
    (re.compile(said), re.compile(gone))
    for said, gone in (
        (_YEAR, rf"{_SINCE}{_MONTH}(?: {_YEAR})?|{_YEAR}"),
        (_MONTH, rf"{_SINCE}{_MONTH}"),
        (rf"\b{_ORDINAL}\b", rf"\b{_ORDINAL}\b"),
        (_FACTION, _FACTION),
    )
)
_WHERE = r"\b(?:in|im|bei|beim|an|am|auf|aus) "
_PLACE = re.compile(
    rf"{_WHERE}(?!(?:Jahr|Anfang|Mitte|Ende|{_MONTHS})\b)(?:[a-zäöüß]+ ){{0,3}}(?:(?:Bad|Sankt|St\.) )?[A-ZÄÖÜ][\w./-]*"
)
_ONLY_A_PLACE = re.compile(
    rf"\s*(?:und|aber|and)?\s*(?:(?:wie|was) (?:ist|war) (?:es|das) )?({_PLACE.pattern})\s*\??\s*", re.I
)


def context_of(question: str, history: tuple[str, ...]) -> tuple[str, ...]:
    """Return the earlier questions that `question` needs to be understood, oldest first.

    What the question replaces (year, month, place, first or second, faction) is taken out of them. A question that
    names its own subject needs none: a new topic starts afresh.
    """
    if courtesy_in(question):
        return ()
    return _needed_by(question, tuple(earlier for earlier in history if courtesy_in(earlier) is None)[-REMEMBERED:])


def _needed_by(question: str, history: tuple[str, ...]) -> tuple[str, ...]:
    if not history or not leans_back(question):
        return ()
    last = history[-1]
    needed = (*_needed_by(last, history[:-1]), last)
    return tuple(filter(None, (_without_what(question, earlier) for earlier in needed)))


def leans_back(question: str) -> bool:
    """Say whether a question needs an earlier one to be understood."""
    if is_only_thanks(question):
        return False
    tokens = search_tokens(question)
    if _CONNECTS.match(question) and len(tokens) < LONG:
        return True
    for pointer in _POINTS_BACK.finditer(question):
        if len(search_tokens(question[: pointer.start()])) < OWN_SUBJECT:
            return True
    if len(tokens) < OWN_SUBJECT and _MAY_POINT_BACK.search(question):
        return True
    return len(tokens) < LONG and not _names_a_subject(question, tokens)


def _names_a_subject(question: str, tokens: list[str]) -> bool:
    """Say whether a question has a noun of its own; typed without capitals, whether it says enough."""
    if question == question.lower():
        return len(tokens) >= OWN_SUBJECT
    bare = {*_BARE.split(), *_MONTHS.split("|")}
    return any(noun.rstrip("./-") not in bare for noun in _NOUN.findall(question))


def _without_what(question: str, earlier: str) -> str:
    """Take out of an earlier question what the follow-up says anew."""
    for said, gone in _REPLACED:
        if said.search(question):
            earlier = gone.sub(" ", earlier)
    if _ONLY_A_PLACE.fullmatch(question):
        earlier = _PLACE.sub(" ", earlier)
    return re.sub(r"\s+(?=[?.!,])", "", " ".join(earlier.split()))
