"""A paper read for the ledger: its sentences with their words, worked out once however many points look at it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.ledger.cues import Cue, cues_of
from ingest.german import search_tokens
from ingest.sentences import sentences
from ingest.types import Document, Kind, SectionRole, Span

MIN_CHARS, MAX_CHARS = 3, 700
"""Shorter stretches are stubs, though "Ja." is an answer; longer ones are tables without stops."""

HEAD_CHARS = 700
"""In which a statement says that it is one."""

_SILENT = frozenset({SectionRole.HEADER, SectionRole.FINANCES, SectionRole.CLOSING})
_REPLY = re.compile(r"Stellungnahme\s+(?:\w+\s+)?z|Beantwortung|Stellungnahme\s*:|Antwort\s+(?:auf|zu)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a paper.

    Attributes:
        span: characters of the paper's `text`.
        text: white space folded.
        role: of the section it stands in.
    """

    span: Span
    text: str
    tokens: frozenset[str]
    cues: frozenset[Cue]
    role: SectionRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A paper and its sentences.

    Attributes:
        bodies: where it says something, ascending: no head, no form of costs, no signatures.
        is_reply: whether it calls itself a statement or answer.
    """

    document: Document
    bodies: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    is_reply: bool


def read(document: Document) -> Reading:
    """Read a paper."""
    bodies = _bodies(document)
    found = []
    for body, role in bodies:
        for inner in sentences(body.of(document.text)):
            if not MIN_CHARS <= len(inner) <= MAX_CHARS:
                continue
            span = Span(start=body.start + inner.start, end=body.start + inner.end)
            text = " ".join(span.of(document.text).split())
            tokens = frozenset(search_tokens(text))
            found.append(Sentence(span=span, text=text, tokens=tokens, cues=cues_of(text), role=role))
    return Reading(
        document=document,
        bodies=tuple(body for body, _ in bodies),
        sentences=tuple(found),
        is_reply=document.kind is Kind.REPORT and _REPLY.search(document.text[:HEAD_CHARS]) is not None,
    )


def _bodies(document: Document) -> list[tuple[Span, SectionRole]]:
    """Return where a paper says something; a paper of one motion's hand says what it asks, which answers nothing."""
    silent = _SILENT | ({SectionRole.REQUEST, SectionRole.REASONS} if document.kind is Kind.MOTION else set())
    spoken = [section for section in document.sections if section.role not in silent]
    return [(section.span, section.role) for section in spoken if section.span.of(document.text).strip()]
