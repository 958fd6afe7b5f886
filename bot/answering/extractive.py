"""Answers without a model: the best sentences, verbatim, each with what it needs, its citation and its Stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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

MAX_STATEMENTS = 8
"""The design's bound, as is the next."""

MAX_CHARS = 1200
"""Of all statements together: what a councillor reads on a phone."""

SHARE = 0.2
"""Of what the best sentence answers, by the reader, that a further one must answer to be shown, too."""

LEAST = 0.03
"""How much a further sentence must answer in any case."""

SAME = 0.75
"""Share of common words from which two sentences with the same numbers say the same."""

_NEGATION = re.compile(r"\b(?:nicht|kein\w*|nie|weder|ohne)\b", re.IGNORECASE)
_VOTED = frozenset({SectionRole.VOTE, SectionRole.DECISION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is shown of the evidence.

    Attributes:
        statements: in the order shown; none if nothing passes the gate.
        citations: numbered from 1.
        more: further sentences that answer, for which there is no room.
    """

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    more: int


def answer(evidence: Sequence[Evidence], document: Callable[[str], Document]) -> Chosen:
    """Choose and cite sentences.

    Args:
        evidence: best first.
        document: looks a paper up by its id.
    """
    statements: list[Statement] = []
    citations: list[Citation] = []
    bases: list[Basis] = []
    more = 0
    for chosen in _chosen(evidence):
        paper = document(chosen.hit.passage.document_id)
        shown = _shown(chosen, paper, citations)
        if shown is None:
            continue
        length = sum(len(statement.text) for statement in statements) + len(shown.text)
        if length > MAX_CHARS or len(statements) == MAX_STATEMENTS:
            more += 1
            continue
        cited = [cite(len(citations) + n, paper, span) for n, span in enumerate(shown.spans, start=1)]
        basis = Basis(text=chosen.text, span=chosen.span, role=chosen.role, document=paper)
        statement = stated(shown.text, tuple(citation.n for citation in cited), basis)
        statements.append(replace(statement, confidence=round(chosen.answers, 3)))
        citations += cited
        bases.append(basis)
    return Chosen(statements=related(statements, bases), citations=tuple(citations), more=more)


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
    """Take the sentences that answer and do not repeat one another, and those that give another figure for the same.

    Newer beats older, and both are shown, however sure the reader is of either.
    """
    taken: list[Evidence] = []
    claims: list[Claim] = []
    for candidate in evidence:
        enough = not taken or candidate.answers >= max(LEAST, SHARE * evidence[0].answers)
        if taken and not says_something(candidate.text, candidate.role):
            continue
        claim = _claim(candidate)
        if (enough or any(differ(claim, other) for other in claims)) and not any(
            _repeats(candidate, other) for other in taken
        ):
            taken.append(candidate)
            claims.append(claim)
    return _in_time(taken)


def _in_time(taken: Sequence[Evidence]) -> list[Evidence]:
    """Put sentences that give other figures for the same thing together, the newest first."""
    claims = [_claim(item) for item in taken]
    left = list(range(len(taken)))
    ordered: list[Evidence] = []
    while left:
        leader = left[0]
        group = [leader, *(n for n in left[1:] if differ(claims[leader], claims[n]))]
        left = [n for n in left if n not in group]
        ordered += sorted((taken[n] for n in group), key=_day, reverse=True)
    return ordered


def _claim(item: Evidence) -> Claim:
    header = item.hit.document
    return claim_of(item.text, header.document_id, standing_of(item.text, header).as_of)


def _day(item: Evidence) -> date:
    standing = standing_of(item.text, item.hit.document)
    return last_day(standing.as_of) if standing.as_of else date.min


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
