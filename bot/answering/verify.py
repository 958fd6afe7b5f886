"""The gate: nothing is shown as fact that does not stand, word for word, in a paper.

A statement passes if its quotes stand in their papers as these were read, and if every number, date and name of the
statement stands in its quotes. Checked by code after everything else, whoever wrote the statement.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ingest.german import search_tokens
from ingest.types import Document, Span

_DROPPED = re.compile(r"[\s\-\u00ad\u2010\u2011\ufffe]+")
_FACTS = re.compile(r"\d+(?:[.,]\d+)*|\b[A-ZÄÖÜ][\wäöüß-]+")


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


def supported(statement: str, quotes: Sequence[str]) -> bool:
    """Say whether all numbers, dates and names of a statement stand in its quotes.

    Every capitalised word counts as a name but those that carry nothing ("Es", "Die").
    """
    basis = fold(" ".join(quotes))
    facts = [fact for fact in _FACTS.findall(statement) if search_tokens(fact)]
    return bool(quotes) and all(fold(fact) in basis for fact in facts)
