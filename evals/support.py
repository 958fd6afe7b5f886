"""Whether a statement stands in its quotes: each of its numbers, dates and names.

The bot has a gate of its own (`bot.answering.verify`); a measure must not ask the one it measures, so this is a
second, stricter look: numbers as whole numbers ("5" does not stand in "150"), dates by their day, however written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.answering.verify import fold
from ingest.dates import find_dates
from ingest.german import search_tokens

_NUMBER = re.compile(r"\d+(?:[.,/:]\d+)*")
_GROUPED = re.compile(r"(?<![\d.,/])\d{1,3}(?:[.\s\u202f]\d{3})+(?!\d)")
_SEPARATOR = re.compile(r"[.\s\u202f]")
_NAME = re.compile(r"\b[A-ZÄÖÜ][\w-]+")


def supported(statement: str, quotes: Sequence[str]) -> bool:
    """Say whether every number, date and capitalised word of a statement stands in one of its quotes.

    Capitalised words of the stop list (a sentence begins with "Die") are no names. Without a quote nothing stands.
    """
    basis = "\n".join(quotes)
    if not basis.strip():
        return False
    days, rest = _dates(statement)
    quoted_days, quoted_rest = _dates(basis)
    folded = fold(basis)
    return (
        days <= quoted_days
        and numbers(rest) <= numbers(basis) | numbers(quoted_rest)
        and all(fold(name) in folded for name in _NAME.findall(rest) if search_tokens(name))
    )


def numbers(text: str) -> set[str]:
    """Return the numbers of a text, thousands ungrouped: "65.000" and "65 000" are 65000."""
    return set(_NUMBER.findall(_GROUPED.sub(lambda found: _SEPARATOR.sub("", found[0]), text)))


def _dates(text: str) -> tuple[set[date], str]:
    """Return the days that a text names, and the text without them."""
    found = find_dates(text)
    for item in reversed(found):
        text = f"{text[: item.span.start]} {text[item.span.end :]}"
    return {item.day for item in found}, text
