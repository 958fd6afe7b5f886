from __future__ import annotations

from collections.abc import Callable

from bot.answering.verify import stands_in
from bot.ledger import PointState, Reason, Status
from ingest.index import IndexReader

Points = Callable[[str, int], PointState]


def test_a_promise_refused_is_open_and_says_so(point: Points) -> None:
    refused = point("antrag.md", 2)

    assert (refused.status, refused.reason) == (Status.OPEN, Reason.REFUSED)
    assert "nicht beizutreten" in refused.evidence[0].citation.quote


def test_a_report_put_off_is_not_taken_for_an_answer(point: Points) -> None:
    assert point("antrag.md", 3).status is not Status.ANSWERED


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
