"""One page of a PDF as its reader sees it: in order, without what is crossed out, with what is filled in.

Used by the reader and by the process that marks quotes on a page (`ingest.readers.picture`): both get the same text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.boxes import Boxed, with_boxes
from ingest.readers.columns import Column, Rule, columns_of, runs_on, segments_of
from ingest.readers.footnotes import footnotes_of, set_apart
from ingest.readers.pdf_marks import Annotations, Turn, annotations_of, strokes_of
from ingest.readers.pieces import HYPHENS, Box, Fragment, Inserted, Segment, Slice, Word, text_of, without
from ingest.readers.struck import Stroke, gaps_of, joined, struck_out
from ingest.readers.syntax import SUPERSCRIPTS

RULE: Final = 40.0
"""Points: shorter lines are strokes of a drawing, no rule between parts of a page."""
RAISED: Final = 0.85
"""Heights of a word's first character: a digit behind it that is smaller and stands higher is a footnote's mark."""
WHOLE_WORD: Final = 0.8
"""Of a word's letters: if so many are crossed out, the line was drawn a little short."""
BLANK: Final = 0.15
"""Heights of a line: from here on a gap is a blank."""
PARAGRAPH: Final = 1.9
"""Heights of a line from line to line: where text is put together anew, a wider step begins a paragraph."""

ENOUGH_WORDS: Final = 200
"""Tell which way a page's text runs."""

_WORD: Final = re.compile(rf"[^\s{HYPHENS}\ufeff]+")
_LINE_END: Final = re.compile(rf"[\n\f{HYPHENS}]")
_FIGURES: Final = re.compile(r"(?<=.)\d(?!\d)")
"""The last of several figures in a word, not at its beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """A page's text and where it comes from.

    Attributes:
        raw: what PDFium gives; raised figures are written as such.
        parts: what of it is read, in reading order, and what was put in.
        struck: how many passages are crossed out.
        comments: how many comments are not seen on the page.
        quarters: by how many quarters the page's text is turned to the left; boxes in `parts` are turned back.
    """

    raw: str
    parts: tuple[Fragment, ...]
    struck: int = 0
    comments: int = 0
    quarters: int = 0

    @property
    def text(self) -> str:
        """The text as it is read."""
        return text_of(self.raw, self.parts)

    def on_page(self, box: Box) -> Box:
        """Return a box of `parts` as it lies on the page."""
        return _TURNS[-self.quarters % 4](*box)


def unit_of(raw: str, place: int) -> int:
    """Return PDFium's offset of a character: it counts those beyond the Basic Multilingual Plane twice."""
    return place + sum(char > "\uffff" for char in raw[:place])


def page_text(document: pypdfium2.PdfDocument, index: int, page: pypdfium2.PdfPage, text_page: Any) -> PageText:
    """Read a page.

    Args:
        document: the page's, for the values of its form.
        index: the page's place in it, from 0.
        page: open.
        text_page: the page's text, open.
    """
    raw = text_page.get_text_range(errors="replace")
    measured = _Measured(text_page, raw)
    lines, quarters = measured.lines()
    turn = _TURNS[quarters]
    lines, joints = measured.joined(lines)
    measured.raise_figures(lines)
    raw = measured.raw
    seen = annotations_of(document, index, page, turn) if pdfium.FPDFPage_GetAnnotCount(page) else Annotations()
    strokes = [*strokes_of(page, turn), *seen.strokes] if lines else []
    gone = measured.struck(lines, strokes, seen.areas, turn)
    gaps = gaps_of(raw, gone)
    cuts = sorted((*gaps, *joints), key=lambda gap: gap.start)
    left = (
        [[word for word in line if not gone.issuperset(range(word.start, word.end))] for line in lines]
        if gone
        else lines
    )
    rules = [(one.y, one.left, one.right) for one in joined(strokes) if one.right - one.left >= RULE]
    parts = _arranged(raw, left, rules, seen.boxes)
    return PageText(
        raw=raw, parts=tuple(without(parts, cuts)), struck=len(gaps), comments=seen.comments, quarters=quarters
    )


