"""Committees in a question: "im Verwaltungsausschuss", "Ausschuss für Umwelt und Technik", "gemeinderat"."""

from __future__ import annotations

import re

from ingest.types import Span

_BODY = re.compile(
    r"""\b(?:
        (?:[\wäöüß]+-\s?und\s)?[\wäöüß-]*aussch(?:uss|uß|usses|üsse|uesse)\b
            (?:\s+für\s+[A-ZÄÖÜ][\wäöüß-]+(?:(?:,\s[A-ZÄÖÜ][\wäöüß-]+)*\s+und\s+[A-ZÄÖÜ][\wäöüß-]+)?)?
      | gemeinderat(?:e?s)?
      | (?:ortschaftsrat|bezirksbeirat|ortsrat|bezirksrat)(?:e?s)?(?:\s+[A-ZÄÖÜ][\wäöüß-]+)?
      | [\wäöüß-]+(?:beirat|kommission|versammlung)(?:e?s)?
      | kreistags? | stadtverordnetenversammlung | bürgerschaft
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_ASKED_FOR = re.compile(r"\b(?:welche[mnrs]?|ein(?:em|en)?|kein(?:em|en)?)\s+$", re.IGNORECASE)


def bodies_in(text: str) -> tuple[tuple[str, Span], ...]:
    """Return the committees that a question names, in the nominative, and where; "welcher Ausschuss" names none."""
    return tuple(
        (_nominative(match.group()), Span(start=match.start(), end=match.end()))
        for match in _BODY.finditer(text)
        if not _ASKED_FOR.search(text[: match.start()])
    )


def _nominative(name: str) -> str:
    folded = " ".join(name.split())
    folded = re.sub(r"(?i)(aussch)(?:usses|uß)\b", r"\1uss", folded)
    return re.sub(r"(?i)(rat|tag|beirat)e?s\b", r"\1", folded, count=1)
