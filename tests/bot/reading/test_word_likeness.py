"""The reader that is no model."""

from __future__ import annotations

import pytest

from bot.reading import Inquiry, PartText, load_reader
from ingest.german import token_weights
from ingest.sentences import sentences

QUESTION = "Wie viele Ladesäulen betreibt die Stadt?"


def a_part(text: str, found: float = 1.0) -> PartText:
    return PartText(head="passage: Bericht (Stellungnahme): ", text=text, sentences=sentences(text), found=found)


def test_parts_stay_in_the_order_they_were_found_in_and_nothing_is_calibrated() -> None:
    parts = [a_part("Es regnet.", 2.0), a_part("Die Stadt betreibt zwölf Ladesäulen.", 1.0)]

    reading = load_reader("none").read(Inquiry(text=QUESTION, weights=token_weights(QUESTION)), parts)

    assert [part.relevance for part in reading.parts] == [2.0, 1.0]
    assert reading.confidence is None
    assert reading.read == 2


@pytest.mark.parametrize(
    ("text", "answered", "reason"),
    [
        ("Die Stadt betreibt zwölf Ladesäulen.", True, "the question's own words"),
        ("Im Herbst begannen die Bauarbeiten am Museum.", False, "none of them"),
    ],
)
def test_one_threshold_decides(text: str, answered: bool, reason: str) -> None:
    reading = load_reader("none").read(Inquiry(text=QUESTION, weights=token_weights(QUESTION)), [a_part(text)])

    assert reading.answered is answered, reason


def test_the_nearest_sentence_leads() -> None:
    text = "Es regnet oft. Die Stadt betreibt zwölf Ladesäulen. Der Rat tagt."

    (part,) = load_reader("none").read(Inquiry(text=QUESTION, weights=token_weights(QUESTION)), [a_part(text)]).parts

    assert part.sentences is not None
    assert part.sentences.index(max(part.sentences)) == 1
