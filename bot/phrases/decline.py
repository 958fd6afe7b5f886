"""What is said where there is no answer: what is missing, what was searched, and who might know."""

from __future__ import annotations

from bot.phrases import reply as phrases
from bot.types import Asked, Declined, DeclineReason, Language

_MISSING = {
    Language.DE: {
        Asked.PERSON: "der diesen Namen nennt",
        Asked.FIRM: "der diesen Namen nennt",
        Asked.WHO: "der dazu eine Person oder Stelle nennt",
        Asked.VOTE: "der sagt, wie abgestimmt wurde",
        Asked.PERCENT: "der diesen Anteil nennt",
        Asked.RANK: "der diesen Platz nennt",
        Asked.COUNT: "der diese Zahl nennt",
        Asked.MONEY: "der diesen Betrag nennt",
        Asked.DURATION: "der sagt, wie lange das dauert",
        Asked.AMOUNT: "der diesen Wert nennt",
        Asked.DATE: "der diesen Zeitpunkt nennt",
        Asked.ANYTHING: "der das beantwortet",
    },
    Language.EN: {
        Asked.PERSON: "gives this name",
        Asked.FIRM: "gives this name",
        Asked.WHO: "names a person or body for this",
        Asked.VOTE: "says how the vote went",
        Asked.PERCENT: "gives this share",
        Asked.RANK: "gives this rank",
        Asked.COUNT: "gives this number",
        Asked.MONEY: "gives this amount",
        Asked.DURATION: "says how long that takes",
        Asked.AMOUNT: "gives this figure",
        Asked.DATE: "gives this date",
        Asked.ANYTHING: "answers the question",
    },
}


def told(reply: Declined) -> str:
    """Return the sentence that declines; where papers were read, it says what none of them holds."""
    if reply.reason is not DeclineReason.NOT_SUPPORTED:
        return phrases.declined(reply.reason, reply.language)
    missing = _MISSING[reply.language][reply.asked]
    if reply.language is Language.EN:
        return f"I have no information on this: I found no sentence that {missing}."
    return f"Dazu liegt mir nichts vor: Ich habe keinen Satz gefunden, {missing}."


def searched(reply: Declined) -> str:
    """Say what was searched; "" where nothing was asked."""
    if reply.reason.is_courtesy:
        return ""
    return phrases.searched(reply.searched.documents, reply.searched.until, reply.language)


def who_might_know(reply: Declined) -> str:
    """Return whom to ask; "" where the nearest papers name no office."""
    if not reply.office:
        return ""
    if reply.language is Language.EN:
        return f"The office named most often there might know: {reply.office}."
    return f"Auskunft könnte das {reply.office} geben; es wird dort am häufigsten genannt."
