"""The head of a paper: its number, version and subject, and where its text begins.

A head is a form: lines that are labels, values and letterheads ("head elements"), and between them
the one thing that is none of these, the subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.references import is_paper_number, normal_number
from ingest.structure.agenda import budget_titles, item_heads
from ingest.structure.bodies import body_in
from ingest.structure.consultation import Consultation
from ingest.structure.forms import Form, form_of
from ingest.structure.lines import Line, fold
from ingest.structure.markers import role_of_line
from ingest.structure.paper_dates import has_shape_of_stand, stand_line
from ingest.types import Kind, SectionRole

MAX_HEAD_LINES = 50
"""Longest head seen: 44 lines, an interfractional motion with twelve councillors."""
MAX_SUBJECT_LINES = 7
"""More lines without any label, value or letterhead are the paper's text."""
MAX_SUBJECT_CHARS = 500
MAX_CHARS_BELOW_ADDRESS = 150
"""Above the address of a letter stands its sender, if a subject follows below; anything longer is the letter's text."""
MIN_TITLE_CHARS = 4
"""Less is a page number or what is left of a form."""
HEAD_FIELD_LINES = 25
"""Up to here "Anlagen" is a field of the head; further down it ends the paper."""

_NUMBER_LABEL = re.compile(
    r"^(?:Vorlage(?:n?-?\s?Nr)?\b\.?|(?:Verhandlung\s?)?Drucksache\b|Gemeinderatsdrucksache)\s*(?:Nr\.?)?\s*:?\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_NUMBER_IN_LINE = re.compile(
    r"(?:GR?DR?S\.?|Gemeinderatsdrucksache)\s*(?:Nr\.?)?\s*(?P<grdrs>\d{1,4}\s?/\s?\d{4})"
    r"|(?P<budget>(?:DHH|ANT)\s?/\s?\d{4}(?:/\d{1,5}){1,2})"
    r"|^(?:\w+(?:\s+vom\s+[\d./]+)?\s+)?Nr\.\s*(?P<nr>\d{1,4}\s?[/-]\s?\d{4})(?!\d)"
    r"|^Vorlage\s*:?\s*(?:Nr\.?\s*)?:?\s*(?P<vorlage>\d{4}/\d{3,4}(?:/\d{1,2})?)"
    r"|^(?P<site>\d{1,4}/\d{4})\s*\|"
    r"|^(?:Antrag|Anfrage)\s+(?P<hyphen>\d{1,4}-20\d{2})\b",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"^(?:(?:zu\s+)?GR?Drs\.?\s*[\d/ ]+,?\s*)?(?P<version>Neufassung|\d{1,2}\.\s?Ergänzung)$", re.IGNORECASE
)
_VERSION_BEHIND = re.compile(r"[\s,]+(?:Neufassung|\d{1,2}\.\s?Ergänzung)$", re.IGNORECASE)

