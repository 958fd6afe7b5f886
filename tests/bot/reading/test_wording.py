from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.reading.wording import HEADING_CHARS, TITLE_CHARS, worded_head, worded_point, worded_question
from ingest.types import Kind
from tests.bot.passages import a_hit, a_paper

HEADER = replace(
    a_hit(a_paper("Text.", title="Sanierung der Radbrücke")).document, kind=Kind.MOTION, date=date(2023, 4, 27)
)


@pytest.mark.parametrize(
    ("context", "asked", "reason"),
    [
        ((), "query: Und 2024?", "a question alone"),
        (("Was kostet das?",), "query: Was kostet das? Und 2024?", "the question it leans on stands in front"),
        (("Eins?", "Zwei?"), "query: Zwei? Und 2024?", "of several the last"),
    ],
)
def test_a_question_is_put_with_the_one_it_leans_on(context: tuple[str, ...], asked: str, reason: str) -> None:
    assert worded_question("Und 2024?", context) == asked, reason


@pytest.mark.parametrize(
    ("heading", "head", "reason"),
    [
        ("", "passage: Sanierung der Radbrücke (Antrag, 2023-04): ", "title, kind and month"),
        ("Begründung", "passage: Sanierung der Radbrücke, Begründung (Antrag, 2023-04): ", "and the heading"),
        ("Radbrücke", "passage: Sanierung der Radbrücke (Antrag, 2023-04): ", "which is not said twice"),
    ],
)
def test_a_part_says_what_paper_it_is_of(heading: str, head: str, reason: str) -> None:
    assert worded_head(HEADER, heading) == head, reason


def test_a_paper_without_a_date_has_none() -> None:
    assert worded_head(replace(HEADER, date=None), "") == "passage: Sanierung der Radbrücke (Antrag): "


def test_long_titles_are_cut_after_a_word() -> None:
    head = worded_head(replace(HEADER, title="Wort " * 90), "Kopf " * 90)

    assert len(head) < TITLE_CHARS + HEADING_CHARS + 40
    assert "Wor " not in head


def test_a_point_is_put_with_the_subject_of_its_motion() -> None:
    assert worded_point("Radwege", "Die Stadt\nbaut Wege.") == "query: Radwege: Die Stadt baut Wege."
