"""A sentence with what it needs to be understood: the one before "Dies …", a list's opening, a table's heading row.

Everything stays word for word: a stretch only grows to its neighbours, and of a table its heading row is quoted too.
Pure; works on the paper's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.sentences import sentences
from ingest.types import Document, Section, SectionRole, Span

MAX_QUOTED = 300
"""Characters of a stretch that grew: four fit into a phone's 1,200. A longer one is shown without what it needs."""

WINDOW = 1500
"""Characters before a sentence in which what it needs is looked for: a passage's length."""

MAX_ROWS = 40
"""Rows above a row among which a table's heading is looked for."""

_LEANS = re.compile(
    r"(?:Dies(?:e[rsnm]?)?|Er|Sie|Dabei|Damit|Dafür|Dazu|Davon|Dadurch|Darin|Darunter|Daraus|Dagegen|Hierfür|Hierzu|Hiervon"
    r"|Hierbei|Hierdurch|Letztere[rsn]?|Deren|Dessen|Beide"
    r"|Es (?:handelt|umfasst|hat|kostet|enthält|dient|bietet|zeigt|verfügt))\b"
)
_MARKED = re.compile(r"(?:[-–—•*▪◦☐☒\uf0b7\uf0a7]+|\(?\d{1,2}[.)]+|\(?[a-z]\))\s+")
_VERB = re.compile(
    r"\b(?:ist|sind|war|waren|wird|werden|wurden?|hat|haben|hatten?|soll\w*|kann|können|muss|müssen|darf|dürfen|gibt|gab|erfolgt\w*"
    r"|beträgt|betragen|liegt|liegen|steht|stehen|umfasst|enthält|besteht|bestehen|erhält|erhalten|bleibt|bleiben|geht|kommt"
    r"|stimmt|beschließt|nimmt|prüft|legt|stellt|berichtet|fordert|beantragt|[a-zäöü]{3,}(?:iert|ierte|ieren))\b"
)
_HEADING = re.compile(
    r"(?:Punkt|TOP|Tagesordnungspunkt|Vorlage|Drucksache|GRDrs|Antrag|Anfrage|Nr|Seite|Stadt|Stadträt\w+|Gremium"
    r"|Beratungsfolge|Sitzungstermin|Termin)\b"
)
_SENTENCE = re.compile(r"[.!?][\"“”»)]*$")
_CELLS = re.compile(r"\t|\s\|\s")
_CUT_OFF = re.compile(
    r"\b(?:zu[rm]?|de[rsmn]|die|das|und|oder|vom?n?|i[nm]|a[mn]|mit|für|sowie|Nr\.|Abs\.)$|[(„]\d*\.?$"
)
_BARE_COUNT = re.compile(r"[\d.,]+\s\w+")
_LABEL = re.compile(r"^(?P<label>[A-ZÄÖÜ][^\n:.!?]{2,60}):[ \t]*\n\s*(?=[A-ZÄÖÜ„])")
_KEPT_LABELS = re.compile(r"(?:Abstimmung|Beschluss|Beschluß|Ergebnis|Zu\s|Stand)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """What is shown of a paper for one sentence.

    Attributes:
        text: as it is read on a screen, white space folded: without list markers and a heading's label.
        spans: of the paper's text that it is taken from, in the order of the text; one or two.
    """

    text: str
    spans: tuple[Span, ...]


def quoted(span: Span, paper: Document) -> Quoted:
    """Return a sentence of a paper's text with what it needs, itself if that cannot be had."""
    row = _table_row(span, paper)
    if row is not None:
        return row
    section = _section(span, paper)
    grown = _with_opening(span, paper, section) or _with_sentence_before(span, paper, section) or span
    return Quoted(text=_readable(grown.of(paper.text)), spans=(grown,))


def says_something(text: str, role: SectionRole) -> bool:
    """Say whether a stretch is more than a heading or what leads to a list: a sentence, an item, a row, a figure.

    A vote needs no verb; the number of a paper or an agenda item in its head is no figure.
    """
    text = text.strip()
    if text.endswith(":") or _CUT_OFF.search(text):
        return False
    has_figure = re.search(r"\d", text)
    if text[:1].islower() and not _MARKED.match(text) and not has_figure:  # what a page or a column cut off in front
        return False
    if role in (SectionRole.VOTE, SectionRole.DECISION) or _SENTENCE.search(text) or _VERB.search(text):
        return True
    is_head = role is SectionRole.HEADER and _HEADING.match(text)
    has_form = _MARKED.match(text) or len(_cells(text)) > 1 or (has_figure and not _BARE_COUNT.fullmatch(text))
    return bool(has_form) and not is_head


def _section(span: Span, paper: Document) -> Section | None:
    return next((one for one in paper.sections if one.span.start <= span.start < one.span.end), None)


def _before(span: Span, paper: Document, section: Section | None) -> list[Span]:
    """Return the sentences of the section in front of one, as far as `WINDOW` reaches."""
    start = max(section.span.start if section else 0, span.start - WINDOW)
    return [Span(start=start + one.start, end=start + one.end) for one in sentences(paper.text[start : span.start])]


def _with_sentence_before(span: Span, paper: Document, section: Section | None) -> Span | None:
    """Add the sentence that "Dies …" leans on, if it stands directly before and both are short enough."""
    if not _LEANS.match(span.of(paper.text)):
        return None
    before = _before(span, paper, section)
    if not before:
        return None
    last = before[-1]
    between, said = paper.text[last.end : span.start], last.of(paper.text)
    is_sentence = _SENTENCE.search(said) and not said.endswith("?") and _VERB.search(said)
    if between.count("\n") > 1 or not is_sentence or span.end - last.start > MAX_QUOTED:
        return None
    return Span(start=last.start, end=span.end)


def _with_opening(span: Span, paper: Document, section: Section | None) -> Span | None:
    """Add the sentence that opens a list to an item without a verb, with the items between."""
    item = span.of(paper.text)
    if not _MARKED.match(item) or _VERB.search(item):
        return None
    for before in reversed(_before(span, paper, section)):
        if span.end - before.start > MAX_QUOTED:
            return None
        said = before.of(paper.text)
        if said.endswith(":"):
            return Span(start=before.start, end=span.end)
        if not _MARKED.match(said):
            return None
    return None


def _table_row(span: Span, paper: Document) -> Quoted | None:
    """Read a row beneath its heading row: "Jahr: 2024, Stellen: 180"."""
    cells = _cells(span.of(paper.text))
    if (
        len(cells) < 2 or cells[0].endswith(":") or "\n" in span.of(paper.text)
    ):  # "Sitzungsart: | öffentlich" is a field
        return None
    heading: Span | None = None
    end = paper.text.rfind("\n", 0, span.start)
    for _ in range(MAX_ROWS):
        if end < 0:
            break
        start = paper.text.rfind("\n", 0, end) + 1
        line = paper.text[start:end]
        if not 1 < len(_cells(line)) <= len(cells):
            break
        if len(_cells(line)) == len(cells):  # a row with an empty cell at its end has fewer
            heading = Span(start=start + len(line) - len(line.lstrip()), end=start + len(line.rstrip()))
        end = start - 1
    if heading is None or re.search(r"\d", heading.of(paper.text)):
        return None
    named = zip(_cells(heading.of(paper.text)), cells, strict=True)
    text = ", ".join(f"{name}: {value}" if name else value for name, value in named if value)
    return Quoted(text=text, spans=(heading, span))


def _cells(line: str) -> list[str]:
    return [" ".join(cell.split()) for cell in _CELLS.split(line.strip())]


def _readable(text: str) -> str:
    """Drop a list marker and the label of a heading above a whole sentence; fold white space."""
    text = _MARKED.sub("", text.strip(), count=1) if _MARKED.match(text.strip()) else text.strip()
    label = _LABEL.match(text)
    if label and _SENTENCE.search(text) and not _KEPT_LABELS.match(label["label"]):
        text = text[label.end() :]
    return " ".join(text.split())
