"""How near the words of a text come to those of a question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from bot.reading.likeness import WordVectors, alike, likeness
from ingest.embedding import BUNDLED, Encoder, Vectors, load_encoder
from ingest.german import token_weights


@pytest.fixture(scope="module")
def words() -> WordVectors:
    return WordVectors(load_encoder(BUNDLED))


class Counting(Encoder):
    """Gives each word a direction of its own and remembers what it was asked about."""

    name = "counting"
    fingerprint = "counting"
    dimensions = 8

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._places: dict[str, int] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        places = [self._places.setdefault(text, len(self._places)) for text in texts]
        return np.eye(self.dimensions, dtype=np.float32)[places]


@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        ("Azubis", "Im Herbst begannen fünf Auszubildende.", "Im Herbst begannen fünf Bauarbeiten."),
        ("Mitarbeiter", "Die Beschäftigten ziehen um.", "Die Baustellen ziehen um."),
        ("Computer", "Die Schule hat 40 PCs.", "Die Schule hat 40 Fahrräder."),
    ],
)
def test_another_word_for_the_same_thing_is_nearer(words: WordVectors, asked: str, near: str, far: str) -> None:
    (by_near,), (by_far,) = likeness([asked.lower()], [near, far], words)
    assert by_near > by_far


def test_the_same_word_is_as_near_as_can_be_and_stop_words_are_far_from_all(words: WordVectors) -> None:
    nearness = likeness(["stellen", "werden"], ["Drei Stellen werden besetzt.", ""], words)
    assert nearness.shape == (2, 2)
    np.testing.assert_allclose(nearness, [[1, 0], [0, 0]], atol=1e-5)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("Wofür waren die 3.000 Euro?", "Es wurden 3000 Euro gezahlt.", "Es wurden 7.500 Euro gezahlt."),
        ("Was geschah am 27.04.2023?", "Am 27. April 2023 war Sitzung.", "Am 28. April 2023 war Sitzung."),
        ("Was sagt der Bericht 2024?", "Der Bericht 2024 liegt vor.", "Der Bericht 2023 liegt vor."),
    ],
)
def test_figures_are_like_themselves_only_however_they_are_written(
    words: WordVectors, question: str, right: str, wrong: str
) -> None:
    by_right, by_wrong = alike(question, token_weights(question), [right, wrong], ["", ""], words)
    assert by_right > by_wrong


@pytest.mark.parametrize(("asked", "texts"), [([], ["Text"]), (["wort"], [])])
def test_nothing_is_near_nothing(words: WordVectors, asked: list[str], texts: list[str]) -> None:
    assert likeness(asked, texts, words).shape == (len(texts), len(asked))


def test_what_is_asked_for_counts_by_its_information_and_the_title_speaks_for_a_text(words: WordVectors) -> None:
    weights = {"stell": 3.0, "amt": 1.0}
    alone, titled, neither = alike(
        "Welche Stellen hat das Amt?",
        weights,
        ["Es gibt drei Stellen.", "Es gibt drei Stellen.", "Über der 1 und 2."],
        ["", "Das Amt", ""],
        words,
    )
    assert titled == pytest.approx(1.0, abs=1e-5)
    assert 0.75 <= alone < titled
    assert neither < alone


def test_a_question_that_tells_nothing_is_like_no_text(words: WordVectors) -> None:
    assert alike("Was ist das?", {}, ["Das ist das."], None, words) == [0.0]
    assert alike("Was ist das?", {}, [], None, words) == []


def test_a_word_is_encoded_once() -> None:
    encoder = Counting()
    vectors = WordVectors(encoder, capacity=8)
    first = vectors.of(["stelle", "amt", "stelle"])
    np.testing.assert_array_equal(vectors.of(["amt", "stelle"]), first[[1, 0]])
    assert sorted(encoder.asked) == ["amt", "stelle"]


def test_when_the_memory_is_full_words_are_still_answered() -> None:
    encoder = Counting()
    vectors = WordVectors(encoder, capacity=3)
    wanted = ["haus", "brücke", "straße", "platz"]
    too_many = vectors.of(wanted)
    np.testing.assert_array_equal(np.concatenate([vectors.of([word]) for word in wanted]), too_many)
    np.testing.assert_array_equal(vectors.of(["straße", "platz", "haus"]), too_many[[2, 3, 0]])
