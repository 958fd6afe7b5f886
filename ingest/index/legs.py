"""What a search leg must offer, so that a distributed engine can take a leg's place.

A leg holds passage ids and what is needed to rank them; texts live in the catalogue alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

Ranking = list[tuple[str, float]]
"""Passage ids with their score: highest score first, equal scores by passage id."""

Item = TypeVar("Item", contravariant=True)
Query = TypeVar("Query", contravariant=True)


class Leg(Protocol[Item, Query]):
    """A derived index over passages: rebuilt from the catalogue whenever in doubt."""

    def add(self, items: Iterable[Item]) -> None:
        """Add passages that are not in the index yet."""

    def remove(self, passage_ids: Iterable[str]) -> None:
        """Remove passages; unknown ids are ignored."""

    def search(self, query: Query, k: int) -> Ranking:
        """Return the best `k` passages."""

    def count(self) -> int:
        """Return how many passages the index holds."""

    def close(self) -> None:
        """Let go of the files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenizedPassage:
    """A passage as the lexical leg takes it: tokens of `ingest.german.search_tokens`, joined by spaces.

    Attributes:
        body: title, heading and text of the passage.
    """

    passage_id: str
    title: str
    body: str


def ranked(hits: Iterable[tuple[str, float]]) -> Ranking:
    """Put hits in the total order that every leg promises."""
    return sorted(hits, key=lambda hit: (-hit[1], hit[0]))
