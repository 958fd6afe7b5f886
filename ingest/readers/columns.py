"""Columns of a page, found by position, so that no sentence runs over the gutter.

Files mostly hold their columns one after the other, and PDFium keeps that. Some are written row by row,
over all columns; only then is anything changed here. A table, a letterhead, a list of figures is no
column: both sides of a gutter must read like lines of running text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ingest.readers.pieces import HYPHENS, Segment, Word

WIDE_GAP: Final = 0.8
"""Heights of a line: a gap from here on may be a gutter (justified text has gaps of half a height)."""
SAME_EDGE: Final = 3.0
"""Points by which lines of a column may begin apart."""
LEAST_ROWS: Final = 3
"""A column has at least so many lines beside the other."""
LEAST_CHARS: Final = 15
"""Characters of a column's line, on average; cells of a table are shorter."""
MOST_DIGITS: Final = 0.25
"""Share of figures among a column's visible characters; running text of a budget has 0.1."""
RUNS_ON_SHARE: Final = 0.4
"""Share of a column's lines that visibly go on in the next. Three of four do in German text; in tables and letterheads
hardly any."""
FULL: Final = 0.65
"""Of a column's width: a line that was wrapped is no shorter."""
SAME_ROW: Final = 1.2
"""Heights of a line: how far apart lines of both columns may be that the file has one after the other."""
NEXT_LINE: Final = 2.5
"""Heights of a line: what stands lower does not belong to it."""
MOST_SEGMENTS: Final = 1_500
"""A page with more is a drawing or a table of figures."""
_MOST_GUTTERS: Final = 8

Rule = tuple[float, float, float]
"""A drawn horizontal line: its height, left and right end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Segments that are read one after the other.

    Attributes:
        goes_on: whether the text before may run on into this one.
    """

    segments: tuple[Segment, ...]
    goes_on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Split:
    """Two columns side by side, and what stands before and behind them in the file."""

    before: tuple[Segment, ...]
    bands: tuple[tuple[tuple[Segment, ...], tuple[Segment, ...]], ...]
    behind: tuple[Segment, ...]
    size: int


def segments_of(lines: Sequence[Sequence[Word]]) -> tuple[Segment, ...]:
    """Part each line where a wide gap is."""
    found = []
    for number, words in enumerate(lines):
        begin = 0
        for i in range(1, len(words)):
            before, word = words[i - 1], words[i]
            gap = word.left - before.right
            if gap > WIDE_GAP * (word.top - word.bottom) or word.left < before.left:
                found.append(Segment(words=tuple(words[begin:i]), line=number))
                begin = i
        if begin < len(words):
            found.append(Segment(words=tuple(words[begin:]), line=number))
    return tuple(found)


def columns_of(raw: str, segments: Sequence[Segment], rules: Sequence[Rule] = ()) -> tuple[Column, ...]:
    """Return a page's segments in the order in which they are read; as one column where nothing is to be changed.

    Args:
        raw: the page's text.
        segments: in the order of the file.
        rules: lines drawn over the page; one that crosses a gutter parts the cells above from those below.
    """
    split = _best_split(raw, segments, rules) if len(segments) <= MOST_SEGMENTS else None
    if split is None:
        return (Column(segments=tuple(segments)),) if segments else ()
    found = list(columns_of(raw, split.before, rules))
    for number, sides in enumerate(split.bands):
        for place, side in enumerate(sides):
            inner = columns_of(raw, side, rules)
            is_cell = len(split.bands) > 1 and number + place > 0
            found += [Column(segments=inner[0].segments, goes_on=not is_cell), *inner[1:]] if inner else []
    return (*found, *columns_of(raw, split.behind, rules))


def _best_split(raw: str, segments: Sequence[Segment], rules: Sequence[Rule]) -> _Split | None:
    splits = (split for x in _gutters(segments) for split in _splits(raw, segments, x, rules))
    return max(splits, key=lambda split: split.size, default=None)


def _gutters(segments: Sequence[Segment]) -> list[float]:
    """Return left edges at which several segments begin, the most frequent first."""
    counts = Counter(round(segment.left / SAME_EDGE) for segment in segments)
    near = {edge: counts[edge - 1] + count + counts[edge + 1] for edge, count in counts.items()}
    best = sorted((edge for edge in near if near[edge] >= LEAST_ROWS), key=lambda edge: (-near[edge], edge))
    return [edge * SAME_EDGE for edge in best[: 2 * _MOST_GUTTERS]]


def _splits(raw: str, segments: Sequence[Segment], gutter: float, rules: Sequence[Rule]) -> Iterator[_Split]:
    """Yield the stretches of a page in which text stands on both sides of a gutter and nothing crosses it."""
    run: list[tuple[Segment, bool]] = []
    begin = 0
    for i, segment in enumerate((*segments, None)):
        sides = _sides(segment, gutter) if segment else []
        if sides and (not run or abs(sides[0][0].bottom - run[-1][0].bottom) < NEXT_LINE * run[-1][0].height):
            run += sides
            continue
        first, last = _beside_each_other(run)
        if _are_columns(raw, run[first:last]):
            yield _Split(
                before=(*segments[:begin], *(one for one, _ in run[:first])),
                bands=tuple(_bands(run[first:last], gutter, rules)),
                behind=(*(one for one, _ in run[last:]), *segments[i:]),
                size=last - first,
            )
        run, begin = sides, i if sides else i + 1


