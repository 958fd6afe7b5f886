"""What users read about motions: states, reasons, news, the dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.types import Outcome, Reason, Status
from bot.phrases import reply
from bot.record import source_line
from bot.types import Language

if TYPE_CHECKING:
    from bot.ledger.types import Change, Evidence, MotionState, PointState, Vote

DE, EN = Language.DE, Language.EN

STATUS = {
    DE: {Status.ANSWERED: "beantwortet", Status.PARTLY: "teilweise", Status.OPEN: "offen"},
    EN: {Status.ANSWERED: "answered", Status.PARTLY: "partly", Status.OPEN: "open"},
}
MARK = {Status.ANSWERED: "●", Status.PARTLY: "◐", Status.OPEN: "○"}
"""Beside the word, never instead of it."""

_LABEL = {
    DE: {
        Reason.REFUSED: "abgelehnt",
        Reason.DEFERRED: "vertagt",
        Reason.PROMISED: "zugesagt",
        Reason.NO_DATA: "keine Angaben",
    },
    EN: {
        Reason.REFUSED: "refused",
        Reason.DEFERRED: "deferred",
        Reason.PROMISED: "promised",
        Reason.NO_DATA: "no data",
    },
}
_NOTE = {
    DE: {
        Reason.ANSWERED: "Die Verwaltung hat dazu geantwortet.",
        Reason.DONE: "Das ist nach den Papieren geschehen.",
        Reason.DENIED: "Die Frage ist verneint oder ihre Annahme berichtigt worden.",
        Reason.INCOMPLETE: "Nur ein Teil davon ist beantwortet.",
        Reason.PROMISED: "Das ist zugesagt oder begonnen, aber noch nicht erledigt.",
        Reason.RELATED: "Kein Papier antwortet unmittelbar darauf; andere Papiere sagen etwas zum Gegenstand.",
        Reason.REFUSED: "Das ist abgelehnt oder für nicht nötig oder nicht zulässig erklärt worden.",
        Reason.DEFERRED: "Das ist auf später verschoben worden.",
        Reason.NO_DATA: "Die Verwaltung macht dazu keine Angaben.",
        Reason.NOT_ADDRESSED: "{until} in {papers} nichts gefunden, was diesen Punkt beantwortet.",
        Reason.NO_PAPER: "{until} in {papers} nichts gefunden.",
    },
    EN: {
        Reason.ANSWERED: "The administration has answered this.",
        Reason.DONE: "According to the papers this has been done.",
        Reason.DENIED: "The question was answered with no, or its premise was corrected.",
        Reason.INCOMPLETE: "Only part of this has been answered.",
        Reason.PROMISED: "This has been promised or begun, but is not done yet.",
        Reason.RELATED: "No paper answers this directly; other papers say something on the subject.",
        Reason.REFUSED: "This was refused, or called unnecessary or not allowed.",
        Reason.DEFERRED: "This was put off.",
        Reason.NO_DATA: "The administration gives no information on this.",
        Reason.NOT_ADDRESSED: "{until} nothing that answers this point was found in {papers}.",
        Reason.NO_PAPER: "{until} nothing was found in {papers}.",
    },
}
_OUTCOME = {
    DE: {
        Outcome.ADOPTED: "Angenommen",
        Outcome.AMENDED: "In geänderter Fassung angenommen",
        Outcome.REJECTED: "Abgelehnt",
        Outcome.DEFERRED: "Vertagt",
        Outcome.REFERRED: "Zur weiteren Beratung verwiesen",
        Outcome.SETTLED: "Für erledigt erklärt",
        Outcome.WITHDRAWN: "Zurückgezogen",
        Outcome.NOTED: "Zur Kenntnis genommen",
        Outcome.UNKNOWN: "Beschluss im Wortlaut",
    },
    EN: {
        Outcome.ADOPTED: "Adopted",
        Outcome.AMENDED: "Adopted as amended",
        Outcome.REJECTED: "Rejected",
        Outcome.DEFERRED: "Adjourned",
        Outcome.REFERRED: "Referred for further consultation",
        Outcome.SETTLED: "Declared settled",
        Outcome.WITHDRAWN: "Withdrawn",
        Outcome.NOTED: "Noted",
        Outcome.UNKNOWN: "Decision as written",
    },
}
_OVERRULED = {DE: "Von der Verwaltung so eingestuft ({office}): {reason}", EN: "Set by staff ({office}): {reason}"}
_WITHOUT_REASON = {DE: "ohne Begründung", EN: "no reason given"}
_WORKED_OUT = {DE: "Ermittelt war: {status}.", EN: "Worked out: {status}."}

NO_MOTIONS = {DE: "Im Index ist kein Antrag und keine Anfrage.", EN: "The index holds no motions and no inquiries."}
NO_POINTS = {
    DE: "Keine einzelnen Forderungen oder Fragen erkannt.",
    EN: "No single requests or questions were recognised.",
}
UNKNOWN = {DE: "Einen Antrag „{wanted}“ gibt es hier nicht.", EN: "There is no motion “{wanted}” here."}
UNKNOWN_HINT = {
    DE: "„ratslotse motions“ nennt alle mit ihrer Kennung.",
    EN: "“ratslotse motions” lists all with their ids.",
}
AMBIGUOUS = {
    DE: "„{wanted}“ kann mehrere Anträge meinen: {names}.",
    EN: "“{wanted}” may mean several motions: {names}.",
}
NO_NEWS = {DE: "Seitdem hat sich kein Punkt geändert.", EN: "No point has changed since then."}
NO_EARLIER = {
    DE: "Der Stand der Generation {generation} ist nicht mehr aufbewahrt und nicht mehr zu ermitteln.",
    EN: "The state at generation {generation} is no longer kept and cannot be worked out.",
}
NO_FORMAT = {
    DE: "„{name}“ kann nicht geschrieben werden: Die Endung sagt kein Format.",
    EN: "“{name}” cannot be written: its ending names no format.",
}
FORMATS = {DE: "Möglich sind .html, .docx und .odt.", EN: "Possible are .html, .docx and .odt."}
NOT_WRITTEN = {DE: "{path} kann nicht geschrieben werden.", EN: "{path} cannot be written."}
WRITTEN = {DE: "Geschrieben: {path}", EN: "Written: {path}"}
NOBODY = {DE: "Kein Papier nennt eine zuständige Stelle.", EN: "No paper names who is responsible."}
NOTHING = {DE: "Nichts, soweit erkennbar.", EN: "Nothing, as far as can be told."}
_MISSING = {DE: "In den Belegen nicht genannt: {names}.", EN: "Not named in the evidence: {names}."}
_MISSING_ALL = {DE: "Eine Auskunft zum ganzen Punkt.", EN: "Any information on the whole point."}
_MISSING_SOME = {
    DE: "Was fehlt, zeigen die Belege nicht Wort für Wort; bitte mit dem Punkt vergleichen.",
    EN: "The evidence does not tell word for word what is missing; please compare it with the point.",
}
DOSSIER = {
    DE: {
        "dossier": "Dossier",
        "intro": "Für jeden Punkt: was gefragt ist, wie es steht, welche Sätze das zeigen, was fehlt und wen man "
        "fragen kann. Alle Zitate sind wörtlich; die Einstufung ist maschinell ermittelt, wo nichts anderes steht.",
        "point": "Punkt",
        "subject": "Gegenstand",
        "state": "Stand der Bearbeitung",
        "evidence": "Belege",
        "contradictions": "Abweichende Angaben",
        "missing": "Was fehlt",
        "whom": "Wen fragen",
        "made": "Zusammengestellt von Ratslotse, einem Programm. Maßgeblich sind die Papiere selbst.",
    },
    EN: {
        "dossier": "Dossier",
        "intro": "For each point: what is asked, how it stands, which sentences show it, what is missing and whom to "
        "ask. All quotes are verbatim; states are worked out by a program unless it says otherwise.",
        "point": "Point",
        "subject": "Subject",
        "state": "State",
        "evidence": "Evidence",
        "contradictions": "Figures that differ",
        "missing": "What is missing",
        "whom": "Whom to ask",
        "made": "Put together by Ratslotse, a program. The papers themselves are what counts.",
    },
}
FOLLOW = {DE: "Bei Änderung benachrichtigen", EN: "Notify me of changes"}
UNFOLLOW = {DE: "Nicht mehr benachrichtigen", EN: "Stop notifying me"}
FOLLOWED = {
    DE: "Sie bekommen eine Nachricht, wenn sich der Stand eines Punktes ändert; längstens ein Jahr lang.",
    EN: "You will get a message when the state of a point changes; for one year at most.",
}
UNFOLLOWED = {
    DE: "Sie bekommen zu diesem Antrag keine Nachricht mehr.",
    EN: "You will get no more messages about this motion.",
}
FOLLOWED_CHANGED = {
    DE: "Zu einem Antrag, dem Sie folgen, gibt es Neues:",
    EN: "There is news on a motion that you follow:",
}
NEW_POINT = {DE: "neu", EN: "new"}
POINT = {DE: "Punkt", EN: "Point"}


def point_line(point: PointState, language: Language) -> str:
    """Return a point on one line: number, status, what it asks."""
    return f"{POINT[language]} {point.number} ({label(point, language)}): {point.text}"


def open_points(motion: MotionState, language: Language) -> str:
    """Name the points that are open: "offen: 2, 7"; "" where none is."""
    numbers = [point.number for point in motion.points if point.status is Status.OPEN]
    return f"{STATUS[language][Status.OPEN]}: {', '.join(numbers)}" if numbers else ""


def since(written: str, language: Language) -> str:
    """Say since when something waits."""
    return f"since {written}" if language is EN else f"seit dem {written}"


def label(point: PointState, language: Language) -> str:
    """Return a status as a reader sees it: "offen (vertagt)", "teilweise (zugesagt)"."""
    name = STATUS[language][point.status]
    reason = point.standing[1]
    more = _LABEL[language][reason] if reason else ""
    return f"{name} ({more})" if more else name


def note(motion: MotionState, point: PointState, language: Language) -> str:
    """Return the sentence that says why a point has its status; for nothing found, where it was looked for."""
    if point.overrule:
        reason = point.overrule.reason or _WITHOUT_REASON[language]
        said = _OVERRULED[language].format(office=point.overrule.office, reason=reason)
        found = _WORKED_OUT[language].format(status=STATUS[language][point.worked_out])
        return f"{said.rstrip('.')}. {found}"
    return _NOTE[language][point.reason].format(
        until=_until(motion, language), papers=_papers(motion.searched.documents, language)
    )


def source(evidence: Evidence, language: Language) -> str:
    """Return where words stand and their Stand, which is said once only."""
    line = source_line(evidence.citation, language)
    if evidence.as_of is None or (evidence.citation.date is None and evidence.as_of == evidence.citation.as_of):
        return line
    return f"{line} · {reply.as_of(evidence.as_of, evidence.as_of_basis, language)}"


def missing(point: PointState, language: Language) -> str:
    """Return what a point still lacks."""
    if not point.evidence or point.reason is Reason.NO_DATA:
        return _MISSING_ALL[language]
    if point.missing:
        return _MISSING[language].format(names=", ".join(point.missing))
    return _MISSING_SOME[language]


def tally(motion: MotionState, language: Language) -> str:
    """Count a motion's points by status: "2 beantwortet · 3 teilweise · 1 offen"."""
    counts = [(motion.count(status), STATUS[language][status]) for status in Status]
    return " · ".join(f"{count} {name}" for count, name in counts if count) or NO_POINTS[language]


