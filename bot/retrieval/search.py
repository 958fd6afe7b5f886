"""One question over one index: papers named by number first, then both legs, fused."""

from __future__ import annotations

from collections.abc import Sequence

from bot.retrieval.fusion import fused, ranked, spread
from bot.retrieval.query import Query
from bot.types import Hit
from ingest.embedding import Encoder
from ingest.index import IndexReader
from ingest.types import ReferenceKind

CANDIDATES = 200
"""Of each leg. On 1,401 papers 100 and 400 gave the same first ten."""

HITS = 20


def search(query: Query, index: IndexReader, encoder: Encoder, k: int = HITS) -> list[Hit]:
    """Return the best k passages, best first, in a total order.

    A paper that the question names by its number stands before all others.
    """
    vector = encoder.encode([query.text])[0]
    bm25 = dict(index.lexical(query.tokens, CANDIDATES)) if query.tokens else {}
    named = _named(query, index)
    candidates = {*bm25, *(key for key, _ in index.dense(vector, CANDIDATES))}
    candidates.update(passage.passage_id for document in named for passage in index.passages_of(document))
    order = sorted(candidates)
    passages = index.passages(order)
    vectors = index.vectors(order)
    headers = index.headers(sorted({passage.document_id for passage in passages.values()}))
    years = set(query.years)
    hits = []
    for key in order:
        passage = passages[key]
        header = headers[passage.document_id]
        cosine = float(vectors[key] @ vector)
        words = bm25.get(key, 0.0)
        score = fused(words, cosine, year_named=not years.isdisjoint(header.years))
        hits.append(Hit(passage=passage, document=header, score=score, bm25=words, cosine=cosine))
    return spread(_named_first(ranked(hits), named), k)


def _named(query: Query, index: IndexReader) -> list[str]:
    """Look up the papers named by number; a number without its kind means any kind."""
    found: dict[str, None] = {}
    for reference in query.references:
        kind = None if reference.kind is ReferenceKind.UNKNOWN else reference.kind
        documents = index.by_number(reference.number, kind) or index.by_number(reference.number, None)
        found.update(dict.fromkeys(documents))
    return list(found)


def _named_first(hits: Sequence[Hit], named: Sequence[str]) -> list[Hit]:
    first = [hit for hit in hits if hit.passage.document_id in set(named)]
    return first + [hit for hit in hits if hit.passage.document_id not in set(named)]
