"""What comes closest where there is no answer: papers, and the sentence that only looks like one."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.evidence import Evidence
from bot.types import Hit
from ingest.types import Kind

NEAREST = 2
"""Papers named when there is no answer: what a phone shows without scrolling."""

NEAR = 0.05
"""How much a sentence must answer, by the reader, to be told as the nearest; below, it is of another matter."""


def nearest(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the best hit of each of the papers that come closest; of files that look the same to a reader only one."""
    first: dict[tuple[Kind, str | None, str], Hit] = {}
    for hit in hits:
        paper = hit.document
        first.setdefault((paper.kind, paper.number, paper.title), hit)
    return tuple(first.values())[:NEAREST]


def near_miss(evidence: Sequence[Evidence]) -> Evidence | None:
    """Return the sentence that comes closest to an answer, None where none is near.

    Args:
        evidence: best first.
    """
    return evidence[0] if evidence and evidence[0].answers >= NEAR else None
