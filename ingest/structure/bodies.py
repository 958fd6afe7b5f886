"""Committees: finding their names in fields and giving each one spelling."""

from __future__ import annotations

import functools
import re

from ingest.structure.head_forms import words

CACHED_LINES = 256
"""Lines of one head are asked about several times each."""
_TITLE = r"[^\d;:()|\n]{3,80}?"
_END = (
    r"(?=\s*(?:$|\d|[(|;:]|[–-]\s|\b(?:vom|am|im|in|zur?|mit|hat|wird|wurde|ruft|gemeinsam|nicht)\b"
    r"|,\s*(?:öff|nicht|den)|\bde[rs]\s+(?:Gemeinder|Stadt|Landesh)))"
)


@functools.lru_cache(maxsize=1)
def _body() -> re.Pattern[str]:
    """Return what finds the name of a committee."""
    return re.compile(
        rf"""
      (?:[A-ZÄÖÜ][\wäöüß]*-\s?(?:,\s[A-ZÄÖÜ][\wäöüß]*-\s?)?und\s)?[A-ZÄÖÜ][\wäöüß-]*aussch(?:usse?s?|ußes|uß)\b
        (?:\s+für\s+{_TITLE}{_END})?
    | \bAussch(?:uss(?:es)?|uß)\s+für\s+{_TITLE}{_END}
    | \b[A-ZÄÖÜ]\w{{5,}}e[rns]\sAussch(?:uss(?:es)?|uß)\b
    | \bAusschuss(?:es)?\s(?=[A-ZÄÖÜ]){_TITLE}{_END}
    | \b(?:Ortschaftsrat(?:e?s)?|Bezirksbeirat(?:e?s)?|Ortsbeirat(?:e?s)?)(?:\s+[A-ZÄÖÜ][\wäöüß-]+){{0,2}}
    | \b(?:{words("bodies", "council")})(?:e?s)?\b
    | ^\s*Rat\b(?=\s*(?:$|\d|[A-ZÄÖÜ–-]))|\bRat(?:e?s)?\b(?=\s+der\s+(?:\w+stadt|Stadt|Gemeinde)\b)
    | \bStadtrat(?:e?s)?\b(?!\s+(?:[A-ZÄÖÜ]|und|sowie))
    | \b[A-ZÄÖÜ][\wäöüß-]*(?:beirat|kommission|versammlung)(?:e?s)?\b(?:\s+für\s+{_TITLE}{_END})?
    | \b(?:{words("bodies", "assembly")})(?:e?s)?\b
        """,
        re.VERBOSE,
    )


_GENITIVE = re.compile(r"^(\w*(?:[Rr]at|beirat))(?:e?s)\b")


@functools.lru_cache(maxsize=CACHED_LINES)
def body_in(text: str) -> str | None:
    """Return the first committee named in `text` in its one spelling, None if there is none.

    "13. Plenarsitzung des Gemeinderates" → Gemeinderat; "Verwaltungsausschuß des Gemeinderats der
    Landeshauptstadt Stuttgart" → Verwaltungsausschuss.
    """
    match = _body().search(text)
    return None if match is None else normal_body(match.group())


def normal_body(name: str) -> str:
    """Return a committee's name in the nominative, in today's spelling, white space folded."""
    folded = " ".join(name.split()).strip(" ,.-–")
    folded = re.sub(r"([Aa]ussch)u(?:ß|ss)(?:es)?\b", r"\1uss", folded)
    folded = _GENITIVE.sub(r"\1", folded)
    folded = re.sub(r"^(\w{5,})e[ns](?= Ausschuss$)", r"\1er", folded)
    return re.sub(r"^(Haupt-)\s?(und\s)", r"\1 \2", folded)
