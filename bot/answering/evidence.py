"""Which sentences of the best passages answer the question, best first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answering.features import candidates_of, features_of
from bot.answering.weights import WEIGHTS
from bot.retrieval.query import Query
from bot.types import Hit
from ingest.types import Section, SectionRole, Span

PASSAGES = 12
"""Best parts of passages read for an answer. Right sentence among the first four, by cross-validation over gold-dev /
with the corpus' questions: 8 → .556 / .694, 12 → .578 / .707, 20 → .567 / .707."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence that may answer.

    Attributes:
        span: characters of the document's `text`.
        text: the sentence, white space folded.
        tokens: its search tokens.
        role: of the section it stands in.
        features: by name, as weighed; see `bot.answering.features`.
        score: their weighed sum; comparable within one question.
    """

    hit: Hit
    span: Span
    text: str
    tokens: frozenset[str]
    role: SectionRole
    features: Mapping[str, float]
    score: float


def collect(
    question: str,
    query: Query,
    hits: Sequence[Hit],
    sections: Mapping[str, Sequence[Section]],
    weights: Mapping[str, float],
) -> list[Evidence]:
    """Return the sentences of the best passages, best first, in a total order.

    What a motion asks for is no answer to what is the case: such sentences count only where the question is about
    motions or names a paper.

    Args:
        question: as typed, for what it expects.
        query: as understood.
        hits: best first; the first `PASSAGES` are read.
        sections: of their papers, by document id, in their order.
        weights: information (idf) of each token of the question.
    """
    read = hits[:PASSAGES]
    candidates = [c for hit in read for c in candidates_of(hit, sections.get(hit.passage.document_id, ()))]
    candidates = [c for c in candidates if c.role is not SectionRole.CLOSING]  # who signed, and where the top is
    if not (query.about_motions or query.references):
        candidates = [c for c in candidates if not c.only_asked_for]
    if not candidates:
        return []
    rows = features_of(question, query, hits[0], candidates, weights)
    evidence = [
        Evidence(
            hit=candidate.hit,
            span=candidate.span,
            text=candidate.text,
            tokens=candidate.tokens,
            role=candidate.role,
            features=row,
            score=sum(WEIGHTS[name] * value for name, value in row.items()),
        )
        for candidate, row in zip(candidates, rows, strict=True)
    ]
    return sorted(evidence, key=lambda e: (-e.score, e.hit.document.path, e.span.start))
