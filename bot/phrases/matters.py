"""What is said of papers and motions as a whole: counts, lists, who moved them, when, and what came of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from bot.phrases.reply import day, grouped
from bot.question.types import Form, PaperQuestion, Period, State
from bot.types import Language

DE, EN = Language.DE, Language.EN

NAME: Final = {
    DE: {
        Form.MOTION: ("Antrag", "Anträge"),
        Form.AMENDMENT: ("Änderungs- oder Ergänzungsantrag", "Änderungs- und Ergänzungsanträge"),
        Form.INQUIRY: ("Anfrage", "Anfragen"),
        Form.PROPOSAL: ("Vorlage", "Vorlagen"),
        Form.PROTOCOL: ("Niederschrift", "Niederschriften"),
        Form.REPORT: ("Bericht", "Berichte"),
        Form.PAPER: ("Papier", "Papiere"),
    },
    EN: {
        Form.MOTION: ("motion", "motions"),
        Form.AMENDMENT: ("amendment", "amendments"),
        Form.INQUIRY: ("inquiry", "inquiries"),
        Form.PROPOSAL: ("proposal", "proposals"),
        Form.PROTOCOL: ("set of minutes", "sets of minutes"),
        Form.REPORT: ("report", "reports"),
        Form.PAPER: ("paper", "papers"),
    },
}
_NO: Final = {Form.MOTION: "kein", Form.AMENDMENT: "kein", Form.REPORT: "kein", Form.PAPER: "kein"}
_STATE: Final = {
    DE: {
        State.ADOPTED: "angenommen",
        State.REJECTED: "abgelehnt",
        State.DEFERRED: "vertagt",
        State.REFERRED: "verwiesen",
        State.WITHDRAWN: "zurückgezogen",
        State.SETTLED: "erledigt",
        State.DECIDED: "entschieden",
        State.ANSWERED: "beantwortet",
        State.OPEN: "offen",
    },
    EN: {
        State.ADOPTED: "adopted",
        State.REJECTED: "rejected",
        State.DEFERRED: "adjourned",
        State.REFERRED: "referred",
        State.WITHDRAWN: "withdrawn",
        State.SETTLED: "settled",
        State.DECIDED: "decided",
        State.ANSWERED: "answered",
        State.OPEN: "open",
    },
}

_ABBREVIATION: Final = re.compile(r"(?=.*[A-ZÄÖÜ].*[A-ZÄÖÜ])[A-ZÄÖÜ]\w{1,5}")
"""Groups named by letters take the article: "der SPD", but "von Freie Wähler"."""


def state(value: State, language: Language) -> str:
    """Return a state as a reader sees it."""
    return _STATE[language][value]


def described(count: int, asked: PaperQuestion, language: Language, *, least: bool = False) -> str:
    """Name what was counted: "mindestens 12 Anträge der SPD aus 2024, abgelehnt"."""
    one, several = NAME[language][asked.form]
    number = grouped(count, language)
    if language is EN:
        said = f"{'at least ' if least else ''}{number} {one if count == 1 else several}"
    else:
        said = f"{'mindestens ' if least else ''}{number} {one if count == 1 else several}"
    return said + limits(asked, language)


def limits(asked: PaperQuestion, language: Language) -> str:
    """Say what was asked for, behind a noun: " der SPD aus 2024 zu „Schule“, abgelehnt"."""
    movers = (*asked.factions, *asked.by)
    parts = [_movers(movers, language)] if movers else []
    if asked.bodies:
        parts.append(f"({', '.join(asked.bodies)})")
    if asked.period:
        parts.append(period(asked.period, language))
    if asked.topic:
        parts.append(f"on “{asked.topic}”" if language is EN else f"zu „{asked.topic}“")
    said = " ".join(parts)
    states = ", ".join(state(value, language) for value in asked.states)
    return (f" {said}" if said else "") + (f", {states}," if states else "")


def _movers(names: Sequence[str], language: Language) -> str:
    if language is EN:
        return f"by {' or '.join(names)}"
    article = "der" if all(_ABBREVIATION.fullmatch(name) for name in names) else "von"
    return f"{article} {' oder '.join(names)}"


def period(value: Period, language: Language) -> str:
    """Name a span of time behind a noun: "aus 2024", "seit 2020", "vom 1. Mai 2024 bis zum 3. Juni 2024"."""
    first, last = value.first, value.last
    german = language is DE
    if first and last:
        if first == last:
            return f"{'vom' if german else 'of'} {day(first, language)}"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            years = str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
            return f"{'aus' if german else 'of'} {years}"
        return f"{'vom' if german else 'from'} {day(first, language)} {'bis' if german else 'to'} {day(last, language)}"
    if first:
        return f"{'seit' if german else 'since'} {_edge(first, (1, 1), language)}"
    return f"{'bis' if german else 'until'} {_edge(last, (12, 31), language)}"


def _edge(value: dt.date | None, whole: tuple[int, int], language: Language) -> str:
    return str(value.year) if value and (value.month, value.day) == whole else day(value, language)


def among(documents: int, language: Language) -> str:
    """Say over what was counted: "unter 1.401 Papieren"."""
    if language is EN:
        return f"among {grouped(documents, language)} papers" if documents != 1 else "among 1 paper"
    return f"unter {grouped(documents, language)} Papieren" if documents != 1 else "unter 1 Papier"


def counted(count: int, documents: int, asked: PaperQuestion, language: Language, *, least: bool) -> str:
    """Say how many there are, and over what."""
    said = described(count, asked, language, least=least)
    said = said[0].upper() + said[1:]
    return f"{said} {among(documents, language)}."


def none(documents: int, asked: PaperQuestion, language: Language) -> str:
    """Say that there is none."""
    one = NAME[language][asked.form][0]
    if language is EN:
        return f"There is no {one}{limits(asked, language)} {among(documents, language)}."
    said = among(documents, language)
    return f"{said[0].upper()}{said[1:]} ist {_NO.get(asked.form, 'keine')} {one}{limits(asked, language).rstrip(',')}."


def all_replied(count: int, documents: int, asked: PaperQuestion, language: Language) -> str:
    """Say that each has a reply or stands in minutes; `asked` names no state."""
    said = counted(count, documents, asked, language, least=False).rstrip(".")
    if language is EN:
        return f"{said}: each has a reply or stands in minutes."
    return f"{said}: Zu jedem liegt eine Antwort oder eine Niederschrift vor."


def not_worked_out(language: Language) -> str:
    """Say that the ledger has not looked at the points of so many motions yet."""
    if language is EN:
        return "Whether single points of them are open has not been worked out yet; the motions page tells."
    return "Ob einzelne Punkte offen sind, ist noch nicht ausgewertet; das zeigt die Seite „Anträge“."


def no_number(count: int, documents: int, language: Language) -> str:
    """Say that no paper bears the number asked for, without repeating it: it may be that of a non-public paper."""
    over = among(documents, language)
    if language is EN:
        return f"No paper bears {'this number' if count == 1 else 'these numbers'} ({over})."
    return f"Ein Papier mit {'dieser Nummer' if count == 1 else 'diesen Nummern'} liegt nicht vor ({over})."


def untold(count: int, asked: PaperQuestion, language: Language) -> str:
    """Say for how many the papers do not tell beyond doubt whether they count; "" where for none."""
    if not count:
        return ""
    if language is EN:
        one, several = NAME[language][asked.form]
        named = f"{grouped(count, language)} more {one if count == 1 else several}"
        return f"For {named} the papers do not say clearly whether {'it' if count == 1 else 'they'} belong here."
    if count > 1:
        return f"Bei {grouped(count, language)} weiteren sagen die Papiere nicht eindeutig, ob sie dazugehören."
    which, it = ("einem", "er") if asked.form in (Form.MOTION, Form.AMENDMENT) else ("einer", "sie")
    return f"Bei {which} weiteren sagen die Papiere nicht eindeutig, ob {it} dazugehört."


def no_points(asked: PaperQuestion, documents: int, language: Language) -> str:
    """Say that no motion has the points asked for."""
    named = ", ".join(asked.points)
    if language is EN:
        return f"No motion{limits(asked, language)} {among(documents, language)} has such points ({named})."
    points = f" (Punkt {named})" if named else ""
    said = among(documents, language)
    return f"{said[0].upper()}{said[1:]} hat kein Antrag{limits(asked, language).rstrip(',')} solche Punkte{points}."


def jointly(count: int, language: Language) -> str:
    """Say how many were moved together with others; "" where none were."""
    if not count:
        return ""
    return f"{count} of them jointly with others." if language is EN else f"Davon {count} gemeinsam mit anderen."


def beside(count: int, form: Form, language: Language) -> str:
    """Say what is counted apart; "" where there is nothing."""
    if not count:
        return ""
    one, several = NAME[language][form]
    named = f"{grouped(count, language)} {one if count == 1 else several}"
    return (
        f"Beside them: {named}." if language is EN else f"Dazu kommen {named}." if count > 1 else f"Dazu kommt {named}."
    )


def newest_first(language: Language) -> str:
    """Say in which order a list stands."""
    return "The newest first:" if language is EN else "Die neuesten zuerst:"


def several_fit(count: int, language: Language) -> str:
    """Say that more than one is meant."""
    return f"{count} fit the question:" if language is EN else f"{count} passen zu der Frage:"


def submitted(name: str, who: str, language: Language) -> str:
    """Say who moved a matter."""
    return f"{name}: submitted by {who}" if language is EN else f"{name}: eingereicht von {who}"


def nobody_named(name: str, language: Language) -> str:
    """Say that no paper names who moved a matter."""
    if language is EN:
        return f"No paper says who submitted “{name}”."
    return f"Wer „{name}“ eingereicht hat, sagt kein Papier."


def dated(name: str, when: dt.date | None, language: Language, *, own: bool, of_session: bool) -> str:
    """Say when a matter was moved, and where the date comes from if not from the paper itself."""
    if when is None:
        return f"{name}: undated" if language is EN else f"{name}: ohne Datum"
    written = day(when, language)
    if own:
        return f"{name}: dated {written}" if language is EN else f"{name}: vom {written}"
    if of_session:
        return f"{name}: for the session of {written}" if language is EN else f"{name}: zur Sitzung vom {written}"
    return f"{name}: listed on {written}" if language is EN else f"{name}: im Verzeichnis seit dem {written}"


def dealt_with(body: str, when: dt.date | None, language: Language) -> str:
    """Say which committee dealt with a matter, and when."""
    return f"{body}, {day(when, language)}" if when else body


def no_outcome(name: str, language: Language) -> str:
    """Say that no paper tells what came of a matter."""
    if language is EN:
        return f"No paper tells of a decision on “{name}”. What there is:"
    return f"Von einem Beschluss zu „{name}“ sagt kein Papier etwas. Es liegt vor:"


def unclear(language: Language) -> str:
    """Say that a vote is told whose words do not say what came of the motion."""
    if language is EN:
        return "the minutes tell this of the vote; what it makes of the matter their words do not say beyond doubt."
    return "das sagt die Niederschrift; was daraus für die Sache folgt, sagt sie nicht zweifelsfrei."


def whether(fits: bool | None, told: str, language: Language) -> str:
    """Answer whether a matter came to what was asked for, and say to what it came."""
    if fits is None:
        return f"{told[:1].lower()}{told[1:]}"
    yes, no = ("yes", "no") if language is EN else ("ja", "nein")
    return f"{yes if fits else no}: {told[:1].lower()}{told[1:]}"


def no_future(language: Language) -> str:
    """Say that papers tell what was, not what is to come."""
    if language is EN:
        return "The next sessions stand in no paper. The latest is:"
    return "Künftige Sitzungen stehen nicht in den Papieren. Zuletzt:"


def no_decisions(body: str, when: dt.date, language: Language) -> str:
    """Say that the minutes of a session hold no decision."""
    if language is EN:
        return f"{body}, {day(when, language)}: the minutes hold no decision. There is:"
    return f"{body}, {day(when, language)}: In den Niederschriften steht kein Beschluss. Es liegt vor:"


def session(body: str, when: dt.date, count: int, language: Language) -> str:
    """Head the decisions of a session."""
    if language is EN:
        return f"{body}, {day(when, language)}: {count} {'decision' if count == 1 else 'decisions'} in the minutes."
    return (
        f"{body}, {day(when, language)}: {count} {'Beschluss' if count == 1 else 'Beschlüsse'} in den Niederschriften."
    )
