"""The shape of what is learned: three small tables of named numbers that anybody can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.ledger.types import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Weights of the ledger.

    Attributes:
        ranking: of the features of a sentence (`bot.ledger.finding`); names that are missing count nothing.
        signs: of the signs of a point (`bot.ledger.status`), by the status each speaks for; never negative.
        biases: by status.
    """

    ranking: Mapping[str, float]
    signs: Mapping[Status, Mapping[str, float]]
    biases: Mapping[Status, float]
