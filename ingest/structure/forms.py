"""Which form a paper is: its kind and its type as the head names it.

The first line of the head that names a form decides: "Stellungnahme zum Antrag" is a report although
it says Antrag, and a motion that quotes a Beschlussvorlage further down stays a motion.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.structure.fields import labelled
from ingest.structure.head_forms import FieldRole, words
from ingest.structure.lines import Line
from ingest.types import Kind

HEAD_LINES = 45
"""Lines in which the form may be named: the longest head seen (a budget motion) has 38 before its text."""
MAX_TITLE_CHARS = 120
"""A longer line is prose that happens to begin with the name of a form."""
ATTACHMENT_LINES = 4
"""An attachment says so in its very first lines; later "Anlage" is a list of attachments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a paper is.

    Attributes:
        paper_type: as the head names it ("Stellungnahme zum Antrag"), empty if it names nothing.
        answers: whether it answers a motion, so that the mover's date and number are not its own.
    """

    kind: Kind
    paper_type: str = ""
    answers: bool = False


_PROTOCOL = re.compile(
    r"^(?:auszug\s+(?:aus\s+(?:der|dem)\s+)?)?(?:öffentliche\s+)?"
    r"(?:\w*niederschrift|(?:sitzungs|ergebnis|beschluss|wort|kurz|verlaufs|inhalts)?protokoll(?:auszug)?)\b(?!führ)",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"^(?:(?:gemeinsame|vorläufige|ergänzende|mündliche|erneute)\s+)?"
    r"(?:stellungna(?:h)?me\s*(?:zum?|zur|des|der|$)|zwischennachricht\b|zwischenbericht\s+zu"
    r"|beantwortung\b|antwort(?:schreiben)?\s*(?:auf|zu|zum|zur)\b)",
    re.IGNORECASE,
)
_BEHIND_MOTION = (
    r"(?=\s*(?:$|[:,(]|[-–]\s?\d|\d+[-/]\d|[A-Z]{1,5}[-/ ]?\d|(?:nicht)?öffentlich|dhh/|hh/|ant/"
    r"|(?:vom|zum|zur|der|des|gem|gemäß|nach|auf|an|von|für|nr\.)(?![\w-])))"
    r"(?!\s*nr\.?\s.{3,25}\s(?:von|der|des)\s.*\svom\s+\d)"
)
"""What follows the name of a motion in its own head; with number, mover and date behind it another one is meant."""
_SPACED = re.compile(r"^[A-ZÄÖÜ]\s(?:[^\W\d_]\s){3,}[^\W\d_](?:\s{1,3}(?:[^\W\d_]\s){2,}[^\W\d_])*\b")
_ATTACHMENT = re.compile(
    r"^(?:anlage|anhang|beilage)n?\b(?!/)|^satzung\b|^(?:entwurf|synopse|richtlinien?)\b", re.IGNORECASE
)
_BARE_MOVER = re.compile(r"^(?:eingang|eingegangen(?:\s+am)?)\s*:", re.IGNORECASE)
_ANSWERED = re.compile(r"^(?:-\s*)?kurzfassung\b|^die\s+verwaltung\s+empfiehlt|^stellungnahme\s*:", re.IGNORECASE)
# Karlsruhe until 2008 heads the answer with the motion's form ("Antrag / CDU-Fraktion"); only this says whose
# word it is.
_OFFICE_ANSWER = re.compile(r"stellungnahme\s+des\s+bürgermeisteramte?s\b", re.IGNORECASE)
_PROPOSAL = re.compile(r"beschluss(?:vorschlag|entwurf|darstellung)\b", re.IGNORECASE)
_DOCUMENT_FIELD = re.compile(r"drucksache\s*:|^niederschrift\s+nr", re.IGNORECASE)


@functools.lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns that are made of the table's words, by what a line that matches names."""
    joint = rf"(?:(?:{words('kinds', 'joint')})e?[rns]?\s+)?"
    prefix = rf"(?:(?:{words('kinds', 'motion_prefix')})-?)?(?:\s?[-/]\s?(?:ergänzungs)?)?"
    motion = rf"{joint}(?:änderungs\s?-\s?/\s?ergänzungs|{prefix})(?:antrag|anfrage)(?:\s+und\s+(?:antrag|anfrage))?"
    patterns = {
        "report": rf"^(?:{words('kinds', 'report')})",
        "motion": rf"^(?:vorlage\s+nr\.?\s*[\d/]+\s+)?(?P<type>{motion}){_BEHIND_MOTION}",
        "wish": words("kinds", "wish"),
    }
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in patterns.items()}


