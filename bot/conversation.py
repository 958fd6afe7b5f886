"""Follow-up questions: which earlier questions a question leans on."""

from __future__ import annotations

import re

from ingest.german import search_tokens

# "Und 2024?", "Wer hat dagegen gestimmt?", "Gab es da auch …?": words that point back.
_POINTS_BACK = re.compile(
    r"^\s*(?:und|aber|oder|also|and)\b|\b(?:da(?:von|für|gegen|zu|bei|mit|ran|rüber|nach)?|dort|dies\w*|jene\w*|"
    r"den|denen|deren|dessen|es|sie|er|ihm|ihr\w*|that|it|they)\b",
    re.IGNORECASE,
)
SHORT = 4
"""Tokens: a question with fewer says too little to stand alone."""


def context_of(question: str, history: tuple[str, ...]) -> tuple[str, ...]:
    """Return the earlier questions that `question` needs to be understood, oldest first.

    A question that names its own subject needs none: a new topic starts afresh.
    """
    if not history:
        return ()
    asked = search_tokens(question)
    if _POINTS_BACK.search(question) or len(asked) < SHORT:
        return _with_what_it_leans_on(history)
    shared = set(asked) & set(search_tokens(history[-1]))
    return _with_what_it_leans_on(history) if shared else ()


def _with_what_it_leans_on(history: tuple[str, ...]) -> tuple[str, ...]:
    last = history[-1]
    return (*context_of(last, history[:-1]), last)
