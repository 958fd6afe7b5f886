"""The gate: nothing is shown as fact that does not stand, word for word, in a paper.

A statement passes if its quotes stand in their papers as these were read, and if every number, date and name of the
statement stands in its quotes. Checked by code after everything else, whoever wrote the statement. What a language
model wrote must pass more: see `bot.answering.grounding`. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

from bot.answering.facts import claimed, held
from ingest.dates import MONTH_NAME
from ingest.german import search_tokens, words
from ingest.types import Document, Span

_DROPPED = re.compile(r"[\s\-\u00ad\u2010\u2011\ufffe]+")
_WRAPPED = re.compile(r"[-\u00ad\u2010]\s+(?=[a-zäöüß])")
_NAME = re.compile(r"\b[A-ZÄÖÜ][\wäöüß]*")
_UNIT = r"\s?(?:Euro|EUR|Prozent)\b"
_OF_A_FACT = re.compile(
    rf"(?<=\d)(?:\s?(?:Tsd|Tausend|Mio|Million(?:en)?|Mrd|Milliarden?)\b\.?(?:{_UNIT})?|{_UNIT})"
    rf"|(?<=\d\.)\s?(?:{MONTH_NAME})\b|\b(?:{MONTH_NAME})(?=\s\d{{4}}\b)",
    re.IGNORECASE,
)
"""Words that `bot.answering.facts` has compared with their number already."""

_ENDINGS = ("s", "es", "n", "en", "e")
"""By which a noun may differ from the same noun in a quote; "er" is none, or Bauer were a Bau."""

_TITLES = re.compile(
    r"\b(?:Herrn?|Frau|Dr\.|Prof\.|(?:Ober|Erste[rn]?\s)?[Bb]ürgermeister(?:in)?|Stadtr[aä]t(?:in|e|innen)?|"
    r"Bürgermeisterin|OB|EBM|BM|StR(?:in)?\.?)\s+(?:Dr\.\s+|Prof\.\s+)*([A-ZÄÖÜ][\wäöüß]*(?:-[A-ZÄÖÜ]\w*)?)"
)

_ACTS = re.compile(
    r"[a-z][\w+.-]*://|\bwww\.|\b(?:mailto|javascript|data|tel|tg):\S"  # addresses
    r"|(?<![\w.])(?:[\w-]{2,}\.)+(?:com|de|eu|example|info|io|net|org|ru|test|xyz)\b(?!\.\w)"
    r"|(?<!\w)@\w|\w@[\w-]+\.\w"  # mentions, mail addresses; but Digital@M is a name
    r"|(?<![\w.)%€*/-])(?<!- )/[a-zäöü]\w*"  # commands of a bot; but not "Zu- /Abfahrt"
    r"|!?\[[^\]\n]*\]\(|<[a-z!/][^>]*>|&(?:[a-z]+|#x?[0-9a-f]+);",  # links and images of Markdown and HTML
    re.IGNORECASE,
)


def fold(text: str) -> str:
    """Reduce a text to what a comparison of quotes counts: NFC, no white space, no hyphens, lower case."""
    return _DROPPED.sub("", unicodedata.normalize("NFC", text)).lower()


def stands_in(document: Document, span: Span, quote: str) -> bool:
    """Say whether a quote is what its paper says at this place, both cleaned and as it was read.

    The second look is at the source because cleaning removes running heads: a quote across one of
    them is no quote of the paper.
    """
    folded = fold(quote)
    return (
        bool(folded)
        and folded == fold(span.of(document.text))
        and folded in fold(document.source_span(span).of(document.source))
    )


def located(quote: str, document: Document, within: Span) -> Span | None:
    """Return where in a stretch of its paper a quote stands, compared as folded; None if it does not."""
    wanted = fold(quote)
    letters: list[str] = []
    ends: list[int] = []  # how much folded text there is up to and with each character
    total = 0
    for character in within.of(document.text):
        letter = "" if _DROPPED.match(character) else character.lower()
        letters.append(letter)
        total += len(letter)
        ends.append(total)
    start = "".join(letters).find(wanted) if wanted else -1
    if start < 0:
        return None
    first = bisect_left(ends, start + 1)
    last = bisect_left(ends, start + len(wanted))
    return Span(start=within.start + first, end=within.start + last + 1)


def acts(text: str) -> bool:
    """Say whether a text holds what a channel or a reader could follow: a link, an image, a mention, a command."""
    return bool(_ACTS.search(unicodedata.normalize("NFKC", text)))


def supported(statement: str, quotes: Sequence[str]) -> bool:
    """Say whether all numbers, dates and names of a statement stand in its quotes and nothing in it can be followed."""
    return bool(quotes) and not acts(statement) and not unsupported(statement, quotes)


def unsupported(statement: str, quotes: Sequence[str]) -> tuple[str, ...]:
    """Return the numbers, dates and names of a statement that do not stand in its quotes, in a fixed order.

    Every capitalised word counts as a name but those that carry nothing ("Es", "Die").
    """
    basis = "\n".join(quotes)
    numbers = claimed(statement)
    if numbers:
        numbers -= frozenset[str]().union(*(held(quote) for quote in quotes))
    spoken = frozenset(words(basis)) | frozenset(words(_WRAPPED.sub("", basis)))
    people = {name for name in _TITLES.findall(statement) if not _spoken(name, spoken, ("s",))}
    return (*sorted(numbers), *sorted(people | {name for name in _names(statement) if not _spoken(name, spoken)}))


def _names(statement: str) -> set[str]:
    """Return the capitalised words that carry something."""
    return {name for name in _NAME.findall(_OF_A_FACT.sub(" ", statement)) if search_tokens(name)}


def _spoken(name: str, spoken: frozenset[str], endings: Sequence[str] = _ENDINGS) -> bool:
    """Say whether every part of a name is one of the words of a text, but for an ending."""
    for part in words(name):
        stems = (part, *(part.removesuffix(ending) for ending in endings if part.endswith(ending)))
        if not any(stem in spoken or any(stem + ending in spoken for ending in endings) for stem in stems):
            return False
    return True
