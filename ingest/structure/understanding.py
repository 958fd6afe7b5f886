"""From a clean text to a `Document`: the one place where the parts of `ingest.structure` meet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath

from ingest.extraction import Extraction
from ingest.factions import normal_factions
from ingest.references import find_references, normal_number
from ingest.sidecar import Sidecar
from ingest.structure.bodies import body_in, normal_body
from ingest.structure.consultation import Consultation, consultations_of
from ingest.structure.decisions import decisions_of
from ingest.structure.forms import Form, form_of
from ingest.structure.header import Header, header_of, is_head_element
from ingest.structure.lines import Line, fold, lines_of
from ingest.structure.paper_dates import PaperDates, has_shape_of_stand, paper_dates, stand_of, title_end
from ingest.structure.people import movers_of, signatories_of
from ingest.structure.points import points_of
from ingest.structure.sections import agenda_items_of, sections_of
from ingest.structure.titles import has_shape_of_title, is_sentence, shortened
from ingest.types import (
    Cleaned,
    DateBasis,
    Document,
    Kind,
    Page,
    Reference,
    ReferenceKind,
    Section,
    SectionRole,
    Span,
    Stand,
    SummaryOf,
)
from ingest.visibility.deciding import Ruling
from ingest.visibility.text_keys import text_key

PROTOCOL_TITLE = "Niederschrift"
TITLE_LINES = 30
"""A title that a format declares is looked for in so many lines of its head."""
FIRST_LINES = 10
"""A paper of no known form begins with its title."""
HEAD_LINES_FOR_BODY = 15
"""A protocol names its committee at the top; further down it names others."""


def understand(
    *,
    document_id: str,
    path: str,
    root: str,
    extraction: Extraction,
    source: str,
    cleaned: Cleaned,
    pages: tuple[Page, ...],
    sidecar: Sidecar,
    verdict: Ruling,
) -> Document:
    """Understand one paper. Pure: the same arguments give the same document.

    What the sidecar says beats what was read from the text; nothing is invented: a field that neither
    has stays empty.

    Args:
        document_id: content hash, made by the caller.
        path: relative to the root, POSIX.
        root: folder given to `add`, absolute.
        extraction: as the reader gave it; its warnings are kept.
        source: the pages joined.
        cleaned: the text that all spans count in.
        pages: spans of `source`.
        sidecar: empty if the paper has none.
        verdict: who may see it, as `ingest.visibility` decided.
    """
    text = cleaned.text
    lines = lines_of(text)
    stem = PurePosixPath(path).stem
    form = _form(lines, stem, sidecar)
    consultations = consultations_of(lines)
    header = header_of(lines, form, consultations)
    dates = paper_dates(lines, form, consultations, header.fields)
    sections = sections_of(text, lines, header)
    points, behind_last = points_of(text, lines, sections, header.subject) if form.kind is Kind.MOTION else ((), None)
    signatories = signatories_of(lines, form)
    sections = _behind_last_point(text, sections, behind_last, signatories)
    number = sidecar.number or header.number
    day, basis = _date(sidecar, dates)
    body = normal_body(sidecar.body) if sidecar.body else _body(lines, form, consultations)
    subject = sidecar.subject or header.subject
    read = sidecar.subject or _title(header, extraction.declared_title, body, dates.session, lines)
    summary = sidecar.summary_of
    return Document(
        document_id=document_id,
        path=path,
        root=root,
        title=sidecar.title or shortened(read or fold(stem.replace("_", " "))),
        kind=form.kind,
        visibility=verdict.visibility,
        ground=verdict.ground,
        text_key=text_key(text),
        text=text,
        source=source,
        offsets=cleaned.offsets,
        pages=pages,
        paged=extraction.paged,
        reader=extraction.reader,
        number=number,
        version=header.version,
        date=day,
        date_basis=basis,
        session_date=dates.session,
        listed_date=sidecar.listed_date,
        as_of=sidecar.as_of or _stand(lines, form, dates),
        body=body,
        factions=_factions(sidecar, _mover_lines(lines, header.lines, form, sections), header),
        subject=subject,
        signatories=signatories,
        procedure=sidecar.procedure,
        url=sidecar.url,
        paper_type=sidecar.paper_type or form.paper_type or None,
        body_city=sidecar.body_city,
        file_name=sidecar.file_name,
        summary_of=SummaryOf(title=summary.title, number=summary.number, url=summary.url, date=summary.date)
        if summary
        else None,
        sections=sections,
        agenda_items=agenda_items_of(lines, sections, subject) if form.kind is Kind.PROTOCOL else (),
        points=points,
        decisions=decisions_of(text, lines, sections) if form.kind is Kind.PROTOCOL else (),
        references=_references(text, normal_number(number) if number else None, form),
        extras=dict(sidecar.extras),
        warnings=(*extraction.warnings, *sidecar.warnings, *dates.warnings, *verdict.warnings),
    )


def _form(lines: Sequence[Line], stem: str, sidecar: Sidecar) -> Form:
    read = form_of(lines, sidecar.file_name or stem)
    if sidecar.kind is None or sidecar.kind is read.kind:
        return read
    return Form(kind=sidecar.kind, answers=sidecar.kind is Kind.REPORT and read.answers)


def _date(sidecar: Sidecar, dates: PaperDates) -> tuple[date | None, DateBasis | None]:
    """Return the best date and what it is: the paper's own, its session's, or when it was listed."""
    own = sidecar.date or dates.own
    if own is not None:
        return own, DateBasis.PAPER
    if dates.session is not None:
        return dates.session, DateBasis.SESSION
    return (sidecar.listed_date, DateBasis.LISTED) if sidecar.listed_date else (None, None)


def _stand(lines: Sequence[Line], form: Form, dates: PaperDates) -> Stand | None:
    """Return the paper's Stand; a motion has none, and where a paper has its own date, that counts."""
    return stand_of(lines) if form.kind is not Kind.MOTION and dates.own is None else None