def headline(motion: MotionState, language: Language) -> str:
    """Return a motion on one line: number, factions, date."""
    parts = [motion.number or "", ", ".join(motion.factions), reply.day(motion.date, language)]
    return " · ".join(part for part in parts if part)


def vote(motion: MotionState, language: Language) -> str:
    """Return what was decided on a motion, on one line, with the vote as written; empty where nothing was.

    "Abgelehnt (Gemeinderat, 24. September 2024): „bei 14 Ja-Stimmen, 18 Nein-Stimmen abgelehnt“"
    """
    if motion.vote is None:
        return ""
    quoted = f"“{motion.vote.text}”" if language is EN else f"„{motion.vote.text}“"
    return f"{result(motion.vote, language)}: {quoted}"


def result(vote: Vote, language: Language) -> str:
    """Return what a vote came to, who decided and when: "Abgelehnt (Gemeinderat, 24. September 2024)"."""
    return f"{_OUTCOME[language][vote.outcome]}{_where(vote, language)}"


def _where(vote: Vote, language: Language) -> str:
    """Return who decided and when, in brackets; empty where the protocol tells neither."""
    day = vote.evidence.as_of.day if vote.evidence.as_of else None
    known = [part for part in (vote.evidence.citation.body, reply.day(day, language) if day else None) if part]
    return f" ({', '.join(known)})" if known else ""


def news_line(change: Change, language: Language) -> str:
    """Tell a change on one line: "Punkt 3: offen → beantwortet"."""
    before = label(change.before, language) if change.before else NEW_POINT[language]
    return f"{POINT[language]} {change.point.number}: {before} → {label(change.point, language)}"


def more_changes(number: int, language: Language) -> str:
    """Say how many changed points are not told here."""
    if language is EN:
        return "… and 1 more point." if number == 1 else f"… and {number} more points."
    return "… und 1 weiterer Punkt." if number == 1 else f"… und {number} weitere Punkte."


def _until(motion: MotionState, language: Language) -> str:
    until = motion.searched.until
    if until is None:
        return "Bisher" if language is DE else "So far"
    return ("Bis zum " if language is DE else "Up to ") + reply.day(until, language)


def _papers(count: int, language: Language) -> str:
    """Count papers behind "in", which takes the dative."""
    if language is EN:
        return "1 paper" if count == 1 else f"{reply.grouped(count, language)} papers"
    return "1 Papier" if count == 1 else f"{reply.grouped(count, language)} Papieren"
