"""The same text under two names: it is never public under one of them and non-public under the other."""

from __future__ import annotations

import hashlib
import re
import unicodedata

MIN_CHARS = 200
"""Shorter texts, and empty forms, are equal by chance (contract)."""

_NOT_TEXT = re.compile(r"[\W_]+")


def text_key(text: str) -> str:
    """Return what is equal for equal texts whatever their format: a hash of letters and digits, case folded.

    Empty for a text with fewer than `MIN_CHARS` of them.
    """
    folded = _NOT_TEXT.sub("", unicodedata.normalize("NFKC", text).casefold())
    return hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest() if len(folded) >= MIN_CHARS else ""
