"""Where in a page's text belongs what stands on the page in a box of its own: a form's field, a note, a stamp."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.readers.pieces import Box, Fragment, Inserted, Word, inserted

NEAR: Final = 30.0
"""Points between a box to tick and the word that it stands before."""
BELOW: Final = 60.0
"""Points between a field and the label above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed:
    """A text in a box.

    Attributes:
        is_tick: whether the text is a ticked or empty box: its label stands behind it.
        is_note: whether it was laid over the finished page: it belongs to no label unless it stands right beside one.
    """

    text: str
    box: Box
    is_tick: bool = False
    is_note: bool = False


def with_boxes(
    parts: Sequence[Fragment], words: Sequence[Word], boxes: Sequence[Boxed]
) -> tuple[list[Fragment], list[Boxed]]:
    """Put texts in boxes where their labels are, and return those that have none beside them.

    Args:
        parts: of a page.
        words: of the page.
        boxes: of the page, in any order.
    """
    result, homeless = list(parts), []
    for one in sorted(boxes, key=lambda boxed: (-boxed.box[3], boxed.box[0])):
        left, right, above = _neighbours(words, one)
        if one.is_tick and right:
            result = inserted(result, right.start, [Inserted(text=f"{one.text} ", box=one.box)], is_before=True)
        elif left:
            result = inserted(result, left.end - 1, [Inserted(text=f" {one.text}", box=one.box)])
        elif above and not one.is_note:
            result = inserted(result, above.end - 1, [Inserted(text=f"\n{one.text}", box=one.box)])
        else:
            homeless.append(one)
    return result, homeless


def _neighbours(words: Sequence[Word], one: Boxed) -> tuple[Word | None, Word | None, Word | None]:
    """Return the nearest words left and right of a box, and the last of the line above it."""
    left, bottom, right, top = one.box
    row = [word for word in words if bottom - 1 <= (word.bottom + word.top) / 2 <= top + 1]
    before = [word for word in row if word.right <= left + 2]
    if one.is_note:
        is_over_text = any(word.left < right and left < word.right for word in row)
        before = [] if is_over_text else [word for word in before if left - word.right < NEAR]
    behind = [word for word in row if word.left >= right - 2 and word.left - right < NEAR]
    higher = [
        word
        for word in words
        if -2 <= word.bottom - top < BELOW and word.left < right and left < word.right
    ]  # fmt: skip
    nearest = min((word.bottom for word in higher), default=0.0)
    line = [word for word in words if abs(word.bottom - nearest) < 2] if higher else []
    return (
        max(before, key=lambda word: (word.right, word.end), default=None),
        min(behind, key=lambda word: (word.left, word.start), default=None),
        max(line, key=lambda word: word.end, default=None),
    )
