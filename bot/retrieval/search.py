"""One question over one index: papers named by number first, then both legs, fused.

Both legs give candidates; the papers that belong to the same procedures as the best of them join in, because the
statement answers in other words what the motion asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.fusion import best_of_procedures, fused, procedure_of, ranked, spread, with_paper
from bot.retrieval.query import Query
from bot.types import Hit
from ingest.embedding import Encoder
from ingest.index import IndexReader
from ingest.types import ReferenceKind

LEXICAL_CANDIDATES = 200
DENSE_CANDIDATES = 100
PROCEDURES = 8
"""Of the best candidates, whose other papers join in."""

HITS = 20


def search(query: Query, index: IndexReader, encoder: Encoder, k: int = HITS) -> list[Hit]:
    """Return the best k passages, best first, in a total order.

    A paper that the question names by its number stands before all others.
    """
    vector = encoder.encode([query.text])[0]
    bm25 = dict(index.lexical(query.tokens, LEXICAL_CANDIDATES, query.weights)) if query.tokens else {}
    dense = [key for key, _ in index.dense(vector, DENSE_CANDIDATES)]
    hits = _hits({*bm25, *dense}, query, index, vector, bm25)
    named = _named(query, index)
    joining = _passages_of({*named, *_relatives(hits, index)}, index) - {hit.passage.passage_id for hit in hits}
    hits += _hits(joining, query, index, vector, bm25)
    hits = ranked(with_paper(hits, query, best_of_procedures(hits)))
    return spread(_named_first(hits, named), k)


def _hits(
    keys: Iterable[str], query: Query, index: IndexReader, vector: NDArray[np.float32], bm25: Mapping[str, float]
) -> list[Hit]:
    """Look candidates up in the catalogue and score each; a passage without any known word has no vector."""
    order = sorted(keys)
    passages = index.passages(order)
    vectors = index.vectors(order)
    headers = index.headers(sorted({passage.document_id for passage in passages.values()}))
    hits = []
    for key, passage in passages.items():
        cosine = float(vectors[key] @ vector) if key in vectors else 0.0
        words = bm25.get(key, 0.0)
        hit = Hit(passage=passage, document=headers[passage.document_id], score=0.0, bm25=words, cosine=cosine)
        hits.append(replace(hit, score=fused(hit, query)))
    return hits


def _relatives(hits: Sequence[Hit], index: IndexReader) -> set[str]:
    """Return the papers of the best candidates' procedures."""
    best = dict.fromkeys(procedure_of(hit) for hit in ranked(hits))
    return set(index.of_procedures(list(best)[:PROCEDURES]))


def _passages_of(documents: Iterable[str], index: IndexReader) -> set[str]:
    return {passage.passage_id for document in sorted(documents) for passage in index.passages_of(document)}


def _named(query: Query, index: IndexReader) -> list[str]:
    """Look up the papers named by number; a number without its kind means any kind."""
    found: dict[str, None] = {}
    for reference in query.references:
        kind = None if reference.kind is ReferenceKind.UNKNOWN else reference.kind
        documents = index.by_number(reference.number, kind) or index.by_number(reference.number, None)
        found.update(dict.fromkeys(documents))
    return list(found)


def _named_first(hits: Sequence[Hit], named: Sequence[str]) -> list[Hit]:
    if not named:
        return list(hits)
    papers = set(named)
    first = [hit for hit in hits if hit.passage.document_id in papers]
    return first + [hit for hit in hits if hit.passage.document_id not in papers]
