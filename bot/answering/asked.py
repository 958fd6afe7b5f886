"""What exactly a question asks for, and whether a sentence could hold it.

Stricter than `bot.retrieval.expectation`, which only prefers: here a year is no count, "Nr. 12" is no number, and a
name that the question itself holds is no answer. Declining rests on it (`bot.answering.decline`). Pure.
"""

from __future__ import annotations

import re

from bot.retrieval.expectation import Expectation, meets
from bot.types import Asked

_MONTH = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_NUMBER_WORD = (
    "zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|hundert|tausend|hälfte|drittel|viertel|"
    r"kein\w*|alle"
)
_DIGITS = r"\d+(?:[.,\s]\d{3})*(?:,\d+)?"
_WHICH = r"\bwelche[srnm]? (?:\w+ )?"


_FORMS: tuple[tuple[Asked, re.Pattern[str]], ...] = tuple(
    (asked, re.compile(form, re.IGNORECASE))
    for asked, form in (
        (Asked.PERSON, _WHICH + r"stadtr[aä]t|mit namen"),
        (
            Asked.FIRM,
            _WHICH + r"(?:firm\w+|unternehmen|büros?|anbieter|händler|dienstleister|bieter|gesellschaft)"
            r"|\bwie hei(?:ß|ss)en? (?:die )?(?:firm|bieter)|which company",
        ),
        (Asked.PERSON, r"\bwie hei(?:ß|ss)"),
        (
            Asked.VOTE,
            r"abgestimmt|abstimmung|stimmverh|gegenstimme|ausgegangen|\bvoted?\b"
            r"|\b(?:wie|was) (?:hat|haben) .*(?:entschieden|beschlossen)",
        ),
        (Asked.PERCENT, r"\bprozent|percent"),
        (Asked.RANK, r"\b(?:rang|platz)\b"),
        (Asked.COUNT, r"\bwie\s?viele[nrs]?\b|\bwie oft\b|\bhow many\b|\bwelche[nr]? (?:zahl|anzahl)|\bkaç\b"),
        (
            Asked.MONEY,
            r"\bwas (?:kostet|kosten|zahlt|zahlen|verdient|würde\b.*kosten)|\bwie teuer|gekostet|\bumsatz|verdient"
            r"|\bwie\s?viel (?:geld|euro|zuschuss\w*|schadenersatz|kapital|zahl\w*)|kosten\b.*\?$|\bbetrag\b",
        ),
        (Asked.DURATION, r"\bwie lange|\bhow long"),
        (
            Asked.AMOUNT,
            r"\bwie\s?viel\b|\bwie (?:groß|hoch|weit|stark)\b|\banteil\b|summe|\bquote\b|\bhow much|\bne kadar",
        ),
        (Asked.DATE, r"\bwann\b|" + _WHICH + r"(?:datum|tag|jahr|monat|termin|zeit)|\bwhen\b|\bne zaman"),
        (
            Asked.WHO,
            r"\b(?:wer|wem|wen|wessen|who|kim)\b|" + _WHICH + r"(?:person\w*|fraktion\w*|partei\w*|amt|stelle|referat)",
        ),
    )
)

NUMERIC = frozenset({Asked.PERCENT, Asked.RANK, Asked.COUNT, Asked.MONEY, Asked.DURATION, Asked.AMOUNT})

_MONEY = re.compile(
    _DIGITS + r"\s*(?:,-+)?\s*(?:(?:Mio|Mrd)\.?|Millionen|Milliarden|Tausend|Tsd\.?|T)?\s*(?:€|Euro\b|EUR\b|TEUR)"
    r"|(?:€|Euro|EUR)\s?\d|\d+,-|kostenlos|kostenfrei|kostenneutral|keine Kosten",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\d\s?(?:%|Prozent|v\. ?H\.|percent)|hälfte|drittel|viertel", re.IGNORECASE)
_RANK = re.compile(r"\b(?:Rang|Platz|Stelle)\s+\d|\d+\.\s(?:Platz|Rang)", re.IGNORECASE)
_DURATION = re.compile(
    rf"(?:\d|{_NUMBER_WORD})[-\s]*(?:bis \S+ )?(?:sekunden|minuten?|stunden?|tagen?|wochen?|monat\w*|jahr\w*)",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.|(?:{_MONTH}))|\b(?:19|20)\d{{2}}\b"
    rf"|\b(?:{_MONTH}|Frühjahr|Sommer|Herbst|Winter|Quartal)\b"
)
_FIRM = re.compile(r"\b(?:GmbH|AG|KG|e\. ?V\.|Fa\.|mbH|SE)\b|\bFirmen? [A-ZÄÖÜ]|gesellschaft\b")
_PERSON = re.compile(
    r"\b(?:Herrn?|Frau|Dr\.|Prof\.|Stadtr[aä]t\w*|StR\w*|\w*[Bb]ürgermeister\w*|BM|OB)\s+"
    r"(?:Dr\. |Prof\. )*[A-ZÄÖÜ][a-zäöüß]+"
)
_WHO = re.compile(
    rf"{_PERSON.pattern}|{_FIRM.pattern}|\b(?:CDU|SPD|GRÜNEN?|Grünen?|FDP|AfD|Volt|LINKEN?|Referate?|Dezernat|\w*[aA]mt|"
    r"Verwaltung|\w*bürgermeister\w*|\w*rat|[A-ZÄÖÜ]{3,})\b"
)
_NUMBER = re.compile(rf"{_DIGITS}|\b(?:{_NUMBER_WORD})\b", re.IGNORECASE)