def _body(lines: Sequence[Line], form: Form, consultations: Sequence[Consultation]) -> str | None:
    """Return the committee: of a protocol, or of the first session that a paper is for."""
    if form.kind is Kind.PROTOCOL:
        named = (body_in(line.text) for line in lines[:HEAD_LINES_FOR_BODY])
        body = next((body for body in named if body), None)
        if body:
            return body
    dated = sorted((c for c in consultations if c.day), key=lambda c: c.day or date.max)
    return (dated or list(consultations))[0].body if consultations else None


def _mover_lines(lines: Sequence[Line], head_lines: int, form: Form, sections: Sequence[Section]) -> Sequence[Line]:
    """Return the lines that may name movers: the head; in a protocol also that of its only item."""
    if form.kind is not Kind.PROTOCOL:
        return lines[:head_lines]
    if len({section.agenda_item for section in sections} - {None}) > 1:
        return ()
    text_begins = next((s.span.start for s in sections if s.role is not SectionRole.HEADER), None)
    return [line for line in lines if text_begins is None or line.start < text_begins]


def _factions(sidecar: Sidecar, head: Sequence[Line], header: Header) -> tuple[str, ...]:
    if sidecar.factions:
        return tuple(dict.fromkeys(name for entry in sidecar.factions for name in normal_factions(entry)))
    return movers_of(head, header.form, header.fields)


def _title(header: Header, declared: str, body: str | None, session: date | None, lines: Sequence[Line]) -> str:
    """Return a title where the sidecar has none: what the format declares, the subject, the session, a line on top.

    A declared title that stands nowhere on top of the paper may be left over from another one, so that the head goes
    before it. Empty if the paper says nothing that may be a title.
    """
    on_top = fold(" ".join(line.text for line in lines[:TITLE_LINES])).casefold()
    real = declared if _may_be_title(declared) else ""
    if real and real.casefold() in on_top:
        return real
    if header.subject:
        return header.subject
    if header.form.kind is Kind.PROTOCOL and body and session:
        return f"{PROTOCOL_TITLE} {body}, {session:%d.%m.%Y}"
    stand = title_end(lines)
    above = (line.text for line in lines[: stand or 0])
    below = (line.text for line in lines[:FIRST_LINES] if header.form.kind is Kind.OTHER)
    return next((text for text in (*above, real, *below) if text and _may_be_title(text)), "")


def _may_be_title(text: str) -> bool:
    """Tell whether a text is no sentence, no line of a form, and more than the name of a form or of a committee."""
    body = body_in(text)
    bare = re.sub(r"[\W\d]+|\bNr\b", "", text).casefold()
    is_name = re.sub(r"\W+", "", form_of((Line(text=text, start=0, end=0, gap=1),)).paper_type).casefold() == bare
    return (
        has_shape_of_title(text)
        and not is_sentence(text)
        and not is_head_element(text)
        and not has_shape_of_stand(text)
        and not is_name
        and (body is None or len(text) > len(body) + 3)
    )


def _references(text: str, own: str | None, form: Form) -> tuple[Reference, ...]:
    """Return the papers mentioned, without the paper's own number.

    A number of Stuttgart is a motion's and a Drucksache's at once, so that a motion may well mention
    the Drucksache of its own number; only an answer, which bears the motion's number, is not asked.
    """
    other = ReferenceKind.REPORT if form.kind is Kind.MOTION else ReferenceKind.MOTION
    shared = own is not None and re.fullmatch(r"(?!(?:19|20)\d{2}/)\d{1,4}/\d{4}", own) is not None and not form.answers
    return tuple(
        reference
        for reference in find_references(text)
        if reference.number != own or (shared and reference.kind is other)
    )


def _behind_last_point(
    text: str, sections: tuple[Section, ...], end: int | None, signatories: Sequence[str]
) -> tuple[Section, ...]:
    """Part what follows the last point of a motion from its request: reasons, or bare names."""
    if end is None:
        return sections
    found: list[Section] = []
    for section in sections:
        span = section.span
        if section.role is not SectionRole.REQUEST or not span.start < end < span.end:
            found.append(section)
            continue
        rest = Span(start=end, end=span.end)
        is_signed = bool(signatories) and rest.of(text).lstrip().startswith(signatories[0])
        found += [
            Section(role=section.role, heading=section.heading, span=Span(start=span.start, end=end)),
            Section(role=SectionRole.CLOSING if is_signed else SectionRole.REASONS, heading="", span=rest),
        ]
    return tuple(found)
