"""The head of a paper: its number, version and subject, and where its text begins.

A head is a form: lines that are labels, values and letterheads ("head elements"), and between them
the one thing that is none of these, the subject.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.dates import first_date
from ingest.references import head_number
from ingest.structure.agenda import budget_titles, is_formality, item_heads
from ingest.structure.bodies import CACHED_LINES, body_in
from ingest.structure.consultation import Consultation
from ingest.structure.fields import Field, fields_of, is_form_line
from ingest.structure.forms import Form, form_of
from ingest.structure.head_forms import FieldRole
from ingest.structure.lines import Line, fold
from ingest.structure.markers import role_of_line
from ingest.structure.own_number import number_of, version_of
from ingest.structure.paper_dates import has_shape_of_stand, stand_line
from ingest.structure.titles import MIN_CHARS, has_shape_of_title, is_greeting, is_sentence, shortened
from ingest.types import Kind, SectionRole

MAX_HEAD_LINES = 50
"""Longest head seen: 44 lines, an interfractional motion with twelve councillors."""
MAX_SUBJECT_LINES = 7
"""More lines without any label, value or letterhead are the paper's text."""
MAX_SUBJECT_CHARS = 500
MAX_CHARS_BELOW_ADDRESS = 150
"""Above the address of a letter stands its sender, if a subject follows below; anything longer is the letter's text."""
MIN_HEAD_LINES = 12
"""As far a number, a version or the name of the form is looked for where the text begins further up."""
MAX_ROW_CHARS = 110
"""A longer line with a committee and a day is a sentence."""
HEAD_FIELD_LINES = 25
"""Up to here "Anlagen" is a field of the head; further down it ends the paper."""

