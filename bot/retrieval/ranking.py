"""What search finds, ranked by the reader: the one order of parts that answers, channels and evaluations see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.question.query import Query
from bot.reading import Inquiry, PartReading, PartText, Reader, Reading
from bot.reading.wording import worded_head, worded_question
from bot.retrieval.fusion import ranked, spread
from bot.retrieval.search import HITS, NAMED_BONUS, Found, lifted, search
from bot.types import Hit
from ingest.embedding import Encoder
from ingest.index import IndexReader


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """Parts, best first, and what the reader says of them.

    Attributes:
        hits: in a total order; their score is the reader's relevance.
        parts: what the reader says of each hit, in the same order.
        reading: of the question as a whole.
    """

    hits: tuple[Hit, ...]
    parts: tuple[PartReading, ...]
    reading: Reading


NOTHING = Ranked(hits=(), parts=(), reading=Reading(parts=(), answered=False, confidence=None, read=0))


def rank(
    question: str,
    context: Sequence[str],
    query: Query,
    indexes: Sequence[IndexReader],
    encoder: Encoder,
    reader: Reader,
    k: int = HITS,
) -> Ranked:
    """Search indexes and have the best parts of all of them read.

    Args:
        question: as typed.
        context: the earlier questions it leans on, oldest first.
        query: the question as understood.
        indexes: searched.
        encoder: the one that built them.
        reader: reads.
        k: parts that are read, and as many that are shown: the best, and those of papers that would not be seen else.
    """
    if not query.tokens:
        return NOTHING
    found = [search(query, index, encoder, 2 * k) for index in indexes]
    hits = ranked(hit for one in found for hit in one.hits)
    if not hits:
        return NOTHING
    inquiry = Inquiry(text=worded_question(question, context), weights=_weights(found))
    reading = reader.read(inquiry, [part_text(hit) for hit in hits[:k]])
    worst = min(part.relevance for part in reading.parts)
    unread = [PartReading(relevance=worst - number, sentences=None) for number in range(1, len(hits) - k + 1)]
    said = {hit.passage.passage_id: part for hit, part in zip(hits, [*reading.parts, *unread], strict=True)}
    order = spread(ranked(lifted(hit, said[hit.passage.passage_id].relevance) for hit in hits), k)
    return Ranked(hits=tuple(order), parts=tuple(said[hit.passage.passage_id] for hit in order), reading=reading)


def _weights(found: Sequence[Found]) -> dict[str, float]:
    """Return the information of each token: the largest that any index gives it."""
    weights: dict[str, float] = {}
    for one in found:
        for token, weight in one.weights.items():
            weights[token] = max(weight, weights.get(token, 0.0))
    return weights


def part_text(hit: Hit) -> PartText:
    """Put a part before the reader."""
    return PartText(
        head=worded_head(hit.document, hit.passage.heading),
        text=hit.passage.text,
        sentences=hit.sentences,
        found=hit.score - (NAMED_BONUS if hit.is_named else 0.0),
    )
