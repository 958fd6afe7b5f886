from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.answering.verify import stands_in
from bot.ledger import PointState, Reason, Status
from bot.ledger.table import Table
from bot.ledger.working import MotionExaminer
from bot.reading import Inquiry, PartText, Reading
from ingest.embedding import Encoder
from ingest.index import IndexReader
from tests.bot.readers import WordReader

Points = Callable[[str, int], PointState]


def test_a_promise_refused_is_open_and_says_so(point: Points) -> None:
    refused = point("antrag.md", 2)

    assert (refused.status, refused.reason) == (Status.OPEN, Reason.REFUSED)
    assert "nicht beizutreten" in refused.evidence[0].citation.quote


class Foretelling(WordReader):
    """Says of every sentence that the same becomes of a point by it."""

    def __init__(self, status: Status) -> None:
        super().__init__()
        self.row = tuple(1.0 if one is status else 0.0 for one in (Status.ANSWERED, Status.PARTLY, Status.OPEN))

    def read(self, inquiry: Inquiry, parts: Sequence[PartText]) -> Reading:
        """See `Reader.read`."""
        reading = super().read(inquiry, parts)
        said = tuple(replace(part, statuses=(self.row,) * len(part.sentences or ())) for part in reading.parts)
        return replace(reading, parts=said)


PLAIN = Table(ranking={"answers": 1.0, "anchored": 3.0}, signs={status: {status.value: 1.0} for status in Status})
"""As the reader says, nothing else."""


@pytest.mark.parametrize(
    ("position", "foretold", "reason"),
    [
        (1, Status.ANSWERED, Reason.ANSWERED),
        (1, Status.OPEN, Reason.NOT_ADDRESSED),
        (2, Status.OPEN, Reason.REFUSED),
        (3, Status.OPEN, Reason.DEFERRED),
        (3, Status.PARTLY, Reason.INCOMPLETE),
    ],
)
def test_the_status_is_what_the_reader_says_and_its_reason_what_the_words_say(
    reader: IndexReader, encoder: Encoder, position: int, foretold: Status, reason: Reason
) -> None:
    (header,) = reader.find("antrag.md")
    examiner = MotionExaminer(reader, encoder, Foretelling(foretold), PLAIN)

    told = examiner.work_out(reader.document(header.document_id)).points[position - 1]

    assert (told.status, told.reason) == (foretold, reason)


def test_a_point_is_shown_by_the_words_below_its_own_number(point: Points) -> None:
    assert point("antrag.md", 1).evidence[0].citation.quote.startswith("In sieben von zwanzig")


def test_a_point_that_no_paper_is_on_is_open_without_evidence(point: Points) -> None:
    unanswered = point("anfrage.md", 1)

    assert (unanswered.status, unanswered.reason) == (Status.OPEN, Reason.NOT_ADDRESSED)
    assert unanswered.evidence == ()


def test_evidence_carries_its_stand_and_the_office_to_ask(point: Points) -> None:
    answered = point("antrag.md", 1)

    assert str(answered.evidence[0].as_of) == "2031-03-02"
    assert answered.whom == "Bürgeramt"


def test_every_quote_stands_word_for_word_in_its_paper(point: Points, reader: IndexReader) -> None:
    for position in (1, 2, 3):
        for evidence in point("antrag.md", position).evidence:
            citation = evidence.citation
            assert stands_in(reader.document(citation.document_id), citation.span, citation.quote)
