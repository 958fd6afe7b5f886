"""What is said where there is no answer: what is missing, what was searched, and who might know."""

from __future__ import annotations

from bot.phrases import reply as phrases
from bot.types import Declined, DeclineReason, Language


def told(reply: Declined) -> str:
    """Return the sentence that declines; where papers were read, it says that none of them answers."""
    if reply.lead:
        return reply.lead
    if reply.reason is not DeclineReason.NOT_SUPPORTED:
        return phrases.declined(reply.reason, reply.language)
    if reply.language is Language.EN:
        return "I have no information on this: I found no sentence that answers the question."
    return "Dazu liegt mir nichts vor: Ich habe keinen Satz gefunden, der das beantwortet."


def near_miss(reply: Declined) -> str:
    """Return the sentence that comes closest, said as what it is; "" where none does."""
    if reply.near_miss is None:
        return ""
    if reply.language is Language.EN:
        return f"Closest, but no answer: “{reply.near_miss.quote}” [1]"
    return f"Am nächsten kommt, ohne zu antworten: „{reply.near_miss.quote}“ [1]"


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
