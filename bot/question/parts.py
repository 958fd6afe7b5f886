"""What a message asks: one question, several, or one behind a long story.

Two sentences that ask are two questions; "und wann …" begins another one only where it names something of its own
("und wann wird die Gartenstraße saniert"), for most messages with "und" ask two things of one matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.question.context import leans_back
from ingest.sentences import sentences

MAX_PARTS = 5
"""Of a message; what comes behind is asked together with the last."""

LONG_WORDS = 40
"""From which a message tells a story and its question is looked for. Of 2,065 questions written for measuring 3 are
longer."""

_ASKS: Final = (
    r"(?:wer|wen|wem|wessen|was|wann|wie|wieso|wieviele?|warum|weshalb|welche[mnrs]?|wozu|wo(?:her|hin|für|mit|von|bei|durch|r\w+)?"
    r"|an welche[mnrs]?|in welche[mnrs]?|bis wann|seit wann|ab wann|who|what|when|where|which|why|how)"
)
_QUESTION = re.compile(r"\?[\"“”»)]*\s*$")
_BEGINS = re.compile(rf"\W*(?:und\s+|oder\s+|aber\s+|and\s+)?{_ASKS}\b", re.IGNORECASE)
_JOINED = re.compile(rf"\s*(?:,|;)?\s+(?:und|sowie|and)\s+(?:außerdem\s+|auch\s+|noch\s+)?(?={_ASKS}\b)", re.IGNORECASE)
_ITS_OWN = re.compile(
    r"\b(?:der|die|das|den|dem|des|im|vom|zum|zur|beim|am)\s+(?:[a-zäöüß]+(?:e|en|er|em|es)\s+)?(?P<noun>[A-ZÄÖÜ][\wäöüß-]+)"
)

_DEMONSTRATIVE = re.compile(
    r"\b(?:das|dort|da|dies(?:e[mnrs]?)?|dazu|davon|dafür|dabei|darauf|damit)\b(?! [A-ZÄÖÜa-zäöü]*[A-ZÄÖÜ])"
)
_PRONOUN = re.compile(r"\b(?:sie|er|es|ihn|ihm|ihnen|ihre?[mnrs]?|seine?[mnrs]?|they|it|them)\b")


def parts_of(text: str) -> tuple[str, ...]:
    """Return what a message asks, in its order; never none. What only tells stays with the question behind it."""
    pieces = [" ".join(span.of(text).split()) for span in sentences(text)] or [text]
    asking = [_QUESTION.search(piece) is not None for piece in pieces]
    if not any(asking):
        return _of_one(text)
    questions: list[str] = []
    told: list[str] = []
    for piece, asks in zip(pieces, asking, strict=True):
        told.append(piece)
        if asks:
            questions.append(" ".join(told))
            told = []
    if told:
        questions[-1] = " ".join((questions[-1], *told))
    questions = _with_what_leans(questions)
    if len(questions) == 1:
        return _of_one(text)
    found = [part for question in questions for part in _of_one(question)]
    return (*found[: MAX_PARTS - 1], " ".join(found[MAX_PARTS - 1 :])) if len(found) > MAX_PARTS else tuple(found)


def _with_what_leans(questions: Sequence[str]) -> list[str]:
    """Leave a question that cannot be understood alone ("Was sagt die Stadt dazu?") with the one before it."""
    whole = list(questions[:1])
    for question in questions[1:]:
        if points_back(question):
            whole[-1] = f"{whole[-1]} {question}"
        else:
            whole.append(question)
    return whole


def _of_one(text: str) -> tuple[str, ...]:
    """Cut a question at each "und wann …" that names something of its own."""
    cuts = list(_JOINED.finditer(text))
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(text)]
    parts = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    if len(parts) == 1 or not _BEGINS.match(parts[0]):
        return (text,)
    whole = [parts[0]]
    for part in parts[1:]:
        if _stands_alone(part, whole[-1]):
            whole.append(part)
        else:
            whole[-1] = f"{whole[-1]} und {part}"
    return tuple(map(_sentence, whole)) if len(whole) > 1 else (text,)


def _sentence(part: str) -> str:
    """Write a part that was cut out as a question of its own."""
    return f"{part[:1].upper()}{part[1:].rstrip('?')}?"


def _stands_alone(part: str, before: str) -> bool:
    """Say whether a part names a thing of its own that the part before it does not."""
    own = [noun for noun in _nouns(part) if noun not in before]
    return bool(own) and bool(_nouns(before)) and not leans_back(part) and not _PRONOUN.search(part)


def points_back(question: str) -> bool:
    """Say whether a question behind a story needs the story: it leans back, or says "das", "sie", "dort"."""
    return leans_back(question) or bool(_PRONOUN.search(question) or _DEMONSTRATIVE.search(question))


def _nouns(part: str) -> list[str]:
    return [match["noun"] for match in _ITS_OWN.finditer(part)]


def asked_in(text: str) -> tuple[str, str]:
    """Return the question of a long message and what is told around it; of a short one all is the question."""
    if len(text.split()) < LONG_WORDS:
        return text, ""
    pieces = [" ".join(span.of(text).split()) for span in sentences(text)]
    asking = [piece for piece in pieces if _QUESTION.search(piece)] or [p for p in pieces if _BEGINS.match(p)]
    if not asking:
        return text, ""
    question = asking[-1]
    return question, " ".join(piece for piece in pieces if piece != question)
