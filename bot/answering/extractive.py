"""Answers without a model: the best sentences, verbatim, each with what it needs, its citation and its Stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from bot.answering.citation import cite
from bot.answering.evidence import Evidence
from bot.answering.figures import Claim, claim_of, differ
from bot.answering.quoting import Quoted, quoted, says_something
from bot.answering.standing import last_day, standing_of
from bot.answering.stating import Basis, related, stated
from bot.answering.verify import stands_in, supported
from bot.types import Citation, Statement
from ingest.types import Document, SectionRole, Span

MAX_STATEMENTS = 4
"""The design's bound, as is the next."""

MAX_CHARS = 1200
"""Of all statements together: what a councillor reads on a phone."""

MARGIN = 4.0
"""A further statement must score no more than this below the best. gold-dev, weights learned on other papers: 2 / 3 / 4
/ 5 give right .49 / .50 / .51 / .51; beyond 4 answers only grow longer."""

SAME = 0.75
"""Share of common words from which two sentences with the same numbers say the same."""

OLDER = 2
"""Sentences taken beyond `MARGIN` because they give another figure for the same as the best: how it changed."""

_NEGATION = re.compile(r"\b(?:nicht|kein\w*|nie|weder|ohne)\b", re.IGNORECASE)
_VOTED = frozenset({SectionRole.VOTE, SectionRole.DECISION})
LOOKED_AT = 60
"""Best sentences among which other figures for the same are looked for; behind them nothing was found on corpus/."""


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
    bases: list[Basis] = []
    for chosen in _chosen(evidence):
        paper = document(chosen.hit.passage.document_id)
        shown = _shown(chosen, paper, citations)
        length = sum(len(statement.text) for statement in statements) + len(shown.text) if shown else 0
        if shown is None or length > MAX_CHARS:
            continue
        cited = [cite(len(citations) + n, paper, span) for n, span in enumerate(shown.spans, start=1)]
        basis = Basis(text=chosen.text, span=chosen.span, role=chosen.role, document=paper)
        statements.append(stated(shown.text, tuple(citation.n for citation in cited), basis))
        citations += cited
        bases.append(basis)
        if len(statements) == MAX_STATEMENTS:
            break
    return related(statements, bases), tuple(citations)


def _shown(chosen: Evidence, paper: Document, citations: Sequence[Citation]) -> Quoted | None:
    """Return a sentence with what it needs, else alone; None if neither passes the gate or both are shown already."""
    cited = [citation.span for citation in citations if citation.document_id == paper.document_id]
    whole = quoted(chosen.span, paper)
    alone = Quoted(text=whole.text if whole.spans == (chosen.span,) else chosen.text, spans=(chosen.span,))
    return next((one for one in (whole, alone) if not _overlaps(one.spans[-1], cited) and _passes(one, paper)), None)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _passes(shown: Quoted, paper: Document) -> bool:
    quotes = [" ".join(span.of(paper.text).split()) for span in shown.spans]
    stand = all(stands_in(paper, span, quote) for span, quote in zip(shown.spans, quotes, strict=True))
    return stand and supported(shown.text, quotes)


def _chosen(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Take the best sentences that do not repeat one another; of differing figures for the same the newest first."""
    taken: list[Evidence] = []
    for candidate in evidence:
        if candidate.score < evidence[0].score - MARGIN or len(taken) == 2 * MAX_STATEMENTS:
            break
        if taken and not says_something(candidate.text, candidate.role):
            continue
        if not any(_repeats(candidate, other) for other in taken):
            taken.append(candidate)
    return _in_time(taken, evidence[:LOOKED_AT])


def _in_time(taken: Sequence[Evidence], evidence: Sequence[Evidence]) -> list[Evidence]:
    """Put sentences that give other figures for the same thing together, the newest first.

    Where the question names a year, sentences of papers of that year stay in front of others.
    """
    claims = {id(item): _claim(item) for item in (*taken, *evidence)}
    ordered: list[Evidence] = []
    for leader in taken:
        if leader in ordered:
            continue
        others = [x for x in taken if x not in ordered and differ(claims[id(leader)], claims[id(x)])]
        known = [leader, *others]
        beyond = [
            x
            for x in evidence
            if leader is taken[0]
            and x not in taken
            and differ(claims[id(leader)], claims[id(x)])
            and not any(_repeats(x, y) for y in known)
        ]
        group = [leader, *others, *beyond[:OLDER]]
        ordered += sorted((x for x in group if x not in ordered), key=lambda x: (_year(x), _day(x)), reverse=True)
    return ordered


def _claim(item: Evidence) -> Claim:
    header = item.hit.document
    return claim_of(item.text, header.document_id, standing_of(item.text, header).as_of)


def _day(item: Evidence) -> date:
    standing = standing_of(item.text, item.hit.document)
    return last_day(standing.as_of) if standing.as_of else date.min


def _year(item: Evidence) -> float:
    """Return 1.0 where the paper is of a year that the question names."""
    return item.features.get("year", 0.0)


def _repeats(one: Evidence, other: Evidence) -> bool:
    """Say whether a sentence says what another said before it: without a number of its own, and not its opposite.

    Votes sound alike, so they repeat one another only with the same numbers.
    """
    if bool(_NEGATION.search(one.text)) != bool(_NEGATION.search(other.text)):
        return False
    if one.role in _VOTED and _numbers(one) != _numbers(other):
        return False
    here, there = one.tokens - _numbers(one), other.tokens - _numbers(other)
    smaller = min(len(here), len(there))
    return smaller > 0 and len(here & there) / smaller >= SAME and _numbers(one) <= _numbers(other)


def _numbers(item: Evidence) -> frozenset[str]:
    return frozenset(token for token in item.tokens if token[0].isdigit())