# Lines of a head that are not its subject: letterheads, labels, values, movers, names of forms.
_ELEMENTS = (
    r"stadt\s+karlsruhe|landeshauptstadt\s+stuttgart|(?:der|die)\s+oberbürgermeister(?:in)?|(?:stadtamt|ortsverwaltung)\b",
    r"gedruckt\s+auf|(?:prozent\s+)?recyclingpapier|wählen\s+sie\s+ein\s+element|-{3,}|seite\b",
    r"gremi(?:um|en)\b|termin\b|beratungsfolge|sitzung\b|sitzungsart|ergebnis$|(?:nicht\s?)?öffentlich\b|\(?ö\s*/?\s*n",
    r"vorlagen?\s*-?\s*nr|vorlage\s*[.:]|vorlage\s+\d|vorlage\s*an\b|drucksache|verhandlung|gr?drs|nr\.\s*\d|dhh/|ant/",
    r"(?:zu\s+)?top\b|punkt\s+\d.*tagesordnung|vorsitz|ort:|\d+\.\s+(?:öffentliche\s+)?(?:plenar)?sitzung\b",
    r"verantwortlich|dienststelle|dez\.|dezernat\b|referat\b|gz\b|stuttgart,|karlsruhe,|herrn?\b|frau\b|dr\.\s|\d{5}\s",
    r"(?:[a-zäöü]\s){4,}[a-zäöü]\b|eingang|eingegangen|vom\b|betreff|thema:$|anlage/?n?$|neufassung$|\d+\.\s?ergänzung$",
    r"doppelhaushalt|haushalt\s+\d|unterlage\s+für|mitteilungsvorlage|informationsvorlage|beschlu(?:ss|ß)vorlage",
    r"(?:erneute\s+)?stellungnahme\b|beantwortung\b|hauptamt:|text\s+der\s+(?:anfrage|antr)|zur$",
    r"\d+[a-z]?(?:\.\d+)*(?:\s[a-z]\)?)?\s*(?:[+]\s*[a-z]\))?$|\d{4}/\d{3,4}(?:/\d+)?$|\d{1,4}\.?$|[x☒☐✓\s/–-]+$",
    r"\d{1,2}\.\s?(?:[a-zä]+\.?\s\d{4}|\d{1,2}\.\s?\d{2,4})(?:\b.{0,40})?$|\d{1,2}/\d{1,2}/\d{4}$",
    r".*\b\w*fraktion(?:en)?\b[\s,:.)]*(?:im\s+ortschaftsrat)?$|.*-fraktion\s+[A-Z]\w+$|.*fraktion\b.*\d{5}",
    r"(?:der|des|die)?\s*stadtr[aä]t(?:e|in|innen)?\b|der\s+.*fraktion\b|sowie(?:\s+der)?$|(?:b\W{0,3}90|bündnis\s+90).{0,40}$",
    r"(?:(?:interfraktionelle|gemeinsame)[rn]?\s+)?(?:änderungs|ergänzungs|haushalts|dringlichkeits|eil)?-?(?:antrag|anfrage)"
    r"(?:\s*:|\s+(?:de[rs]|von|zum\s+thema)\b|\s+dhh/|$)",
    r".*,\s\d{5}\s+[A-ZÄÖÜ]\w+$",
    r"\(?(?:antrag|anfrage)\s+der\b.*\)$",
    r"[\w. -]+\s+\((?:cdu|spd|fdp|grüne|fw|kal|kult|afd|die\ linke|gfk|pl|parteilos|fdp/aufbruch)[.]?\)$",
)
_ELEMENT = re.compile("|".join(f"(?:{element})" for element in _ELEMENTS), re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:An (?:(?:den|die) )?)?(?:Herrn?|Frau)?\s*(?:Ober|Erste[rn]? )?[Bb]ürgermeister(?:in)?"
    r"(?:[\s,/()]+(?:[–-]\s)?(?:[A-ZÄÖÜ][\w.-]*|\d{5}|der|des|und|im))*[\s,:()–-]*$"
    r"|An(?: (?:den|die|Herrn?|Frau))?$"
)
"""A line of the address is nothing else: "Bürgermeister-Muster-Platz sanieren" is a subject."""
_SUBJECT_LABEL = re.compile(r"^(?:Betreff|Thema)\s*:?\s*(?P<value>.*)$")
_SUBJECT_END = re.compile(
    r"^(?:Anlagen?\b|Vorgang\b|Ergebnis\s*:|Datum\b|Beratungsfolge|Gremium|Wir\s+(?:fragen|beantragen)"
    r"|Zuordnung\s+im|Seite\b|Protokoll|Vorlage\b|Verantwortlich|Dienststelle)",
    re.IGNORECASE,
)
_TABLE = re.compile(r"Beratungsfolge\b|Gremi(?:um|en)\b.*Termin|\W{0,3}Zuordnung im|Seite (?:im )?HH-Plan")
_FORM_LINE = re.compile(r"Vorlage\s*an\b|Beschlu(?:ss|ß)vorlage\b|Mitteilungsvorlage\b|Beantwortung\b")
_CHECK_MARKS = re.compile(r"[☐☒]|\bö\s+nö\b")
_TEXT_BEGINS = re.compile(
    r"(?:Der|Die)\s+(?:Gemeinderat|Ortschaftsrat|(?:Stadt|Orts)?[Vv]erwaltung|Stadt\s+[A-Z]\w+)\s+[a-zäöü]|Wir\s+[a-zäöü]"
)
_NUMBERED = re.compile(r"^(?:1\s*[.)]{1,2}|a\))\s+\S|^[-•*]\s+\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the head of a paper says.

    Attributes:
        form: kind and type.
        number: in its normal form, None if the head has none.
        version: "Neufassung", "1. Ergänzung", else empty.
        subject: one line, empty if none was found.
        lines: number of lines that belong to the head; the text begins behind them.
    """

    form: Form
    number: str | None
    version: str
    subject: str
    lines: int


def header_of(lines: Sequence[Line], form: Form, consultations: Sequence[Consultation]) -> Header:
    """Read the head; `lines` are all lines of the paper."""
    end = _text_begins(lines, form.kind, consultations)
    subject, end = _subject(lines, form, end)
    head = lines[: max(end, 12)]
    return Header(form=form, number=_number(head), version=_version(head), subject=subject, lines=end)


def _text_begins(lines: Sequence[Line], kind: Kind, consultations: Sequence[Consultation]) -> int:
    """Return the index behind the last head element before the first heading of the text."""
    last = -1
    stand = stand_line(lines)
    table = max((consultation.line for consultation in consultations), default=-1)
    for i, line in enumerate(lines[:MAX_HEAD_LINES]):
        is_element = i == stand or is_head_element(line.text)
        opens = role_of_line(line.text, kind)
        is_form_name = opens is SectionRole.REQUEST and i <= 3
        is_field = kind is Kind.MOTION and is_element and not _is_body_heading(lines, i)
        if opens is SectionRole.CLOSING and line.text.startswith("Anlage"):
            is_field = i < HEAD_FIELD_LINES
        if i > table and i > 1 and opens is not None and not is_form_name and not is_field:
            break
        if i > table and _NUMBERED.match(line.text) and not _VERSION.match(line.text):
            break
        if is_element or i <= table:
            last = i
        elif i - last > MAX_SUBJECT_LINES:
            break
    return last + 1


def is_head_element(text: str) -> bool:
    """Tell whether a line is a label, a value or a letterhead, and so neither subject nor title."""
    return _ELEMENT.match(text) is not None or _CHECK_MARKS.search(text) is not None


def _is_body_heading(lines: Sequence[Line], i: int) -> bool:
    """Return whether "Antrag:" is the heading of a request rather than the mover's field "Antrag: CDU"."""
    text = lines[i].text
    return text.endswith(":") or not re.match(r"(?:Antrag|Anfrage)\s*:\s+\S|(?:Antrag|Anfrage)$", text)


def _subject(lines: Sequence[Line], form: Form, end: int) -> tuple[str, int]:
    """Return the subject, and the index behind the head now that the subject belongs to it."""
    if form.kind is Kind.PROTOCOL:
        return _session_subject(lines, end)
    labelled = next((i for i, line in enumerate(lines[:MAX_HEAD_LINES]) if _SUBJECT_LABEL.match(line.text)), None)
    if labelled is not None:
        subject, behind = _labelled(lines, labelled)
        if subject:
            return subject, max(end, behind)
    runs = _runs(lines, form, end)
    address = next((i for i, line in enumerate(lines[:end]) if _ADDRESS.match(line.text)), -1)
    if runs and runs[-1][0] > address:
        first, last = runs[-1]
        return _joined(lines[first:last]), end
    subject, behind = _behind_head(lines, form, end)
    if runs and (len(subject) > MAX_CHARS_BELOW_ADDRESS or re.search(r"(?:^|[.,:;!])$", subject)):
        first, last = runs[-1]
        return _joined(lines[first:last]), end
    return subject, behind


def _behind_head(lines: Sequence[Line], form: Form, end: int) -> tuple[str, int]:
    """Return the subject that the last head element is followed by, and the index behind it."""
    behind = end
    while behind < len(lines) and behind - end < MAX_SUBJECT_LINES:
        line = lines[behind]
        if behind > end and line.gap > 1:
            break
        if _NUMBERED.match(line.text) or (behind > end and _TEXT_BEGINS.match(line.text)):
            break
        if has_shape_of_stand(line.text):
            break
        if role_of_line(line.text, form.kind) is not None:
            break
        behind += 1
    subject = _joined([line for line in lines[end:behind] if not _ADDRESS.match(line.text)])
    if not end or len(subject) > MAX_SUBJECT_CHARS or re.search(r"[a-zäöü]{3}\.$", subject):
        return "", end
    return subject, behind


def _session_subject(lines: Sequence[Line], end: int) -> tuple[str, int]:
    """Return what a protocol is about: its one item, or the motions of its budget debate."""
    items = item_heads(lines)
    budget = budget_titles(lines[:MAX_HEAD_LINES])
    if budget:
        return "; ".join(budget[:3]), end
    titles = tuple(dict.fromkeys(item.title for item in items if item.title))
    if titles:
        return (titles[0] if len(items) <= 3 else ""), end
    labelled = next((i for i, line in enumerate(lines[:MAX_HEAD_LINES]) if _SUBJECT_LABEL.match(line.text)), None)
    if labelled is None:
        return "", end
    subject, behind = _labelled(lines, labelled)
    return subject, max(end, behind)


def _labelled(lines: Sequence[Line], label: int) -> tuple[str, int]:
    """Read "Betreff", its value beside or below it, until a blank line or the next label."""
    match = _SUBJECT_LABEL.match(lines[label].text)
    parts = [lines[label]] if match and match["value"] else []
    behind = label + 1
    for line in lines[label + 1 : label + 1 + MAX_SUBJECT_LINES]:
        if _SUBJECT_END.match(line.text) or (parts and line.gap > 1):
            break
        parts.append(line)
        behind += 1
    text = _joined(parts)
    return _SUBJECT_LABEL.sub(r"\g<value>", text) if match and match["value"] else text, behind


def _runs(lines: Sequence[Line], form: Form, end: int) -> list[tuple[int, int]]:
    """Return the runs of lines inside the head that are no head elements, as index ranges."""
    runs: list[tuple[int, int]] = []
    table_begins = end
    for i, line in enumerate(lines[:end]):
        if _TABLE.match(line.text) or (i > 3 and _FORM_LINE.match(line.text)):
            table_begins = i
            break
    for i, line in enumerate(lines[:table_begins]):
        if is_head_element(line.text) or has_shape_of_stand(line.text) or len(line.text) < MIN_TITLE_CHARS:
            continue
        if form_of((line,)).kind is not Kind.OTHER or re.search(r"fraktion|^[A-ZÄÖÜ\s]{4,}$", line.text):
            continue
        if _is_body_cell(line.text) or _ADDRESS.match(line.text):
            continue
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return [run for run in runs if len(_joined(lines[run[0] : run[1]])) <= MAX_SUBJECT_CHARS]


def _is_body_cell(text: str) -> bool:
    """Return whether a line is the value of "Gremium:", perhaps with a date, or half of it ("des Ge-/meinderates")."""
    body = body_in(text)
    rest = len(text) - len(body) if body else len(text)
    half = len(text) < 25 and re.match(r"[\w. -]+-$|\w{0,8}de?rate?s$", text) is not None
    return half or (body is not None and rest <= 16)


def _joined(parts: Sequence[Line]) -> str:
    """Return lines as one, a word broken at a line's end made whole."""
    text = ""
    for part in parts:
        broken = text.endswith("-") and part.text[:1].islower() and not re.match(r"(?:und|oder|bzw)\b", part.text)
        text = text[:-1] + part.text if broken else f"{text} {part.text}"
    return fold(text)


def _number(head: Sequence[Line]) -> str | None:
    """Return the paper's number: with its word, below its label, or bare in its typical shape."""
    for line in head:
        match = _NUMBER_IN_LINE.search(line.text)
        if match:
            return normal_number(next(group for group in match.groups() if group))
    for i, line in enumerate(head):
        label = _NUMBER_LABEL.match(line.text)
        if label is None:
            continue
        for text in (label["value"], *(below.text for below in head[i + 1 : i + 9])):
            bare = _VERSION_BEHIND.sub("", text)
            if is_paper_number(bare):
                return normal_number(bare)
        plain = re.match(r"(?:Nr\.?\s*)?(\d{1,4})(?:\s|$)", label["value"])
        if plain:
            return plain[1]
    for above, line in pairwise(head[:8]):
        if is_paper_number(line.text) and re.match(r"stellungnahme|antrag|anfrage|zwischen", above.text, re.IGNORECASE):
            return normal_number(line.text)
    return _plain_number(head)


def _plain_number(head: Sequence[Line]) -> str | None:
    """Return the bare counter of an old label block: the value behind the session's date."""
    labels = next((i for i, line in enumerate(head) if re.match(r"Vorlage Nr", line.text)), None)
    if labels is None:
        return None
    for i in range(labels, min(labels + 8, len(head) - 1)):
        value = head[i + 1].text
        if re.match(r"\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{4}", head[i].text) and re.fullmatch(r"\d{2,4}", value):
            return value
    return None


def _version(head: Sequence[Line]) -> str:
    for line in head[:20]:
        match = _VERSION.match(line.text)
        if match:
            return re.sub(r"\.\s?[Ee]", ". E", match["version"])
    return ""