def _sides(segment: Segment, gutter: float) -> list[tuple[Segment, bool]]:
    """Tell on which side of a gutter a segment stands, in two parts if it reaches over; empty if it crosses it."""
    if segment.left >= gutter - SAME_EDGE:
        return [(segment, True)]
    if segment.right <= gutter:
        return [(segment, False)]
    for i, (before, word) in enumerate(pairwise(segment.words), start=1):
        if abs(word.left - gutter) <= SAME_EDGE and word.left - before.right > 0.3 * (word.top - word.bottom):
            left, right = segment.words[:i], segment.words[i:]
            return [(Segment(words=left, line=segment.line), False), (Segment(words=right, line=segment.line), True)]
    return []


def _beside_each_other(run: Sequence[tuple[Segment, bool]]) -> tuple[int, int]:
    """Return the part of a stretch that has text on both sides; behind it belongs what goes on below without a gap."""
    changes = [i for i in range(1, len(run)) if run[i][1] is not run[i - 1][1]]
    if not changes:
        return 0, 0
    last = changes[-1] + 1
    while last < len(run):
        above = next((one for one, side in reversed(run[:last]) if side is run[last][1]), run[last][0])
        if not 0 <= above.bottom - run[last][0].bottom <= NEXT_LINE * above.height:
            break
        last += 1
    return changes[0] - 1, last


def _are_columns(raw: str, run: Sequence[tuple[Segment, bool]]) -> bool:
    """Tell whether both sides are running text, and whether the file goes to and fro between them."""
    changes = sum(
        a[1] is not b[1] and abs(a[0].bottom - b[0].bottom) < SAME_ROW * a[0].height for a, b in pairwise(run)
    )  # fmt: skip
    if changes < LEAST_ROWS:
        return False
    sides = [_whole_lines(segment for segment, is_right in run if is_right is side) for side in (False, True)]
    begins_small = any(raw[segment.start].islower() for side in sides for segment in side)
    return begins_small and all(_is_running_text(raw, side) for side in sides)


def _whole_lines(side: Iterable[Segment]) -> list[Segment]:
    """Join segments of one line: justified text sets words far apart."""
    lines: list[Segment] = []
    for segment in side:
        if lines and lines[-1].line == segment.line and segment.left > lines[-1].left:
            lines[-1] = Segment(words=(*lines[-1].words, *segment.words), line=segment.line)
        else:
            lines.append(segment)
    return lines


def _is_running_text(raw: str, side: Sequence[Segment]) -> bool:
    texts = [raw[segment.start : segment.end] for segment in side]
    visible = [char for text in texts for char in text if not char.isspace()]
    if len(side) < LEAST_ROWS or len(visible) < LEAST_CHARS * len(side):
        return False
    if sum(char.isdecimal() for char in visible) > MOST_DIGITS * len(visible):
        return False
    pairs = list(_below_each_other(side))
    width = max(segment.right - segment.left for segment in side)
    going_on = sum(
        above.right - above.left >= FULL * width and runs_on(raw, above, below) for above, below in pairs
    )  # fmt: skip
    return going_on >= max(2, RUNS_ON_SHARE * len(pairs))


def _below_each_other(side: Sequence[Segment]) -> Iterator[tuple[Segment, Segment]]:
    """Yield each segment with the next below it that it overlaps."""
    ordered = sorted(side, key=lambda segment: (-segment.bottom, segment.left))
    for i, above in enumerate(ordered):
        for below in ordered[i + 1 :]:
            is_lower = above.bottom - below.bottom > 0.5 * above.height
            if is_lower and below.left < above.right and above.left < below.right:
                if above.bottom - below.bottom < NEXT_LINE * above.height:
                    yield above, below
                break


def runs_on(raw: str, above: Segment, below: Segment) -> bool:
    """Tell whether a line visibly goes on in another: a hyphen, a comma, a small word at its end or before its next."""
    last_word, first = raw[above.words[-1].start : above.end], raw[below.start]
    if raw[above.end : above.end + 1] in tuple(HYPHENS) or last_word[-1] in ",-‐":
        return True
    return last_word[-1] not in ".!?:;" and (first.islower() or (last_word.isalpha() and last_word[0].islower()))


def _bands(
    run: Sequence[tuple[Segment, bool]], gutter: float, rules: Sequence[Rule]
) -> Iterator[tuple[tuple[Segment, ...], tuple[Segment, ...]]]:
    """Part two columns at the lines drawn over both of them: rows of a table whose cells are running text."""
    left_end = min(segment.left for segment, _ in run)
    crossing = {y for y, start, end in rules if start < (left_end + gutter) / 2 and end > gutter + SAME_EDGE}
    heights = sorted(crossing, reverse=True)

    def band(segment: Segment) -> int:
        middle = segment.bottom + segment.height / 2
        return sum(height > middle for height in heights)

    for number in sorted({band(segment) for segment, _ in run}):
        inside = [(segment, is_right) for segment, is_right in run if band(segment) == number]
        yield (
            tuple(segment for segment, is_right in inside if not is_right),
            tuple(segment for segment, is_right in inside if is_right),
        )
