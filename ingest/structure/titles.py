"""What may be a title: no sentence, no greeting, nothing longer than a title."""

from __future__ import annotations

import functools
import re

from ingest.structure.head_forms import word_list, words

MIN_CHARS = 4
"""Less is a page number or what is left of a form."""
MAX_CHARS = 200
"""97 of 100 titles in Karlsruhe's information system are shorter; longer ones list what else a paper is about."""

_WORD = re.compile(r"[^\W\d_]{3}")


@functools.lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what matches a greeting, and what finds the end of a sentence."""
    short = "".join(rf"(?<!\b{word})" for word in (r"[^\W\d]", r"\d", r"\d\d", *word_list("prose", "abbreviation")))
    ends = rf"{short}\.$|[^\W\d_]{{2}}[.?!]\s(?=(?:{words('prose', 'opening')})\b)"
    return re.compile(words("prose", "greeting"), re.IGNORECASE), re.compile(ends)


def is_greeting(text: str) -> bool:
    """Tell whether a line greets the reader of a letter."""
    return _patterns()[0].match(text) is not None


def is_sentence(text: str) -> bool:
    """Tell whether a text ends like a sentence or holds the end of one; "e. V.", "Nr." and "3." end none."""
    return _patterns()[1].search(text) is not None


def has_shape_of_title(text: str) -> bool:
    """Tell whether a text is as long as a title and reads like one. What forms print must be told apart elsewhere."""
    return MIN_CHARS <= len(text) <= MAX_CHARS and _WORD.search(text) is not None and not is_greeting(text)


def shortened(text: str) -> str:
    """Return a text cut behind a word so that it is no longer than a title, with a mark where it was cut."""
    if len(text) <= MAX_CHARS:
        return text
    return text[: MAX_CHARS - 2].rsplit(" ", 1)[0].rstrip(" ,;:–-") + " …"
