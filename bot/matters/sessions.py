"""What a session decided, as its minutes have it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from bot.matters.register import bodies_of
from bot.matters.telling import Line
from bot.phrases import matters as phrases
from bot.question.types import PaperQuestion
from bot.question.vocabulary import fold
from bot.types import Language
from ingest.index import DocumentHeader, IndexReader
from ingest.types import Decision, Kind, Span, Stand

LINES: Final = 20
"""Decisions shown."""


def decisions_of(asked: PaperQuestion, indexes: Sequence[IndexReader], language: Language) -> tuple[str, list[Line]]:
    """Return what the session meant decided, under a head; nothing where no minutes tell of one."""
    minutes = [
        (paper, index)
        for index in indexes
        for paper in index.all_headers()
        if paper.kind is Kind.PROTOCOL and paper.date and _is_of(paper, asked)
    ]
    deciding: dict[str, tuple[Decision, ...]] = {}
    for index in indexes:
        deciding |= index.decisions(paper.document_id for paper, of in minutes if of is index)
    minutes = [(paper, index) for paper, index in minutes if paper.document_id in deciding]
    if not minutes:
        return "", []
    day = max(paper.date or dt.date.min for paper, _ in minutes)
    body = next(", ".join(bodies_of(paper)) for paper, _ in sorted(minutes, key=_path) if paper.date == day)
    lines = []
    for paper, index in sorted(minutes, key=_path):
        if paper.date != day or ", ".join(bodies_of(paper)) != body:
            continue
        document = index.document(paper.document_id)
        for decision in deciding[paper.document_id]:
            text = " – ".join(part for part in (decision.text, decision.vote) if part and part not in ("", "."))
            span = Span(start=decision.span.start, end=decision.span.end)
            if text and span.of(document.text).strip():
                subject = paper.title if paper.title not in text else ""
                lines.append(
                    Line(
                        text=f"{subject}: {text}" if subject else text,
                        paper=document,
                        span=span,
                        as_of=Stand(day=day),
                        as_of_basis=paper.date_basis,
                    )
                )
    return phrases.session(body, day, len(lines), language), lines[:LINES]


def _is_of(paper: DocumentHeader, asked: PaperQuestion) -> bool:
    bodies = bodies_of(paper)
    of_body = not asked.bodies or any(fold(known).startswith(fold(name)) for name in asked.bodies for known in bodies)
    return (
        of_body
        and bool(bodies)
        and (asked.period is None or (paper.date is not None and asked.period.holds(paper.date)))
    )


def _path(pair: tuple[DocumentHeader, IndexReader]) -> str:
    return pair[0].path
