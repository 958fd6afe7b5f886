"""Names and years that a question says and a text does not: what is said of another is no answer."""

from __future__ import annotations

import re

from ingest.german import search_tokens

_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d{2}(?![\d/]|[.,]\d)")
_CAPITALS = re.compile(r"\b(?:[A-ZÄÖÜ]{2,}[a-z]?\w*|[A-ZÄÖÜ][a-zäöüß]*[A-ZÄÖÜ]\w*)\b")


def names_in(question: str) -> tuple[str, ...]:
    """Return the years and the names in capitals that a question says, each once."""
    return tuple(dict.fromkeys([*_YEAR.findall(question), *_CAPITALS.findall(question)]))


def missing_names(question: str, text: str) -> float:
    """Return the share of a question's names that a text does not say; 0 where it has none."""
    names = names_in(question)
    if not names:
        return 0.0
    said = text.casefold()
    tokens = set(search_tokens(text))
    missing = [name for name in names if name.casefold() not in said and not set(search_tokens(name)) & tokens]
    return len(missing) / len(names)
