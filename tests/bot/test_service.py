from __future__ import annotations

import logging
import shutil
import threading
from pathlib import Path

import pytest

from bot.access import Access
from bot.answering.verify import fold
from bot.app import build
from bot.reading import Reader
from bot.service import Ratslotse
from bot.types import Answered, Declined, DeclineReason, Question
from ingest.embedding import load_encoder
from ingest.errors import IndexMissing
from ingest.index import LiveIndex
from ingest.pipeline import add
from ingest.types import Kind
from tests.bot.conftest import CANARY, PAPERS
from tests.bot.readers import WordReader


def test_an_answer_is_verbatim_and_names_its_source(ratslotse: Ratslotse) -> None:
    reply = ratslotse.ask(Question(text="Wie viele Stellen sind in den Bürgerbüros unbesetzt?"))

    assert isinstance(reply, Answered)
    citation = reply.citations[0]
    assert "31 Stellen unbesetzt" in reply.statements[0].text
    assert (citation.path, citation.kind, citation.number) == ("stellungnahme-9101.txt", Kind.REPORT, "9101/2023")
    assert citation.url == "https://rat.example/9101"
    assert fold(citation.quote) in fold(PAPERS["stellungnahme-9101.txt"][0])


def test_every_statement_cites_and_the_whole_fits_a_phone(ratslotse: Ratslotse) -> None:
    reply = ratslotse.ask(Question(text="Was ist über Termine und Stellen in den Bürgerbüros bekannt?"))

    assert isinstance(reply, Answered)
    assert 1 <= len(reply.statements) <= 4
    assert sum(len(statement.text) for statement in reply.statements) <= 1200
    numbers = {citation.n for citation in reply.citations}
    assert all(statement.citations and numbers.issuperset(statement.citations) for statement in reply.statements)


def read_by(reader: Reader, index_dir: Path) -> Ratslotse:
    """Return a public Ratslotse over `PAPERS` with a reader of the test's own."""
    encoder = load_encoder("bundled")
    return Ratslotse(indexes=[LiveIndex(index_dir / "public", encoder)], encoder=encoder, reader=reader)


def test_a_thing_that_no_paper_names_is_declined_with_what_comes_closest(index_dir: Path) -> None:
    question = Question(text="Wie viele Hubschrauber besitzen die Bürgerbüros?")
    reply = read_by(WordReader(enough=0.9), index_dir).ask(question)

    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.NOT_SUPPORTED
    assert reply.nearest
    assert reply.near_miss is not None
    assert any(fold(reply.near_miss.quote) in fold(text) for text, _ in PAPERS.values())
    assert (reply.searched.documents, str(reply.searched.until)) == (5, "2024-06-30")


@pytest.mark.parametrize("enough", [0.0, 2.0])
def test_the_reader_alone_decides_whether_there_is_an_answer_and_the_reply_says_who_read(
    index_dir: Path, enough: float
) -> None:
    question = Question(text="Wie viele Stellen sind in den Bürgerbüros unbesetzt?")
    reply = read_by(WordReader(enough=enough), index_dir).ask(question)

    assert isinstance(reply, Answered if enough == 0.0 else Declined)
    assert reply.read_by is not None
    assert (reply.read_by.reader, reply.read_by.confidence) == ("wort-leser", 1.0)
    assert 0 < reply.read_by.parts <= WordReader().closely


def test_what_the_reader_did_not_read_closely_is_never_said(index_dir: Path) -> None:
    reply = read_by(WordReader(enough=0.0, closely=0), index_dir).ask(Question(text="Wie viele Stellen gibt es?"))

    assert isinstance(reply, Declined)
    assert (reply.reason, reply.near_miss) == (DeclineReason.NOT_SUPPORTED, None)
    assert reply.hits


@pytest.mark.parametrize("text", ["", "???", "Danke!", "asdf qwer"])
def test_the_reader_is_not_asked_where_there_is_nothing_to_read(index_dir: Path, text: str) -> None:
    reader = WordReader()

    assert isinstance(read_by(reader, index_dir).ask(Question(text=text)), Declined)
    assert reader.asked == []


@pytest.mark.parametrize("text", ["", "   ", "???", "…"])
def test_no_question_is_told_so(ratslotse: Ratslotse, text: str) -> None:
    reply = ratslotse.ask(Question(text=text))

    assert isinstance(reply, Declined)
    assert reply.reason is DeclineReason.EMPTY_QUESTION


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("Was steht in GRDrs 9202/2022?", "vorlage-9202.html"),
        ("Was sagt die GRDrs. 9202/2022 zu den Kosten?", "vorlage-9202.html"),
        ("Was verlangt der Antrag 9101/2023?", "antrag-9101.md"),
    ],
)
def test_a_paper_named_by_its_number_comes_first(ratslotse: Ratslotse, question: str, path: str) -> None:
    reply = ratslotse.ask(Question(text=question))

    assert reply.hits[0].document.path == path


