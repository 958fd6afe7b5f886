"""HTML as Telegram reads it (https://core.telegram.org/bots/api#html-style): what it would refuse, we refuse."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"<(/?)([a-z-]+)((?:\s[^<>]*)?)>|(<)|([^<]+)")
_LIVE = re.compile(
    r"\w+://[^\s<>]+|(?:[\w-]+\.)+(?:de|com|org|net|example|info|io)\b\S*"  # addresses, and the end of e-mails
    r"|(?<!\w)@\w{2,}|(?<![\w/<>])/\w+|(?<!\w)#\w+|(?<!\w)\$[A-Z]{1,8}\b",
    re.IGNORECASE,
)
_TAGS = {"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}


class CannotParse(Exception):
    """The text is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What people see, how many entities it has, and what Telegram made a link, a mention or a command of."""

    text: str
    entities: int
    live: tuple[str, ...] = ()


def parse_html(source: str) -> Parsed:
    """Return the text without its tags.

    Raises:
        CannotParse: an unknown tag, one that is not closed, or a bare "<".
    """
    text, stack, entities, code = [], [], 0, []
    for closing, tag, attributes, bare, plain in _TOKEN.findall(source):
        if bare:
            raise CannotParse("Unexpected start of a tag")
        if plain:
            text.append(html.unescape(plain))
        elif closing:
            if not stack or stack.pop() != tag:
                raise CannotParse(f"Unmatched end tag </{tag}>")
            if tag == "code":
                code[-1] = (code[-1], len("".join(text)))
        elif tag not in _TAGS or (attributes.strip() and tag not in {"a", "blockquote", "code"}):
            raise CannotParse(f'Unsupported start tag "{tag}{attributes}"')
        else:
            if "code" in stack or (tag == "code" and set(stack) - {"blockquote"}):
                raise CannotParse("code may stand in a quote only, and nothing in code")
            if tag == "code":
                code.append(len("".join(text)))
            stack.append(tag)
            entities += 1
    if stack:
        raise CannotParse(f"Can't find end tag corresponding to start tag {stack[-1]}")
    return Parsed(text="".join(text), entities=entities, live=detected("".join(text), code))


def detected(text: str, code: Sequence[tuple[int, int]] = ()) -> tuple[str, ...]:
    """Return what Telegram would make live of a text; it leaves alone what touches code, given as half-open spans."""
    return tuple(
        found[0]
        for found in _LIVE.finditer(text)
        if not any(start < found.end() and found.start() < end for start, end in code)
    )


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
