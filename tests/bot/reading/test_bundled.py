"""The shipped reader on small made-up papers."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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


@pytest.mark.parametrize(
    ("question", "part", "sentence"),
    [
        ("Wie teuer wird die neue Sporthalle?", 2, 1),
        ("How many trees will be planted?", 0, 0),
        ("Wie oft fährt die Buslinie 12 künftig?", 1, 0),
    ],
)
def test_the_part_and_the_sentence_that_answer_come_first(
    reader: BundledReader, question: str, part: int, sentence: int
) -> None:
    reading = reader.read(ask(question), PARTS)

    assert max(range(3), key=lambda place: reading.parts[place].relevance) == part
    sentences = reading.parts[part].sentences or ()
    assert max(range(len(sentences)), key=lambda place: sentences[place]) == sentence


def test_an_answer_is_more_probable_than_a_near_miss(reader: BundledReader) -> None:
    answered = reader.read(ask("Wie viel kostet der Bau der Turnhalle in der Nordstadt?"), PARTS).confidence
    missed = reader.read(ask("Welche Firma baut die Turnhalle in der Nordstadt?"), PARTS).confidence

    assert answered is not None
    assert missed is not None
    assert answered > missed


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