def test_a_vote_is_looked_for_in_the_protocol(ratslotse: Ratslotse) -> None:
    reply = ratslotse.ask(Question(text="Wie ging die Abstimmung über die Online-Termine in den Bürgerbüros aus?"))

    assert isinstance(reply, Answered)
    assert any("Einstimmig" in statement.text for statement in reply.statements[:2])
    assert reply.citations[0].kind is Kind.PROTOCOL


def test_a_follow_up_finds_its_subject(index_dir: Path) -> None:
    history = ("In wie vielen Bürgerbüros kann man Termine online buchen?",)
    reader = WordReader()

    reply = read_by(reader, index_dir).ask(Question(text="Und wie viele Stellen sind da unbesetzt?", history=history))

    assert isinstance(reply, Answered)
    assert any("31 Stellen" in statement.text for statement in reply.statements)
    ((inquiry, _),) = reader.asked
    assert inquiry.text == f"query: {history[0]} Und wie viele Stellen sind da unbesetzt?"


@pytest.mark.parametrize(
    "question",
    [
        "How many data sets does the Geoportal have?",
        "Geoportal 412 kaç veri kümesi gösteriyor?",
        "Geoportal " * 500,
        "'; DROP TABLE passages; --",
        "<b>Geoportal</b> \x00\ud800",
    ],
)
def test_other_languages_and_odd_input_never_crash(ratslotse: Ratslotse, question: str) -> None:
    reply = ratslotse.ask(Question(text=question))

    assert isinstance(reply, Answered | Declined)


def test_the_same_question_gives_the_same_reply(ratslotse: Ratslotse) -> None:
    question = Question(text="Was kostet die elektronische Akte?")

    first, second = ratslotse.ask(question), ratslotse.ask(question)

    assert [hit.passage.passage_id for hit in first.hits] == [hit.passage.passage_id for hit in second.hits]
    assert isinstance(first, Answered)
    assert isinstance(second, Answered)
    assert first.statements == second.statements


def test_a_public_caller_never_sees_a_nonpublic_paper(ratslotse: Ratslotse) -> None:
    for text in (CANARY, "Was kostet die Reinigung?", "Vorlage 9303/2023", "Vergabe der Reinigung 77.777 Euro"):
        reply = ratslotse.ask(Question(text=text))

        assert CANARY not in repr(reply)
        assert "77.777" not in repr(reply)


def test_who_asks_for_nonpublic_papers_gets_them_marked(index_dir: Path) -> None:
    everything = build(index_dir=index_dir, encoder_name="bundled", access=Access.ALL)

    reply = everything.ask(Question(text="Was kostet die Vergabe der Reinigung?"))

    assert isinstance(reply, Answered)
    assert reply.citations[0].visibility == "nonpublic"
    assert reply.searched.documents == 6


def test_a_source_is_shown_where_it_stands(ratslotse: Ratslotse) -> None:
    reply = ratslotse.ask(Question(text="Wie viele Stellen sind in den Bürgerbüros unbesetzt?"))
    assert isinstance(reply, Answered)

    view = ratslotse.source(reply.citations[0])

    assert view is not None
    assert "online gebucht" in view.before
    assert "Zulage" in view.after


def test_the_page_comes_from_where_the_quote_stands(ratslotse: Ratslotse) -> None:
    reply = ratslotse.ask(Question(text="Wofür dankt Stadträtin Muster (SPD) der Verwaltung?"))

    assert isinstance(reply, Answered)
    assert (reply.citations[0].path, reply.citations[0].page) == ("protokoll-9101.txt", 2)


def test_the_log_holds_neither_question_nor_names(ratslotse: Ratslotse, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="bot"):
        ratslotse.ask(Question(text="Wie viele Stellen sind in den Bürgerbüros unbesetzt?"))

    assert len(caplog.records) == 1
    assert "Bürgerbüro" not in caplog.text
    assert "outcome=answered" in caplog.text


def test_without_an_index_the_caller_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        build(index_dir=tmp_path, encoder_name="bundled").ask(Question(text="Was nun?"))


def test_questions_go_on_while_papers_are_added(tmp_path: Path) -> None:
    papers, index = tmp_path / "papiere", tmp_path / "index"
    papers.mkdir()
    encoder = load_encoder("bundled")

    def write(count: int) -> None:
        for name in ("a", "b"):
            text = f"Bericht: Das Geoportal zeigt {count} Datensätze. Stand {count}.\n"
            (papers / f"{name}.txt").write_text(text, encoding="utf-8")

    write(100)
    add(index, [papers], encoder)
    ratslotse = build(index_dir=index, encoder_name="bundled")
    seen: list[set[str]] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            reply = ratslotse.ask(Question(text="Wie viele Datensätze zeigt das Geoportal?"))
            seen.append({hit.passage.text.split()[-1] for hit in reply.hits})

    thread = threading.Thread(target=ask)
    thread.start()
    for count in (200, 300):
        write(count)
        add(index, [papers], encoder)
    stop.set()
    thread.join()

    assert seen
    assert all(len(stands) == 1 for stands in seen), "a reply mixed two generations"
    reply = ratslotse.ask(Question(text="Wie viele Datensätze zeigt das Geoportal?"))
    assert {hit.passage.text.split()[-1] for hit in reply.hits} == {"300."}
    shutil.rmtree(index)
