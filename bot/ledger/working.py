"""Working out one motion: its papers, what they say to each point, and what that makes of the point.

Pure but for looking papers up: the same index gives the same state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from bot.answering.verify import stands_in
from bot.ledger.candidates import SAME_TITLE, Candidate, linked, may_answer, near, on_subject, shared_words
from bot.ledger.cues import Ask
from bot.ledger.finding import Asked, Finding, asked, findings
from bot.ledger.folding import shingles
from bot.ledger.judging import PointReader
from bot.ledger.matching import How, Stretch, stretches
from bot.ledger.overrule import overrules_of
from bot.ledger.reading import Reading, read
from bot.ledger.status import Verdict, best_first, body_of, verdict
from bot.ledger.supplement import contradictions, evidence_of, missing, whom
from bot.ledger.table import Table, learned
from bot.ledger.topics import judge_topic, on_topic
from bot.ledger.types import Link, MotionState, PointState, Reason, Status
from bot.ledger.voting import vote_of
from bot.reading import Reader
from bot.types import Hit, Searched
from ingest.embedding import Encoder
from ingest.index import DocumentHeader, IndexReader
from ingest.types import Document, Kind

ID_CHARS = 8
"""Hexadecimal digits of a motion's id: 4 thousand million, so that 10,000 motions clash once in a hundred corpora."""


def motion_id(path: str) -> str:
    """Return the short id of the motion at a path: it stays while the file stays where it is."""
    return "m" + hashlib.sha256(path.encode("utf-8")).hexdigest()[: ID_CHARS - 1]


