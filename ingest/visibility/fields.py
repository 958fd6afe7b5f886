"""Fields of a head: "Status: nichtöffentlich", "öffentlich: nein", "Vertraulich: ja"."""

from __future__ import annotations

import re
from enum import StrEnum

from ingest.visibility.choices import Choice, visibility_choice, yes_or_no
from ingest.visibility.mentions import is_mention
from ingest.visibility.spelling import INTERNAL, NOT_PUBLIC, PUBLIC, PUBLIC_STEM, SIGN


class Said(StrEnum):
    """What a field says of its paper."""

    PUBLIC = "public"
    NONPUBLIC = "nonpublic"


_FIELD = re.compile(
    r"^\W*(?P<label>[^\W\d][\w /.()§-]{0,50}?)\s*(?:[:=|?]|\t|\s-\s|\s{3,}|\s(?=\W*(?:ja|nein)\b))\s*(?P<value>.*)$"
    r"|^\W*(?P<bare>[^\W\d][\w /-]{2,30}?):?$"
)
_ABOUT_SIGHT = re.compile(
    rf"^(?:{PUBLIC_STEM}ich(?:keit\w*|e?r?\s+status)?|sichtbarkeit|vertraulich(?:keit\w*)?|geheimhaltung\w*|sitzungs?-?(?:art|teil|status|typ)"
    r"|(?:art|status|form)\s+der\s+(?:sitzung|behandlung|beratung|vorlage)|behandlung\w*|beratungs(?:art|status|form)|status|einstufung"
    r"|klassifi(?:zierung|kation)|zugriff\w*|zugang\w*|schutz(?:bedarf|klasse|stufe)|kennzeichnung|ö\s?/\s?n\w*|oe?\s?/\s?noe?|vorlagen?-?(?:art|typ|status)"
    r"|veröffentlichung\w*|freigabe\w*|visibility|access|sitzung|dokument(?:en)?-?status|verteiler\w*|ris-?status)$",
    re.IGNORECASE,
)
_FOR_WHOM = re.compile(
    r"(?:sichtbar|einsehbar|lesbar|zugänglich|visible|readable)\w*(?:\s+(?:für|to|by))?$", re.IGNORECASE
)
_EVERYBODY = re.compile(
    r"(?:ja|yes|true|1|alle|all|jede|bürger|every|anyone|uneingeschränkt|unbeschränkt|unrestricted)", re.IGNORECASE
)
"""Whoever else is named is not everybody."""
_CHOICE_LABEL = re.compile(
    r"[^:]*\b(?:ö|öffentlich)\s?/\s?(?:n|nö|nicht\W?öffentlich)\s*\)?\s*:\s*(?P<value>\S.*)", re.IGNORECASE
)
"""A label that is itself a choice: "Sitzung (ö/nö): nö"."""
_IS_PUBLIC = re.compile(
    rf"^(?:ist\s+)?(?:{PUBLIC_STEM}(?:ich(?:e\s+(?:sitzung|behandlung|vorlage|beratung)|keit)?)?|(?:\w+\s+){{0,2}}in\s+{PUBLIC_STEM}icher\s+sitzung|(?:zur\s+)?veröffentlichung\w*(?:\s+\w+){{0,2}}|ver{PUBLIC_STEM}ich(?:en|t|bar)"
    r"|(?:is[\s_-]?)?publish(?:ed)?|freigabe|freigegeben|(?:is[\s_-]?)?public|(?:freigabe|einstellen|anzeige|veröffentlichung)\s+(?:im|ins|für\s+das|für)?\s*(?:internet|bürgerinfo\w*|öffentlichkeit)|internet\w*|für\s+die\s+öffentlichkeit(?:\s+\w+)?)$",
    re.IGNORECASE,
)
_NAMES_PUBLIC = re.compile(
    rf"(?<![^\W_])(?:ver)?{PUBLIC_STEM}ich(?:keit|ung|t|en|e[nrs]?)?(?![^\W_])|\bpublish(?:ed)?\b|\bpubli(?:k|c|cly)\b",
    re.IGNORECASE,
)
_NAMES_SECRET = re.compile(
    rf"{NOT_PUBLIC}|(?<![^\W_])(?:vertraulich\w*|geheim(?:haltung\w*)?|verschlusssache|intern(?:al)?|private|secret|restricted|confidential)(?![^\W_])",
    re.IGNORECASE,
)
"""Labels of many words: "Vorlage ist öffentlich: nein", "Grund der Nichtöffentlichkeit: Personal"."""
_WHY = re.compile(r"\W*(?:(?:be)?gr(?:u|ü)nd(?:e|ung)?|anlass|ursache)\b", re.IGNORECASE)
MOST_LABEL_WORDS = 5
_ANSWER = re.compile(r"(?:ja|nein|yes|no)\W*", re.IGNORECASE)
_YES_NO = re.compile(r"\b(?:ja|nein)\b", re.IGNORECASE)
_IS_SECRET = re.compile(
    rf"^(?:ist\s+)?(?:{NOT_PUBLIC}|(?:streng\s+)?vertraulich\w*|geheim\w*|verschlusssache|private?|confidential|restricted|non-?public|sperrvermerk)$",
    re.IGNORECASE,
)
_HOW_SECRET = re.compile(r"(?:vertraulichkeit|geheimhaltung|schutz)s?-?(?:stufe|grad|klasse|bedarf)?$", re.IGNORECASE)
_HARDLY = re.compile(
    r"(?:keine?|nein|no|false|niedrig|gering|normal|offen|public|low|none|(?:ö|oe)\w*|0)\b", re.IGNORECASE
)
_YES = re.compile(r"(?:ja|j|yes|y|true|wahr|1|x|✓|✔|☒|☑|on)\b.*|[☒☑✓✔].*|\[x\].*", re.IGNORECASE)
_NO = re.compile(r"(?:nein|no|n|false|falsch|0|off|nicht|keine?|ausgeschlossen)\b.*", re.IGNORECASE)
_PLAIN_NO = re.compile(r"(?:nein|no|n|false|falsch|0|ausgeschlossen)\W*", re.IGNORECASE)
_OPEN = re.compile(rf"(?:ö|oe|public|open|offen|frei|{PUBLIC_STEM}ich\w*)(?![^\W_]).*", re.IGNORECASE)
_UNCLEAR = re.compile(
    r"\w*öffentlich\w*|\w*vertraulich\w*|\w*geheim\w*|intern\w*|eingeschränkt\w*|gesperrt|(?:un)?berechtigt\w*|beschränkt\w*|begrenzt\w*|geschützt\w*|privat\w*|mandatsträger\w*|nur\b.*|restrict\w*|limited|closed|secret|internal",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"(?:n|nö|noe|n\.\s?ö\.?)\b\.?", re.IGNORECASE)


