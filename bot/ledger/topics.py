"""What other papers say on the subject of a point that nobody has answered yet.

They were not written in answer, so they never do more than partly answer, and only if the reader finds that they do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.ledger.finding import Asked, Finding
from bot.ledger.folding import repeats, shingles
from bot.ledger.judging import Judgements
from bot.ledger.matching import How
from bot.ledger.reading import Reading
from bot.ledger.status import SHOWN, Verdict
from bot.ledger.types import Link, Reason, Status
from bot.types import Hit
from ingest.types import Document

NEAR_ENOUGH = 0.5
"""How much a sentence must answer a point, by the reader, to be on its subject."""

WELL_LONG = 40
"""Characters: what is shorter is a heading."""


def on_topic(
    what: Asked, motion: Document, hits: Sequence[Hit], judgements: Judgements, reading: Callable[[str], Reading]
) -> list[Finding]:
    """Return the sentences of the parts found that are on a point's subject, best first, no two alike.

    Args:
        what: the point.
        motion: whose own words are no answer.
        hits: parts near to the point.
        judgements: what the reader says of their sentences.
        reading: reads a paper.
    """
    own = shingles(motion.text)
    found: dict[str, Finding] = {}
    for hit in hits:
        paper = reading(hit.passage.document_id)
        for place, sentence in enumerate(paper.sentences):
            inside = hit.passage.span.start <= sentence.span.start < hit.passage.span.end
            if not inside or sentence.text in found or not _tells(sentence.text) or repeats(sentence.text, own):
                continue
            judged = judgements.of(paper.document.document_id, sentence.span)
            if judged.answers is not None and judged.answers >= NEAR_ENOUGH:
                found[sentence.text] = Finding(
                    reading=paper,
                    link=Link.TOPIC,
                    how=How.WHOLE,
                    place=place,
                    answers=judged.answers,
                    statuses=judged.statuses,
                    features={},
                    score=judged.answers,
                )
    return sorted(found.values(), key=lambda f: (-f.score, f.reading.document.path, f.place))


def _tells(sentence: str) -> bool:
    """Tell whether a sentence says anything: it is no heading and no question."""
    return len(sentence) >= WELL_LONG and not sentence.endswith("?")


def judge_topic(found: Sequence[Finding]) -> Verdict:
    """Judge a point from sentences on its subject, best first."""
    if not found:
        return Verdict(status=Status.OPEN, reason=Reason.NOT_ADDRESSED, shown=(), share=1.0)
    return Verdict(status=Status.PARTLY, reason=Reason.RELATED, shown=tuple(found[:SHOWN]), share=1.0)
