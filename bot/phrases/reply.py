"""Every sentence a user sees, German first, English beside it. No logic but choosing the language."""

from __future__ import annotations

import re
from datetime import date

from bot.types import DeclineReason, Language, Mood, Statement
from ingest.types import DateBasis, Kind, Precision, Stand

_MONTHS_DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
_MONTHS_EN = "January February March April May June July August September October November December".split()

KIND = {
    Language.DE: {Kind.MOTION: "Antrag", Kind.PROTOCOL: "Niederschrift", Kind.REPORT: "Bericht", Kind.OTHER: "Papier"},
    Language.EN: {Kind.MOTION: "motion", Kind.PROTOCOL: "minutes", Kind.REPORT: "report", Kind.OTHER: "paper"},
}

SOURCES = {Language.DE: "Quellen", Language.EN: "Sources"}
NEAREST = {Language.DE: "Am nächsten kommen:", Language.EN: "The closest papers:"}
NONPUBLIC = {Language.DE: "nichtöffentlich", Language.EN: "non-public"}
UNDATED = {Language.DE: "ohne Datum", Language.EN: "undated"}
AGENDA_ITEM = {Language.DE: "TOP", Language.EN: "item"}

_DECLINED = {
    Language.DE: {
        DeclineReason.NOTHING_FOUND: "Dazu liegt mir nichts vor.",
        DeclineReason.NOT_SUPPORTED: "Dazu liegt mir nichts vor: Ich habe keinen Satz gefunden, der das beantwortet.",
        DeclineReason.EMPTY_QUESTION: "Bitte stellen Sie eine Frage, zum Beispiel: „Wie viele Stellen hat das Amt?“",
        DeclineReason.EMPTY_INDEX: "Dazu liegt mir nichts vor: Der Index enthält noch keine Papiere.",
        DeclineReason.GREETING: "Guten Tag! Was möchten Sie aus den Papieren wissen?",
        DeclineReason.THANKS: "Gern! Fragen Sie, wenn Sie noch etwas wissen möchten.",
        DeclineReason.FAREWELL: "Auf Wiedersehen!",
        DeclineReason.HELP: "Ratslotse ist ein Programm und antwortet nur aus den Papieren des Rates, mit Quelle. "
        "Fragen Sie, was in Papieren steht („Was kostet die E-Akte?“), nach Anträgen und Vorlagen („Welche Anträge hat "
        "die SPD 2024 gestellt?“, „Was ist aus dem Antrag 64/2024 geworden?“) oder danach, was noch offen ist („Welche "
        "Punkte des Antrags 64/2024 sind offen?“). Was in keinem Papier steht, sagt Ratslotse nicht.",
        DeclineReason.NO_SUCH_PAPERS: "Dazu liegt mir kein Papier vor.",
    },
    Language.EN: {
        DeclineReason.NOTHING_FOUND: "I have no information on this.",
        DeclineReason.NOT_SUPPORTED: "I have no information on this: no sentence in the papers answers the question.",
        DeclineReason.EMPTY_QUESTION: "Please ask a question, for example: “How many posts does the office have?”",
        DeclineReason.EMPTY_INDEX: "I have no information on this: the index holds no papers yet.",
        DeclineReason.GREETING: "Hello! What would you like to know from the papers?",
        DeclineReason.THANKS: "You are welcome! Just ask if you would like to know more.",
        DeclineReason.FAREWELL: "Goodbye!",
        DeclineReason.HELP: "Ratslotse is a program and answers only from the council's papers, with their source. Ask "
        "what stands in papers (“What does the e-file cost?”), for motions and proposals (“Which motions did the SPD "
        "submit in 2024?”, “What came of motion 64/2024?”), or what is still open. What no paper says it does not say.",
        DeclineReason.NO_SUCH_PAPERS: "There is no such paper.",
    },
}


def declined(reason: DeclineReason, language: Language) -> str:
    """Return the sentence that declines."""
    return _DECLINED[language][reason]


def grouped(number: int, language: Language) -> str:
    """Write a number with its thousands apart: "1.401", "1,401"."""
    written = f"{number:,}"
    return written if language is Language.EN else written.replace(",", ".")


def holdings(documents: int, until: date | None, language: Language) -> str:
    """Say how many papers there are and how new they are, without a full stop."""
    if language is Language.EN:
        papers = "1 paper" if documents == 1 else f"{grouped(documents, language)} papers"
        return papers + (f", the newest of {day(until, language)}" if until else "")
    papers = "1 Papier" if documents == 1 else f"{grouped(documents, language)} Papiere"
    return papers + (f", das jüngste vom {day(until, language)}" if until else "")


def searched(documents: int, until: date | None, language: Language) -> str:
    """Say what was searched and up to which date."""
    return f"{'Searched' if language is Language.EN else 'Durchsucht'}: {holdings(documents, until, language)}."


def day(value: date | None, language: Language) -> str:
    """Write a date as people read it: "27. April 2023"."""
    if value is None:
        return UNDATED[language]
    if language is Language.EN:
        return f"{value.day} {_MONTHS_EN[value.month - 1]} {value.year}"
    return f"{value.day}. {_MONTHS_DE[value.month - 1]} {value.year}"


