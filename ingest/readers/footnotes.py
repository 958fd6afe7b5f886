"""Footnotes and other texts that stand apart: they must not come between the halves of a sentence.

A sentence that a page end interrupts goes on at the top of the next page, while the footnotes stand between. They are
moved up behind the last whole sentence of their page, as paragraphs of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from ingest.readers.columns import Rule
from ingest.readers.pieces import Fragment, Inserted, Segment, characters_of, inserted
from ingest.sentences import sentences

SMALLER: Final = 0.93
"""Heights of the page's text: footnotes are set smaller."""
APART: Final = 1.8
"""Heights of a line: a wider gap below a footnote parts it from the page's foot."""
SAME_LEFT: Final = 10.0
SHORT_RULE: Final = 250.0
"""Points: the line above footnotes begins at their edge and is shorter than the text (Word draws 144)."""
_LONGEST_SENTENCE: Final = 1_500
"""Characters: what is longer is no sentence, and nothing is moved over it."""
_MARK: Final = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}[ \t]*\)?(?=\s*\S)|\d{1,3}\)?(?=[ \t]+\S)|\*{1,3}\)?(?=\s*\S)|†(?=\s*\S)")
_ENDED: Final = re.compile(r"[.!?:;…][\"“”»«’')\]]*\s*\Z")
_PAGE_FOOT: Final = re.compile(
    r"\s*(?:[–—-]\s?)?(?:(?:Seite|Blatt|S\.)\s*)?\d{1,4}(?:\s?(?:von|/)\s?\d{1,4})?(?:\s?[–—-])?\s*", re.IGNORECASE
)


def footnotes_of(raw: str, segments: Sequence[Segment], rules: Sequence[Rule]) -> tuple[int, int] | None:
    """Return which segments are the footnotes at the end of a page, half-open; None if there are none.

    They begin with a mark, and are set smaller than the page's text or stand below a short line.

    Args:
        raw: the page's text.
        segments: in reading order.
        rules: horizontal lines drawn on the page.
    """
    usual = _usual_height(segments)
    small = len(segments)
    while small and (
        segments[small - 1].height <= SMALLER * usual
        or _PAGE_FOOT.fullmatch(raw[segments[small - 1].start : segments[small - 1].end])
    ):
        small -= 1
    first = next((i for i in range(max(small, 1), len(segments)) if _begins_with_mark(raw, segments, i)), None)
    if first is None:
        ruled_off = (i for i in range(1, len(segments)) if _is_ruled_off(segments, i, rules))
        first = next((i for i in ruled_off if _begins_with_mark(raw, segments, i)), None)
    return None if first is None else (first, _end(raw, segments, first))


def set_apart(
    raw: str, parts: Sequence[Fragment], apart: Sequence[Fragment], foot: Sequence[Fragment]
) -> list[Fragment]:
    """Put what stands apart behind the last whole sentence of a page, as a paragraph of its own.

    Args:
        raw: the page's text.
        parts: the page's text as far as it is one flow.
        apart: footnotes, notes, stamps.
        foot: what stands below them at the page's edge.
    """
    characters = list(characters_of(raw, parts))
    text = "".join(char for char, _ in characters)
    paragraph = [Inserted(text="\n\n"), *apart]
    ending: list[Fragment] = [Inserted(text="\n"), *foot] if foot else []
    if _ENDED.search(text) or not text.strip():
        return [*parts, *paragraph, *ending]
    last = next(iter(sentences(text)[-1:]), None)
    places = [place for _, place in characters[last.start :] if isinstance(place, int)] if last else []
    if not last or not last.start or not places or len(last) > _LONGEST_SENTENCE:
        return [*parts, *paragraph, *ending]
    moved = inserted(parts, places[0], [*paragraph, Inserted(text="\n\n")], is_before=True)
    return [*moved, *ending]


def _usual_height(segments: Sequence[Segment]) -> float:
    sizes: Counter[float] = Counter()
    for segment in segments:
        sizes[round(segment.height, 1)] += segment.end - segment.start
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def _begins_with_mark(raw: str, segments: Sequence[Segment], i: int) -> bool:
    return segments[i].line != segments[i - 1].line and _MARK.match(raw, segments[i].start) is not None


def _is_ruled_off(segments: Sequence[Segment], i: int, rules: Sequence[Rule]) -> bool:
    """Tell whether a line shorter than the text is drawn above a segment, and all that follows stands below it."""
    above, first = segments[i - 1], segments[i]
    return any(
        first.bottom < y < above.bottom + above.height / 2
        and abs(start - first.left) < SAME_LEFT
        and end - start < SHORT_RULE
        and all(segment.bottom < y for segment in segments[i:])
        for y, start, end in rules
    )


def _end(raw: str, segments: Sequence[Segment], first: int) -> int:
    """Return where the footnotes end and the page's foot begins."""
    for i in range(first + 1, len(segments)):
        before, segment = segments[i - 1], segments[i]
        if segment.line == before.line:
            continue
        is_far = before.bottom - segment.bottom > (1 + APART) * before.height
        if is_far or _PAGE_FOOT.fullmatch(raw[segment.start : segment.end]) or segment.bottom > before.bottom:
            return i
    return len(segments)