_ADDRESS = re.compile(
    r"(?:An (?:(?:den|die) )?)?(?:Herrn?|Frau)?\s*(?:Ober|Erste[rn]? )?[Bb]ürgermeister(?:in)?"
    r"(?:[\s,/()]+(?:[–-]\s)?(?:[A-ZÄÖÜ][\w.-]*|\d{5}|der|des|und|im))*[\s,:()–-]*$"
    r"|An(?: (?:den|die|Herrn?|Frau))?$"
)
"""A line of the address is nothing else: "Bürgermeister-Muster-Platz sanieren" is a subject."""
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
_BEHIND_FORM = re.compile(
    r"^\S+(?:\s+[\w./-]*\d[\w./-]*)?(?:\s+de[rs]\s.{3,80}?)?(?:\s*:|\s+zum\s+Thema\b:?)\s*(?P<title>\S.*)$"
)
_FORM_ABOUT = re.compile(
    r"^\S+\s+(?:(?:zum?r?|auf|über|für|betreffend)\s|(?=[A-ZÄÖÜ])).*[a-zäöüß]{4}|^[A-ZÄÖÜ]\w{3,}bericht\s(?:19|20)\d{2}\b"
)
_NAMES_ONLY = re.compile(r"(?:\s(?:[A-ZÄÖÜ][\w.-]*,?|&|/)){1,4}")
MAX_LABEL_WORDS = 3
_HERE = re.compile(r"^hier\s*:\s*")
_NAME = re.compile(r"(?:(?:Dr|Prof|Dipl)\.[\w.-]*\s)*[A-ZÄÖÜ][\w-]+(?:\s(?:von|zu|de)\b)*(?:\s[A-ZÄÖÜ][\w-]+){1,2}$")
_OF_PERSON = re.compile(
    r"^(?:An\b|(?:An\s)?(?:Herrn?|Frau)\b)|[Mm]eister(?:in)?$|[Vv]orsteher(?:in)?$|Land(?:rat|rätin)$"
)
_NUMBERED = re.compile(r"^(?:1\s*[.)]{1,2}|a\))\s+\S|^1\)$|^[-•*]\s+\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the head of a paper says.

    Attributes:
        form: kind and type.
        number: in its normal form, None if the head has none.
        version: "Neufassung", "1. Ergänzung", else empty.
        subject: one line, empty if none was found.
        lines: number of lines that belong to the head; the text begins behind them.
        fields: its labels and their values.
    """

    form: Form
    number: str | None
    version: str
    subject: str
    lines: int
    fields: tuple[Field, ...] = ()


def header_of(lines: Sequence[Line], form: Form, consultations: Sequence[Consultation]) -> Header:
    """Read the head; `lines` are all lines of the paper."""
    fields = fields_of(lines)
    end = _text_begins(lines, form.kind, consultations)
    subject, end = _subject(lines, form, fields, end)
    head = lines[: max(end, MIN_HEAD_LINES)]
    number = number_of(head, [field for field in fields if field.line < len(head)], form)
    return Header(form=form, number=number, version=version_of(head), subject=subject, lines=end, fields=fields)


def _text_begins(lines: Sequence[Line], kind: Kind, consultations: Sequence[Consultation]) -> int:
    """Return the index behind the last head element before the first heading of the text."""
    last = -1
    stand = stand_line(lines)
    table = max((consultation.line for consultation in consultations), default=-1)
    for i, line in enumerate(lines[:MAX_HEAD_LINES]):
        is_element = i == stand or is_head_element(line.text) or _is_name(lines, i)
        if is_greeting(line.text):
            break
        opens = role_of_line(line.text, kind)
        is_form_name = opens is SectionRole.REQUEST and i <= 3
        is_field = kind is Kind.MOTION and is_element and not _is_body_heading(lines, i)
        if opens is SectionRole.CLOSING and line.text.startswith("Anlage"):
            is_field = i < HEAD_FIELD_LINES
        if i > table and i > 1 and opens is not None and not is_form_name and not is_field:
            break
        if i > table and _NUMBERED.match(line.text) and not is_element:
            break
        if is_element or i <= table:
            last = i
        elif i - last > MAX_SUBJECT_LINES:
            break
    return last + 1


@functools.lru_cache(maxsize=CACHED_LINES)
def is_head_element(text: str) -> bool:
    """Tell whether a line is a label, a value or a letterhead, and so neither subject nor title."""
    return is_form_line(text) or _CHECK_MARKS.search(text) is not None or _is_value(text) or _is_field(text)


def _is_field(text: str) -> bool:
    """Tell whether a line reads like a field that no table knows: behind its colon a day, a number or mere names."""
    label, colon, value = text.partition(":")
    if not colon or len(label.split()) > MAX_LABEL_WORDS or has_shape_of_stand(text):
        return False
    if form_of((Line(text=text, start=0, end=0, gap=1),)).paper_type:
        return False
    return re.match(r"\s\d", value) is not None or _NAMES_ONLY.fullmatch(value) is not None


def _is_value(text: str) -> bool:
    """Tell whether a line is a number, or a row of the Beratungsfolge: a committee with a day."""
    number = head_number(text)
    if number is not None and len(text) <= len(number) + 2:
        return True
    return len(text) <= MAX_ROW_CHARS and body_in(text) is not None and first_date(text) is not None


def _is_body_heading(lines: Sequence[Line], i: int) -> bool:
    """Return whether "Antrag:" is the heading of a request rather than the mover's field "Antrag: CDU"."""
    text = lines[i].text
    return text.endswith(":") or not re.match(r"(?:Antrag|Anfrage)\s*:\s+\S|(?:Antrag|Anfrage)$", text)


def _subject(lines: Sequence[Line], form: Form, fields: Sequence[Field], end: int) -> tuple[str, int]:
    """Return the subject, and the index behind the head now that the subject belongs to it."""
    if form.kind is Kind.PROTOCOL:
        return _session_subject(lines, fields, end)
    for subject, behind in _subjects(lines, form, fields, end):
        if has_shape_of_title(subject):
            return subject, max(end, behind)
    return "", end


def _subjects(lines: Sequence[Line], form: Form, fields: Sequence[Field], end: int) -> Iterator[tuple[str, int]]:
    """Return what may be the subject, the surest place first, each with the index behind it.

    Labelled; the last free lines of the head between the address of a letter and the Beratungsfolge; behind the head;
    beside the name of the form; below the Beratungsfolge, or above the address, where the sender stands, too.
    """
    for field in fields:
        if field.role is FieldRole.SUBJECT:
            subject, behind = _labelled(lines, field)
            yield shortened(subject), behind
    runs = _runs(lines, end)
    table = _table_begins(lines, end)
    top = 0 if form.kind is not Kind.OTHER and form_of(lines[:1]).kind is Kind.OTHER else -1  # a letterhead
    address = next((i for i, line in enumerate(lines[:end]) if _ADDRESS.match(line.text)), -1)
    yield from (
        (text, end)
        for first, last in reversed(runs)
        if max(address, top) < first < table
        for text in _titles(lines[first:last])
    )
    behind_it = _behind_head(lines, form, end)
    rest = _joined([line for line in lines[end:behind_it] if not _ADDRESS.match(line.text)])
    if not (runs and len(rest) > MAX_CHARS_BELOW_ADDRESS) and not rest.endswith(":"):
        yield from ((text, behind_it) for text in _titles(lines[end:behind_it]))
    yield from ((title, i + 1) for i, line in enumerate(lines[:MIN_HEAD_LINES]) if (title := _beside_form(line)))
    yield from ((text, end) for first, last in reversed(runs) for text in _titles(lines[first:last]))
    yield from ((line.text, end) for line in lines[:end] if _is_only_perhaps_field(line.text))


def _is_only_perhaps_field(text: str) -> bool:
    """Tell whether "Musterverein: Zuschuss" was taken for a field because of its shape alone."""
    return _is_field(text) and not is_form_line(text) and not any(map(str.isdigit, text))


def _titles(run: Sequence[Line]) -> Iterator[str]:
    """Return what may be the title in lines that are free: all of them, or what stands above the text they run into."""
    paragraph = next((i for i, line in enumerate(run) if i and line.gap > 1), len(run))
    for count in dict.fromkeys((len(run), paragraph, 1)):
        text = _HERE.sub("", _joined([line for line in run[:count] if not _ADDRESS.match(line.text)])).strip(" :;,–-")
        is_other = is_sentence(text) or is_head_element(text) or _is_body_cell(text)
        if not is_other and len(text) <= MAX_SUBJECT_CHARS:
            yield shortened(text)


def _beside_form(line: Line) -> str:
    """Return the title beside the name of the form ("Antrag: Mehr Bänke", "Bericht zum Bad"), nothing without one."""
    if form_of((line,)).kind is Kind.OTHER:
        return ""
    behind = _BEHIND_FORM.match(line.text)
    if behind and has_shape_of_title(behind["title"]) and not is_head_element(behind["title"]):
        return behind["title"]
    is_about = _FORM_ABOUT.match(line.text) is not None and not is_head_element(line.text)
    return line.text if is_about and not is_sentence(line.text) else ""


def _is_name(lines: Sequence[Line], i: int) -> bool:
    """Tell whether a line is the name of whom the line above addresses ("Herrn Landrat / Udo Faber")."""
    return i > 0 and _NAME.match(lines[i].text) is not None and _OF_PERSON.search(lines[i - 1].text) is not None


def _behind_head(lines: Sequence[Line], form: Form, end: int) -> int:
    """Return the index behind the free lines that follow the last head element."""
    behind = end
    while behind < len(lines) and behind - end < MAX_SUBJECT_LINES:
        line = lines[behind]
        if behind > end and line.gap > 1:
            break
        if _NUMBERED.match(line.text) or (behind > end and _TEXT_BEGINS.match(line.text)):
            break
        if has_shape_of_stand(line.text) or is_greeting(line.text):
            break
        if role_of_line(line.text, form.kind) is not None:
            break
        behind += 1
    return behind if end else end


def _session_subject(lines: Sequence[Line], fields: Sequence[Field], end: int) -> tuple[str, int]:
    """Return what a protocol is about: its one item, or the motions of its budget debate."""
    items = item_heads(lines)
    budget = budget_titles(lines[:MAX_HEAD_LINES])
    if budget:
        return "; ".join(budget[:3]), end
    titles = tuple(dict.fromkeys(item.title for item in items if item.title))
    if titles:
        is_whole_session = len(items) > 3 or any(is_formality(title) for title in titles)
        return ("" if is_whole_session else titles[0]), end
    named = next((field for field in fields if field.role is FieldRole.SUBJECT), None)
    if named is None:
        return "", end
    subject, behind = _labelled(lines, named)
    return shortened(subject), max(end, behind)


def _labelled(lines: Sequence[Line], field: Field) -> tuple[str, int]:
    """Return the value of "Betreff" with its further lines, until a blank one or the next label."""
    text, behind = field.value, field.last + 1
    for line in lines[behind : behind + MAX_SUBJECT_LINES]:
        if line.gap > 1 or _SUBJECT_END.match(line.text) or is_greeting(line.text) or is_head_element(line.text):
            break
        text, behind = _join(text, line.text), behind + 1
    return fold(text), behind


def _table_begins(lines: Sequence[Line], end: int) -> int:
    """Return the index of the first line of the Beratungsfolge, `end` if the head has none."""
    found = (
        i for i, line in enumerate(lines[:end]) if _TABLE.match(line.text) or (i > 3 and _FORM_LINE.match(line.text))
    )
    return next(found, end)


def _runs(lines: Sequence[Line], end: int) -> list[tuple[int, int]]:
    """Return the runs of lines inside the head that are no head elements, as index ranges."""
    runs: list[tuple[int, int]] = []
    for i, line in enumerate(lines[:end]):
        if is_head_element(line.text) or has_shape_of_stand(line.text) or len(line.text) < MIN_CHARS:
            continue
        is_form = form_of((line,)).kind is not Kind.OTHER and not _beside_form(line)
        if is_form or re.search(r"fraktion|^[A-ZÄÖÜ\s]{4,}$", line.text) or _is_name(lines, i):
            continue
        if _is_body_cell(line.text) or _ADDRESS.match(line.text):
            continue
        if runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


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
        text = _join(text, part.text)
    return fold(text)


def _join(text: str, more: str) -> str:
    broken = text.endswith("-") and more[:1].islower() and not re.match(r"(?:und|oder|bzw)\b", more)
    return text[:-1] + more if broken else f"{text} {more}"
