"""One question over one index: papers named by number first, then both legs, fused, then read closely.

Both legs give candidates; the papers that belong to the same procedures as the best of them join in, because the
statement answers in other words what the motion asked. The best papers are then read in parts: `bot.retrieval.reading`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.fusion import best_of_procedures, fused, procedure_of, ranked, with_paper
from bot.retrieval.query import Query
from bot.retrieval.reading import read, shown
from bot.types import Hit
from ingest.embedding import Encoder
from ingest.index import IndexReader
from ingest.types import ReferenceKind

LEXICAL_CANDIDATES = 200
DENSE_CANDIDATES = 100
"""Of each leg. On 30,382 papers (207,813 passages) twice as many brought no more: file@5 .71 for .70, file@10 .83."""

PROCEDURES = 8
"""Of the best candidates, whose other papers join in; 4 and 16 measured alike on 30,382 papers."""

HITS = 20

PAPERS = 24
PASSAGES_PER_PAPER = 5
"""Best papers that are read in parts, and how many of their passages: reports may have hundreds. 16 × 7 / 24 × 5 /
32 × 4: file@10 on 30,382 papers .856 / .867 / .856, nDCG@10 of karlsruhe-qa-dev .752 / .763 / .765, covid-faq .545 /
.543 / .543; 24 × 5 reads no more than 16 × 7."""

NAMED_BONUS = 100.0
"""More than all signals together can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What there is to be read for a question.

    Attributes:
        hits: the best passages of the best papers, in the order of their papers.
        named: ids of the papers that the question names by number.
        weights: information of each token of the question in this index, as the question counts it.
    """

    hits: tuple[Hit, ...]
    named: tuple[str, ...]
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question as one index sees it: its vector, its information, the BM25 of passages."""

    query: Query
    vector: NDArray[np.float32]
    information: float
    bm25: Mapping[str, float]


def search(query: Query, index: IndexReader, encoder: Encoder, k: int = HITS) -> list[Hit]:
    """Return the best k parts of passages, best first, in a total order.

    A paper that the question names by its number stands before all others.
    """
    found = candidates(query, index, encoder)
    parts = read(query, found.hits, found.weights, index)
    return shown(_named_first(parts, found.named), index, k)


def candidates(query: Query, index: IndexReader, encoder: Encoder) -> Found:
    """Return what the first stage finds: the best passages of the best papers.

    Nothing where no word of the question is known and no number leads to a paper: what letters resemble is no evidence.
    """
    weights = {token: weight * query.weights[token] for token, weight in index.weights(query.tokens).items()}
    bm25 = dict(index.lexical(query.tokens, LEXICAL_CANDIDATES, query.weights)) if query.tokens else {}
    named = _named(query, index)
    if not bm25 and not named:
        return Found(hits=(), named=(), weights=weights)
    vector = encoder.encode([query.text])[0]
    asked = _Asked(query=query, vector=vector, information=sum(weights.values()) or 1.0, bm25=bm25)
    return Found(hits=tuple(_candidates(asked, named, index)), named=tuple(named), weights=weights)


def _candidates(asked: _Asked, named: Sequence[str], index: IndexReader) -> list[Hit]:
    """Return the best passages of the best papers, paper by paper."""
    dense = [key for key, _ in index.dense(asked.vector, DENSE_CANDIDATES)]
    hits = _hits({*asked.bm25, *dense}, asked, index)
    hits += _hits(_unseen({*named, *_relatives(hits, index)}, hits, index), asked, index)
    procedures = best_of_procedures(hits)
    hits = ranked(with_paper(hits, asked.query, procedures))
    papers = list(dict.fromkeys([*named, *(hit.passage.document_id for hit in hits)]))[: max(PAPERS, len(named))]
    more = _hits(_unseen(papers, hits, index), asked, index)
    of_paper: dict[str, list[Hit]] = {paper: [] for paper in papers}
    for hit in ranked([*hits, *with_paper(more, asked.query, procedures)]):
        best = of_paper.get(hit.passage.document_id)
        if best is not None and len(best) < PASSAGES_PER_PAPER:
            best.append(hit)
    return [hit for best in of_paper.values() for hit in best]


def _hits(keys: Iterable[str], asked: _Asked, index: IndexReader) -> list[Hit]:
    """Look candidates up in the catalogue and score each; a passage without any known word has no vector."""
    order = sorted(keys)
    passages = index.passages(order)
    vectors = index.vectors(order)
    headers = index.headers(sorted({passage.document_id for passage in passages.values()}))
    hits = []
    for key, passage in passages.items():
        cosine = float(vectors[key] @ asked.vector) if key in vectors else 0.0
        words = asked.bm25.get(key, 0.0)
        hit = Hit(passage=passage, document=headers[passage.document_id], score=0.0, bm25=words, cosine=cosine)
        hits.append(replace(hit, score=fused(hit, asked.query, asked.information)))
    return hits


def _relatives(hits: Sequence[Hit], index: IndexReader) -> set[str]:
    """Return the papers of the best candidates' procedures."""
    best = dict.fromkeys(procedure_of(hit) for hit in ranked(hits))
    return set(index.of_procedures(list(best)[:PROCEDURES]))


def _unseen(documents: Iterable[str], hits: Sequence[Hit], index: IndexReader) -> set[str]:
    """Return the passages of papers that are not among the hits yet."""
    found = {passage.passage_id for document in sorted(documents) for passage in index.passages_of(document)}
    return found - {hit.passage.passage_id for hit in hits}


def _named(query: Query, index: IndexReader) -> list[str]:
    """Look up the papers named by number; a number without its kind means any kind."""
    found: dict[str, None] = {}
    for reference in query.references:
        kind = None if reference.kind is ReferenceKind.UNKNOWN else reference.kind
        documents = index.by_number(reference.number, kind) or index.by_number(reference.number, None)
        found.update(dict.fromkeys(documents))
    return list(found)


def _named_first(hits: Iterable[Hit], named: Sequence[str]) -> list[Hit]:
    """Lift the papers that the question names above all others, also above those of other indexes."""
    papers = set(named)
    lifted = (replace(hit, score=hit.score + NAMED_BONUS) if hit.passage.document_id in papers else hit for hit in hits)
    return ranked(lifted)
