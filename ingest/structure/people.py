"""Who moves a paper: its council groups and who signed it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.factions import factions_in, normal_factions
from ingest.structure.fields import Field, is_form_line
from ingest.structure.forms import Form
from ingest.structure.head_forms import FieldRole, words
from ingest.structure.lines import Line
from ingest.types import Kind

_STUTTGART_LABEL = re.compile(r"^stadträtinnen\s*/\s*stadträte", re.IGNORECASE)
_AFTER_LABEL = re.compile(r"^(?:betreff|datum|anlagen?|vorgang)\b", re.IGNORECASE)
_MOVED_BY = re.compile(
    r"\b(?:antrag|anfrage|ergänzungsantrag|änderungsantrag)(?:\s+der)?(?:\s*:|\s+(?:der|des|von)\b)|fraktion|\bgruppe\b",
    re.IGNORECASE,
)
_COUNCILLOR = re.compile(r"\bStadtr[aä]t|\bStR(?:in|e)?\b|\b[A-ZÄÖÜ][\w-]+\s+\([\w /.|]{2,30}\)|^\(?[\w /.|]{2,20}\)$")
_LETTERHEAD = re.compile(r"\b\d{5}\s+[A-ZÄÖÜ]")
_MOVER_SIGNS = (_MOVED_BY, _COUNCILLOR, _LETTERHEAD)
_OFFICE = re.compile(r"vorsitz|gemeinderats?$|bürgermeister|bürgersaal|dezernat", re.IGNORECASE)
_OWN_FRACTION = re.compile(
    r"^(?:.{2,60}?[\s-]*(?:Gemeinderats|Ortschaftsrats|Stadtrats|Rats|Kreistags|OR-)?-?[Ff]raktion"
    r"|Fraktion\s(?!der\b)[A-ZÄÖÜ]\S+)$"
)
_BELOW_NAME = re.compile(
    r"^(?:(?:gemeinde|stadt|markt|orts)?rats|kreistags)?-?fraktion(?:$|\s+(?:im|in|des)\b|\s(?-i:[A-ZÄÖÜ][\w-]+)$)",
    re.I,
)
"""The second line of a letterhead: above it stands the group's own name."""
_ASSOCIATION = re.compile(r"\s*\be\.\s?V\.?$|\s+(?:Orts|Kreis|Stadt)?verband\b.*$")
_JOINED = re.compile(r",\s+|\s/\s|;\s*|\s+(?:und|sowie|&)\s+(?=(?:der\s+|die\s+)?(?:\S*[Ff]raktion|[A-ZÄÖÜ]))")
_GIVEN_AWAY = re.compile(r"\bverteilung|aufwands? der|finanzierung", re.IGNORECASE)

_SIGNED = re.compile(r"^(?:unterzeichnet(?:\s+von)?\s*:?|(?P<gez>gez\.?)\s*:?)\s*(?P<rest>.*)$", re.IGNORECASE)
_NO_NAME = re.compile(
    r"vorsitzend|sprecher|mitglied|fraktion|stadtr[aä]t|anlage|keine|hauptamt|sachverhalt|begründung|stellungnahme|seite|datum"
    r"|\d|[:;!?„“\"]|karlsruhe|ortschaft|gemeinde|geschäftsführ|\bund\s+\w+\s+\w+\s+\w+|seitenanfang|drucken",
    re.IGNORECASE,
)
_TITLES = re.compile(r"^(?:(?:[A-Za-z]{1,6}\.(?:-[A-Z]\w*\.?)?|Dipl\.?-\w+\.?|PD|Professor)\s*)+$")
_NAME = re.compile(
    r"^(?:(?:[\w-]{1,6}\.(?:-\w+\.?)?|PD)\s+)*[A-ZÄÖÜØ][\wäöüßøéèáç'’-]+"
    r"(?:\s+(?:(?:von|van|de|der|den|zu|zur|al|el)\s+)*[A-ZÄÖÜØ][\w.'’äöüßøéèáç-]*){1,4}$"
)
MAX_SIGNATORIES = 40
"""A bound, not a finding: councils seen have 48 and 60 seats, and no motion is signed by nearly all of them."""


def movers_of(head: Sequence[Line], form: Form, fields: Sequence[Field] = ()) -> tuple[str, ...]:
    """Return the groups that move what the paper is about, one spelling each, in order.

    A Vorlage of the administration has none. `head` are the lines before the paper's text, `fields` its labels.
    """
    if form.kind is Kind.OTHER or (form.kind is Kind.REPORT and not form.answers):
        return ()
    labelled = _labelled(head) or _initiators(fields)
    if labelled:
        return labelled
    found: list[str] = []
    for i, line in enumerate(head):
        text = line.text
        if i + 1 < len(head) and _BELOW_NAME.match(head[i + 1].text) and not is_form_line(text):
            found += normal_factions(_ASSOCIATION.sub("", text))
            continue
        if _OFFICE.search(text) and not _MOVED_BY.search(text):
            continue
        if i + 1 < len(head) and (text.count("(") > text.count(")") or text.endswith("-")):
            text = f"{text.rstrip('-')} {head[i + 1].text}"
        if _GIVEN_AWAY.search(text) or not any(sign.search(text) for sign in _MOVER_SIGNS):
            continue
        names = factions_in(text)
        own = [part for part in _JOINED.split(line.text) if not names and _OWN_FRACTION.match(part)]
        found += names or tuple(name for part in own for name in normal_factions(part))
    return tuple(dict.fromkeys(found))


