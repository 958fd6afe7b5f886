"""What goes in and out of a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from ingest.types import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question as it is put before the reader.

    Attributes:
        text: see `bot.reading.wording`.
        weights: information of each of its search tokens in this index.
    """

    text: str
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartText:
    """A part of a paper as it is put before the reader.

    Attributes:
        head: what stands in front: title, heading, kind and date of the paper.
        text: the part.
        sentences: characters of `text`, in order.
        found: how well search found it; comparable within one question.
    """

    head: str
    text: str
    sentences: tuple[Span, ...]
    found: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PartReading:
    """What a reader says of a part.

    Attributes:
        relevance: higher is better; comparable within one question.
        sentences: of each sentence, how much it answers: calibrated, 0 to 1; None where the part was not read closely.
        statuses: of each sentence, were it the answer to a motion's point: probabilities that the point is answered,
            partly, open by it; None where the reader cannot tell.
    """

    relevance: float
    sentences: tuple[float, ...] | None
    statuses: tuple[tuple[float, float, float], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader says of a question and its parts.

    Attributes:
        parts: in the order they were given.
        answered: whether the question is answered by them.
        confidence: calibrated probability of that, None where nothing is calibrated.
        read: parts that were read closely: fewer under load.
    """

    parts: tuple[PartReading, ...]
    answered: bool
    confidence: float | None
    read: int


@runtime_checkable
class Reader(Protocol):
    """Reads parts of papers for a question."""

    @property
    def name(self) -> str:
        """Which model read; "none" where there is none."""

    def read(self, inquiry: Inquiry, parts: Sequence[PartText]) -> Reading:
        """Read parts, best found first, for a question."""
