from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.types import Answered, Citation, Declined, DeclineReason, Hit, Question, Reply, Searched, Statement, Timing
from evals.answers import Outcome
from evals.gold import GoldQuestion, GoldSet
from evals.run import ask_all, evaluate, origin, unknown_evidence
from evals.shelf import IndexTexts
from evals.texts import Papers
from ingest.errors import IndexMissing, ModelUnavailable
from ingest.index import DocumentHeader
from ingest.types import Kind, Passage, SectionRole, Span, Visibility
from tests.builders import a_document
from tests.evals.made_up import TEXTS

QUESTION = GoldQuestion.model_validate(
    {
        "id": "q1",
        "question": "Wer liefert die Rechner?",
        "kind": "followup",
        "history": ["Was ist mit dem Netz?"],
        "evidence": [{"file": "p3", "quote": "Die Firma Bechtel liefert"}],
        "must_contain": [["Bechtel"]],
    }
)
NOTHING = GoldQuestion.model_validate({"id": "q2", "question": "Wie viele Tauben?", "kind": "unanswerable"})
GOLD = GoldSet(name="gold.jsonl", questions=(QUESTION, NOTHING))
SEARCHED = Searched(documents=1, until=dt.date(2024, 1, 31))


class Shelf:
    """Holds the made-up papers as an index would."""

    def all_headers(self) -> tuple[DocumentHeader, ...]:
        return tuple(_header(name) for name in TEXTS)

    def document(self, document_id: str):  # type: ignore[no-untyped-def]
        return a_document(document_id=document_id, source=TEXTS[document_id.removeprefix("id-")])


def _header(name: str) -> DocumentHeader:
    return DocumentHeader(
        document_id=f"id-{name}",
        path=f"antraege/{name}.txt",
        title=f"Papier {name}",
        kind=Kind.REPORT,
        visibility=Visibility.PUBLIC,
        number=None,
        version="",
        date=None,
        date_basis=None,
        as_of=None,
        years=(),
        procedure=None,
        body=None,
        factions=(),
        url=None,
        summary_of=None,
    )


def _hit(name: str) -> Hit:
    text = TEXTS[name]
    passage = Passage(
        passage_id=f"s-{name}",
        document_id=f"id-{name}",
        ordinal=0,
        span=Span(start=0, end=len(text)),
        text=text,
        role=SectionRole.BODY,
        heading="",
        agenda_item=None,
    )
    return Hit(passage=passage, document=_header(name), score=1.0, bm25=1.0, cosine=0.5)


def _ask(question: Question) -> Reply:
    """Know one answer, and decline everything else."""
    hits = (_hit("p3"),)
    timing = Timing(retrieve=1.0, answer=2.0, total=3.0)
    if "Rechner" not in question.text:
        return Declined(
            reason=DeclineReason.NOT_SUPPORTED, nearest=hits, hits=hits, searched=SEARCHED, index="abc", timing=timing
        )
    citation = Citation(
        n=1,
        document_id="id-p3",
        path="antraege/p3.txt",
        title="Papier p3",
        kind=Kind.REPORT,
        visibility=Visibility.PUBLIC,
        number=None,
        date=None,
        date_basis=None,
        page=None,
        agenda_item=None,
        quote="Die Firma Bechtel liefert die Rechner.",
        span=Span(start=0, end=38),
        url=None,
    )
    statement = Statement(text="Die Firma Bechtel liefert die Rechner.", citations=(1,))
    return Answered(
        statements=(statement,), citations=(citation,), hits=hits, searched=SEARCHED, index="abc", timing=timing
    )


def test_replies_are_marked_like_records_with_texts_from_the_index() -> None:
    asked = ask_all(GOLD.questions, _ask)
    result = evaluate(GOLD, asked.answers, Papers(IndexTexts(Shelf())), origin(GOLD, asked.answers, documents=1))

    values = {name: interval.value for name, interval in result.measures.items()}
    assert asked.failures == ()
    assert (values["right"], values["declined"], values["verbatim"], values["citation_support"]) == (1, 1, 1, 1)
    assert values["p95ms"] == 3.0
    assert (result.origin.index, result.origin.gold, result.origin.documents) == ("abc", "gold.jsonl", 1)
    assert result.origin.created.tzinfo is dt.UTC


def test_the_history_of_a_question_is_asked_along() -> None:
    seen: list[Question] = []

    def ask(question: Question) -> Reply:
        seen.append(question)
        return _ask(question)

    ask_all(GOLD.questions, ask)

    assert [question.history for question in seen] == [("Was ist mit dem Netz?",), ()]


@pytest.mark.parametrize(
    ("error", "told"),
    [(ModelUnavailable("Das Modell schweigt."), "q1: Das Modell schweigt."), (RuntimeError("x"), "q1: RuntimeError")],
    ids=["an expected error is told in its words", "a bug is named and logged"],
)
def test_one_question_that_fails_does_not_end_the_others(error: Exception, told: str) -> None:
    def ask(question: Question) -> Reply:
        if question.history:
            raise error
        return _ask(question)

    asked = ask_all(GOLD.questions, ask)
    result = evaluate(GOLD, asked.answers, Papers(IndexTexts(Shelf())), origin(GOLD, asked.answers))

    assert len(asked.failures) == 1
    assert asked.failures[0].startswith(told)
    assert [case.outcome for case in result.cases] == [Outcome.FAILED, Outcome.DECLINED]
    assert result.measures["right"].value == 0


def test_answers_to_no_question_count_for_the_time_alone() -> None:
    asked = ask_all(GOLD.questions, _ask)
    stray = asked.answers["q2"].model_copy(update={"id": "q9"})
    papers = Papers(IndexTexts(Shelf()))
    result = evaluate(GOLD, asked.answers | {"q9": stray}, papers, origin(GOLD, asked.answers))

    assert result.measures["p50ms"].questions == 3
    assert result.measures["declined"].questions == 1
    assert len(result.cases) == 2


def test_evidence_that_nobody_has_a_text_of_is_named() -> None:
    gold = GoldSet(
        name="g",
        questions=(
            QUESTION,
            QUESTION.model_copy(
                update={"id": "q3", "evidence": (QUESTION.evidence[0].model_copy(update={"file": "x"}),)}
            ),
        ),
    )

    assert unknown_evidence(gold, Papers(IndexTexts(Shelf()))) == ("x",)


def test_an_index_that_is_not_there_is_no_answer() -> None:
    def ask(question: Question) -> Reply:
        raise IndexMissing(Path("leer"))

    assert all("liegt noch kein Index" in failure for failure in ask_all(GOLD.questions, ask).failures)
