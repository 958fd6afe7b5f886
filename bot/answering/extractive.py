"""Answers without a model: the best sentences, verbatim, each with its citation and Stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from bot.answering.citation import cite
from bot.answering.evidence import Evidence
from bot.answering.verify import stands_in, supported
from bot.types import Citation, Mood, Statement
from ingest.types import DateBasis, Document, SectionRole, Stand

MAX_STATEMENTS = 4
"""The design's bound, as is the next."""

MAX_CHARS = 1200
"""Of all statements together: what a councillor reads on a phone."""

MARGIN = 4.0
"""A further statement must score no more than this below the best. gold-dev, weights learned on other papers: 2 / 3 / 4
/ 5 give right .49 / .50 / .51 / .51; beyond 4 answers only grow longer."""

SAME = 0.75
"""Share of common words from which two sentences say the same; with other numbers they say it of another time."""

_MARKER = re.compile(r"^(?:[-–—•*▪◦☐☒\uf0b7]+|\(?\d{1,2}[.)]+|\(?[a-z]\))\s+")


def answer(
    evidence: Sequence[Evidence], document: Callable[[str], Document]
) -> tuple[tuple[Statement, ...], tuple[Citation, ...]]:
    """Choose and cite sentences.

    Args:
        evidence: best first.
        document: looks a paper up by its id.

    Returns:
        Statements and citations, numbered from 1 in the order shown; both empty if nothing passes the gate.
    """
    statements: list[Statement] = []
    citations: list[Citation] = []
    for chosen in _chosen(evidence):
        paper = document(chosen.hit.passage.document_id)
        citation = cite(len(citations) + 1, paper, chosen.span)
        text = _MARKER.sub("", citation.quote)
        length = sum(len(statement.text) for statement in statements) + len(text)
        if (
            length > MAX_CHARS
            or not stands_in(paper, chosen.span, citation.quote)
            or not supported(text, [citation.quote])
        ):
            continue
        statements.append(_statement(text, chosen.role, citation, paper))
        citations.append(citation)
        if len(statements) == MAX_STATEMENTS:
            break
    return tuple(statements), tuple(citations)


def _chosen(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Take the best sentences that do not repeat one another; where only figures differ, the newest first."""
    taken: list[Evidence] = []
    for candidate in evidence:
        if candidate.score < evidence[0].score - MARGIN or len(taken) == 2 * MAX_STATEMENTS:
            break
        if not any(_same_words(candidate, other) and _numbers(candidate) == _numbers(other) for other in taken):
            taken.append(candidate)
    return _newest_first(taken)


def _newest_first(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Give the places of sentences that differ in figures alone to the newest of them first."""
    ordered = list(chosen)
    for place, leader in enumerate(chosen):
        places = [i for i in range(place, len(ordered)) if _same_words(ordered[i], leader)]
        newest = sorted((ordered[i] for i in places), key=_day, reverse=True)
        for i, item in zip(places, newest, strict=True):
            ordered[i] = item
    return ordered


def _day(item: Evidence) -> date:
    paper = item.hit.document
    return (paper.as_of.day if paper.as_of else paper.date) or date.min


def _same_words(one: Evidence, other: Evidence) -> bool:
    here, there = one.tokens - _numbers(one), other.tokens - _numbers(other)
    smaller = min(len(here), len(there))
    return smaller > 0 and len(here & there) / smaller >= SAME


def _numbers(item: Evidence) -> frozenset[str]:
    return frozenset(token for token in item.tokens if token[0].isdigit())


def _statement(text: str, role: SectionRole, citation: Citation, paper: Document) -> Statement:
    as_of, basis = _stand(paper)
    mood = Mood.REQUESTED if role is SectionRole.REQUEST else None
    return Statement(text=text, citations=(citation.n,), as_of=as_of, as_of_basis=basis, mood=mood)


def _stand(paper: Document) -> tuple[Stand | None, DateBasis | None]:
    """Return the paper's Stand and where it comes from: its sidecar's, else its date."""
    if paper.as_of:
        return paper.as_of, DateBasis.PAPER
    return (Stand(day=paper.date), paper.date_basis) if paper.date else (None, None)
