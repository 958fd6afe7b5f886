"""What the Telegram bot says, German first, English beside it. No logic but choosing the language."""

from __future__ import annotations

from datetime import date

from bot.feedback import Fault
from bot.phrases.reply import day, grouped, searched
from bot.types import Language
from ingest.types import Kind

DE, EN = Language.DE, Language.EN

SOURCE = {DE: "Quelle", EN: "Source"}
HELPFUL = {DE: "Hilfreich", EN: "Helpful"}
NOT_HELPFUL = {DE: "Nicht hilfreich", EN: "Not helpful"}
BACK = {DE: "Zurück", EN: "Back"}
FAULTS = {
    DE: {
        Fault.WRONG: "Inhaltlich falsch",
        Fault.INCOMPLETE: "Unvollständig",
        Fault.SOURCE: "Falsche Quelle",
        Fault.ERROR: "Fehler",
    },
    EN: {
        Fault.WRONG: "Wrong content",
        Fault.INCOMPLETE: "Incomplete",
        Fault.SOURCE: "Wrong source",
        Fault.ERROR: "Error",
    },
}
WHY = {
    DE: "Was hat gefehlt? Mit Ihrer Wahl werden Frage und Antwort gespeichert, nicht wer Sie sind.",
    EN: "What was wrong? Your choice keeps question and answer, not who you are.",
}
THANKS = {DE: "Danke für Ihre Rückmeldung.", EN: "Thank you for your feedback."}
ALREADY_RATED = {DE: "Diese Antwort ist schon bewertet.", EN: "This answer has been rated already."}

_HELP = {
    DE: (
        "Schreiben Sie Ihre Frage einfach als Nachricht, auch Nachfragen wie „Und 2024?“. "
        "Die Schaltflächen unter einer Antwort zeigen die Quelle im Wortlaut.",
        "/antraege – Anträge und was davon beantwortet ist\n"
        "/antrag NR – ein Antrag Punkt für Punkt\n"
        "/stand – welche Papiere es gibt\n"
        "/neu – was seit Ihrer letzten Frage dazukam\n"
        "/vergessen – löscht, was über Sie gespeichert ist\n"
        "/hilfe – diese Zeilen",
        "In Gruppen antworte ich nur, wenn Sie mich nennen oder auf mich antworten.",
    ),
    EN: (
        "Just send your question as a message, follow-ups like “And 2024?” too. "
        "The buttons below an answer show the source word for word. The papers are in German.",
        "/antraege – motions and what has been answered\n"
        "/antrag NO – one motion, point by point\n"
        "/stand – which papers there are\n"
        "/neu – what came in since your last question\n"
        "/vergessen – deletes what is kept about you\n"
        "/hilfe – these lines",
        "In groups I only answer when you mention me or reply to me.",
    ),
}

COMMANDS = {
    DE: (
        ("antraege", "Anträge und was davon beantwortet ist"),
        ("antrag", "Ein Antrag, Punkt für Punkt: /antrag NR"),
        ("stand", "Welche Papiere es gibt"),
        ("neu", "Was seit Ihrer letzten Frage dazukam"),
        ("vergessen", "Löscht, was über Sie gespeichert ist"),
        ("hilfe", "Was Sie fragen können"),
        ("start", "Wer hier antwortet"),
    ),
    EN: (
        ("antraege", "Motions and what has been answered"),
        ("antrag", "One motion, point by point: /antrag NO"),
        ("stand", "Which papers there are"),
        ("neu", "What came in since your last question"),
        ("vergessen", "Deletes what is kept about you"),
        ("hilfe", "What you can ask"),
        ("start", "Who answers here"),
    ),
}

