"""Which motions a change of the corpus can touch: the others keep their state unread."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import numpy as np

from bot.ledger.types import MotionState
from ingest.embedding import Encoder
from ingest.index import IndexReader
from ingest.references import number_key

TOUCHING: Final = 0.15
"""Cosine of a new passage and a point below which it says nothing on the point's subject: the passages that the ledger
cites for motions without a statement have .2 and more."""


def touched(
    motions: Mapping[str, MotionState],
    added: Collection[str],
    removed: Collection[str],
    index: IndexReader,
    encoder: Encoder,
) -> frozenset[str]:
    """Return the motions to work out again, by document id.

    A motion is touched by a paper it rests on that is gone, by a new one of its procedure, with its number, or that
    mentions it; and, as long as no paper of its own matter answers it, by one on its subject.

    Args:
        motions: as they were worked out, by document id.
        added: ids of papers that are new or changed.
        removed: ids of papers that are gone or were changed.
        index: with the new papers.
        encoder: of that index.
    """
    gone = frozenset(removed)
    found = {key for key, motion in motions.items() if gone.intersection(motion.papers)}
    papers = [index.document(key) for key in sorted(added)]
    procedures = {paper.procedure for paper in papers if paper.procedure}
    numbers = {number_key(paper.number) for paper in papers if paper.number}
    numbers |= {number_key(reference.number) for paper in papers for reference in paper.references}
    for key, motion in motions.items():
        if motion.procedure in procedures or (motion.number and number_key(motion.number) in numbers):
            found.add(key)
    unanswered = {key: motion for key, motion in motions.items() if not motion.answered_by_own and key not in found}
    return frozenset(found | _near(unanswered, added, index, encoder))


def _near(motions: Mapping[str, MotionState], added: Collection[str], index: IndexReader, encoder: Encoder) -> set[str]:
    """Return the motions whose points are near to a new passage."""
    passages = [passage.passage_id for key in sorted(added) for passage in index.passages_of(key)]
    vectors = list(index.vectors(passages).values())
    texts = [
        (key, text) for key, motion in motions.items() for text in (motion.title, *(p.text for p in motion.points))
    ]
    if not vectors or not texts:
        return set()
    nearness = (encoder.encode([text for _, text in texts]) @ np.stack(vectors).T).max(axis=1)
    return {key for (key, _), cosine in zip(texts, nearness, strict=True) if cosine >= TOUCHING}