# Digits that count nothing: dates, years, paragraphs, numbers of items and papers, house numbers, times, page marks.
_NO_COUNT = re.compile(
    r"-- \d+ of \d+ --|\bS\.\s?\d+"
    rf"|\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?(?:\d{{2,4}})?|(?:{_MONTH})(?:\s+\d{{4}})?)"
    r"|(?<![\d.,])(?:19|20)\d{2}(?:/(?:19|20)?\d\d)?(?![\d.,]*\d)|§+\s*\d+\w*"
    r"|\b(?:TOP|Nr\.|Nummer|Punkt|Seite|Ziffer|Abs\.|Absatz|Artikel|Art\.|Anlage|Dez\.?|B|L|K|Kapitel|Los|Antrag|Vorlage)"
    r"\s?\d+[\d./-]*|\d+(?:[:.]\d\d)? Uhr|\b\d+/\d+\b|^\s*\(?\d+[.)](?!\d)|\b\d+\.(?=\s)(?!\s*$)"
    r"|\b\w*(?:straße|strasse|str\.|weg|platz|allee)\s\d+\w?"
    rf"|{_DIGITS}\s?(?:%|Prozent)",
    re.IGNORECASE,
)
_VOTES = re.compile(r"\d+\s?(?:Ja|Nein)?-?Stimmen|\d+ (?:Ja|Nein)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")

_PATTERNS = {
    Asked.PERCENT: _PERCENT,
    Asked.RANK: _RANK,
    Asked.MONEY: _MONEY,
    Asked.DURATION: _DURATION,
    Asked.DATE: _DATE,
}
_NAMES = {Asked.PERSON: _PERSON, Asked.FIRM: _FIRM, Asked.WHO: _WHO}


def asked_for(question: str) -> Asked:
    """Return what the question asks for, the most telling form first."""
    return next((asked for asked, form in _FORMS if form.search(question)), Asked.ANYTHING)


def holds(sentence: str, question: str, asked: Asked) -> bool:
    """Say whether a sentence holds a thing of the kind asked for, one that the question does not name itself.

    Args:
        sentence: white space folded.
        question: as typed.
        asked: what `asked_for` says of the question.
    """
    if asked is Asked.ANYTHING:
        return True
    if sentence.rstrip().endswith("?"):
        return False
    if asked in _NAMES:
        return bool(_NAMES[asked].search(_without_words_of(question, sentence)))
    if asked in _PATTERNS:
        return bool(_PATTERNS[asked].search(sentence))
    if asked is Asked.VOTE:
        return meets(sentence, Expectation.VOTE) > 0
    if asked is Asked.AMOUNT and (_MONEY.search(sentence) or _PERCENT.search(sentence)):
        return True
    return _counts(sentence, question)


def _counts(sentence: str, question: str) -> bool:
    """Say whether a sentence counts something, in other numbers than the question's."""
    text = _MONEY.sub(" ", _NO_COUNT.sub(" ", sentence))
    if "stimm" not in question.lower():
        text = _VOTES.sub(" ", text)
    named = {number.lower() for number in _NUMBER.findall(question)}
    return any(number.lower() not in named for number in _NUMBER.findall(text))


def _without_words_of(question: str, sentence: str) -> str:
    words = {word.lower() for word in _WORD.findall(question)}
    return _WORD.sub(lambda word: "" if word.group().lower() in words else word.group(), sentence)