def _arranged(
    raw: str, lines: Sequence[Sequence[Word]], rules: Sequence[Rule], boxes: Sequence[Boxed]
) -> list[Fragment]:
    """Put a page's text in reading order; all of the raw text in one piece where nothing is to be changed."""
    columns = columns_of(raw, segments_of(lines), rules)
    flow = list(chain.from_iterable(column.segments for column in columns))
    notes = footnotes_of(raw, flow, rules)
    apart: list[Fragment] = []
    foot: list[Fragment] = []
    if notes:
        begin, end = notes
        apart, foot = (_emitted(raw, [Column(segments=tuple(some))]) for some in (flow[begin:end], flow[end:]))
        columns = _up_to(columns, begin)
    is_whole = len(columns) == 1 and not notes
    parts: list[Fragment] = [Slice(start=0, end=len(raw))] if is_whole or not columns else _emitted(raw, columns)
    words = [word for line in lines for word in line]
    parts, homeless = with_boxes(parts, words, boxes)
    for one in homeless:
        apart += [*([Inserted(text="\n\n")] if apart else []), Inserted(text=one.text, box=one.box)]
    return set_apart(raw, parts, apart, foot) if apart else parts


def _up_to(columns: Sequence[Column], count: int) -> tuple[Column, ...]:
    """Return columns with so many segments together."""
    kept = []
    for column in columns:
        kept.append(replace(column, segments=column.segments[:count]))
        count -= len(kept[-1].segments)
    return tuple(column for column in kept if column.segments)


def _emitted(raw: str, columns: Sequence[Column]) -> list[Fragment]:
    """Write segments one after the other: with what stands between them in the file, else with a line's end."""
    parts: list[Fragment] = []
    before: Segment | None = None
    for column in columns:
        for place, segment in enumerate(column.segments):
            last = parts[-1] if parts else None
            end = segment.end + (raw[segment.end : segment.end + 1] in tuple(HYPHENS))
            if (
                before
                and isinstance(last, Slice)
                and not raw[last.end : segment.start].strip(" \t\r\n\f")
                and (last.end <= segment.start and (place or column.goes_on))
            ):
                parts[-1] = Slice(start=last.start, end=end)
            else:
                if before and not (isinstance(last, Slice) and raw[last.end - 1] in HYPHENS):
                    parts.append(Inserted(text=_between(raw, before, segment, place > 0, column.goes_on)))
                parts.append(Slice(start=segment.start, end=end))
            before = segment
    return parts


def _between(raw: str, above: Segment, below: Segment, is_same_column: bool, goes_on: bool) -> str:
    if abs(above.bottom - below.bottom) < 0.5 * below.height and is_same_column:
        return " "
    if is_same_column:
        return "\n\n" if above.bottom - below.bottom > PARAGRAPH * below.height else "\n"
    return "\n" if goes_on and (runs_on(raw, above, below) or raw[above.end - 1] not in ".!?:;") else "\n\n"


