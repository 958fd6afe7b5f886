"""What came of a matter: the newest vote on it, looked up once a generation."""

from __future__ import annotations

import threading
from typing import Final

from bot.ledger.reading import Reading
from bot.ledger.types import Link, Outcome, Vote
from bot.ledger.voting import vote_of
from bot.matters.types import Matter
from bot.question.types import State
from ingest.index import IndexReader
from ingest.types import Kind

REMEMBERED: Final = 20_000
"""Matters whose vote is kept: more than any council seen has."""

STATES: Final = {
    Outcome.ADOPTED: State.ADOPTED,
    Outcome.AMENDED: State.ADOPTED,
    Outcome.REJECTED: State.REJECTED,
    Outcome.DEFERRED: State.DEFERRED,
    Outcome.REFERRED: State.REFERRED,
    Outcome.WITHDRAWN: State.WITHDRAWN,
    Outcome.SETTLED: State.SETTLED,
}


class Outcomes:
    """Votes by matter. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str], Vote | None] = {}

    def vote(self, matter: Matter, index: IndexReader) -> Vote | None:
        """Return the newest vote on a matter, None where no paper of it tells of one."""
        name = (index.manifest.content_hash, matter.key)
        with self._lock:
            if name in self._known:
                return self._known[name]
        vote = _vote(matter, index)
        with self._lock:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[name] = vote
        return vote


def _vote(matter: Matter, index: IndexReader) -> Vote | None:
    minutes = [paper.document_id for paper in matter.papers if paper.kind is Kind.PROTOCOL]
    deciding = index.decisions(minutes)
    if not deciding:
        return None
    readings = [
        Reading(document=index.document(name), bodies=(), sentences=(), is_reply=False)
        for name in minutes
        if name in deciding
    ]
    link = Link.PROCEDURE if matter.opening.procedure else Link.REFERENCE
    return vote_of(index.document(matter.opening.document_id), [(reading, link) for reading in readings])


def state_of(vote: Vote | None) -> State | None:
    """Return what a vote made of a matter; None where there is none or its words do not tell."""
    return STATES.get(vote.outcome) if vote else None
