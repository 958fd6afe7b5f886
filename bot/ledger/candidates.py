"""Which papers may answer a motion: those of its matter, those that name it, those on its subject.

A link that somebody wrote down (procedure, number) beats one that is guessed from words: papers on the subject count
only where the matter itself holds no statement.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.ledger.matching import How, stretches
from bot.ledger.reading import Reading
from bot.ledger.types import Link
from bot.question.query import understand
from bot.retrieval.search import search
from bot.types import Hit
from ingest.embedding import Encoder
from ingest.german import search_tokens
from ingest.index import IndexReader
from ingest.references import normal_number, number_key
from ingest.types import Document, Kind, Reference, ReferenceKind

SAME_TITLE = 0.6
"""Share of common words of two titles from which a statement is on the motion's subject."""

EARLIER = dt.timedelta(days=31)
"""A paper may bear a date so long before the motion's and still answer it: dates of sessions and of listing differ."""

ANSWERED_WITHIN = dt.timedelta(days=3 * 366)
"""A statement with the same title after that is on a later motion of that name."""

_YEAR_FIRST = re.compile(r"^(?:19|20)\d{2}/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A paper that may answer a motion, and why."""

    document_id: str
    link: Link


def linked(motion: Document, index: IndexReader) -> tuple[Candidate, ...]:
    """Return the papers that something written ties to a motion, by strength of the tie, then by path.

    Numbers of one kind of paper say nothing about another: Stuttgart counts Drucksachen and motions apart, so that a
    paper counts by number only where it names a motion, or the number begins with its year, as Karlsruhe's do.
    """
    found: dict[str, Link] = {}
    if motion.procedure:
        found.update(dict.fromkeys(index.of_procedures([motion.procedure]), Link.PROCEDURE))
    if motion.number:
        number = normal_number(motion.number)
        numbered = index.by_number(number) if _YEAR_FIRST.match(number) else ()
        for document_id in (*numbered, *_naming(number, index)):
            found.setdefault(document_id, Link.REFERENCE)
    found.pop(motion.document_id, None)
    return tuple(Candidate(document_id=key, link=link) for key, link in found.items())


def _naming(number: str, index: IndexReader) -> list[str]:
    """Return the papers that name a motion of this number."""
    mentioning = index.mentioning(number)
    if _YEAR_FIRST.match(number):
        return list(mentioning)
    return [key for key in mentioning if any(names(r, number) for r in index.document(key).references)]


def names(reference: Reference, number: str) -> bool:
    """Tell whether a reference means the motion of a number: it says so, or one count numbers all papers."""
    counted = reference.kind is ReferenceKind.MOTION or _YEAR_FIRST.match(number) is not None
    return counted and number_key(reference.number) == number_key(number)


def near(motion: Document, texts: Iterable[str], index: IndexReader, encoder: Encoder) -> tuple[Hit, ...]:
    """Return the best parts of the papers nearest to what a motion asks, without its own and those of other motions.

    Args:
        motion: asks.
        texts: what to look for; one search each.
        index: where.
        encoder: of that index.
    """
    hits: dict[str, Hit] = {}
    for text in texts:
        for hit in search(understand(text), index, encoder).hits:
            if hit.document.kind is not Kind.MOTION and may_answer(motion, hit.document.date):
                hits.setdefault(hit.passage.passage_id, hit)
    return tuple(hit for hit in hits.values() if hit.passage.document_id != motion.document_id)


def may_answer(motion: Document, day: dt.date | None) -> bool:
    """Tell whether a paper of this date may answer a motion; where one of them has none, it may."""
    return motion.date is None or day is None or day >= motion.date - EARLIER


def on_subject(motion: Document, readings: Sequence[Reading]) -> tuple[Candidate, ...]:
    """Return the statements that answer a motion by all appearance though nothing ties them: title or repeated words.

    The best of them only: the one that repeats most points, then the nearest title, then the nearest date.
    """
    scored = []
    for reading in readings:
        document = reading.document
        if document.kind not in (Kind.REPORT, Kind.OTHER) or not _in_time(motion, document.date):
            continue
        repeated = _repeated_points(motion, reading)
        title = shared_words(motion.title, document.title)
        if repeated or (reading.is_reply and title >= SAME_TITLE):
            scored.append((-repeated, -title, _days_apart(motion, document.date), document.path, document.document_id))
    return tuple(Candidate(document_id=best[-1], link=Link.SUBJECT) for best in sorted(scored)[:1])


def _repeated_points(motion: Document, reading: Reading) -> int:
    found = stretches(reading.document.text, motion.points, reading.bodies)
    return sum(any(s.how is How.REPEATED for s in given) for given in found.values())


def _in_time(motion: Document, day: dt.date | None) -> bool:
    return may_answer(motion, day) and (motion.date is None or day is None or day <= motion.date + ANSWERED_WITHIN)


def _days_apart(motion: Document, day: dt.date | None) -> int:
    return abs((day - motion.date).days) if day and motion.date else 10_000


def shared_words(one: str, other: str) -> float:
    """Return the share of common words of two titles, 0 to 1."""
    here, there = set(search_tokens(one)), set(search_tokens(other))
    return len(here & there) / max(1, min(len(here), len(there)))
