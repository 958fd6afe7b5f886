"""Which sentences of the best passages answer the question.

A sentence is scored by interpretable features, all between 0 and 1: how much of the question's information it covers,
itself and together with its passage and title; how near its meaning is; whether it holds what the question expects;
what part of the paper it stands in; how well its passage was found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.answering.expectation import Expectation, expectations, meets
from bot.retrieval.query import Query
from bot.types import Hit
from ingest.embedding import Encoder
from ingest.german import search_tokens
from ingest.sentences import sentences
from ingest.types import SectionRole, Span

PASSAGES = 8
"""Best passages read for an answer."""

MIN_CHARS, MAX_CHARS = 12, 600
"""Shorter stretches are numbers and stubs; longer ones are tables without stops, never a sentence."""

_ROLES = {SectionRole.HEADER: 0.3, SectionRole.CLOSING: 0.0, SectionRole.FINANCES: 0.7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """Why a sentence was chosen; each from 0 to 1."""

    covered: float
    covered_in_context: float
    cosine: float
    expected: float
    role: float
    passage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence that may answer.

    Attributes:
        span: characters of the document's `text`.
        text: the sentence, white space folded.
        tokens: its search tokens.
        score: 0 to 1.
    """

    hit: Hit
    span: Span
    text: str
    tokens: frozenset[str]
    features: Features
    score: float


# Chosen by `make eval` on gold-dev (README, "Messwerte"); they sum to 1.
WEIGHTS = Features(covered=0.30, covered_in_context=0.20, cosine=0.20, expected=0.15, role=0.05, passage=0.10)


def collect(
    question: str, query: Query, hits: Sequence[Hit], weights: Mapping[str, float], encoder: Encoder
) -> list[Evidence]:
    """Return the sentences of the best passages, best first, in a total order.

    Args:
        question: as typed, for what it expects.
        query: as understood.
        hits: best first.
        weights: information (idf) of each token of the query.
        encoder: for nearness in meaning.
    """
    found = [(hit, span) for hit in hits[:PASSAGES] for span in _candidates(hit.passage.text)]
    if not found:
        return []
    texts = [" ".join(span.of(hit.passage.text).split()) for hit, span in found]
    vectors = encoder.encode([query.text, *texts])
    cosines = vectors[1:] @ vectors[0]
    contexts = {hit.passage.passage_id: _context(hit) for hit in hits[:PASSAGES]}
    expected = expectations(question)
    best = max(hit.score for hit in hits)
    evidence = []
    for (hit, span), text, cosine in zip(found, texts, cosines, strict=True):
        tokens = frozenset(search_tokens(text))
        features = Features(
            covered=_share(tokens, weights),
            covered_in_context=_share(tokens | contexts[hit.passage.passage_id], weights),
            cosine=float(np.clip(cosine, 0.0, 1.0)),
            expected=_expected(text, expected),
            role=_ROLES.get(hit.passage.role, 1.0),
            passage=max(0.0, hit.score / best) if best > 0 else 0.0,
        )
        start = hit.passage.span.start
        evidence.append(
            Evidence(
                hit=hit,
                span=Span(start=start + span.start, end=start + span.end),
                text=text,
                tokens=tokens,
                features=features,
                score=_score(features),
            )
        )
    return sorted(evidence, key=lambda e: (-e.score, e.hit.document.path, e.span.start))


def _candidates(text: str) -> list[Span]:
    return [span for span in sentences(text) if MIN_CHARS <= len(span) <= MAX_CHARS]


def _context(hit: Hit) -> frozenset[str]:
    return frozenset(search_tokens(f"{hit.document.title}. {hit.passage.heading}. {hit.passage.text}"))


def _share(tokens: frozenset[str], weights: Mapping[str, float]) -> float:
    """Return the share of the question's information that the tokens hold."""
    total = sum(weights.values())
    return sum(weight for token, weight in weights.items() if token in tokens) / total if total else 0.0


def _expected(text: str, expected: tuple[Expectation, ...]) -> float:
    return sum(meets(text, expectation) for expectation in expected) / len(expected)


def _score(features: Features) -> float:
    return (
        WEIGHTS.covered * features.covered
        + WEIGHTS.covered_in_context * features.covered_in_context
        + WEIGHTS.cosine * features.cosine
        + WEIGHTS.expected * features.expected
        + WEIGHTS.role * features.role
        + WEIGHTS.passage * features.passage
    )
