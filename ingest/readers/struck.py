"""Which words of a page are crossed out, by the lines that are drawn over it. Pure geometry.

A line strikes words if it runs through their middle and is about as long as they are: the grid of a chart or the
lines of a table run on where no word stands, an underline is too low, a marker too thick.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from ingest.readers.pieces import HYPHENS, Box, Slice, Word

THIN: Final = 0.25
"""Heights of a line of text: what is drawn thicker is a marker or a box."""
LOWEST: Final = 0.27
HIGHEST: Final = 0.68
"""Where a strike runs, in heights of the line from its lower edge. The base line is at 0.2, the middle of small
letters at 0.42 to 0.5; underlines stay below 0.2, the rule above a line of a table is at 0.9."""
COVERED: Final = 0.7
"""Share of a line's length that stands on words."""
HALF: Final = 0.5
"""Of one word at least: a line through less of it is part of a drawing."""
TOUCHING: Final = 4.0
"""Points between two strokes of one line (dashes, one stroke a word)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A drawn horizontal line.

    Attributes:
        y: its middle.
        thickness: in points.
    """

    left: float
    right: float
    y: float
    thickness: float


def struck_out(words: Sequence[Word], strokes: Iterable[Stroke], areas: Sequence[Box]) -> list[tuple[Word, Box]]:
    """Return the words that are crossed out, wholly or in part, each with what covers it.

    Args:
        words: of a page.
        strokes: lines drawn on it, in any order.
        areas: boxes of annotations that say of themselves that they strike text out.
    """
    found: list[tuple[Word, Box]] = []
    for stroke in joined(strokes):
        near = (word for word in words if word.bottom < stroke.y < word.top)
        hit = [word for word in near if _runs_through(stroke, word)]
        most = max((_overlap(stroke, word) / max(word.right - word.left, 0.1) for word in hit), default=0.0)
        if most >= HALF and _length_on(stroke, hit) >= COVERED * (stroke.right - stroke.left):
            found += [(word, (stroke.left, stroke.y, stroke.right, stroke.y)) for word in hit]
    for left, bottom, right, top in areas:
        for word in words:
            if bottom <= (word.bottom + word.top) / 2 <= top and word.left < right and left < word.right:
                found.append((word, (left, bottom, right, top)))
    return found


def gaps_of(raw: str, places: Iterable[int]) -> list[Slice]:
    """Return what to cut out of a text so that characters are gone and no trace of them stays.

    A line of which nothing is left goes with its end; otherwise a blank beside the gap goes too.

    Args:
        raw: the page's text.
        places: offsets of crossed-out characters, none of them white space.
    """
    ordered = sorted(set(places))
    joined: list[list[int]] = []
    for _, group in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        run = [place for _, place in group]
        if joined and not raw[joined[-1][1] : run[0]].strip(" \t\r\n" + HYPHENS):
            joined[-1][1] = run[-1] + 1
        else:
            joined.append([run[0], run[-1] + 1])
    return [_widened(raw, start, end) for start, end in joined]


def joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Join strokes of one height that touch: a line is often drawn word by word."""
    lines: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda one: (round(one.y), one.left)):
        last = lines[-1] if lines else None
        if last and abs(last.y - stroke.y) < 1.0 and stroke.left - last.right <= TOUCHING:
            lines[-1] = Stroke(
                left=last.left,
                right=max(last.right, stroke.right),
                y=last.y,
                thickness=max(last.thickness, stroke.thickness),
            )
        else:
            lines.append(stroke)
    return lines


def _widened(raw: str, start: int, end: int) -> Slice:
    while end < len(raw) and raw[end] in HYPHENS:
        end += 1
    begins_line = not start or raw[start - 1] in "\n" + HYPHENS
    ends_line = end == len(raw) or raw[end] in "\r\n" or raw[end - 1] in HYPHENS
    if begins_line and ends_line:
        while end < len(raw) and raw[end] in "\r\n":
            end += 1
            if raw[end - 1] == "\n":
                break
        return Slice(start=start, end=end)
    if not ends_line and raw[end] in " \t" and (begins_line or raw[start - 1] in " \t"):
        return Slice(start=start, end=end + 1)
    if ends_line and raw[start - 1] in " \t" and raw[end - 1] not in HYPHENS:
        return Slice(start=start - 1, end=end)
    return Slice(start=start, end=end)


def _runs_through(stroke: Stroke, word: Word) -> bool:
    height = word.top - word.bottom
    return (
        stroke.thickness <= THIN * height
        and LOWEST <= (stroke.y - word.bottom) / max(height, 0.1) <= HIGHEST
        and _overlap(stroke, word) > 0.3 * min(word.right - word.left, height)
    )


def _overlap(stroke: Stroke, word: Word) -> float:
    return min(stroke.right, word.right) - max(stroke.left, word.left)


def _length_on(stroke: Stroke, words: Iterable[Word]) -> float:
    """Return how much of a stroke stands on words and on the gaps between them, blanks of usual width."""
    covered = 0.0
    end = stroke.left
    for word in sorted(words, key=lambda one: one.left):
        left, right = max(word.left, stroke.left), min(word.right, stroke.right)
        blank = word.top - word.bottom
        begin = end if left - end <= blank else left
        covered += max(0.0, right - max(begin, end))
        end = max(end, right)
    return covered
