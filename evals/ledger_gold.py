"""Gold for the motion ledger: a point of a motion, its status, and the words that show it.

A line names motion and statement by file and either gives their words, or where these stand: half-open ranges of
characters of the files' texts. The second form is for sets whose texts may not be handed on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.ledger.types import Status
from evals.errors import BrokenGold
from evals.lines import read_lines
from evals.texts import Papers
from ingest.errors import UsageError


class Range(BaseModel):
    """Characters of a file's text."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    file: str
    start: int
    end: int


class _Line(BaseModel):
    """One line of the file, in either form."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    status: Status
    motion_file: str | None = None
    text: str | Range
    point: int | None = None
    response_file: str | None = None
    response_quote: str | None = None
    response: Range | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPoint:
    """A point and what is right of it.

    Attributes:
        motion: name of the motion's file, without folder and ending.
        text: the point's words.
        place: 1-based place in the motion, 0 if the file does not say.
        response: name of the file that answers, empty if none does.
        quote: what shows the status there, empty if nothing does.
    """

    motion: str
    text: str
    place: int
    status: Status
    response: str
    quote: str


def load_ledger_gold(path: Path, papers: Papers) -> tuple[GoldPoint, ...]:
    """Read a gold file.

    Raises:
        UsageError: it cannot be read, is empty, or names a text that is not there.
        BrokenGold: a line is not as it should be.
    """
    points = tuple(_point(line, papers) for _, line in read_lines(path, _Line, BrokenGold))
    if not points:
        raise UsageError(f"{path} enthält keine Punkte.", "Erwartet wird ein Punkt je Zeile.")
    return points


def _point(line: _Line, papers: Papers) -> GoldPoint:
    if isinstance(line.text, Range):
        motion, text = line.text.file, papers.stretch(line.text.file, line.text.start, line.text.end)
        found = line.response
        quote = papers.stretch(found.file, found.start, found.end) if found else ""
        response = found.file if found else ""
    else:
        motion, text = line.motion_file or "", line.text
        response, quote = line.response_file or "", line.response_quote or ""
    return GoldPoint(
        motion=motion, text=text, place=line.point or 0, status=line.status, response=response, quote=quote
    )


def motions_of(gold: Sequence[GoldPoint]) -> tuple[str, ...]:
    """Return the names of the motions, each once, in order."""
    return tuple(dict.fromkeys(point.motion for point in gold))
