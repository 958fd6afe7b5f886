"""The stand-in for a reader does what its tests rely on."""

from __future__ import annotations

from bot.reading import Inquiry, PartText, Reader
from ingest.types import Span
from tests.bot.readers import WordReader

QUESTION = Inquiry(text="query: Wie viele Bäume stehen im Park?", weights={})


def a_part(text: str) -> PartText:
    return PartText(head="", text=text, sentences=(Span(start=0, end=len(text)),), found=1.0)


def test_it_is_a_reader() -> None:
    reader: Reader = WordReader()

    assert isinstance(reader, Reader)


def test_the_more_words_of_the_question_a_sentence_holds_the_more_it_answers() -> None:
    reading = WordReader().read(QUESTION, [a_part("Im Park stehen 40 Bäume."), a_part("Der Park ist groß.")])

    much, little = (part.sentences[0] for part in reading.parts if part.sentences)
    assert much > little > 0
    assert reading.answered
    assert reading.confidence == much


def test_a_sentence_of_another_matter_answers_nothing() -> None:
    reading = WordReader().read(QUESTION, [a_part("Der Bus fährt um acht.")])

    assert not reading.answered
    assert not WordReader().read(QUESTION, []).answered


def test_what_it_does_not_read_closely_stands_behind() -> None:
    reading = WordReader(closely=1).read(QUESTION, [a_part("Der Bus fährt."), a_part("Im Park stehen 40 Bäume.")])

    assert [part.sentences is None for part in reading.parts] == [False, True]
    assert reading.parts[0].relevance > reading.parts[1].relevance
    assert reading.read == 1
