"""Sections: what each stretch of a paper is for. Together they cover its text without overlap.

A section begins at the first character of the line that opens it and ends where the next begins; the
first begins at 0 and the last ends with the text. In a motion, prose before the request and behind its
last point is taken for reasons even where no heading says so, because that is where councillors argue.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.structure.agenda import ItemHead, item_heads
from ingest.structure.head_forms import words
from ingest.structure.header import Header
from ingest.structure.lines import Line
from ingest.structure.markers import GLYPHS, MAX_HEADING_CHARS, is_request_formula, is_speaker, role_of_line
from ingest.structure.points import first_point
from ingest.types import AgendaItem, Kind, Section, SectionRole, Span

_FORM_ENDS = re.compile(r"\babgestimmt mit\b|^Abstimmung mit städtischen Gesellschaften")
PROSE_CHARS = 60
"""A line this long behind the form's last field is text again (fields have at most 55)."""
_ESTABLISHES = re.compile(r"\bstell(?:t|en)\b.{0,120}\bfest\s*:?$")
_DECIDES = re.compile(
    r"^(?:Der|Die)\s+(?:[A-ZÄÖÜ][\wäöüß-]*(?:ausschuss|rat|beirat)\b.{0,60}?|Ausschuss\s.{3,80}?)\s*"
    r"(?:beschließt|stimmt|lehnt|nimmt|verweist|vertagt|empfiehlt)\b"
)
_BODY_WORD = (
    r"\w*(?:[Aa]usschuss|[Rr]at|[Bb]eirat|[Vv]ersammlung|[Vv]ertretung|Kreistag|Gremium|BVV|Magistrat|Bürgerschaft)\b"
)
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+")
LABEL_CHARS = 60
"""A colon up to here belongs to the name of a speaker whose words are written down."""
_NAME_ONLY = re.compile(r"\s+Seite\s+\d+.*$|\s*[-–:]+$|^[-–\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    """Where a section begins.

    Attributes:
        line: 0-based index of its first line.
        start: offset of its first character, None where the line begins.
    """

    line: int
    role: SectionRole
    heading: str = ""
    agenda_item: str | None = None
    start: int | None = None


def sections_of(text: str, lines: Sequence[Line], header: Header) -> tuple[Section, ...]:
    """Return the sections of a paper; an empty text has none."""
    if not text:
        return ()
    kind = header.form.kind
    if kind is Kind.PROTOCOL:
        openings = _protocol(text, lines, header)
    elif kind is Kind.MOTION:
        openings = _motion(lines, header)
    else:
        openings = _report(lines, header)
    return _tiled(text, lines, openings)


def _tiled(text: str, lines: Sequence[Line], openings: Sequence[_Opening]) -> tuple[Section, ...]:
    merged: list[_Opening] = []
    for opening in openings:
        if opening.line >= len(lines):
            continue
        if merged and opening.start is None and opening.line <= merged[-1].line and len(merged) > 1:
            merged.pop()
        same = merged and (merged[-1].role, merged[-1].agenda_item) == (opening.role, opening.agenda_item)
        if same and opening.heading in ("", merged[-1].heading):
            continue
        merged.append(opening)
    if not merged:
        return (Section(role=SectionRole.BODY, heading="", span=Span(start=0, end=len(text))),)
    starts = [0, *(lines[one.line].start if one.start is None else one.start for one in merged[1:]), len(text)]
    return tuple(
        Section(
            role=opening.role, heading=opening.heading, span=Span(start=start, end=end), agenda_item=opening.agenda_item
        )
        for opening, start, end in zip(merged, starts, starts[1:], strict=False)
        if end > start
    )


def _heading(text: str) -> str:
    """Return a heading without page number, dashes, symbols and the crosses of a form."""
    bare = _NAME_ONLY.sub("", text.lstrip(GLYPHS))
    return re.sub(r"^(Finanzielle Auswirkungen)\b.*$", r"\1", bare) if len(bare) <= MAX_HEADING_CHARS else ""


def _report(lines: Sequence[Line], header: Header) -> list[_Opening]:
    """Read a report or any other paper: headings open sections, the form of costs ends with its last field."""
    kind = header.form.kind
    body = SectionRole.REPORT if kind is Kind.REPORT else SectionRole.BODY
    openings = [_Opening(line=0, role=SectionRole.HEADER)] if header.lines else []
    role = body
    if header.lines < len(lines) and role_of_line(lines[header.lines].text, kind) is None:
        openings.append(_Opening(line=header.lines, role=body))
    in_form = form_over = False
    for i in range(header.lines, len(lines)):
        text = lines[i].text
        found = role_of_line(text, kind)
        if in_form and found is SectionRole.REPORT and text.endswith(":"):
            found = None  # "Ergänzende Erläuterungen:" is a field of the form
        if found is not None and (found is not role or not openings or _heading(text) != openings[-1].heading):
            role = found
            in_form, form_over = role is SectionRole.FINANCES, False
            openings.append(_Opening(line=i, role=role, heading=_heading(text)))
            continue
        form_over = form_over or (in_form and _FORM_ENDS.search(text) is not None)
        if in_form and form_over and len(text) >= PROSE_CHARS and not re.search(r"[☐☒]|abgestimmt mit", text):
            in_form, role = False, body
            openings.append(_Opening(line=i, role=role))
    return openings


def _motion(lines: Sequence[Line], header: Header) -> list[_Opening]:
    """Read a motion: reasons, request, reasons, signatures, in whatever order it has them."""
    start = header.lines
    request = _request_line(lines, start)
    openings = [_Opening(line=0, role=SectionRole.HEADER)] if start else []
    if request is not None and request > start:
        openings.append(_Opening(line=start, role=SectionRole.REASONS))
    if request is None and start < len(lines) and role_of_line(lines[start].text, Kind.MOTION) is None:
        openings.append(_Opening(line=start, role=SectionRole.REQUEST))
    role = openings[-1].role if openings else None
    for i in range(start, len(lines)):
        text = lines[i].text
        found = role_of_line(text, Kind.MOTION)
        if found is SectionRole.REQUEST and i != request and not is_request_formula(text):
            found = None
        if i == request:
            found = SectionRole.REQUEST
        if found is None or (found is role and found is not SectionRole.REQUEST):
            continue
        if role is SectionRole.CLOSING and found is not SectionRole.REPORT and not _is_late_reason(found, text):
            continue
        role = found
        named = role is not SectionRole.REQUEST or is_request_formula(text)
        openings.append(_Opening(line=i, role=role, heading=_heading(text) if named else ""))
    return openings


def _is_late_reason(role: SectionRole, text: str) -> bool:
    """Return whether "Sachverhalt / Begründung:" comes behind the signatures, as Karlsruhe's form has it."""
    return role is SectionRole.REASONS and re.match(r"sachverhalt|begründung", text, re.IGNORECASE) is not None


def _request_line(lines: Sequence[Line], start: int) -> int | None:
    """Return the line in which the (first) request begins: its formula, else its first numbered point.

    None if the paper marks its request by nothing at all.
    """
    point = first_point(lines, start)
    for i in range(start, len(lines)):
        role = role_of_line(lines[i].text, Kind.MOTION)
        if role is SectionRole.REQUEST:
            return i if point is None or i <= point or i - point > 200 else point
        if role is SectionRole.CLOSING:
            break
    return point


def _protocol(text: str, lines: Sequence[Line], header: Header) -> list[_Opening]:
    """Read a protocol: item by item head, decision, vote, debate; Stuttgart's decisions end their debate."""
    items = {head.first: head for head in item_heads(lines)}
    shared = _shared(tuple(items.values()), lines)
    item: str | None = None
    last_head = header.lines - 1 if not any(head.title for head in items.values()) else -1
    openings = [_Opening(line=0, role=SectionRole.HEADER, agenda_item=None)]
    role = SectionRole.HEADER
    for i, line in enumerate(lines):
        if i in items:
            last_head = max(last_head, items[i].last)
            role, item = SectionRole.HEADER, shared[i]
            title = items[i].title
            openings.append(_Opening(line=i, role=role, heading=title[:120], agenda_item=item))
            continue
        found = _protocol_role(lines, i, role) if i > last_head else None
        act = None
        if i > last_head and found in (None, SectionRole.DEBATE):
            act = _act_in(text, line, alone=line.gap > 1 or i == last_head + 1)
        if act is not None:
            if found is not None and found is not role:
                openings.append(_Opening(line=i, role=found, agenda_item=item))
            role = SectionRole.DECISION
            openings.append(_Opening(line=i, role=role, agenda_item=item, start=act))
            continue
        if found is None or (found is role and found not in (SectionRole.DECISION, SectionRole.VOTE)):
            continue
        role = found
        named = role_of_line(line.text, Kind.PROTOCOL) is not None
        heading = _heading(line.text.partition(":")[0]) if named else ""
        openings.append(_Opening(line=i, role=role, heading=heading, agenda_item=item))
    return openings


@functools.lru_cache(maxsize=1)
def _act() -> re.Pattern[str]:
    return re.compile(words("protocol", "act").replace("~", _BODY_WORD))


def _act_in(text: str, line: Line, *, alone: bool) -> int | None:
    """Return where a line begins to tell what the body does; None if it does not.

    It does so in a paragraph of its own (`alone`), or behind what the clerk tells of a speaker. A speech that is
    written down word for word may say the same, and stays a speech.
    """
    told = text[line.start : line.end]
    if alone and _act().match(told):
        return line.start
    if not is_speaker(line.text) or ":" in told[:LABEL_CHARS]:
        return None
    sentence = next((m for m in _SENTENCE.finditer(told) if _act().match(told, m.end())), None)
    return line.start + sentence.end() if sentence else None


def _protocol_role(lines: Sequence[Line], i: int, role: SectionRole) -> SectionRole | None:
    line = lines[i]
    found = role_of_line(line.text, Kind.PROTOCOL)
    if found is SectionRole.FINANCES:
        return None
    if found is not None:
        return found
    if _DECIDES.match(line.text) and i and _ESTABLISHES.search(lines[i - 1].text):
        return SectionRole.DECISION
    opens_debate = role in (SectionRole.HEADER, SectionRole.DECISION, SectionRole.VOTE, SectionRole.REQUEST)
    behind_blank = line.gap > 1 and not re.match(r"Vorsitz|Vorlage|Beschluss", line.text)
    if opens_debate and is_speaker(line.text) and (behind_blank or role is not SectionRole.HEADER):
        return SectionRole.DEBATE
    prose = len(line.text) >= PROSE_CHARS and line.gap > 2
    if prose and role is SectionRole.VOTE:
        return SectionRole.DEBATE
    return None


def _shared(heads: Sequence[ItemHead], lines: Sequence[Line]) -> dict[int, str]:
    """Return the agenda item of each heading's line: headings that follow each other share one debate.

    "Punkt 18" and "Punkt 18.1" (its amendment) are called together; sections then belong to the first.
    """
    shared: dict[int, str] = {}
    for n, head in enumerate(heads):
        shared[head.first] = head.number
        if n:
            between = lines[heads[n - 1].last + 1 : head.first]
            dealt_with = any(role_of_line(line.text, Kind.PROTOCOL) or is_speaker(line.text) for line in between)
            if not dealt_with and len(between) <= 8:
                shared[head.first] = shared[heads[n - 1].first]
    return shared


def agenda_items_of(lines: Sequence[Line], sections: Sequence[Section], subject: str) -> tuple[AgendaItem, ...]:
    """Return the items of a session with all that was said on them.

    Items that were called together have the same end, so that their spans overlap. `subject` is the
    title of an item whose heading has none, as in Stuttgart, where a protocol holds one item.
    """
    heads = item_heads(lines)
    shared = _shared(heads, lines)
    found = []
    for head in heads:
        ends = [section.span.end for section in sections if section.agenda_item == shared[head.first]]
        start = lines[head.first].start if head.title else 0
        if ends and max(ends) >= start:
            span = Span(start=start, end=max(ends))
            found.append(AgendaItem(number=head.number, title=head.title or subject, span=span))
    return tuple(found)