NOT_ALLOWED = {
    DE: "Guten Tag. Ratslotse ist ein Programm und antwortet hier nur freigeschalteten Ratsmitgliedern. "
    "Bitte wenden Sie sich an die Geschäftsstelle Ihrer Fraktion oder des Rates.",
    EN: "Hello. Ratslotse is a machine and answers only council members who have been given access. "
    "Please turn to the office of your group or of the council.",
}
ANONYMOUS = {
    DE: "Ich antworte nur Personen, nicht Gruppen oder Kanälen. Bitte schreiben Sie mit Ihrem eigenen Namen.",
    EN: "I only answer people, not groups or channels. Please write in your own name.",
}
ONLY_TEXT = {
    DE: "Ich verstehe nur Text. Bitte schreiben Sie Ihre Frage als Nachricht.",
    EN: "I only understand text. Please send your question as a message.",
}
UNKNOWN_COMMAND = {
    DE: "Diesen Befehl kenne ich nicht. /hilfe zeigt, was es gibt.",
    EN: "I do not know this command. /hilfe shows what there is.",
}
REPEAT = {
    DE: "Wiederholung nach Neustart oder Störung: Vielleicht haben Sie diese Antwort schon.",
    EN: "Repeated after a restart or a fault: you may already have this answer.",
}
GAVE_UP = {
    DE: "Diese Frage konnte ich mehrmals nicht zu Ende bearbeiten. Bitte stellen Sie sie anders.",
    EN: "I could not finish this question several times. Please put it differently.",
}
TOO_LONG = {
    DE: "Die Suche hat zu lange gedauert. Bitte versuchen Sie es noch einmal.",
    EN: "The search took too long. Please try again.",
}
NO_PAPERS = {
    DE: "Gerade kann ich die Papiere nicht lesen. Bitte versuchen Sie es später noch einmal.",
    EN: "I cannot read the papers just now. Please try again later.",
}
SOURCE_GONE = {
    DE: "Dieses Papier ist nicht mehr da. Bitte stellen Sie die Frage noch einmal.",
    EN: "This paper is no longer there. Please ask again.",
}
BUTTON_EXPIRED = {
    DE: "Diese Schaltfläche gilt nicht mehr. Bitte stellen Sie die Frage noch einmal.",
    EN: "This button is no longer valid. Please ask again.",
}
FORGOTTEN = {
    DE: "Erledigt: Ihre Fragen und Ihre Antworten mit ihren Schaltflächen sind gelöscht, auch Ihre Benachrichtigungen. "
    "Bewertungen bleiben; "
    "sie sagen nicht, von wem sie sind. Den Verlauf in Telegram löschen Sie dort.",
    EN: "Done: your questions and your answers with their buttons are deleted, and so are your notifications. "
    "Ratings stay; they do not say "
    "whose they are. You can delete the chat itself in Telegram.",
}
NOTHING_NEW = {
    DE: "Seit Ihrer letzten Frage ist kein Papier dazugekommen.",
    EN: "No paper has come in since your last question.",
}
NO_QUESTION_YET = {
    DE: "Sie haben hier noch nichts gefragt. Nach Ihrer ersten Frage zeigt /neu, was seither dazukam.",
    EN: "You have not asked anything here yet. After your first question, /neu shows what came in since.",
}
NO_MOTIONS_YET = {
    DE: "Die Übersicht der Anträge ist noch nicht eingerichtet. Fragen zu Anträgen können Sie trotzdem stellen.",
    EN: "The overview of motions is not set up yet. You can still ask about motions.",
}
WHICH_MOTION = {
    DE: "Bitte mit Nummer, zum Beispiel: /antrag 123/2024. /antraege zeigt alle.",
    EN: "Please add a number, for example: /antrag 123/2024. /antraege shows them all.",
}
UNKNOWN_MOTION = {
    DE: "Diesen Antrag finde ich nicht.",
    EN: "I cannot find this motion, or there are several.",
}
ALL_MOTIONS = {DE: "/antraege zeigt, welche es gibt.", EN: "/antraege shows which there are."}
CITY_PAGE = {DE: "Zum Papier", EN: "To the paper"}

_KINDS_DE = {
    Kind.MOTION: ("Antrag", "Anträge"),
    Kind.PROTOCOL: ("Niederschrift", "Niederschriften"),
    Kind.REPORT: ("Bericht", "Berichte"),
    Kind.OTHER: ("anderes Papier", "andere Papiere"),
}
_KINDS_EN = {
    Kind.MOTION: ("motion", "motions"),
    Kind.PROTOCOL: ("minutes of one meeting", "minutes"),
    Kind.REPORT: ("report", "reports"),
    Kind.OTHER: ("other paper", "other papers"),
}