class MotionExaminer:
    """Works motions out over one open index; remembers the papers it has read."""

    def __init__(self, index: IndexReader, encoder: Encoder, reader: Reader, table: Table | None = None) -> None:
        self._index, self._encoder, self._reader = index, encoder, reader
        self._table = table or learned()
        self._points = PointReader(index, reader)
        self._readings: dict[str, Reading] = {}
        manifest = index.manifest
        self._searched = Searched(documents=manifest.document_count, until=manifest.corpus_date)

    def work_out(self, motion: Document) -> MotionState:
        """Return a motion and the state of its points."""
        papers = self.papers_of(motion)
        findings_of = self.findings(motion, papers)
        overrules = overrules_of(motion.extras)
        states = []
        own = any(_answers(motion, reading, link) for reading, link in papers)
        for what, found in findings_of:
            if own:
                ranked = best_first(found)
                states.append(_state(what, self.judge(what, ranked), ranked, ()))
            else:
                hits = near(motion, [what.point.text], self._index, self._encoder)
                judgements = self._points.read(what.point, motion.title, hits)
                ranked = on_topic(what, motion, hits, judgements, self.reading)
                states.append(_state(what, judge_topic(ranked), ranked, hits))
        topics = {e.citation.document_id for state in states for e in state.evidence}
        return MotionState(
            motion_id=motion_id(motion.path),
            document_id=motion.document_id,
            path=motion.path,
            number=motion.number,
            procedure=motion.procedure,
            title=motion.title,
            date=motion.date,
            factions=motion.factions,
            body=motion.body,
            url=motion.url or (motion.summary_of.url if motion.summary_of else None),
            points=overrules.applied(states),
            papers=tuple(sorted({reading.document.document_id for reading, _ in papers} | topics)),
            answered_by_own=own and all(link is not Link.SUBJECT for _, link in papers),
            searched=self._searched,
            vote=vote_of(motion, papers),
        )

    def with_table(self, table: Table) -> MotionExaminer:
        """Return an examiner that weighs by another table and shares what has been read."""
        other = MotionExaminer(self._index, self._encoder, self._reader, table)
        other._readings, other._points = self._readings, self._points
        return other

    def papers_of(self, motion: Document) -> tuple[tuple[Reading, Link], ...]:
        """Return the papers that answer a motion: of its matter, else the statement on its subject.

        None of them is clearly older than the motion: what was said before it was asked does not answer it.
        """
        tied = [c for c in linked(motion, self._index) if self._speaks(motion, c)]
        if not any(self.reading(c.document_id).is_reply for c in tied):
            query = " ".join((motion.title, *(point.text for point in motion.points)))
            hits = near(motion, [query], self._index, self._encoder)
            known = {c.document_id for c in tied}
            others = [key for key in dict.fromkeys(hit.passage.document_id for hit in hits) if key not in known]
            tied += on_subject(motion, [self.reading(key) for key in others])
        return tuple((self.reading(c.document_id), c.link) for c in tied)

    def findings(self, motion: Document, papers: Sequence[tuple[Reading, Link]]) -> list[tuple[Asked, list[Finding]]]:
        """Return each point of a motion with the sentences that may answer it, in no order."""
        if not motion.points:
            return []
        own = shingles(motion.text)
        given = [(reading, link, self._stretches(motion, reading)) for reading, link in papers]
        headers = self._index.headers([reading.document.document_id for reading, _ in papers])
        return [
            (what, self._of_papers(what, given, headers, own))
            for what in (asked(point, motion.title) for point in motion.points)
        ]

    def _of_papers(
        self,
        what: Asked,
        given: Sequence[tuple[Reading, Link, Mapping[int, tuple[Stretch, ...]]]],
        headers: Mapping[str, DocumentHeader],
        own: frozenset[str],
    ) -> list[Finding]:
        """Return the sentences of papers that may answer a point, as the reader judges them."""
        position = what.point.position
        papers = [(headers[reading.document.document_id], found.get(position, ())) for reading, _, found in given]
        judgements = self._points.judgements(what.point, what.subject, papers)
        return [
            finding
            for reading, link, found in given
            for finding in findings(reading, link, found.get(position, ()), own, judgements, self._table.ranking)
        ]

    def judge(self, what: Asked, ranked: Sequence[Finding]) -> Verdict:
        """Return the status of a point from the sentences that may answer it, best first."""
        if not ranked:
            return Verdict(status=Status.OPEN, reason=Reason.NO_PAPER, shown=(), share=1.0)
        return verdict(what, ranked, self._table)

    def reading(self, document_id: str) -> Reading:
        """Read a paper once."""
        if document_id not in self._readings:
            self._readings[document_id] = read(self._index.document(document_id))
        return self._readings[document_id]

    def _speaks(self, motion: Document, candidate: Candidate) -> bool:
        """Tell whether a paper can answer at all: another motion of the matter asks, too; an older one cannot know."""
        document = self.reading(candidate.document_id).document
        return document.kind is not Kind.MOTION and may_answer(motion, document.date)

    def _stretches(self, motion: Document, reading: Reading) -> dict[int, tuple[Stretch, ...]]:
        return stretches(reading.document.text, motion.points, reading.bodies)


def _answers(motion: Document, reading: Reading, link: Link) -> bool:
    """Tell whether a paper was written or said in answer to a motion, rather than on the same matter."""
    return (
        link is not Link.PROCEDURE
        or reading.is_reply
        or reading.document.kind is Kind.PROTOCOL
        or shared_words(motion.title, reading.document.title) >= SAME_TITLE
    )


def _state(what: Asked, judged: Verdict, found: Sequence[Finding], hits: Sequence[Hit]) -> PointState:
    """Put a point's state together; nothing is quoted that does not stand in its paper word for word."""
    point = what.point
    shown = [f for f in judged.shown if stands_in(f.reading.document, f.sentence.span, f.sentence.text)]
    told = found if found and found[0].how is How.WHOLE else body_of(found) if found else ()
    return PointState(
        position=point.position,
        number=point.number,
        heading=point.heading,
        text=point.text,
        asks=what.ask in (Ask.QUESTION, Ask.YES_OR_NO),
        status=judged.status,
        worked_out=judged.status,
        reason=judged.reason,
        evidence=tuple(evidence_of(n, finding) for n, finding in enumerate(shown, start=1)),
        contradictions=contradictions(found),
        missing=missing(what, told) if shown and judged.status is not Status.ANSWERED else (),
        whom=whom(what, shown, hits),
    )
