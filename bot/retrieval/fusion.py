"""How the two legs become one order. Pure functions; the result never depends on the order of the input.

Linear fusion of raw BM25 and cosine beat reciprocal rank fusion on three of four sets (README, "Measured").
All bonuses are in units of BM25.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.retrieval.query import Query
from bot.types import Hit

COSINE_WEIGHT = 20.0
"""15 to 25 measured alike on gold-dev; 20 was best on karlsruhe-qa-dev."""

YEAR_BONUS = 4.0
"""Once, if a year of the question stands in the paper's date or its first 1,500 characters."""

PROCEDURE_SHARE = 0.4
"""Share of the best score among the papers of one procedure that each of them gets: motion, statement and protocol of
one matter answer together. gold-dev file@5: 0 → .867, .2 → .878, .4 and more → .911."""

MAX_PASSAGES_PER_PAPER = 3
"""Among the hits shown: a fourth passage of one paper tells less than the first of the next."""


def fused(hit: Hit, query: Query) -> float:
    """Return the score of a passage by itself."""
    named = not set(query.years).isdisjoint(hit.document.years)
    return hit.bm25 + COSINE_WEIGHT * hit.cosine + (YEAR_BONUS if named else 0.0)


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
    return sorted(hits, key=lambda hit: (-hit.score, hit.document.path, hit.passage.ordinal, hit.passage.passage_id))


def spread(hits: Sequence[Hit], k: int, per_paper: int = MAX_PASSAGES_PER_PAPER) -> list[Hit]:
    """Take the first k hits with at most `per_paper` of one paper; what was passed over fills up the end."""
    taken: list[Hit] = []
    passed: list[Hit] = []
    seen: dict[str, int] = {}
    for hit in hits:
        count = seen.get(hit.passage.document_id, 0)
        seen[hit.passage.document_id] = count + 1
        (taken if count < per_paper else passed).append(hit)
    return (taken + passed)[:k]
