"""One question over one index: papers named by number first, then both legs, fused, then cut to what is worth reading.

Both legs give candidates; the papers that belong to the same procedures as the best of them join in, because the
statement answers in other words what the motion asked. The best passages of the best papers are cut into parts, and
those that promise most are left to the reader (`bot.reading`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.question.query import Query
from bot.reading.wording import worded_head
from bot.retrieval.fusion import best_of_procedures, fused, procedure_of, ranked, with_paper
from bot.types import Hit
from ingest.embedding import Encoder
from ingest.german import search_tokens
from ingest.index import DocumentHeader, IndexReader
from ingest.types import Part, ReferenceKind, Span

LEXICAL_CANDIDATES = 200
DENSE_CANDIDATES = 100
"""Of each leg; twice as many brought no more on 30,382 papers."""

PROCEDURES = 8
"""Of the best candidates, whose other papers join in."""

HITS = 20
"""Parts that are left to the reader, and as many that are shown as hits."""

COMPARED = 40
"""Best parts whose own vectors are compared with the question's; 100 brought no more."""

MEANING_WEIGHT = 1.4
"""Of a cosine of 1 of a part and its head, beside its passage's score."""

PAPERS = 24
PASSAGES_PER_PAPER = 5
"""Best papers that are cut into parts, and how many of their passages: reports may have hundreds."""

COVER_WEIGHT = 1.0
"""Of a part that holds all words of the question, beside its passage's score."""

NAMED_BONUS = 100.0
"""Of the papers that the question names by number: more than anything else can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What there is to be read for a question.

    Attributes:
        hits: parts of passages, best first, in a total order.
        weights: information of each token of the question in this index, as the question counts it.
    """

    hits: tuple[Hit, ...]
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question as one index sees it: its vector, its information, the BM25 of passages."""

    query: Query
    vector: NDArray[np.float32]
    information: float
    bm25: Mapping[str, float]


def search(query: Query, index: IndexReader, encoder: Encoder, k: int = 2 * HITS) -> Found:
    """Return the k parts that promise most: those that are left to the reader, and as many that others may be shown.

    A paper that the question names by its number stands before all others. Nothing is found where no word of the
    question is known and no number leads to a paper: what letters resemble is no evidence.
    """
    weights = {token: weight * query.weights[token] for token, weight in index.weights(query.tokens).items()}
    bm25 = dict(index.lexical(query.tokens, LEXICAL_CANDIDATES, query.weights)) if query.tokens else {}
    named = _named(query, index)
    if not bm25 and not named:
        return Found(hits=(), weights=weights)
    vector = encoder.encode_question(query.text)
    asked = _Asked(query=query, vector=vector, information=sum(weights.values()) or 1.0, bm25=bm25)
    passages = _candidates(asked, named, index)
    parts = ranked(_parts(passages, weights, frozenset(named), index))
    return Found(hits=tuple(_by_meaning(parts, vector, encoder)[:k]), weights=weights)


def _by_meaning(parts: Sequence[Hit], question: NDArray[np.float32], encoder: Encoder) -> list[Hit]:
    """Rank the best parts by their own vectors, too: a passage's vector blurs what stands in each of its parts."""
    best = parts[:COMPARED]
    vectors = encoder.encode([worded_head(hit.document, hit.passage.heading) + hit.passage.text for hit in best])
    gains = MEANING_WEIGHT * np.maximum(vectors @ question, 0.0)
    compared = (replace(hit, score=hit.score + float(gain)) for hit, gain in zip(best, gains, strict=True))
    return [*ranked(compared), *parts[COMPARED:]]


def _parts(
    passages: Sequence[Hit], weights: Mapping[str, float], named: frozenset[str], index: IndexReader
) -> Iterable[Hit]:
    """Yield the parts of passages, each with the score of its passage and what it holds of the question."""
    total = sum(weights.values()) or 1.0
    titles: dict[str, frozenset[str]] = {}
    parts = index.parts(hit.passage.passage_id for hit in passages)
    for hit in passages:
        paper = hit.passage.document_id
        if paper not in titles:
            titles[paper] = frozenset(search_tokens(hit.document.title)).intersection(weights)
        for part in parts.get(hit.passage.passage_id, ()):
            held = titles[paper].union(weights.keys() & set(chain.from_iterable(part.tokens)))
            cover = sum(weights[token] for token in held) / total
            score = hit.score + COVER_WEIGHT * cover
            yield lifted(replace(_hit(hit, part), is_named=paper in named), score)


def lifted(hit: Hit, score: float) -> Hit:
    """Give a hit its score; papers that the question names stand above all others."""
    return replace(hit, score=score + (NAMED_BONUS if hit.is_named else 0.0))


def _hit(hit: Hit, part: Part) -> Hit:
    """Make a hit of a part; it keeps what is known of its passage."""
    passage = hit.passage
    span = Span(start=passage.span.start + part.span.start, end=passage.span.start + part.span.end)
    text = part.span.of(passage.text)
    name = passage.passage_id if text == passage.text else f"{passage.passage_id}+{part.span.start}"
    sentences = tuple(
        Span(start=sentence.start - part.span.start, end=sentence.end - part.span.start) for sentence in part.sentences
    )
    return replace(hit, passage=replace(passage, passage_id=name, span=span, text=text), sentences=sentences)


def parts_of(paper: DocumentHeader, index: IndexReader) -> list[Hit]:
    """Return all parts of a paper, in order."""
    passages = index.passages_of(paper.document_id)
    parts = index.parts(passage.passage_id for passage in passages)
    whole = (Hit(passage=passage, document=paper, score=0.0, bm25=0.0, cosine=0.0) for passage in passages)
    return [_hit(hit, part) for hit in whole for part in parts.get(hit.passage.passage_id, ())]


def paged(hits: Sequence[Hit], index: IndexReader) -> list[Hit]:
    """Say of each part on which page it begins; parts of another index's papers are left out."""
    known = index.headers({hit.passage.document_id for hit in hits})
    mine = [hit for hit in hits if hit.passage.document_id in known]
    documents = {
        name: index.document(name)
        for name in dict.fromkeys(hit.passage.document_id for hit in mine if hit.passage.page is not None)
    }
    return [
        replace(hit, passage=replace(hit.passage, page=documents[hit.passage.document_id].page_of(hit.passage.span)))
        if hit.passage.document_id in documents
        else hit
        for hit in mine
    ]


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
