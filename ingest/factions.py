"""One spelling for each council group, whatever a paper, a sidecar or a question calls it.

Pure tables and functions. Groups that run a faction together keep their own
names ("FW|FÜR" is Freie Wähler and FÜR), because the next election may part them again; the only
exception is Stuttgart's "Die FrAKTION", which is the name of one group.
"""

from __future__ import annotations

import re

from ingest.types import Span

GREENS = "Bündnis 90/Die Grünen"

# Order matters: what stands further up takes its characters away from what stands below.
_NAMES: tuple[tuple[str, str], ...] = (
    (
        "Die FrAKTION LINKE SÖS PIRATEN Tierschutzpartei",
        r"(?i:die\s+fraktion\s+linke\s+sös\s+piraten\s+tierschutzpartei)|(?:Die\s+)?FrAKTION\b",
    ),
    (
        GREENS,
        r"(?i:b(?:ündnis|uendnis)?[\s.`´'‘’\u0301]*90\s*[/-]\s*(?:die[\s-]+)?grünen?)|\b90\s*/\s*GRÜNEN?"
        r"|\b(?:(?:DIE|Die)\s+)?(?:GRÜNEN?|Grünen?)(?![\w])|\b(?i:gruene)\b",
    ),
    ("Rosa Liste", r"(?i:\brosa\s+liste\b)"),
    ("CDU", r"\b(?:CDU|cdu)\b"),
    ("CSU", r"\b(?:CSU|csu)\b"),
    ("SPD", r"\b(?:SPD|spd)\b"),
    ("FDP", r"\b(?:FDP|fdp)\b"),
    ("ÖDP", r"\b(?:ÖDP|ödp)\b"),
    ("BSW", r"\b(?:BSW|bsw)\b"),
    ("SSW", r"\b(?:SSW|ssw)\b"),
    ("AfD", r"\b(?:AfD|AFD|afd)\b"),
    ("Die Linke", r"(?i:\bdie[\s-]+linken?\b\.?)|\bLINKEN?\b\.?|\bLinken?\b(?=\s*\.?[-\s]*[Ff]raktion|\)|$)"),
    ("Bürgerforum Freie Wähler", r"\bBFW\b"),
    ("Freie Wähler", r"(?i:\bfreien?[\s-]+wählern?\b)|\bFWV?\b|^fw$"),
    ("FÜR Karlsruhe", r"\bFÜR\b(?:\s+Karlsruhe)?|^fuer$"),
    ("KAL", r"\b(?:KAL|kal)\b|\bKarlsruher\s+Liste\b"),
    ("Die PARTEI", r"(?i:\bdie[\s-]+partei\b)(?!\w)"),
    ("KULT", r"\bKULT\b"),
    ("Volt", r"\b(?:Volt|VOLT|volt)\b"),
    ("Aufbruch", r"\bAufbruch\b(?=\s*(?:[-)/|]|$))"),
    ("MfG", r"\b(?:MfG|mfg)\b"),
    ("GfK", r"\bGfK\b"),
    ("GLG", r"\bGLG\b"),
    ("PULS", r"\bPULS\b"),
    ("SÖS", r"\bSÖS\b"),
    ("Piraten", r"\bP(?:iraten|IRATEN)\b"),
    ("Tierschutzpartei", r"\bTierschutzpartei\b"),
    ("Stadtisten", r"\bStadtisten\b"),
)
_ANY = re.compile("|".join(f"(?P<n{i}>{pattern})" for i, (_, pattern) in enumerate(_NAMES)))
_SUFFIX = re.compile(
    r"[\s-]*(?:im\s+Gemeinderat|(?:Gemeinderats|Ortscha[fs]*tsrats|Stadtrats|Kreistags|BVV-|OR-|Rats)?[\s-]*(?:fraktion|gruppe))\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_PREFIX = re.compile(r"^(?:(?:die|der)\s+)?(?:fraktion|gruppe)\s+(?:der\s+)?", re.IGNORECASE)


def factions_in(text: str) -> tuple[str, ...]:
    """Return the known groups named in `text`, one spelling each, in order of appearance.

    Meant for heads, fields and questions. In prose a colour ("grüne Welle") is not taken for a
    group, but "Die Partei" at the start of a sentence is.
    """
    return tuple(dict.fromkeys(name for name, _ in find_factions(text)))


def find_factions(text: str) -> tuple[tuple[str, Span], ...]:
    """Return each mention of a known group in its one spelling, and where it stands, in order."""
    return tuple(
        (_NAMES[int(match.lastgroup[1:])][0], Span(start=match.start(), end=match.end()))
        for match in _ANY.finditer(text)
        if match.lastgroup
    )


def normal_factions(name: str) -> tuple[str, ...]:
    """Return the groups that one entry stands for; an unknown name stays as it is, without its suffix.

    "gruene" → Bündnis 90/Die Grünen; "KAL/Die PARTEI-Gemeinderatsfraktion" → KAL, Die PARTEI;
    "Liste Regenbogen-Fraktion" → Liste Regenbogen.
    """
    cleaned = " ".join(name.split())
    known = factions_in(cleaned) or factions_in(cleaned.replace("-", " "))
    if known:
        return known
    bare = _PREFIX.sub("", _SUFFIX.sub("", cleaned)).strip(" -,;:")
    return (bare,) if bare else ()
