"""From a message to what it asks: the one place where the text of a question is read."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from bot.question.context import context_of
from bot.question.courtesy import courtesy_in
from bot.question.papers import papers_asked
from bot.question.parts import asked_in, parts_of, points_back
from bot.question.period import period_in
from bot.question.query import Query, understand
from bot.question.types import Asked, Message

MAX_QUESTION_CHARS = 2000
"""Longer than any question; what follows is not read."""


def read(text: str, history: tuple[str, ...], today: dt.date) -> Message:
    """Read a message.

    Args:
        text: as typed.
        history: earlier questions of the same conversation, oldest first.
        today: what "last year" counts from.
    """
    text, history = readable(text), tuple(map(readable, history))
    parts: list[Asked] = []
    for part in parts_of(text):
        parts.append(_asked(part, (*history, *(earlier.text for earlier in parts)), today))
    asking = [part for part in parts if part.courtesy is None]
    return Message(parts=tuple(asking or parts[:1]))


def readable(text: str) -> str:
    """Cut a question to its length limit and replace what no encoder takes (half characters, NUL)."""
    return text[:MAX_QUESTION_CHARS].encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def _asked(text: str, history: tuple[str, ...], today: dt.date) -> Asked:
    question, told = asked_in(text)
    context = (told,) if told and points_back(question) else context_of(question, history)
    courtesy = courtesy_in(question)
    return Asked(
        text=question,
        context=context,
        courtesy=courtesy,
        query=_with_spans(understand(question, context), question, today),
        papers=papers_asked(question, context, today) if courtesy is None else None,
    )


def _with_spans(query: Query, text: str, today: dt.date) -> Query:
    """Add the years that a question names without writing them ("letztes Jahr")."""
    found = None if query.years else period_in(text, today)
    return replace(query, years=found.period.years) if found else query
