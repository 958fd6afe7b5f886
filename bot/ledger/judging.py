"""What the reader says of the sentences of a motion's papers, point by point."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.ledger.matching import How, Stretch
from bot.reading import Inquiry, PartReading, PartText, Reader
from bot.reading.wording import worded_head, worded_point
from bot.retrieval.search import parts_of
from bot.types import Hit
from ingest.german import search_tokens
from ingest.index import DocumentHeader, IndexReader
from ingest.types import Point, Span

PARTS = 12
"""Parts of a motion's papers that are put before the reader for a point: those under its own number or words first,
then those that share most of its words."""

ANCHORED = 1.0
"""Of a part that deals with the point by its number or words, beside the share of the point's words that it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the reader says of a sentence; None where it did not look at it closely.

    Attributes:
        answers: how much it answers the point, 0 to 1.
        statuses: probabilities of what becomes of the point: answered, partly, open.
    """

    answers: float | None = None
    statuses: tuple[float, float, float] | None = None


class Judgements:
    """What the reader says for one point, by paper and place."""

    def __init__(self, of_papers: Mapping[str, Sequence[tuple[Span, Judgement]]]) -> None:
        self._of_papers = of_papers
        self._starts = {name: [span.start for span, _ in some] for name, some in of_papers.items()}

    def of(self, document_id: str, span: Span) -> Judgement:
        """Return what is said of the sentence in the middle of a span."""
        middle = (span.start + span.end) // 2
        place = bisect_right(self._starts.get(document_id, []), middle) - 1
        if place < 0:
            return Judgement()
        at, judgement = self._of_papers[document_id][place]
        return judgement if middle < at.end else Judgement()


class PointReader:
    """Puts the parts of a motion's papers before the reader; each paper is cut once."""

    def __init__(self, index: IndexReader, reader: Reader) -> None:
        self._index, self._reader = index, reader
        self._parts: dict[str, list[Hit]] = {}

    def judgements(
        self, point: Point, subject: str, papers: Sequence[tuple[DocumentHeader, Sequence[Stretch]]]
    ) -> Judgements:
        """Have the papers' most promising parts read for a point.

        Args:
            point: asks.
            subject: title of its motion.
            papers: that may answer, each with the stretches that deal with the point.
        """
        tokens = frozenset(search_tokens(point.text))
        hits = [
            replace(hit, score=_promise(hit, stretches, tokens))
            for header, stretches in papers
            for hit in self._of(header)
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.document.path, hit.passage.span.start))
        return self.read(point, subject, hits[:PARTS])

    def read(self, point: Point, subject: str, hits: Sequence[Hit]) -> Judgements:
        """Have parts read for a point, best first."""
        weights = self._index.weights(search_tokens(point.text))
        texts = [
            PartText(
                head=worded_head(hit.document, hit.passage.heading),
                text=hit.passage.text,
                sentences=hit.sentences,
                found=hit.score,
            )
            for hit in hits
        ]
        reading = self._reader.read(Inquiry(text=worded_point(subject, point.text), weights=weights), texts)
        of_papers: dict[str, list[tuple[Span, Judgement]]] = {}
        for hit, part in zip(hits, reading.parts, strict=True):
            of_papers.setdefault(hit.passage.document_id, []).extend(_judged(hit, part))
        return Judgements({name: sorted(some, key=lambda item: item[0].start) for name, some in of_papers.items()})

    def _of(self, header: DocumentHeader) -> list[Hit]:
        if header.document_id not in self._parts:
            self._parts[header.document_id] = parts_of(header, self._index)
        return self._parts[header.document_id]


def _promise(hit: Hit, stretches: Sequence[Stretch], tokens: frozenset[str]) -> float:
    """Say how much a part promises to answer a point."""
    span = hit.passage.span
    anchored = any(
        stretch.how is not How.WHOLE and stretch.span.start < span.end and span.start < stretch.span.end
        for stretch in stretches
    )
    shared = len(tokens.intersection(search_tokens(hit.passage.text))) / max(1, len(tokens))
    return ANCHORED * anchored + shared


def _judged(hit: Hit, part: PartReading) -> list[tuple[Span, Judgement]]:
    if part.sentences is None:
        return []
    start = hit.passage.span.start
    statuses = part.statuses or [None] * len(part.sentences)
    return [
        (
            Span(start=start + sentence.start, end=start + sentence.end),
            Judgement(answers=answers, statuses=status),
        )
        for sentence, answers, status in zip(hit.sentences, part.sentences, statuses, strict=True)
    ]
