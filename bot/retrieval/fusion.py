"""How the two legs become one order. Pure functions; the result never depends on the order of the input.

Linear fusion of raw BM25 and cosine beat reciprocal rank fusion on three of four sets (README, "Messwerte").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.types import Hit

COSINE_WEIGHT = 15.0
"""In units of BM25; 10 to 20 measured alike on gold-dev and karlsruhe-qa-dev."""

YEAR_BONUS = 4.0
"""In units of BM25, once, if a year of the question stands in the paper's date or its first 1,500 characters."""

MAX_PASSAGES_PER_PAPER = 2
"""Among the hits shown: a third passage of one paper tells less than the first of the next."""


def fused(bm25: float, cosine: float, *, year_named: bool) -> float:
    """Return one score, in units of BM25."""
    return bm25 + COSINE_WEIGHT * cosine + (YEAR_BONUS if year_named else 0.0)


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
