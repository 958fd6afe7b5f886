"""What a session decided, as its minutes have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.matters.places import subject_at
from bot.matters.register import bodies_of
from bot.matters.telling import Line
from bot.phrases import matters as phrases
from bot.question.types import PaperQuestion
from bot.question.vocabulary import fold
from bot.record import header_line
from bot.types import Language
from ingest.index import DocumentHeader, IndexReader
from ingest.types import Kind, Stand

LINES: Final = 20
"""Decisions shown."""


def decisions_of(asked: PaperQuestion, indexes: Sequence[IndexReader], language: Language) -> tuple[str, list[Line]]:
    """Return what the newest session meant decided, under a head; nothing where there are no minutes of one."""
    minutes = [
        (paper, index)
        for index in indexes
        for paper in index.all_headers()
        if paper.kind is Kind.PROTOCOL and paper.date and _is_of(paper, asked)
    ]
    if not minutes:
        return "", []
    day = max(paper.date for paper, _ in minutes if paper.date)
    of_day = sorted(((paper, index) for paper, index in minutes if paper.date == day), key=lambda pair: pair[0].path)
    body = ", ".join(bodies_of(of_day[0][0]))
    session = [(paper, index) for paper, index in of_day if ", ".join(bodies_of(paper)) == body]
    lines = [line for paper, index in session for line in _decided(paper, index)]
    if lines:
        return phrases.session(body, day, len(lines), language), lines[:LINES]
    return phrases.no_decisions(body, day, language), [_named(paper, index, language) for paper, index in session][
        :LINES
    ]


def _decided(header: DocumentHeader, index: IndexReader) -> list[Line]:
    """Return the decisions of minutes as written, each behind its subject."""
    paper = index.document(header.document_id)
    lines = []
    for decision in paper.decisions:
        said = [
            part
            for part in (decision.text, decision.vote)
            if part and (part is decision.text or part not in decision.text)
        ]
        if said and decision.span.of(paper.text).strip():
            text = f"{header.title}: {' – '.join(said)}"
            stand = Stand(day=header.date) if header.date else None
            lines.append(Line(text=text, paper=paper, span=decision.span, as_of=stand, as_of_basis=header.date_basis))
    return lines


def _named(header: DocumentHeader, index: IndexReader, language: Language) -> Line:
    paper = index.document(header.document_id)
    return Line(text=header_line(header, language), paper=paper, span=subject_at(paper))


def _is_of(paper: DocumentHeader, asked: PaperQuestion) -> bool:
    bodies = bodies_of(paper)
    of_body = not asked.bodies or any(fold(known).startswith(fold(name)) for name in asked.bodies for known in bodies)
    return (
        of_body
        and bool(bodies)
        and (asked.period is None or (paper.date is not None and asked.period.holds(paper.date)))
    )
