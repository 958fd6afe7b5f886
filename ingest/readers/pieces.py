"""A page's text as pieces: stretches of what PDFium gives, and what stands on the page beside it.

Pure values. All offsets count characters of the page's raw text; boxes are in points, turned so that the
page's text runs from left to right and the first line is uppermost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

HYPHENS: Final = "\ufffe\x02"
"""What PDFium writes where a line ended in a hyphen; it joins the lines."""

_WRITTEN: Final = {"\ufffe": "-\n", "\x02": "-\n", "\f": "\n"}
_PLAIN: Final = str.maketrans(_WRITTEN)


class Word(NamedTuple):
    """A word and its box; a tuple, because a page has five hundred of them."""

    start: int
    end: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Words of one line that no wide gap parts."""

    words: tuple[Word, ...]
    line: int

    @property
    def start(self) -> int:
        """Where its first word begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.words[-1].end

    @property
    def left(self) -> float:
        """Left edge."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Right edge."""
        return self.words[-1].right

    @property
    def bottom(self) -> float:
        """Lower edge of its first word."""
        return self.words[0].bottom

    @property
    def height(self) -> float:
        """Height of its first word."""
        return self.words[0].top - self.words[0].bottom


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A stretch of the raw text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inserted:
    """Text that is not in the raw text: white space, or what stands on the page in a box of its own."""

    text: str
    box: Box | None = None


Fragment = Slice | Inserted


def text_of(raw: str, parts: Iterable[Fragment]) -> str:
    """Return the page's text: lines that PDFium joined are given back."""
    pieces = (part.text if isinstance(part, Inserted) else raw[part.start : part.end] for part in parts)
    return "".join(pieces).replace("\r\n", "\n").translate(_PLAIN)


def characters_of(raw: str, parts: Iterable[Fragment]) -> Iterator[tuple[str, int | Box | None]]:
    """Yield the characters of `text_of` with where each came from: an offset in the raw text, or a box."""
    for part in parts:
        if isinstance(part, Inserted):
            yield from ((char, part.box) for char in part.text)
            continue
        for i in range(part.start, part.end):
            if not (raw[i] == "\r" and i + 1 < part.end and raw[i + 1] == "\n"):
                yield from ((written, i) for written in _WRITTEN.get(raw[i], raw[i]))


def without(parts: Iterable[Fragment], gaps: Sequence[Slice]) -> list[Fragment]:
    """Cut stretches of the raw text out.

    Args:
        parts: of a page.
        gaps: in ascending order, not overlapping.
    """
    kept: list[Fragment] = []
    for part in parts:
        if isinstance(part, Inserted):
            kept.append(part)
            continue
        start = part.start
        for gap in gaps:
            if gap.end <= start or gap.start >= part.end:
                continue
            if gap.start > start:
                kept.append(Slice(start=start, end=gap.start))
            start = gap.end
        if start < part.end:
            kept.append(Slice(start=start, end=part.end))
    return kept


def inserted(parts: Iterable[Fragment], at: int, new: Sequence[Fragment], *, is_before: bool = False) -> list[Fragment]:
    """Put parts behind a character of the raw text, or before it; at the end where no part has it.

    What was put behind the same character before stays in front.
    """
    result = list(parts)
    for i, part in enumerate(result):
        if isinstance(part, Slice) and part.start <= at < part.end:
            cut = at if is_before else at + 1
            head = [Slice(start=part.start, end=cut)] if cut > part.start else []
            tail = [Slice(start=cut, end=part.end)] if cut < part.end else []
            rest = i + 1
            while not tail and rest < len(result) and isinstance(result[rest], Inserted):
                rest += 1
            return [*result[:i], *head, *result[i + 1 : rest], *new, *tail, *result[rest:]]
    return [*result, *new]
