"""Text in pieces that Telegram takes: split first, rendered then, so that no tag is ever cut. Pure; knows no reply.

Telegram makes links, mentions and commands of whatever looks like them. What a paper says must not become one: a
title must ping nobody and send no command. Such words are set as code, the one style in which Telegram looks for
nothing; what is shown and copied stays word for word what the paper says, without invisible characters.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

LIMIT: Final = 4096
"""UTF-16 units of a message after its entities were parsed (https://core.telegram.org/bots/api#sendmessage)."""

MOST_ENTITIES: Final = 100
"""Of a message; Telegram ignores what comes after them (`telegram.constants.MessageLimit.MESSAGE_ENTITIES`)."""

MOST_CODES: Final = 8
"""Words of one run that are set as code one by one; a run with more is set as code from the first to the last, so that
a line of a hundred names does not use up a message's entities."""

_WORD: Final = re.compile(r"[^\s„“”»«]+")

_LIVE: Final = re.compile(
    r"\w://|(?<!\w)www\."  # an address
    r"|[\w-]\.[^\W\d_]{2}"  # "rat.example", "name@rat.example"; also a sentence that begins without a space
    r"|\d{1,3}(?:\.\d{1,3}){3}"
    r"|(?<!\w)[@#$]\w"  # mention, hashtag, cashtag
    r"|(?<![\w/<>])/\w"  # command
)
"""In words that Telegram makes something of, and in a few others (https://core.telegram.org/type/MessageEntity)."""

_DIRECTION: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that turn the direction of all that follows on the line, also of what is ours."""

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
    """A stretch of text in one style.

    Attributes:
        live: whether Telegram may make links and commands of it: only what we say ourselves.
    """

    text: str
    style: Style = Style.PLAIN
    live: bool = False


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
    made = (Run(text=run) if isinstance(run, str) else run for run in runs)
    return Block(runs=tuple(replace(run, text=run.text.translate(_DIRECTION)) for run in made), gap=gap)


def bold(text: str) -> Run:
    """Make a bold run."""
    return Run(text=text, style=Style.BOLD)


def italic(text: str) -> Run:
    """Make an italic run."""
    return Run(text=text, style=Style.ITALIC)


def live(text: str) -> Run:
    """Make a run of our own whose commands and addresses can be pressed."""
    return Run(text=text, live=True)


def units(text: str) -> int:
    """Count UTF-16 units, as Telegram does."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def messages(blocks: Iterable[Block], limit: int = LIMIT) -> tuple[Message, ...]:
    """Pack blocks into as few messages as keep their order, each of at most `limit` units; blank ones are left out."""
    packed: list[list[Block]] = []
    room = entities = 0
    for piece in _fitting(blocks, limit):
        size, more = units(_plain(piece)), sum(map(_entities, piece.runs))
        if not packed or units(piece.gap) + size > room or entities + more > MOST_ENTITIES:
            packed.append([])
            room, entities = limit + units(piece.gap), 0  # an opening block has no gap
        packed[-1].append(piece)
        room, entities = room - units(piece.gap) - size, entities + more
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
    if run.style is Style.QUOTE:  # may hold code; bold and italic may not (api#html-style)
        return opening + "".join(_marked(text, code) for text, code in _parts(run)) + closing if run.text else ""
    return "".join(_marked(text, code, opening, closing) for text, code in _parts(run))


def _marked(text: str, code: bool, opening: str = "", closing: str = "") -> str:
    if code:
        opening, closing = "<code>", "</code>"
    return f"{opening}{html.escape(text, quote=False)}{closing}"


def _parts(run: Run) -> Iterator[tuple[str, bool]]:
    """Yield the text of a run, and whether it is set as code; nothing empty."""
    spans = [] if run.live else [word.span() for word in _WORD.finditer(run.text) if _LIVE.search(word[0])]
    if len(spans) > MOST_CODES:
        spans = [(spans[0][0], spans[-1][1])]
    end = 0
    for start, stop in spans:
        if run.text[end:start]:
            yield run.text[end:start], False
        yield run.text[start:stop], True
        end = stop
    if run.text[end:]:
        yield run.text[end:], False


def _entities(run: Run) -> int:
    """Count the entities of a run, at most 2 * `MOST_CODES` + 1."""
    return sum(code or run.style is not Style.PLAIN for _, code in _parts(run))


def _plain(piece: Block) -> str:
    return "".join(run.text for run in piece.runs)
