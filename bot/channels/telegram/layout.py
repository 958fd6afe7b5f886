"""Text in pieces that Telegram takes: split first, rendered then, so that no tag is ever cut. Pure; knows no reply."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

LIMIT: Final = 4096
"""UTF-16 units of a message after its entities were parsed (https://core.telegram.org/bots/api#sendmessage)."""

PARAGRAPH: Final = "\n\n"
LINE: Final = "\n"


class Style(StrEnum):
    """How a run is set."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    QUOTE = "quote"


_TAGS: Final = {
    Style.PLAIN: ("", ""),
    Style.BOLD: ("<b>", "</b>"),
    Style.ITALIC: ("<i>", "</i>"),
    Style.QUOTE: ("<blockquote expandable>", "</blockquote>"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text in one style."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph or a line; a message breaks between blocks before it breaks within one.

    Attributes:
        gap: what stands before it, unless it opens a message.
    """

    runs: tuple[Run, ...]
    gap: str = PARAGRAPH


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message twice: as HTML, and as the plain text it shows, should Telegram refuse the HTML."""

    html: str
    plain: str


def block(*runs: Run | str, gap: str = PARAGRAPH) -> Block:
    """Make a block; a bare string is plain."""
    return Block(runs=tuple(Run(text=run) if isinstance(run, str) else run for run in runs), gap=gap)


def bold(text: str) -> Run:
    """Make a bold run."""
    return Run(text=text, style=Style.BOLD)


def italic(text: str) -> Run:
    """Make an italic run."""
    return Run(text=text, style=Style.ITALIC)


def units(text: str) -> int:
    """Count UTF-16 units, as Telegram does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def messages(blocks: Iterable[Block], limit: int = LIMIT) -> tuple[Message, ...]:
    """Pack blocks into as few messages as keep their order, each of at most `limit` units; blank ones are left out."""
    packed: list[list[Block]] = []
    room = 0
    for piece in _fitting(blocks, limit):
        size = units(_plain(piece))
        if not packed or units(piece.gap) + size > room:
            packed.append([])
            room = limit + units(piece.gap)  # an opening block has no gap
        packed[-1].append(piece)
        room -= units(piece.gap) + size
    return tuple(_message(group) for group in packed)


def _fitting(blocks: Iterable[Block], limit: int) -> Iterator[Block]:
    for whole in blocks:
        if _plain(whole).strip():
            yield from _split(whole, limit)


def _split(whole: Block, limit: int) -> Iterator[Block]:
    """Cut a block that is too long between sentences, else between words, else anywhere."""
    runs: list[Run] = []
    room = limit
    for run in whole.runs:
        rest = run.text
        while units(rest) > room:
            head = _head(rest, room)
            if not head and runs:
                pass  # nothing of it fits beside what is there: a message of its own
            else:
                runs.append(replace(run, text=head))
                rest = rest[len(head) :]
            yield Block(runs=tuple(runs), gap=whole.gap)
            runs, room, rest = [], limit, rest.lstrip()
        runs.append(replace(run, text=rest))
        room -= units(rest)
    if _plain(Block(runs=tuple(runs))).strip():
        yield Block(runs=tuple(runs), gap=whole.gap)


def _head(text: str, room: int) -> str:
    """Return what fits, up to the last good place of its second half, if there is one."""
    length = min(len(text), room)
    while units(text[:length]) > room:
        length -= max(1, (units(text[:length]) - room) // 2)
    head = text[:length]
    for mark in ("\n", ". ", " "):
        place = head.rfind(mark)
        if place >= length // 2:
            return head[: place + len(mark)]
    return head


def _message(blocks: list[Block]) -> Message:
    written, shown = [], []
    for position, piece in enumerate(blocks):
        gap = piece.gap if position else ""
        written.append(gap + "".join(_html(run) for run in piece.runs))
        shown.append(gap + _plain(piece))
    return Message(html="".join(written), plain="".join(shown))


def _html(run: Run) -> str:
    opening, closing = _TAGS[run.style]
    return f"{opening}{html.escape(run.text, quote=False)}{closing}" if run.text else ""


def _plain(piece: Block) -> str:
    return "".join(run.text for run in piece.runs)