def greeting(documents: int, until: date | None, retention_days: int, language: Language) -> tuple[str, ...]:
    """Say who answers, from what, until when, and what is kept: one paragraph each."""
    if language is EN:
        return (
            "Hello, I am Ratslotse: a machine, not a human. I answer questions from the council's public papers, every "
            "statement with its source, and I say so when there is nothing in them.",
            searched(documents, until, language) + " Non-public papers are not here.",
            f"Kept for at most {retention_days} days: your latest questions (so that follow-ups work), your answers "
            "with their buttons, and your Telegram number they belong to. Not kept: your name. Nothing is passed on. "
            "A motion that you follow is kept until you stop, for one year at most. Telegram itself can read this "
            "chat. /vergessen deletes everything at once.",
            *_HELP[language],
        )
    return (
        "Guten Tag, ich bin Ratslotse: ein Programm, kein Mensch. Ich antworte aus den öffentlichen Papieren des "
        "Rates, jede Aussage mit Quelle, und sage es, wenn dort nichts dazu steht.",
        searched(documents, until, language) + " Nichtöffentliche Papiere sind hier nicht dabei.",
        f"Gespeichert werden höchstens {retention_days} Tage lang: Ihre letzten Fragen (damit Nachfragen verstanden "
        "werden), Ihre Antworten mit ihren Schaltflächen und die Telegram-Nummer, zu der sie gehören. Nicht "
        "gespeichert wird Ihr Name. Nichts davon wird weitergegeben. Welchem Antrag Sie folgen, bleibt gespeichert, "
        "bis Sie es beenden, längstens ein Jahr. Telegram selbst kann diesen Chat lesen. "
        "/vergessen löscht alles sofort.",
        *_HELP[language],
    )


def help_lines(language: Language) -> tuple[str, ...]:
    """Say what can be asked: one paragraph each."""
    return _HELP[language]


def searching(documents: int, language: Language) -> str:
    """Say what is going on."""
    if language is EN:
        return f"Searching {grouped(documents, language)} papers …"
    return f"Ich suche in {grouped(documents, language)} Papieren …"


def too_fast(seconds: int, language: Language) -> str:
    """Ask for patience."""
    if language is EN:
        return (
            f"That was a lot of messages at once. This one I did not read; please send it again in {seconds} seconds."
        )
    return (
        "Das waren sehr viele Nachrichten auf einmal. Diese habe ich nicht gelesen; bitte senden Sie sie in "
        f"{seconds} Sekunden noch einmal."
    )


def all_papers(number: int, language: Language) -> str:
    """Count all papers."""
    if language is EN:
        return f"I know {grouped(number, language)} papers:"
    return "1 Papier liegt mir vor:" if number == 1 else f"{grouped(number, language)} Papiere liegen mir vor:"


def papers_of_kind(kind: Kind, number: int, language: Language) -> str:
    """Count papers of one kind: "312 Anträge"."""
    one, many = (_KINDS_EN if language is EN else _KINDS_DE)[kind]
    return f"{grouped(number, language)} {one if number == 1 else many}"


def newest(until: date | None, language: Language) -> str:
    """Say how new the newest paper is."""
    return f"Newest paper: {day(until, language)}" if language is EN else f"Jüngstes Papier: {day(until, language)}"


def changed(on: date, language: Language) -> str:
    """Say when the papers last changed."""
    return f"Last updated: {day(on, language)}" if language is EN else f"Zuletzt aktualisiert: {day(on, language)}"


def came_in(number: int, language: Language) -> str:
    """Say how many papers came in."""
    if language is EN:
        papers = "1 paper has" if number == 1 else f"{grouped(number, language)} papers have"
        return f"{papers} come in since your last question:"
    if number == 1:
        return "Seit Ihrer letzten Frage ist 1 Papier dazugekommen:"
    return f"Seit Ihrer letzten Frage sind {grouped(number, language)} Papiere dazugekommen:"


def and_more(number: int, language: Language) -> str:
    """Say how many are not listed."""
    told = grouped(number, language)
    return f"… and {told} more." if language is EN else f"… und {told} weitere."
