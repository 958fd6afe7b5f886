"""The shape of what is learned: two small tables of named numbers that anybody can read, kept as data."""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from bot.ledger.types import Status

FILE: Final = "ledger.json"
"""In the reader's folder: it was learned with that reader."""


class Table(BaseModel):
    """Weights of the ledger; `ratslotse-evals learn` makes them.

    Attributes:
        ranking: of the features of a sentence (`bot.ledger.finding`).
        signs: of the signs of a point (`bot.ledger.status`), by the status each speaks for.

    A name that only one side knows counts nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    ranking: Mapping[str, float]
    signs: Mapping[Status, Mapping[str, float]]


@functools.lru_cache(maxsize=1)
def learned() -> Table:
    """Read the shipped table once."""
    return read_table(Path(str(importlib.resources.files("bot").joinpath("data", "reader", FILE))))


def read_table(path: Path) -> Table:
    """Read a table.

    Raises:
        OSError, ValueError: it is missing or damaged.
    """
    return Table.model_validate_json(path.read_bytes())
