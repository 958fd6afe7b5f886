"""The sentences that may answer a question, best first, as the reader judged them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.reading.types import PartReading
from bot.types import Hit
from ingest.german import search_tokens
from ingest.types import Section, SectionRole, Span

MIN_CHARS, MAX_CHARS = 8, 700
"""Shorter stretches are numbers and stubs; longer ones are tables without stops, never a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence that may answer.

    Attributes:
        hit: the part it stands in.
        span: characters of the document's `text`.
        text: the sentence, white space folded.
        tokens: its search tokens.
        role: of the section it stands in.
        answers: how much it answers, 0 to 1; comparable over all questions where the reader is calibrated.
    """

    hit: Hit
    span: Span
    text: str
    tokens: frozenset[str]
    role: SectionRole
    answers: float


def collect(
    hits: Sequence[Hit], readings: Sequence[PartReading], sections: Mapping[str, Sequence[Section]]
) -> list[Evidence]:
    """Return the sentences of the parts that were read, best first, in a total order.

    Who signed, and what stands above the text of a paper, is no sentence.

    Args:
        hits: parts, each with its sentences.
        readings: what the reader says of them, in the same order.
        sections: of their papers, by document id, in their order.
    """
    evidence = [
        _evidence(hit, sentence, answers, sections.get(hit.passage.document_id, ()))
        for hit, reading in zip(hits, readings, strict=True)
        for sentence, answers in zip(hit.sentences, reading.sentences or (), strict=bool(reading.sentences))
        if MIN_CHARS <= len(sentence) <= MAX_CHARS
    ]
    spoken = [item for item in evidence if item.role is not SectionRole.CLOSING]
    return sorted(spoken, key=lambda item: (-item.answers, item.hit.document.path, item.span.start))


def _evidence(hit: Hit, sentence: Span, answers: float, sections: Sequence[Section]) -> Evidence:
    start = hit.passage.span.start
    span = Span(start=start + sentence.start, end=start + sentence.end)
    text = " ".join(sentence.of(hit.passage.text).split())
    return Evidence(
        hit=hit,
        span=span,
        text=text,
        tokens=frozenset(search_tokens(text)),
        role=_role(span, sections),
        answers=answers,
    )


def _role(span: Span, sections: Sequence[Section]) -> SectionRole:
    place = bisect_right([section.span.start for section in sections], span.start) - 1
    return sections[place].role if place >= 0 else SectionRole.BODY
