"""How the two legs become one order. Pure functions; the result never depends on the order of the input.

Linear fusion of BM25 and cosine beat reciprocal rank fusion on three of four sets (README, "Measured"). Everything is
in units of the question's information: BM25 grows with the number and rarity of a question's words, cosine does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.question.query import Query
from bot.types import Hit

COSINE_WEIGHT = 0.85
"""Of a cosine of 1. nDCG@10 of this stage with 20 units of BM25, as before, and with .85 of the question's information:
karlsruhe-qa-dev .690 → .702, covid-faq .529 → .529, xquad-de .960 → .963; gold-dev file@5 and file@10 stay. With the
encoder of today .7 to 1.5 measure alike."""

YEAR_BONUS = 0.08
"""Once, if a year of the question stands in the paper's date or its first 1,500 characters."""

PROCEDURE_SHARE = 0.4
"""Share of the best score among the papers of one procedure that each of them gets: motion, statement and protocol of
one matter answer together. gold-dev file@5: 0 → .867, .2 → .878, .4 and more → .911."""

MAX_PARTS_PER_PAPER = 8
"""Among those shown first. gold-dev, evidence within 9,000 characters: 3 / 5 / 8 / 10: .778 / .844 / .867 / .878."""

FRESH_SHARE = 0.3
"""Of the places, the last, for papers not shown yet. At 0 / .3: gold-dev read@9000 .867 / .878, qa-dev file@10
.848 / .853; .2 and .4 measured alike."""


def fused(hit: Hit, query: Query, information: float) -> float:
    """Return the score of a passage by itself.

    Args:
        hit: with its BM25 and cosine.
        query: as understood.
        information: of the question, in units of BM25; above 0.
    """
    named = not set(query.years).isdisjoint(hit.document.years)
    return hit.bm25 / information + COSINE_WEIGHT * hit.cosine + (YEAR_BONUS if named else 0.0)


def best_of_procedures(hits: Iterable[Hit]) -> dict[str, float]:
    """Return the best score among the papers of each procedure."""
    best: dict[str, float] = {}
    for hit in hits:
        key = procedure_of(hit)
        best[key] = max(hit.score, best.get(key, hit.score))
    return best


def procedure_of(hit: Hit) -> str:
    """Return the procedure of a hit's paper; a paper without one is a procedure of its own."""
    return hit.document.procedure or hit.document.document_id


def with_paper(hits: Iterable[Hit], query: Query, procedures: Mapping[str, float]) -> list[Hit]:
    """Add what speaks for a passage's paper: its procedure, and its kind."""
    kinds = dict(query.kinds)
    return [
        replace(
            hit,
            score=hit.score + PROCEDURE_SHARE * procedures[procedure_of(hit)] + kinds.get(hit.document.kind, 0.0),
        )
        for hit in hits
    ]


def ranked(hits: Iterable[Hit]) -> list[Hit]:
    """Sort by score; ties by path and place in the paper, so that the order is total."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.document.path, hit.passage.span.start, hit.passage.passage_id))


def spread(hits: Sequence[Hit], k: int, per_paper: int = MAX_PARTS_PER_PAPER) -> list[Hit]:
    """Take the first k parts with at most `per_paper` of one paper; the last places go to papers not shown yet."""
    first: list[Hit] = []
    later: list[Hit] = []
    seen: dict[str, int] = {}
    for hit in hits:
        paper = hit.passage.document_id
        if len(first) < k - int(FRESH_SHARE * k):
            take = seen.get(paper, 0) < per_paper
        else:
            take = paper not in seen and len(first) < k
        if take:
            seen[paper] = seen.get(paper, 0) + 1
        (first if take else later).append(hit)
    return ranked((first + later)[:k])