def as_of(value: Stand, basis: DateBasis | None, language: Language) -> str:
    """Write a Stand as exactly as it is known, and say where it comes from, if not from the paper itself."""
    label = "as of" if language is Language.EN else "Stand"
    months = _MONTHS_EN if language is Language.EN else _MONTHS_DE
    match value.precision:
        case Precision.DAY:
            written = day(value.day, language)
        case Precision.MONTH:
            written = f"{months[value.day.month - 1]} {value.day.year}"
        case Precision.YEAR:
            written = str(value.day.year)
    return f"{label} {written}" + _BASIS[language].get(basis, "")


_BASIS: dict[Language, dict[DateBasis | None, str]] = {
    Language.DE: {DateBasis.LISTED: " (laut Verzeichnis)", DateBasis.SESSION: " (Sitzung)"},
    Language.EN: {DateBasis.LISTED: " (as listed)", DateBasis.SESSION: " (session)"},
}


def note(statement: Statement, language: Language) -> str:
    """Say how a statement is meant, who says it and which date it refers to; "" if nothing of it is known.

    "beantragt, Stand 24. April 2023" · "laut Stadträtin Ott (SPD), Stand …" · "früher, Stand …".
    """
    parts = [_EARLIER[language]] if statement.is_earlier else []
    if statement.speaker:
        parts.append(_said_by(statement.speaker, language))
    if statement.mood:
        parts.append(_MOODS[language][statement.mood])
    if statement.as_of:
        parts.append(as_of(statement.as_of, statement.as_of_basis, language))
    said = ", ".join(parts)
    later = [n for n in statement.contradicts if n > max(statement.citations)]
    return f"{said}. {_CONTRADICTION[language]} {''.join(f'[{n}]' for n in later)}".lstrip(". ") if later else said


def _said_by(speaker: str, language: Language) -> str:
    """Name a speaker behind "laut", which takes the dative: "laut dem Vorsitzenden"."""
    if language is Language.EN:
        return "according to the chair" if speaker.endswith("Vorsitzende") else f"according to {speaker}"
    for nominative, dative in _DATIVES:
        if speaker.startswith(nominative):
            return f"laut {dative}{speaker.removeprefix(nominative)}"
    return f"laut {speaker}"


_DATIVES = (
    ("Der Vorsitzende", "dem Vorsitzenden"),
    ("Die Vorsitzende", "der Vorsitzenden"),
    ("Der Erste ", "dem Ersten "),
    ("Die Erste ", "der Ersten "),
    ("Der ", "dem "),
    ("Die ", "der "),
    ("Herr ", "Herrn "),
    ("Erster ", "Erstem "),
    ("Beigeordneter ", "Beigeordnetem "),
)
_EARLIER = {Language.DE: "früher", Language.EN: "earlier"}
_CONTRADICTION = {
    Language.DE: "Die Papiere widersprechen sich: siehe",
    Language.EN: "The papers contradict each other: see",
}
_MOODS = {
    Language.DE: {
        Mood.REQUESTED: "beantragt",
        Mood.ASKED: "erfragt",
        Mood.ARGUED: "so der Antrag",
        Mood.PROPOSED: "vorgeschlagen",
        Mood.PLANNED: "angekündigt",
        Mood.DECIDED: "beschlossen",
        Mood.REJECTED: "abgelehnt",
        Mood.NOTED: "zur Kenntnis genommen",
        Mood.REPORTED: "berichtet",
    },
    Language.EN: {
        Mood.REQUESTED: "requested",
        Mood.ASKED: "asked",
        Mood.ARGUED: "as the motion argues",
        Mood.PROPOSED: "proposed",
        Mood.PLANNED: "announced",
        Mood.DECIDED: "decided",
        Mood.REJECTED: "rejected",
        Mood.NOTED: "noted",
        Mood.REPORTED: "reported",
    },
}


def more(count: int, language: Language) -> str:
    """Say how many further items are not shown; "" where none are."""
    if not count:
        return ""
    if language is Language.EN:
        return f"… and {count} more; see the sources."
    return f"… und {count} weitere; siehe die Quellen."


def paper_named(paper_type: str | None, kind: Kind, language: Language) -> str:
    """Name a paper by its own type; minutes on a motion and an answer to it are not called a motion.

    The council's system gives every file of a matter the type of the matter.
    """
    named = KIND[language][kind]
    if paper_type is None:
        return named
    is_other = (kind is Kind.PROTOCOL and not re.search("niederschrift|protokoll", paper_type, re.IGNORECASE)) or (
        kind is Kind.REPORT and re.match(r"(?:\S*[/-])?\w*(?:antrag|anfrage)\b", paper_type, re.IGNORECASE)
    )
    return f"{named} {'on' if language is Language.EN else 'zu'} {paper_type}" if is_other else paper_type


def summary_of(title: str, number: str | None, language: Language) -> str:
    """Say that a source is our summary of a named paper, not the paper."""
    named = f"{number}: {title}" if number and number not in title else title
    return f"Summary of “{named}”" if language is Language.EN else f"Zusammenfassung von „{named}“"


FALLBACK_ERROR = {
    Language.DE: "Entschuldigung, dabei ist etwas schiefgegangen. Kennung für die Technik: {id}.",
    Language.EN: "Sorry, something went wrong. Reference for support: {id}.",
}