def form_of(lines: Sequence[Line], file_stem: str = "") -> Form:
    """Return the form of a paper.

    Args:
        lines: all its lines in order.
        file_stem: name of the file without its ending; asked only when the text names no form.
    """
    head = lines[:HEAD_LINES]
    if any(_OFFICE_ANSWER.match(line.text) for line in head):
        return Form(kind=Kind.REPORT, paper_type="Stellungnahme", answers=True)
    for i, line in enumerate(head):
        form = _form_of_line(_named(_joined(line.text, head, i)), head, i)
        if form is not None:
            return form
        if i < ATTACHMENT_LINES and _ATTACHMENT.search(line.text):
            return Form(kind=Kind.OTHER, paper_type=_titled(re.split(r"[^\w-]", line.text)[0]))
    wish = _patterns()["wish"]
    if any(_BARE_MOVER.search(line.text) or wish.search(line.text) for line in head):
        if any(_ANSWERED.search(line.text) for line in head):
            return Form(kind=Kind.REPORT, answers=True)
        return Form(kind=Kind.MOTION)
    if any(_PROPOSAL.match(line.text) for line in head):
        return Form(kind=Kind.REPORT)
    return _form_of_name(file_stem)


def _joined(text: str, head: Sequence[Line], i: int) -> str:
    """Return a line with the rest of a word that the end of the line broke ("zum Ergän-/zungsantrag")."""
    if text.endswith("-") and i + 1 < len(head) and head[i + 1].text[:1].islower():
        return text[:-1] + head[i + 1].text
    return text


def _named(text: str) -> str:
    """Return the value of a field that names the form ("Vorlage-Art: Antrag"), else the whole line."""
    return next((value for role, value in labelled(text) if role is FieldRole.KIND and value), text)


def _form_of_line(text: str, head: Sequence[Line], i: int) -> Form | None:
    if _SPACED.match(text):
        text = re.sub(r"(?<=\w)\s(?=\w(?:\s|$))", "", text).title()
    if _PROTOCOL.search(text) or (_DOCUMENT_FIELD.search(text) and i < 6 and "grdrs" not in text.lower()):
        return Form(kind=Kind.PROTOCOL, paper_type="Niederschrift")
    if len(text) > MAX_TITLE_CHARS:
        return None
    if _ANSWER.search(text):
        return Form(kind=Kind.REPORT, paper_type=_continued(text, head, i), answers=True)
    if _patterns()["report"].search(text):
        if re.match(r"g(?:r)?drs|gemeinderatsdrucksache", text, re.IGNORECASE):
            return _counted_report(head)
        return Form(kind=Kind.REPORT, paper_type=_titled(re.split(r"[^\w-]", text)[0]))
    motion = _patterns()["motion"].match(text)
    if motion:
        return Form(kind=Kind.MOTION, paper_type=_titled(motion["type"]))
    return None


def _counted_report(head: Sequence[Line]) -> Form:
    """Return the form of a paper that only its Drucksache number calls a report so far."""
    for line in head:
        if re.match(r"(?:mitteilungs|beschlu(?:ss|ß))vorlage", line.text, re.IGNORECASE):
            return Form(kind=Kind.REPORT, paper_type=_titled(line.text.split()[0]))
        if re.match(r"beantwortung\s*/?\s*(?:und\s+)?stellungnahme|stellungnahme\s+zu", line.text, re.IGNORECASE):
            return Form(kind=Kind.REPORT, paper_type="Stellungnahme", answers=True)
    return Form(kind=Kind.REPORT, paper_type="Vorlage")


def _continued(text: str, head: Sequence[Line], i: int) -> str:
    """Return a form's name with its second line ("Stellungnahme zum interfraktionellen / Antrag")."""
    text = re.sub(r"^STELLUNGNAHME", "Stellungnahme", text)
    if re.search(r"interfraktionellen$", text) and i + 1 < len(head):
        text = f"{text} {head[i + 1].text}"
    name = re.match(
        r"(?:\w+\s)?stellungnahme(?:\s+(?:zum|zur|zu)\s+(?:\w+en\s+)?[\w/-]*?(?:antrag|anfrage)\b)?|[\w ]+",
        text,
        re.IGNORECASE,
    )
    return _titled(name.group()) if name else text


def _titled(name: str) -> str:
    """Return a form's name as one writes it: "INTERFRAKTIONELLER ANTRAG" → "Interfraktioneller Antrag"."""
    small = {"und", "zum", "zur", "zu", "des", "der"}
    return " ".join(word.lower() if word.lower() in small else word.capitalize() for word in name.split())


_NAMES = (
    (r"stellungnahme|\bStN\b", Form(kind=Kind.REPORT, paper_type="Stellungnahme", answers=True)),
    (r"protokoll|niederschrift", Form(kind=Kind.PROTOCOL, paper_type="Niederschrift")),
    (r"vorlage|bericht", Form(kind=Kind.REPORT)),
    (r"anfrage", Form(kind=Kind.MOTION, paper_type="Anfrage")),
    (r"antrag", Form(kind=Kind.MOTION, paper_type="Antrag")),
)


def _form_of_name(file_stem: str) -> Form:
    for pattern, form in _NAMES:
        if re.search(pattern, file_stem, re.IGNORECASE):
            return form
    return Form(kind=Kind.OTHER)
