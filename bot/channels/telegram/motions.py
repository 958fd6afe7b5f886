"""Motions as this channel shows them: what the ledger must give, and how it looks. Knows no ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.channels.telegram.layout import LINE, Block, block, bold, italic
from bot.phrases import reply as phrases
from bot.phrases import telegram as words
from bot.record import source_line
from bot.types import Citation, Language

LISTED: Final = 15
"""Motions in a list, newest first; a phone shows about six at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionPoint:
    """A numbered point.

    Attributes:
        standing: how it stands, as people read it ("beantwortet", "offen").
        note: a German sentence that says why.
        evidence: where it was answered, may be empty.
    """

    number: str
    text: str
    standing: str
    note: str
    evidence: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """A motion.

    Attributes:
        name: what /antrag takes: its number, else its id.
        line: kind, number, title, date, on one line.
    """

    name: str
    line: str
    answered: int
    partly: int
    open: int
    points: tuple[MotionPoint, ...]


class Motions(Protocol):
    """The ledger, as far as this channel needs it; public papers only. Called from threads."""

    def all(self, language: Language) -> Sequence[Motion]:
        """Return all motions, newest first."""

    def find(self, name: str, language: Language) -> Motion | None:
        """Return the motion of this number or id; None if there is none."""


def listing(motions: Sequence[Motion], language: Language) -> tuple[Block, ...]:
    """Render the newest motions and how far they are."""
    if not motions:
        return (block(words.NO_MOTIONS[language]),)
    blocks = []
    for motion in motions[:LISTED]:
        blocks.append(block(bold(f"/antrag {motion.name}")))
        blocks.append(block(motion.line, gap=LINE))
        blocks.append(block(italic(_progress(motion, language)), gap=LINE))
    if len(motions) > LISTED:
        blocks.append(block(words.and_more(len(motions) - LISTED, language)))
    return tuple(blocks)


def detail(motion: Motion, language: Language) -> tuple[Block, ...]:
    """Render a motion, point by point, each with what shows it."""
    blocks = [block(bold(motion.line)), block(italic(_progress(motion, language)), gap=LINE)]
    for point in motion.points:
        blocks.append(block(bold(f"{words.POINT[language]} {point.number}: {point.standing}")))
        blocks.append(block(point.text, gap=LINE))
        if point.note:
            blocks.append(block(italic(point.note), gap=LINE))
        for citation in point.evidence:
            stand = f" ({phrases.as_of(citation.as_of, None, language)})" if citation.as_of else ""
            blocks.append(block(f"„{citation.quote}“{stand} – {source_line(citation, language)}", gap=LINE))
    return tuple(blocks)


def _progress(motion: Motion, language: Language) -> str:
    return words.MOTION_POINTS[language].format(
        answered=motion.answered, partly=motion.partly, open=motion.open, points=len(motion.points)
    )
