"""What a question says about where its answer stands: words, years, reference numbers, kinds of paper.

Pure: it sees the question and the questions before it, never an index.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.question.glossary import german_words
from ingest.factions import factions_in
from ingest.german import search_tokens, token_weights
from ingest.references import asked_references
from ingest.types import Kind, Reference

# 2019 and 2024/2025 and 2024/25, but no sums (2.019 Euro) and no parts of longer numbers.
_YEAR = re.compile(r"(?<![\d.,/])((?:19|20)\d{2})(?:\s?/\s?((?:19|20)?\d{2}))?(?![\d/]|[.,]\d)")

# In units of the question's information, chosen on gold-dev: file@5 .867 → .911 and read@4500 .62 → .67 together with
# the bonus for papers of one procedure (`bot.retrieval.fusion.PROCEDURE_SHARE`).
MOTION_MALUS = -0.04
PROTOCOL_MALUS = -0.04
VOTE_BONUS = 0.08

CONTEXT_WEIGHT = 0.7
"""Of a token that only an earlier question says. 14 follow-ups of gold-dev and the corpus, mean reciprocal rank of the
first right paper: 1 → .73, .7 → .81, .5 → .82."""

_ASKS_FOR_MOTION = re.compile(
    r"\b(?:antr[aä]g|anfrage|beantrag|gefordert|forder|verlang|woll(?:en|te)|will\b|fragt)\w*|\bmotion\b", re.IGNORECASE
)


_ASKS_FOR_VOTE = re.compile(
    r"abgestimmt|abstimmung|stimmverhältnis|gegenstimmen|enthaltung|dagegen gestimmt|ausgegangen"
    r"|\b(?:wie|was) (?:hat|haben) .*(?:entschieden|beschlossen)|ergebnis im|\bvoted?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question as search sees it.

    Attributes:
        text: what is embedded: the question, after the earlier ones it leans on.
        tokens: what the lexical leg looks for, each once; none where the question says nothing to look for.
        weights: factor of each token.
        years: years it names, ascending.
        references: papers it names by number, in order.
        about_motions: whether it asks what was asked for, rather than what is.
        kinds: how much a kind of paper is preferred, in units of the question's information; kinds not named count 0.
        factions: groups it names, in order.
        leaned_on: those of the tokens that only earlier questions say.
    """

    text: str
    tokens: tuple[str, ...]
    weights: Mapping[str, float]
    years: tuple[int, ...]
    references: tuple[Reference, ...]
    about_motions: bool
    kinds: tuple[tuple[Kind, float], ...]
    leaned_on: frozenset[str] = frozenset()
    factions: tuple[str, ...] = ()


# They ask for something and name nothing.
_QUESTION_WORDS = "wann viel viele vielen wieviel wieviele Jahr Jahre how many when which"

# A word, or a number that can be a year, an office or a paper: "1 2 3 4" and "Jahr 0" ask for nothing.
_TELLING = re.compile(r"[^\W\d]|\d{3}")


def understand(question: str, context: tuple[str, ...] = ()) -> Query:
    """Read a question.

    Args:
        question: as typed.
        context: earlier questions that it leans on, oldest first; see `bot.question.context`.
    """
    text = " ".join((*context, question))
    text = f"{text} {german_words(text)}".strip()
    weights = {token: weight for token, weight in token_weights(text).items() if token not in _only_asking()}
    if not any(map(_TELLING.search, weights)):
        weights = {}
    own = search_tokens(f"{question} {german_words(question)}")
    leaned_on = frozenset(weights).difference(own) if context else frozenset()
    weights |= {token: CONTEXT_WEIGHT * weights[token] for token in leaned_on}
    about_motions = bool(_ASKS_FOR_MOTION.search(question))
    return Query(
        text=text,
        tokens=tuple(weights),
        weights=weights,
        years=years_in(text),
        references=asked_references(text),
        about_motions=about_motions,
        kinds=_kinds(question, about_motions),
        leaned_on=leaned_on,
        factions=factions_in(text),
    )


@lru_cache(maxsize=1)
def _only_asking() -> frozenset[str]:
    return frozenset(search_tokens(_QUESTION_WORDS))


def _kinds(question: str, about_motions: bool) -> tuple[tuple[Kind, float], ...]:
    """Say which papers are likely to answer: a motion asks and seldom answers, a vote stands in a protocol."""
    votes = bool(_ASKS_FOR_VOTE.search(question))
    motions = 0.0 if about_motions else MOTION_MALUS
    return ((Kind.MOTION, motions), (Kind.PROTOCOL, VOTE_BONUS if votes else PROTOCOL_MALUS))


def years_in(text: str) -> tuple[int, ...]:
    """Return the years that a text names, ascending, without those inside reference numbers."""
    for reference in reversed(asked_references(text)):
        text = text[: reference.span.start] + " " + text[reference.span.end :]
    years: set[int] = set()
    for first, second in _YEAR.findall(text):
        years.add(int(first))
        if second:
            years.add(int(second) if len(second) == 4 else int(first[:2] + second))
    return tuple(sorted(years))
