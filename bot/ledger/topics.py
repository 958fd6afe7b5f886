"""What other papers say on the subject of a point that nobody has answered yet.

They were not written in answer, so they never do more than partly answer, and only if they are near enough. A question
about a thing that none of them names ("Backlog") stays open, however much they say on its surroundings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bot.ledger.cues import asks_to_report
from bot.ledger.finding import Asked, Finding
from bot.ledger.folding import repeats, shingles
from bot.ledger.matching import How
from bot.ledger.reading import Reading
from bot.ledger.status import SHOWN, Verdict
from bot.ledger.types import Link, Reason, Status
from bot.types import Hit
from ingest.german import search_tokens
from ingest.index import IndexReader
from ingest.sentences import sentences
from ingest.types import Document

NEAR_ENOUGH = 0.5
"""Nearness in meaning plus the share of the point's information, from which a sentence is on a point's subject. Of 31
points of 381 real motions that no paper answers, 5 were taken for related, 2 rightly; without `_named` and `MIN_COMMON`
it was 15."""

MIN_COMMON = 2
"""Search tokens in common; one alone is no subject."""

WELL_LONG = 40
"""Characters: what is shorter is a heading."""

_ASKING = re.compile(
    r"W(?:ie|as|ann|arum|er|o|elche[rsnm]?|ieso|eshalb)|(?:Stadt|Gemeinde)?(?:[Vv]erwaltung)?|Gemeinderat"
)
_NOUN = re.compile(r"\b[A-ZÄÖÜ][\wäöüß]*(?:[-.][\wÄÖÜäöüß]+)*")


def on_topic(
    what: Asked, motion: Document, hits: Sequence[Hit], index: IndexReader, reading: Callable[[str], Reading]
) -> list[Finding]:
    """Return the sentences of the passages found that are on a point's subject, best first, no two alike.

    Args:
        what: the point.
        motion: whose own words are no answer.
        hits: passages near to the point.
        index: tells how much each word says.
        reading: reads a paper.
    """
    own = shingles(motion.text)
    weights = index.weights(what.tokens)
    total = sum(weights.values()) or 1.0
    found: dict[str, Finding] = {}
    for hit in hits:
        paper = reading(hit.passage.document_id)
        for place, sentence in enumerate(paper.sentences):
            inside = hit.passage.span.start <= sentence.span.start < hit.passage.span.end
            if not inside or sentence.text in found or not _tells(sentence.text) or repeats(sentence.text, own):
                continue
            cosine = float(paper.vectors[place] @ what.vector)
            common = what.tokens & sentence.tokens
            share = sum(weights.get(token, 0.0) for token in common) / total
            if cosine + share >= NEAR_ENOUGH and len(common) >= MIN_COMMON:
                found[sentence.text] = Finding(
                    reading=paper,
                    link=Link.TOPIC,
                    how=How.WHOLE,
                    place=place,
                    features={"cosine": cosine, "share": share},
                    score=cosine + share,
                )
    return sorted(found.values(), key=lambda f: (-f.score, f.reading.document.path, f.place))


def _tells(sentence: str) -> bool:
    """Tell whether a sentence says anything: it is no heading and no question."""
    return len(sentence) >= WELL_LONG and not sentence.endswith("?")


def judge_topic(what: Asked, found: Sequence[Finding], index: IndexReader) -> Verdict:
    """Judge a point from sentences on its subject, best first."""
    if not found or not _named(what, found, index.weights(what.tokens)):
        return Verdict(status=Status.OPEN, reason=Reason.NOT_ADDRESSED, shown=(), share=1.0)
    return Verdict(status=Status.PARTLY, reason=Reason.RELATED, shown=tuple(found[:SHOWN]), share=1.0)


def _named(what: Asked, found: Sequence[Finding], weights: Mapping[str, float]) -> bool:
    """Tell whether the papers found name what a question or a request is about: its most telling noun.

    A request to report is met by anything on its subject; the others ask for one thing.
    """
    if asks_to_report(what.point.text):
        return True
    asking = " ".join(_questions(what.point.text)) or what.point.text
    nouns = [noun for noun in _NOUN.findall(asking) if search_tokens(noun) and not _ASKING.fullmatch(noun)]
    if not nouns:
        return True
    telling = max(nouns, key=lambda noun: (_information(noun, weights), noun))
    whole, *parts = sorted(search_tokens(telling), key=lambda token: (-len(token), token))
    papers = {f.reading.document.document_id: f.reading for f in found}
    held = [frozenset(token for s in paper.sentences for token in s.tokens) for paper in papers.values()]
    return any(whole in tokens or (len(parts) > 1 and tokens.issuperset(parts)) for tokens in held)


def _questions(text: str) -> list[str]:
    return [said for said in (span.of(text) for span in sentences(text)) if said.rstrip().endswith("?")]


def _information(noun: str, weights: Mapping[str, float]) -> float:
    return max((weights.get(token, 0.0) for token in search_tokens(noun)), default=0.0)
