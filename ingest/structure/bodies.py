"""Committees: finding their names in fields and giving each one spelling."""

from __future__ import annotations

import re

_TITLE = r"[^\d;:()|\n]{3,80}?"
_END = (
    r"(?=\s*(?:$|\d|[(|;:]|[–-]\s|\b(?:vom|am|im|in|zur?|mit|hat|wird|wurde|ruft|gemeinsam|nicht)\b"
    r"|,\s*(?:öff|nicht|den)|\bde[rs]\s+(?:Gemeinder|Stadt|Landesh)))"
)
_BODY = re.compile(
    rf"""
      (?:[A-ZÄÖÜ][\wäöüß]*-\s?(?:,\s[A-ZÄÖÜ][\wäöüß]*-\s?)?und\s)?[A-ZÄÖÜ][\wäöüß-]*aussch(?:usse?s?|ußes|uß)\b
        (?:\s+für\s+{_TITLE}{_END})?
    | \bAussch(?:uss(?:es)?|uß)\s+für\s+{_TITLE}{_END}
    | \bGemeinderat(?:e?s)?\b
    | \b(?:Ortschaftsrat(?:e?s)?|Bezirksbeirat(?:e?s)?)(?:\s+[A-ZÄÖÜ][\wäöüß-]+){{0,2}}
    | \b[A-ZÄÖÜ][\wäöüß-]*(?:beirat|kommission|versammlung)(?:e?s)?\b(?:\s+für\s+{_TITLE}{_END})?
    | \b(?:Kreistag|Stadtverordnetenversammlung|Bürgerschaft)\b
    """,
    re.VERBOSE,
)
_GENITIVE = re.compile(r"^(\w*(?:rat|beirat))(?:e?s)\b")


def body_in(text: str) -> str | None:
    """Return the first committee named in `text` in its one spelling, None if there is none.

    "13. Plenarsitzung des Gemeinderates" → Gemeinderat; "Verwaltungsausschuß des Gemeinderats der
    Landeshauptstadt Stuttgart" → Verwaltungsausschuss.
    """
    match = _BODY.search(text)
    return None if match is None else normal_body(match.group())


def normal_body(name: str) -> str:
    """Return a committee's name in the nominative, in today's spelling, white space folded."""
    folded = " ".join(name.split()).strip(" ,.-–")
    folded = re.sub(r"([Aa]ussch)u(?:ß|ss)(?:es)?\b", r"\1uss", folded)
    folded = _GENITIVE.sub(r"\1", folded)
    return re.sub(r"^(Haupt-)\s?(und\s)", r"\1 \2", folded)