def _initiators(fields: Sequence[Field]) -> tuple[str, ...]:
    """Return the groups in fields like "Antragsteller"; an office or a mere person there is none."""
    is_group = re.compile(words("groups", "sign"), re.IGNORECASE)
    found: list[str] = []
    for field in fields:
        for part in _JOINED.split(field.value) if field.role is FieldRole.MOVER else ():
            if factions_in(part) or (is_group.search(part) and not _OFFICE.search(part)):
                found += normal_factions(_ASSOCIATION.sub("", part))
    return tuple(dict.fromkeys(found))


def _labelled(head: Sequence[Line]) -> tuple[str, ...]:
    """Return the groups below Stuttgart's label "Stadträtinnen / Stadträte - Fraktionen"."""
    start = next((i for i, line in enumerate(head) if _STUTTGART_LABEL.match(line.text)), None)
    if start is None:
        return ()
    found: list[str] = []
    for line in head[start + 1 : start + 12]:
        if _AFTER_LABEL.match(line.text):
            break
        for part in re.split(r",\s+|\s+und\s+(?=\S*raktion)", line.text):
            found += normal_factions(part)
    return tuple(dict.fromkeys(found))


def signatories_of(lines: Sequence[Line], form: Form) -> tuple[str, ...]:
    """Return who signed a motion, in order; titles are kept, functions are not.

    Names follow "Gez." or "unterzeichnet von"; Stuttgart's pages have them bare at the end, all in
    one line, which is parted at titles and by pairs of words.
    """
    if form.kind is not Kind.MOTION:
        return ()
    names: list[str] = []
    start = None
    for i, line in enumerate(lines):
        match = _SIGNED.match(line.text)
        if match:
            start = i
            names += _names(match["rest"])
            names += _block(lines[i + 1 :]) if not match["rest"] or not match["gez"] else []
    if start is None and any(_STUTTGART_LABEL.match(line.text) for line in lines[:30]):
        names = _at_the_end(lines)
    return tuple(dict.fromkeys(names))[:MAX_SIGNATORIES]


def _block(lines: Sequence[Line]) -> list[str]:
    """Return the names in the lines below "Gez." until something else begins."""
    found: list[str] = []
    for line in lines[:MAX_SIGNATORIES]:
        if _SIGNED.match(line.text):
            break
        names = _names(line.text)
        if not names and not re.search(r"vorsitzend|sprecher|mitglied|fraktion|stadtr[aä]t", line.text, re.IGNORECASE):
            break
        found += names
    return found


def _at_the_end(lines: Sequence[Line]) -> list[str]:
    found: list[list[str]] = []
    for line in reversed(lines[-12:]):
        names = _names(line.text)
        if names:
            found.insert(0, names)
        elif found or not _NO_NAME.search(line.text):
            break
    return [name for names in found for name in names]


def _names(text: str) -> list[str]:
    """Return the names in one line; none if it does not read like names."""
    found: list[str] = []
    for part in re.split(r"\s*[,;/]\s*|\s+und\s+|\s{2,}", text.strip(" .,")):
        bare = re.sub(r"\s*\([^)]*\)|^(?:Stadtr[aä]t(?:in)?|Ortschaftsr[aä]t(?:in)?)\s+(?=[A-ZÄÖÜ])", "", part).strip()
        if not bare or _NO_NAME.search(bare):
            continue
        found += _parted(bare)
    return found


def _parted(text: str) -> list[str]:
    """Part "Bernd Alt Prof. Dr. Eva Neu" at titles, and four plain words by pairs."""
    words = text.split()
    count = sum(not _is_title(word) for word in words)
    names: list[list[str]] = [[]]
    for word in words:
        plain = [known for known in names[-1] if not _is_title(known)]
        is_initial = len(word) == 2 and word.endswith(".") and len(plain) == 1
        title_begins = _is_title(word) and not is_initial and len(plain) >= 2
        pair_is_full = len(plain) == 2 and not plain[-1].islower() and count >= 4 and count % 2 == 0
        if title_begins or pair_is_full:
            names.append([])
        names[-1].append(word)
    joined = [" ".join(name) for name in names]
    return joined if all(_NAME.match(name) for name in joined) else [text] if _NAME.match(text) else []


def _is_title(word: str) -> bool:
    return word.endswith(".") or word == "PD" or word.startswith("Dipl")