class _Measured:
    """The text of a page and the boxes of its characters, asked for one by one: a box costs 2 µs."""

    def __init__(self, text_page: Any, raw: str) -> None:
        self._text_page, self.raw = text_page.raw, raw
        self._is_plain = pdfium.FPDFText_CountChars(text_page) == len(raw)
        self._rectangle = pdfium.FS_RECTF()

    def box(self, place: int) -> Box | None:
        """Return the box of a character, as the page has it; None if it stands nowhere."""
        index = place if self._is_plain else self._index(place)
        rectangle = self._rectangle
        if index < 0 or not pdfium.FPDFText_GetLooseCharBox(self._text_page, index, rectangle):
            return None
        return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top

    def lines(self) -> tuple[list[list[Word]], int]:
        """Return the words of each line, turned upright, and by how many quarters they are turned on the page."""
        spans = [match.span() for match in _WORD.finditer(self.raw)]
        boxes = []
        for start, end in spans:
            first = self.box(start)
            boxes.append((first, self.box(end - 1) if end - start > 1 else first))
        quarters = _direction(boxes[:ENOUGH_WORDS])
        turn = _TURNS[quarters]
        ends = [match.start() for match in _LINE_END.finditer(self.raw)]
        lines: list[list[Word]] = [[]]
        number = 0
        corner = (0.0, 0.0, 0.0, 0.0)
        for (start, end), (first, last) in zip(spans, boxes, strict=True):
            while number < len(ends) and ends[number] < start:
                number += 1
                if lines[-1]:
                    lines.append([])
            if first and last:
                a, b, c, d = turn(*first)
                corner = (min(a, turn(*last)[0]), b, max(c, turn(*last)[2]), d)
            lines[-1].append(Word(start, end, *corner))
        return [line for line in lines if line], quarters

    def raise_figures(self, lines: Sequence[Sequence[Word]]) -> None:
        """Write small figures that stand above the line as such: marks of footnotes, m²."""
        raised: list[int] = []
        for line in lines:
            for i, word in enumerate(line):
                text = self.raw[word.start : word.end]
                if text.isdecimal() and len(text) < 3 and i + 1 < len(line):
                    if word.top - word.bottom <= RAISED * (line[i + 1].top - line[i + 1].bottom):
                        raised += range(word.start, word.end)
                elif text[-1:].isdecimal() or _FIGURES.search(text):
                    raised += self._raised_in(word, text)
        if raised:
            characters = list(self.raw)
            for place in raised:
                characters[place] = characters[place].translate(SUPERSCRIPTS)
            self.raw = "".join(characters)

    def joined(self, lines: Sequence[list[Word]]) -> tuple[list[list[Word]], list[Slice]]:
        """Join lines that go on at the same height, and return what to cut out between them.

        PDFium ends a line before and behind a raised figure.
        """
        found: list[list[Word]] = []
        cuts: list[Slice] = []
        for line in lines:
            before = found[-1][-1] if found else None
            if before is None or not _goes_on(before, line[0]):
                found.append(list(line))
                continue
            found[-1] += line
            end = self.raw.rfind("\n", before.end, line[0].start) + 1
            if end and line[0].left - before.right > BLANK * (line[0].top - line[0].bottom) and end == line[0].start:
                self.raw = f"{self.raw[: end - 1]} {self.raw[end:]}"
                end -= 1
            cuts += [Slice(start=before.end, end=end)] if end > before.end else []
        return found, cuts

    def struck(
        self, lines: Sequence[Sequence[Word]], strokes: Sequence[Stroke], areas: Sequence[Box], turn: Turn
    ) -> set[int]:
        """Return the offsets of the characters that are crossed out."""
        words = [word for line in lines for word in line]
        found: set[int] = set()
        for word, (left, _, right, _) in struck_out(words, strokes, areas):
            places = range(word.start, word.end)
            below = [place for place in places if left - 0.5 <= self._middle(place, word, turn) <= right + 0.5]
            found.update(places if len(below) >= WHOLE_WORD * len(places) else below)
        return found

    def _middle(self, place: int, word: Word, turn: Turn) -> float:
        box = self.box(place)
        return sum(turn(*box)[::2]) / 2 if box else (word.left + word.right) / 2

    def _raised_in(self, word: Word, text: str) -> list[int]:
        first = self.box(word.start)
        found: list[int] = []
        for match in _FIGURES.finditer(text):
            for i in range(match.start(), 0, -1):
                box = self.box(word.start + i) if text[i].isdecimal() else None
                if not first or not box or box[3] - box[1] > RAISED * (first[3] - first[1]) or box[1] <= first[1]:
                    break
                found.append(word.start + i)
        return found

    def _index(self, place: int) -> int:
        unit = unit_of(self.raw, place)
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._text_page, unit))


def _goes_on(before: Word, word: Word) -> bool:
    """Tell whether a word stands right behind another, one of them raised or not."""
    low = min(before.top - before.bottom, word.top - word.bottom)
    overlap = min(before.top, word.top) - max(before.bottom, word.bottom)
    return overlap > 0.5 * low and -0.3 * low <= word.left - before.right < low


def _direction(boxes: Sequence[tuple[Box | None, Box | None]]) -> int:
    """Return by how many quarters the text is turned to the left on the page, by most of its words."""
    votes: Counter[int] = Counter()
    for first, last in boxes:
        if first and last and first != last:
            x, y = last[0] + last[2] - first[0] - first[2], last[1] + last[3] - first[1] - first[3]
            votes[(0 if x > 0 else 2) if abs(x) >= abs(y) else (1 if y > 0 else 3)] += 1
    return max(votes, key=lambda quarter: (votes[quarter], -quarter), default=0)


_TURNS: Final[tuple[Turn, ...]] = (
    lambda left, bottom, right, top: (left, bottom, right, top),
    lambda left, bottom, right, top: (bottom, -right, top, -left),
    lambda left, bottom, right, top: (-right, -top, -left, -bottom),
    lambda left, bottom, right, top: (-top, left, -bottom, right),
)
