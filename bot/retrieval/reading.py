"""The second stage: the best papers are read in parts, and parts are ranked by what speaks for them.

A linear model over a few signals (`bot.retrieval.signals`), learned listwise on council questions and on two sets from
elsewhere (`evals.fit_parts`). First stage alone and this, nDCG@10 by cross-validation over papers: karlsruhe-qa-dev
.699 → .755, covid-faq .538 → .553, xquad-de .968 → .976. What comparing words one by
one (`alike`) brings, with the encoder before: .758 → .763, .538 → .543, .970 → .977, and of 90 questions on 30,382
papers the first paper is right for .56 instead of .48.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from bot.retrieval.fusion import ranked, spread
from bot.retrieval.parts import Part, parts_of
from bot.retrieval.query import Query
from bot.retrieval.signal_weights import SIGNAL_WEIGHTS
from bot.retrieval.signals import SIGNALS, Matrix, signals_of
from bot.types import Hit
from ingest.index import IndexReader
from ingest.types import Span


def read(query: Query, hits: Sequence[Hit], weights: Mapping[str, float], index: IndexReader) -> list[Hit]:
    """Return the parts of passages, best first, in a total order.

    Args:
        query: as understood.
        hits: passages to read, in any order.
        weights: information of each token of the question.
        index: holds the passages.
    """
    parts, signals = signals_in(query, hits, weights, index)
    scores = signals @ np.array([SIGNAL_WEIGHTS[name] for name in SIGNALS])
    return ranked(_hit(part, float(score)) for part, score in zip(parts, scores, strict=True))


def signals_in(
    query: Query, hits: Sequence[Hit], weights: Mapping[str, float], index: IndexReader
) -> tuple[list[Part], Matrix]:
    """Return the parts of passages and what speaks for each; arguments as for `read`."""
    cut = index.parts(hit.passage.passage_id for hit in hits)
    parts = [part for hit in hits for part in parts_of(hit, cut.get(hit.passage.passage_id, ()))]
    return parts, signals_of(query, parts, weights)


def shown(hits: Sequence[Hit], index: IndexReader, k: int) -> list[Hit]:
    """Take the best parts and say on which page each begins."""
    chosen = spread(hits, k)
    documents = {
        name: index.document(name)
        for name in dict.fromkeys(hit.passage.document_id for hit in chosen if hit.passage.page is not None)
    }
    return [
        replace(hit, passage=replace(hit.passage, page=documents[hit.passage.document_id].page_of(hit.passage.span)))
        if hit.passage.document_id in documents
        else hit
        for hit in chosen
    ]


def _hit(part: Part, score: float) -> Hit:
    """Make a hit of a part; it keeps what is known of its passage."""
    passage = part.hit.passage
    span = Span(start=passage.span.start + part.span.start, end=passage.span.start + part.span.end)
    whole = part.text == passage.text
    name = passage.passage_id if whole else f"{passage.passage_id}+{part.span.start}"
    return replace(part.hit, passage=replace(passage, passage_id=name, span=span, text=part.text), score=score)