_WITHIN = re.compile(
    rf"(?<![^\W_])(?:\w*status|sitzungs?(?:art|teil|form)|behandlung(?:sart)?|\w*{PUBLIC_STEM}ich(?:keit)?)\s*:\s*"
    rf"(?:(?-i:N|NÖ)|nöt?|n\.\s?ö\.?|{NOT_PUBLIC})(?![^\W_])|(?<![^\W_])sitzungs?(?:art|teil|status)\s+(?-i:N|NÖT?)\W*$",
    re.IGNORECASE,
)
"""A field among others in its line: "Gremium: Rat  Status: nö  Datum: 3.5.2025"."""


def field_says(text: str, below: str = "") -> Said | None:
    """Tell what a field says of its paper; None if the line is none, or speaks of something else.

    Args:
        text: the line, as `spelling.spelled` gives it.
        below: the next line, which holds the value where the label stands alone.
    """
    if inner := _CHOICE_LABEL.fullmatch(text.strip()):
        return _of_value(inner["value"].strip(" \t*_.!|"))
    if _WITHIN.search(text):
        return Said.NONPUBLIC
    found = _FIELD.match(text.strip())
    if not found:
        return None
    label = " ".join((found["label"] or found["bare"] or "").split()).strip(" -.")
    value = found["value"] if found["label"] is not None else ""
    if not value.strip():
        if found["bare"] and not text.rstrip().endswith(":") and not _ANSWER.fullmatch(below.strip()):
            return None
        value = below
    return of_key(label, value.strip(" \t*_.!|"))


def is_labelled_choice(text: str) -> bool:
    """Tell whether a line is a field whose label or value offers a choice: "ö/nö: nö", "öffentlich: ☐ ja ☒ nein"."""
    return bool(_CHOICE_LABEL.fullmatch(text) or _YES_NO.search(text))


def of_key(label: str, value: str) -> Said | None:
    """Tell what a key and its value say, as a head or a sidecar has them; None if they speak of something else."""
    if _IS_PUBLIC.match(label):
        return _of_answer(value, yes=Said.PUBLIC, no=Said.NONPUBLIC) or _of_value(value)
    if _IS_SECRET.match(label) and not _HOW_SECRET.match(label):
        return _of_answer(value, yes=Said.NONPUBLIC, no=Said.PUBLIC) or _of_value(value)
    if _HOW_SECRET.match(label) and re.match(r"\w", value):
        return Said.PUBLIC if _HARDLY.match(value) else Said.NONPUBLIC
    if _FOR_WHOM.match(label) and re.match(r"\w", value):
        return Said.PUBLIC if _EVERYBODY.match(value) or _OPEN.fullmatch(value) else Said.NONPUBLIC
    if _ABOUT_SIGHT.match(label):
        return _of_value(value)
    return _of_long_label(label, value)


def _of_long_label(label: str, value: str) -> Said | None:
    if len(label.split()) > MOST_LABEL_WORDS or is_mention(label):
        return None
    if _NAMES_SECRET.search(label):
        said = _of_answer(value, yes=Said.NONPUBLIC, no=Said.PUBLIC)
        return said or (Said.NONPUBLIC if _WHY.match(label) and re.match(r"\w", value) else None)
    return Said.NONPUBLIC if _NAMES_PUBLIC.search(label) and _PLAIN_NO.fullmatch(value) else None


def _of_answer(value: str, *, yes: Said, no: Said) -> Said | None:
    if SIGN.match(value):
        return Said.NONPUBLIC
    match yes_or_no(value):
        case Choice.FIRST:
            return yes
        case Choice.SECOND:
            return no
        case Choice.BOTH | Choice.UNCLEAR:
            return Said.NONPUBLIC
        case Choice.UNTICKED:
            return None
        case None:
            return yes if _YES.fullmatch(value) else no if _NO.fullmatch(value) else None


def _of_value(value: str) -> Said | None:
    match visibility_choice(value):
        case Choice.SECOND | Choice.BOTH | Choice.UNCLEAR:
            return Said.NONPUBLIC
        case Choice.FIRST:
            return Said.PUBLIC
        case Choice.UNTICKED:
            return None
        case None:
            pass
    if SIGN.search(value) or _CLOSED.fullmatch(value) or INTERNAL.fullmatch(value):
        return Said.NONPUBLIC
    if _OPEN.fullmatch(value):
        return Said.PUBLIC
    return Said.NONPUBLIC if _UNCLEAR.match(value) and not PUBLIC.match(value) else None
