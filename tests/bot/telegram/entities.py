"""HTML as Telegram reads it (https://core.telegram.org/bots/api#html-style): what it would refuse, we refuse."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_TOKEN = re.compile(r"<(/?)([a-z-]+)((?:\s[^<>]*)?)>|(<)|([^<]+)")
_TAGS = {"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}


class CannotParse(Exception):
    """The text is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What people see, and how many entities it has."""

    text: str
    entities: int


def parse_html(source: str) -> Parsed:
    """Return the text without its tags.

    Raises:
        CannotParse: an unknown tag, one that is not closed, or a bare "<".
    """
    text, stack, entities = [], [], 0
    for closing, tag, attributes, bare, plain in _TOKEN.findall(source):
        if bare:
            raise CannotParse("Unexpected start of a tag")
        if plain:
            text.append(html.unescape(plain))
        elif closing:
            if not stack or stack.pop() != tag:
                raise CannotParse(f"Unmatched end tag </{tag}>")
        elif tag not in _TAGS or (attributes.strip() and tag not in {"a", "blockquote", "code"}):
            raise CannotParse(f'Unsupported start tag "{tag}{attributes}"')
        else:
            stack.append(tag)
            entities += 1
    if stack:
        raise CannotParse(f"Can't find end tag corresponding to start tag {stack[-1]}")
    return Parsed(text="".join(text), entities=entities)


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
