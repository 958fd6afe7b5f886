"""What is said about the language model, where one is set: that it worded an answer, or why it did not."""

from __future__ import annotations

from bot.types import Answered, Fallback, Language, Mode

_WORDED = {
    Language.DE: "Von einem Sprachmodell formuliert; jede Aussage ist an ihren Belegen geprüft.",
    Language.EN: "Worded by a language model; every statement has been checked against its sources.",
}

_WITHOUT = {
    Language.DE: "Ohne Sprachmodell aus den Belegen zusammengestellt: {why}.",
    Language.EN: "Put together from the sources without the language model: {why}.",
}

_WHY = {
    Language.DE: {
        Fallback.UNREACHABLE: "Es ist nicht erreichbar",
        Fallback.OVERLOADED: "Sein Server ist überlastet oder gestört",
        Fallback.REJECTED: "Sein Server hat die Anfrage abgewiesen; bitte die Einstellungen prüfen lassen",
        Fallback.TIMED_OUT: "Es hat nicht rechtzeitig geantwortet",
        Fallback.CUT_OFF: "Seine Antwort ist abgebrochen",
        Fallback.UNUSABLE: "Seine Antwort war nicht verwendbar",
        Fallback.UNPROVEN: "Seine Aussagen ließen sich nicht belegen",
        Fallback.BUSY: "Es ist gerade mit anderen Fragen beschäftigt",
        Fallback.PAUSED: "Es war zuletzt gestört und wird gleich wieder versucht",
    },
    Language.EN: {
        Fallback.UNREACHABLE: "it cannot be reached",
        Fallback.OVERLOADED: "its server is overloaded or broken",
        Fallback.REJECTED: "its server refused the request; please have the settings checked",
        Fallback.TIMED_OUT: "it did not answer in time",
        Fallback.CUT_OFF: "its answer broke off",
        Fallback.UNUSABLE: "its answer could not be used",
        Fallback.UNPROVEN: "its statements could not be proven",
        Fallback.BUSY: "it is busy with other questions",
        Fallback.PAUSED: "it failed lately and will be tried again soon",
    },
}


def notice(reply: Answered) -> str:
    """Say in one sentence what a language model had to do with an answer; "" where none is set."""
    if reply.fallback:
        return without(reply.fallback, reply.language)
    return _WORDED[reply.language] if reply.mode is Mode.GENERATIVE else ""


def without(reason: Fallback, language: Language) -> str:
    """Say that an answer was made without the language model, and why."""
    return _WITHOUT[language].format(why=_WHY[language][reason])
