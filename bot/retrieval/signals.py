"""What speaks for a part of a passage: a few interpretable signals, most of them 0 to 1.

How it was found, how near its words come to the question's, whether it holds what the question expects, what paper it
stands in. Pure but for the vectors of words; how signals are weighed is learned (`bot.retrieval.signal_weights`). Tried
and dropped, because nothing was lost without them: a part's own cosine, the question's information in it (with the
title, with its passage, in its best sentence), roles of sections, pairs of neighbouring words, how new a paper is where
the question asks for the present; and of likeness: that of the passage and of the paper, the other way round, its root.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.expectation import Expectation, meets
from bot.retrieval.fusion import procedure_of
from bot.retrieval.likeness import alike
from bot.retrieval.parts import Part
from bot.retrieval.query import Query
from ingest.german import search_tokens
from ingest.types import Kind

SIGNALS = (
    "found",
    "found_cosine",
    "found_paper",
    "covered_by_paper",
    "meets",
    "meets_covered",
    "motion",
    "motion_asked",
    "protocol",
    "protocol_voted",
    "report",
    "place",
    "length",
    "asks",
    "faction",
    "body",
    "alike",
)
"""Names in the order of the columns of `signals_of`.

found, found_cosine: the passage's score and cosine; found_paper: the best score of its paper.
covered_by_paper: share of the question's information in the paper's title and all that was read of it.
meets: how far a sentence holds what is expected; meets_covered: times what that sentence covers.
motion to report: kinds, and kinds that the question is about. place: logarithm of the passage's number. length:
logarithm of the part's characters. asks: share of its sentences that are questions.
faction: a paper of the matter is of a group that is named; body: the paper's body is named.
alike: how near the words of the part and of its paper's title come to the question's, as shares of its information.
"""

Matrix = NDArray[np.float64]

_WEIGHED = (Expectation.NUMBER, Expectation.DATE, Expectation.PERSON, Expectation.VOTE)


def signals_of(query: Query, parts: Sequence[Part], weights: Mapping[str, float]) -> Matrix:
    """Return the (n, len(SIGNALS)) signals of parts.

    Args:
        query: as understood.
        parts: of all passages that are read, in any order.
        weights: information of each token of the question, counted as the question counts it.
    """
    told = {token: weight / total for token, weight in weights.items()} if (total := sum(weights.values())) else {}
    sentences = [[tokens.intersection(told) for tokens in part.tokens] for part in parts]
    papers: dict[str, frozenset[str]] = {}
    best: dict[str, float] = {}
    for part, held in zip(parts, sentences, strict=True):
        document = part.hit.document
        key = document.document_id
        if key not in papers:
            papers[key] = frozenset(search_tokens(document.title)).intersection(told)
        papers[key] = papers[key].union(*held)
        best[key] = max(part.hit.score, best.get(key, part.hit.score))
    asked = _procedures_of_factions(query, parts)
    bodies = _named_bodies(query, parts)
    titles = [part.hit.document.title for part in parts]
    nearness = alike(query.text, weights, [part.text for part in parts], titles)
    expected = [expectation for expectation in query.expected if expectation in _WEIGHED]

    def share(tokens: frozenset[str]) -> float:
        return sum(told[token] for token in tokens)

    rows = []
    for part, held, near in zip(parts, sentences, nearness, strict=True):
        hit, document = part.hit, part.hit.document
        key = document.document_id
        covered = [share(tokens) for tokens in held]
        met = [max((meets(text, one) for one in expected), default=0.0) for text in part.sentences]
        kind = document.kind
        rows.append(
            (
                hit.score,
                hit.cosine,
                best[key],
                share(papers[key]),
                max(met),
                max(m * c for m, c in zip(met, covered, strict=True)),
                kind is Kind.MOTION,
                kind is Kind.MOTION and query.about_motions,
                kind is Kind.PROTOCOL,
                kind is Kind.PROTOCOL and Expectation.VOTE in query.expected,
                kind is Kind.REPORT,
                math.log1p(hit.passage.ordinal),
                math.log(len(part.span) + 50),
                sum(text.endswith("?") for text in part.sentences) / len(part.sentences),
                procedure_of(hit) in asked,
                document.body in bodies,
                near,
            )
        )
    return np.array(rows, dtype=np.float64).reshape(-1, len(SIGNALS))


def _procedures_of_factions(query: Query, parts: Sequence[Part]) -> set[str]:
    """Return the matters in which a group that the question names has written a paper."""
    named = set(query.factions)
    return {procedure_of(part.hit) for part in parts if not named.isdisjoint(part.hit.document.factions)}


def _named_bodies(query: Query, parts: Sequence[Part]) -> set[str]:
    bodies = {part.hit.document.body for part in parts} - {None}
    return {body for body in bodies if body and set(search_tokens(body)) <= set(query.tokens)}
