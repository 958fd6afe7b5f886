"""The shipped reader on small made-up papers."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import fmean

import pytest

from bot.reading import Inquiry, PartText, load_reader
from bot.reading import bundled as bundled_module
from bot.reading.bundled import BundledReader, Judged
from bot.reading.transformer import FILES
from ingest.errors import ReaderUnavailable
from ingest.types import Span

SHIPPED = Path(bundled_module.__file__).parent.parent / "data" / "reader"


def a_part(title: str, *sentences: str) -> PartText:
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Span(start=start, end=start + len(sentence)))
        start += len(sentence) + 1
    return PartText(
        head=f"passage: {title} (Stellungnahme, 2024-03): ", text=" ".join(sentences), sentences=tuple(spans), found=1.0
    )


BUILDING = a_part(
    "Neubau der Turnhalle Nordstadt",
    "Die Halle wird im Herbst fertig.",
    "Die Baukosten betragen 4,2 Millionen Euro.",
    "Der Gemeinderat dankt dem Förderverein.",
)
BUSES = a_part(
    "Ausbau der Buslinie 12", "Die Linie fährt künftig alle zehn Minuten.", "Es werden drei Busse beschafft."
)
TREES = a_part(
    "Baumpflanzungen 2024", "Im Stadtgebiet werden 300 Bäume gepflanzt.", "Die Pflege übernimmt das Gartenamt."
)
PARTS = (TREES, BUSES, BUILDING)


def ask(text: str) -> Inquiry:
    return Inquiry(text=f"query: {text}", weights={})


@pytest.fixture(scope="module")
def reader() -> BundledReader:
    loaded = load_reader("bundled")
    assert isinstance(loaded, BundledReader)
    return loaded


ANSWERED = [
    ("Wie hoch sind die Baukosten der Turnhalle?", 2, 1),
    ("Wie teuer wird die neue Sporthalle?", 2, 1),
    ("Wie viele Bäume werden gepflanzt?", 0, 0),
    ("Wie viele Busse werden beschafft?", 1, 1),
    ("How many trees will be planted?", 0, 0),
    ("How many buses will be bought?", 1, 1),
]
UNANSWERED = [
    "Wer leitet die Stadtwerke?",
    "Wann schließt das Freibad am Abend?",
    "Welche Impfungen bietet das Gesundheitsamt an?",
    "Welche Firma baut die Turnhalle in der Nordstadt?",
    "Wie viele Bäume wurden 2019 gefällt?",
]
OTHER_WORDS = [
    ("Wie oft kommt der 12er?", 1, 0),
    ("Wann kann man dort Sport machen?", 2, 0),
    ("Wer pflegt die Bäume?", 0, 1),
    ("Was machen die Gärtner für die neuen Linden?", 0, 1),
    ("Yeni otobüs kaç tane alınacak?", 1, 1),
    ("Combien coûte la construction de la salle ?", 2, 1),
    ("Quante volte passa l'autobus della linea 12?", 1, 0),
]


def comes_first(reader: BundledReader, question: str, part: int, sentence: int) -> tuple[bool, bool]:
    """Say whether the part that answers comes first among the parts, and the sentence within it."""
    reading = reader.read(ask(question), PARTS)
    sentences = reading.parts[part].sentences or ()
    first = max(range(len(PARTS)), key=lambda place: reading.parts[place].relevance)
    return first == part, max(range(len(sentences)), key=lambda place: sentences[place]) == sentence


@pytest.mark.parametrize(("question", "part", "sentence"), ANSWERED)
def test_the_part_and_the_sentence_that_answer_come_first(
    reader: BundledReader, question: str, part: int, sentence: int
) -> None:
    assert comes_first(reader, question, part, sentence) == (True, True)


def test_what_is_asked_in_other_words_or_another_language_is_mostly_found(reader: BundledReader) -> None:
    sentences = [comes_first(reader, *asked)[1] for asked in OTHER_WORDS]

    assert sum(sentences) > len(sentences) / 2, "by chance it would be not half of them"


def test_what_is_answered_is_more_probable_than_what_is_not(reader: BundledReader) -> None:
    answered = [reader.read(ask(question), PARTS).confidence or 0.0 for question, _, _ in ANSWERED]
    missed = [reader.read(ask(question), PARTS).confidence or 0.0 for question in UNANSWERED]

    assert fmean(answered) > fmean(missed)


def test_the_same_question_gets_the_same_numbers_beside_other_parts(reader: BundledReader) -> None:
    question = ask("Wie teuer wird die neue Sporthalle?")

    alone = BundledReader().read(question, [BUILDING]).parts[0]
    again = reader.read(question, [BUILDING, TREES]).parts[0]

    assert alone.sentences == again.sentences


def test_fewer_parts_are_read_while_other_questions_wait(
    reader: BundledReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []
    everybody = threading.Barrier(4)

    def judge(question: str, parts: Sequence[PartText], apart: int, together: int) -> Judged:
        seen.append((apart, together))
        everybody.wait(timeout=10)
        return Judged(near=(), verdicts={})

    monkeypatch.setattr(reader, "judge", judge)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: reader.read(ask(str(n)), PARTS), range(4)))

    assert sorted(seen, reverse=True)[0] == (bundled_module.APART, bundled_module.TOGETHER)
    assert min(seen) == (
        max(bundled_module.LEAST, bundled_module.APART // 4),
        max(bundled_module.LEAST, bundled_module.TOGETHER // 4),
    )


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_of_the_model_is_named(tmp_path: Path, name: str) -> None:
    for file in SHIPPED.iterdir():
        if file.name != name:
            shutil.copy(file, tmp_path)

    with pytest.raises(ReaderUnavailable, match="nicht lesbar"):
        BundledReader(tmp_path)
