"""When there is no answer, and what is said then."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.evidence import Evidence
from bot.types import Hit

MIN_COVERED = 0.2
"""Share of the question's information that the best evidence must cover together with its passage and title."""

NEAREST = 2


def supports(evidence: Sequence[Evidence]) -> bool:
    """Say whether the best evidence carries an answer."""
    return bool(evidence) and evidence[0].features["covered_with_passage"] >= MIN_COVERED


def nearest(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the best hit of each of the papers that come closest."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.passage.document_id, hit)
    return tuple(first.values())[:NEAREST]
