"""Several replies to one message, put together: each keeps its own words, sources are numbered through. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.types import Answered, Declined, Reply, ReplyPart, Timing


def joined(questions: Sequence[str], replies: Sequence[Reply]) -> Reply:
    """Return the reply to a message of several questions: answered if one of them is, with all parts in their order.

    Args:
        questions: the parts of the message; two at least.
        replies: to each of them.
    """
    parts: list[ReplyPart] = []
    used = 0
    for question, reply in zip(questions, replies, strict=True):
        numbered = _numbered(reply, used)
        parts.append(ReplyPart(question=question, reply=numbered))
        used += len(numbered.citations) if isinstance(numbered, Answered) else 0
    answered = [part.reply for part in parts if isinstance(part.reply, Answered)]
    hits = tuple({hit.passage.passage_id: hit for reply in replies for hit in reply.hits}.values())
    timing = Timing(
        retrieve=sum(reply.timing.retrieve for reply in replies),
        answer=sum(reply.timing.answer for reply in replies),
        total=sum(reply.timing.total for reply in replies),
    )
    if not answered:
        first = next(reply for reply in replies if isinstance(reply, Declined))
        return replace(first, hits=hits, parts=tuple(parts), timing=timing)
    return replace(
        answered[0],
        statements=tuple(statement for reply in answered for statement in reply.statements),
        citations=tuple(citation for reply in answered for citation in reply.citations),
        hits=hits,
        lead="",
        more=sum(reply.more for reply in answered),
        parts=tuple(parts),
        timing=timing,
    )


def _numbered(reply: Reply, used: int) -> Reply:
    """Count a reply's citations on from those before it."""
    if not isinstance(reply, Answered) or not used:
        return reply
    return replace(
        reply,
        citations=tuple(replace(citation, n=citation.n + used) for citation in reply.citations),
        statements=tuple(
            replace(
                statement,
                citations=tuple(n + used for n in statement.citations),
                contradicts=tuple(n + used for n in statement.contradicts),
            )
            for statement in reply.statements
        ),
    )
