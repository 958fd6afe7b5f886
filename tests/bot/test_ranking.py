"""What the reader says decides the order; what it is shown, and what it cannot decide, does not depend on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.evidence import MAX_CHARS, MIN_CHARS, collect
from bot.question.query import understand
from bot.reading import Inquiry, PartReading, PartText, Reader, Reading
from bot.retrieval.ranking import NOTHING, Ranked, rank
from bot.types import Hit
from ingest.embedding import load_encoder
from ingest.index import IndexReader, LiveIndex
from ingest.types import Section, SectionRole, Span
from tests.bot.conftest import CANARY
from tests.bot.passages import a_hit, a_paper
from tests.bot.readers import WordReader

QUESTION = "Was ist über Termine und Stellen in den Bürgerbüros bekannt?"


class Indifferent(WordReader):
    """Finds all parts alike."""

    def read(self, inquiry: Inquiry, parts: Sequence[PartText]) -> Reading:
        """See `Reader.read`."""
        super().read(inquiry, parts)
        alike = tuple(PartReading(relevance=0.5, sentences=tuple(0.5 for _ in part.sentences)) for part in parts)
        return Reading(parts=alike, answered=True, confidence=None, read=len(parts))


class Contrary(WordReader):
    """Finds that best which was found last."""

    def read(self, inquiry: Inquiry, parts: Sequence[PartText]) -> Reading:
        """See `Reader.read`."""
        super().read(inquiry, parts)
        turned = tuple(PartReading(relevance=float(place), sentences=None) for place in range(len(parts)))
        return Reading(parts=turned, answered=False, confidence=0.0, read=0)


@pytest.fixture(scope="module")
def index(index_dir: Path) -> Iterator[IndexReader]:
    with LiveIndex(index_dir / "public", load_encoder("bundled")) as live, live.reader() as reader:
        yield reader


def ranked(index: IndexReader, reader: Reader, question: str = QUESTION, k: int = 20, *context: str) -> Ranked:
    return rank(question, context, understand(question, context), [index], load_encoder("bundled"), reader, k)


def ids(found: Ranked) -> list[str]:
    return [hit.passage.passage_id for hit in found.hits]


def test_the_reader_decides_the_order_and_each_hit_keeps_what_was_said_of_it(index: IndexReader) -> None:
    found = ranked(index, Contrary())

    assert [part.relevance for part in found.parts] == [float(n) for n in reversed(range(len(found.hits)))]
    assert [hit.score for hit in found.hits] == [part.relevance for part in found.parts]
    assert len(found.parts) == len(found.hits) > 1


def test_where_the_reader_sees_no_difference_the_order_is_total(index: IndexReader) -> None:
    found = ranked(index, Indifferent())

    places = [(hit.document.path, hit.passage.span.start) for hit in found.hits]
    assert places == sorted(places)
    assert ids(found) == ids(ranked(index, Indifferent()))


def test_a_paper_named_by_its_number_stands_first_whatever_the_reader_says(index: IndexReader) -> None:
    for reader in (Contrary(), Indifferent(), WordReader()):
        found = ranked(index, reader, "Was kostet laut 9202/2022 die Zulage in den Bürgerbüros?")

        assert found.hits[0].document.path == "vorlage-9202.html", type(reader).__name__


def test_the_reader_is_asked_once_about_no_more_than_was_wanted_best_found_first(index: IndexReader) -> None:
    reader = WordReader()
    ranked(index, reader, QUESTION, 3)

    ((_, parts),) = reader.asked
    assert len(parts) == 3
    assert [part.found for part in parts] == sorted((part.found for part in parts), reverse=True)


def test_the_number_of_a_paper_is_no_reason_for_the_reader(index: IndexReader) -> None:
    reader = WordReader()
    ranked(index, reader, "Was steht in GRDrs 9202/2022?")

    ((_, parts),) = reader.asked
    assert all(abs(part.found) < 50 for part in parts), "a bonus of 100 would drown all else that it reads"


def test_the_reader_is_told_the_question_before(index: IndexReader) -> None:
    reader = WordReader()
    ranked(index, reader, "Und wie viele sind da unbesetzt?", 20, "Wie viele Stellen haben die Bürgerbüros?")

    ((inquiry, _),) = reader.asked
    assert inquiry.text == "query: Wie viele Stellen haben die Bürgerbüros? Und wie viele sind da unbesetzt?"


def test_the_reader_is_never_shown_a_paper_of_another_index(index: IndexReader) -> None:
    reader = WordReader()
    for question in (CANARY, "Was kostet die Vergabe der Reinigung?", "Vorlage 9303/2023", QUESTION):
        ranked(index, reader, question)

    shown = "".join(part.head + part.text for _, parts in reader.asked for part in parts)
    assert shown
    assert CANARY not in shown
    assert "77.777" not in shown


@pytest.mark.parametrize("question", ["", "???", "asdf qwer", "0999/1999"])
def test_where_nothing_is_found_nobody_is_asked(index: IndexReader, question: str) -> None:
    reader = WordReader()

    assert ranked(index, reader, question) == NOTHING
    assert reader.asked == []


def with_sentences(text: str, name: str, sentences: tuple[Span, ...]) -> Hit:
    return replace(a_hit(a_paper(text, document_id=name, path=f"{name}.txt")), sentences=sentences)


def said(answers: Sequence[float] | None) -> PartReading:
    return PartReading(relevance=0.0, sentences=None if answers is None else tuple(answers))


def test_sentences_come_in_a_total_order_whatever_part_they_stand_in() -> None:
    texts = {"b": "Ein guter Satz. Ein zweiter Satz.", "a": "Ein dritter Satz. Ein vierter Satz."}
    sentences = {
        "b": (Span(start=0, end=15), Span(start=16, end=33)),
        "a": (Span(start=0, end=17), Span(start=18, end=35)),
    }
    hits = [with_sentences(text, name, sentences[name]) for name, text in texts.items()]

    found = collect(hits, [said([0.5, 0.9]), said([0.5, 0.5])], {})

    assert [item.text for item in found] == [
        "Ein zweiter Satz.",
        "Ein dritter Satz.",
        "Ein vierter Satz.",
        "Ein guter Satz.",
    ]
    assert found == collect(hits[::-1], [said([0.5, 0.5]), said([0.5, 0.9])], {})


@pytest.mark.parametrize(
    ("text", "role", "kept", "reason"),
    [
        ("Die Halle wird gebaut.", SectionRole.BODY, True, "a sentence"),
        ("Ja." + " " * (MIN_CHARS - 5), SectionRole.BODY, False, "a stub"),
        ("Zahl und Wort " * (MAX_CHARS // 10), SectionRole.BODY, False, "a table without stops"),
        ("Frank Muster, Bürgermeister", SectionRole.CLOSING, False, "who signed"),
    ],
)
def test_what_is_no_sentence_answers_nothing_however_sure_the_reader_is(
    text: str, role: SectionRole, kept: bool, reason: str
) -> None:
    whole = Span(start=0, end=len(text))
    sections = {"p": (Section(span=whole, role=role, heading=""),)}

    found = collect([with_sentences(text, "p", (whole,))], [said([1.0])], sections)

    assert bool(found) is kept, reason


def test_a_part_that_was_not_read_closely_gives_no_sentence() -> None:
    text = "Die Halle wird gebaut."

    assert collect([with_sentences(text, "p", (Span(start=0, end=len(text)),))], [said(None)], {}) == []
