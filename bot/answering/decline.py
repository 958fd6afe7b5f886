"""When there is no answer, and what is said then."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.evidence import Evidence
from bot.types import Hit

MIN_SCORE = 0.45
"""Of the best evidence."""

MIN_COVERED = 0.55
"""Share of the question's information that the best evidence must cover together with its passage and title."""

NEAREST = 2


def supports(evidence: Sequence[Evidence]) -> bool:
    """Say whether the best evidence carries an answer."""
    if not evidence:
        return False
    best = evidence[0]
    return best.score >= MIN_SCORE and best.features.covered_in_context >= MIN_COVERED


def nearest(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the best hit of each of the papers that come closest."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.passage.document_id, hit)
    return tuple(first.values())[:NEAREST]
