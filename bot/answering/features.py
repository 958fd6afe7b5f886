"""What speaks for a sentence as an answer: a few interpretable features, each about 0 to 1.

How near its words come to the question's, alone and with its paper's title; what of the question's information it and
the sentence before it hold; whether it holds what the question expects; which part of which kind of paper it stands in;
how well its passage was found. Pure but for the vectors of words; how features are weighed is learned
(`bot.answering.weights`). Dropped once words were compared by meaning: the shares of the question's own words, alone,
with the title and in the passage, the cosine of the sentence, and the BM25 of its passage. Right sentence among the
first four, by cross-validation over gold-dev / with the corpus' questions, then: .600 / .713
with them, .611 / .745 without.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.retrieval.expectation import Expectation, expectations, meets
from bot.retrieval.likeness import alike
from bot.retrieval.query import Query
from bot.types import Hit
from ingest.german import search_tokens
from ingest.sentences import sentences
from ingest.types import Kind, Section, SectionRole, Span

MIN_CHARS, MAX_CHARS = 8, 700
"""Shorter stretches are numbers and stubs; longer ones are tables without stops, never a sentence."""

SHORT_CHARS = 40
"""Below stand headings, table rows and labels; above, sentences (read off 60 papers)."""

SCORE_RANGE = 6.0
"""So far below the best hit a score tells nothing any more; 6 and 12 measured alike."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WEIGHED_EXPECTATIONS = (Expectation.NUMBER, Expectation.DATE, Expectation.PERSON, Expectation.VOTE)
_WEIGHED_KINDS = (Kind.MOTION, Kind.PROTOCOL, Kind.REPORT)
_VOTED = frozenset({SectionRole.VOTE, SectionRole.DECISION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence of a passage that was found.

    Attributes:
        span: characters of the document's `text`.
        text: the sentence, white space folded.
        tokens: its search tokens.
        before: those of the sentence in front of it.
        role: of the section it stands in.
    """

    hit: Hit
    span: Span
    text: str
    tokens: frozenset[str]
    before: frozenset[str]
    role: SectionRole

    @property
    def only_asked_for(self) -> bool:
        """Whether it is what a motion asks for, so neither a fact nor a decision."""
        return self.hit.document.kind is Kind.MOTION and self.role is SectionRole.REQUEST


def candidates_of(hit: Hit, sections: Sequence[Section]) -> list[Candidate]:
    """Return the sentences of a passage in their order.

    Args:
        hit: the passage.
        sections: of its paper, in their order.
    """
    found: list[Candidate] = []
    before: frozenset[str] = frozenset()
    start = hit.passage.span.start
    for span in sentences(hit.passage.text):
        if not MIN_CHARS <= len(span) <= MAX_CHARS:
            before = frozenset()
            continue
        text = " ".join(span.of(hit.passage.text).split())
        tokens = frozenset(search_tokens(text))
        place = Span(start=start + span.start, end=start + span.end)
        role = _role(place, sections)
        found.append(Candidate(hit=hit, span=place, text=text, tokens=tokens, before=before, role=role))
        before = tokens
    return found


def features_of(
    question: str,
    query: Query,
    best: Hit,
    candidates: Sequence[Candidate],
    weights: Mapping[str, float],
) -> list[dict[str, float]]:
    """Return each candidate's features by name.

    Args:
        question: as typed, for what it expects.
        query: as understood.
        best: the first hit, which the others are compared with.
        candidates: sentences of all passages that are read.
        weights: information (idf) of each token of the question.
    """
    expected = expectations(question)
    numbers = set(_NUMBER.findall(query.text))
    texts = [candidate.text for candidate in candidates]
    own = alike(query.text, weights, texts)
    with_title = alike(query.text, weights, texts, [candidate.hit.document.title for candidate in candidates])
    rows = []
    for candidate, near, near_with_title in zip(candidates, own, with_title, strict=True):
        hit, tokens, text = candidate.hit, candidate.tokens, candidate.text
        row = {
            "passage_score": max(0.0, 1.0 - (best.score - hit.score) / SCORE_RANGE),
            "passage_cosine": hit.cosine,
            "covered_with_sentence_before": _share(tokens | candidate.before, weights),
            "alike": near,
            "alike_with_title": near_with_title,
            "is_question": float(text.endswith("?")),
            "is_short": float(len(text) < SHORT_CHARS),
            "new_number": float(not numbers.issuperset(_NUMBER.findall(text))),
            "year": float(not set(query.years).isdisjoint(hit.document.years)),
            "vote_asked": float(Expectation.VOTE in expected and candidate.role in _VOTED),
        }
        row |= {f"kind_{kind}": float(hit.document.kind is kind) for kind in _WEIGHED_KINDS}
        row |= {f"role_{role}": float(candidate.role is role) for role in SectionRole}
        for expectation in _WEIGHED_EXPECTATIONS:
            row[f"meets_{expectation}"] = meets(text, expectation) if expectation in expected else 0.0
        rows.append(row)
    return rows


def _role(span: Span, sections: Sequence[Section]) -> SectionRole:
    place = bisect_right([section.span.start for section in sections], span.start) - 1
    return sections[place].role if place >= 0 else SectionRole.BODY


def _share(tokens: frozenset[str], weights: Mapping[str, float]) -> float:
    """Return the share of the question's information that the tokens hold."""
    total = sum(weights.values())
    return sum(weight for token, weight in weights.items() if token in tokens) / total if total else 0.0
