from __future__ import annotations

from datetime import date

import pytest

from bot.answering.citation import cite
from bot.answering.decline import near_miss, nearest
from bot.answering.evidence import Evidence
from bot.answering.office import office_named
from bot.phrases import decline as phrases
from bot.types import Citation, Declined, DeclineReason, Hit, Language, Searched
from ingest.german import search_tokens
from ingest.index import DocumentHeader
from ingest.types import Kind, Passage, SectionRole, Span, Visibility
from tests.bot.passages import a_paper


def a_hit(text: str = "Satz.", *, paper: str = "p", title: str = "Titel", kind: Kind = Kind.REPORT) -> Hit:
    """Build a found passage; papers differ by `paper`."""
    document = DocumentHeader(
        document_id=paper, path=f"{paper}.txt", title=title, kind=kind, visibility=Visibility.PUBLIC, number="12/2023",
        version="", date=date(2023, 1, 2), date_basis=None, as_of=None, years=(2023,), procedure=None, body=None,
        factions=(), url=None, summary_of=None,
    )  # fmt: skip
    passage = Passage(
        passage_id=f"{paper}-{text}", document_id=paper, ordinal=0, span=Span(start=0, end=len(text)), text=text,
        role=SectionRole.BODY, heading="", agenda_item=None,
    )  # fmt: skip
    return Hit(passage=passage, document=document, score=1.0, bm25=1.0, cosine=0.5)


def evidence(text: str, answers: float) -> Evidence:
    """Build a sentence of a part that was read."""
    return Evidence(
        hit=a_hit(text), span=Span(start=0, end=len(text)), text=text, tokens=frozenset(search_tokens(text)),
        role=SectionRole.BODY, answers=answers,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "told", "reason"),
    [
        ([0.3, 0.1], True, "the best sentence is near, though no answer"),
        ([0.01], False, "a sentence of another matter is told as nothing"),
        ([], False, "nothing was read"),
    ],
)
def test_a_near_miss_is_told_where_one_is_near(answers: list[float], told: bool, reason: str) -> None:
    found = [evidence("Es sind 100.000 Akten.", value) for value in answers]

    assert (near_miss(found) is not None) is told, reason


def test_the_nearest_papers_are_two_that_a_reader_can_tell_apart() -> None:
    hits = [a_hit(paper="a"), a_hit(paper="b"), a_hit(paper="a"), a_hit(paper="c", title="Anderes"), a_hit(paper="d")]

    assert [hit.document.path for hit in nearest(hits)] == ["a.txt", "c.txt"]


@pytest.mark.parametrize(
    ("text", "office", "reason"),
    [
        ("Das Gartenbauamt prüft. Sitz des Gartenbauamtes ist hier.", "Gartenbauamt", "the genitive counts, too"),
        ("Das Schul- und Sportamt plant. Das Schul- und Sportamt baut.", "Schul- und Sportamt", "of two parts"),
        ("Das Amt für Umwelt und Arbeitsschutz misst, das Amt für Umwelt und Arbeitsschutz warnt.",
         "Amt für Umwelt und Arbeitsschutz", "Amt für …"),
        ("Das Stadtamt Durlach und das Tiefbauamt. Das Stadtamt Durlach.", "Stadtamt Durlach", "the most often named"),
        ("Das Gartenbauamt prüft.", None, "once is too seldom"),
        ("Insgesamt viel. Insgesamt mehr. Das Ehrenamt im Ehrenamt.", None, "words that only end like one"),
        ("Das Bundesamt und das Bundesamt.", None, "offices of others"),
        ("Das Hauptamt und das Hauptamt.", None, "the one that signs every paper"),
    ],
)  # fmt: skip
def test_the_office_that_may_know_is_named_from_the_papers(text: str, office: str | None, reason: str) -> None:
    assert office_named(search_tokens(text), [a_hit(text)]) == office, reason


def test_only_the_nearest_papers_say_which_office_may_know() -> None:
    far = a_hit("Das Tiefbauamt. Das Tiefbauamt.", paper="c", title="Drittes")

    assert office_named(["tiefbauamt"], [a_hit(), a_hit(paper="b", title="Zweites"), far]) is None


@pytest.mark.parametrize(
    ("question", "office", "reason"),
    [
        ("Wer pflegt die Bäume im Park?", "Gartenbauamt", "most of what is asked for stands in the nearest papers"),
        ("Wer ist der Bürgermeister von Hamburg?", None, "nothing of it does"),
        ("Wie viele Apfelbäume stehen in Hamburg?", None, "a part of a compound is not the thing"),
        ("Wie viele Bäume stehen in Hamburg?", None, "half of it is another matter"),
    ],
)
def test_an_office_is_named_only_for_what_its_papers_are_about(question: str, office: str | None, reason: str) -> None:
    hit = a_hit("Das Gartenbauamt pflegt die Bäume im Park. Das Gartenbauamt pflanzt.")

    assert office_named(search_tokens(question), [hit]) == office, reason


def declined(office: str | None = None, language: Language = Language.DE, miss: Citation | None = None) -> Declined:
    return Declined(
        reason=DeclineReason.NOT_SUPPORTED, nearest=(), hits=(), searched=Searched(documents=1, until=None), index="i",
        language=language, office=office, near_miss=miss,
    )  # fmt: skip


@pytest.mark.parametrize("language", Language)
def test_declining_is_one_sentence(language: Language) -> None:
    told = phrases.told(declined(language=language))

    assert told.endswith(".")
    assert told.count(".") == 1


@pytest.mark.parametrize("language", Language)
def test_a_near_miss_is_quoted_and_called_no_answer(language: Language) -> None:
    text = "Rund 100.000 Akten sollen gescannt werden."
    paper = a_paper(text)
    miss = cite(1, paper, Span(start=0, end=len(text)))

    told = phrases.near_miss(declined(language=language, miss=miss))

    assert text in told
    assert "[1]" in told
    assert {Language.DE: "ohne zu antworten", Language.EN: "no answer"}[language] in told
    assert phrases.near_miss(declined(language=language)) == ""


def test_who_may_know_is_named() -> None:
    assert phrases.who_might_know(declined("Gartenbauamt")).startswith("Auskunft könnte das Gartenbauamt geben")
    assert phrases.who_might_know(declined()) == ""
