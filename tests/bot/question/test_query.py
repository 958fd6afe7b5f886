from __future__ import annotations

import pytest

from bot.question.query import understand, years_in

YEARS = [
    ("Wie viele Stellen gab es 2023?", (2023,), "a plain year"),
    ("Was steht im Doppelhaushalt 2024/2025?", (2024, 2025), "two years of a budget"),
    ("Was steht im DHH 2024/25?", (2024, 2025), "the short form"),
    ("Was sagt GRDrs 236/2023?", (), "a year inside a reference number is no year"),
    ("Was steht in Vorlage 2022/0728?", (), "the other order of a reference number"),
    ("Kostet das 2.019 Euro?", (), "a sum is no year"),
    ("Und zwischen 2019 und 2021?", (2019, 2021), "two years, ascending"),
]


@pytest.mark.parametrize(("question", "years", "reason"), YEARS, ids=[row[2] for row in YEARS])
def test_years_are_read_from_a_question(question: str, years: tuple[int, ...], reason: str) -> None:
    assert years_in(question) == years, reason


def test_a_question_is_searched_together_with_those_it_leans_on() -> None:
    query = understand("Und die Drucker?", ("Wer liefert die Rechner?",))

    assert query.text.startswith("Wer liefert")
    assert set(query.tokens) > set(understand("Und die Drucker?").tokens)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Wann und wie viele?", "only asks"),
        ("1 2 3 4", "digits that are no year, office or paper"),
        ("²", "a raised digit"),
        ("Jahr 0", "a word that any paper holds, and a digit"),
    ],
)
def test_a_question_that_names_nothing_has_nothing_to_look_for(question: str, reason: str) -> None:
    assert understand(question).tokens == (), reason


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Was kostet die 115?", "an office that is a number"),
        ("2023", "a year alone may be asked for"),
        ("§ 34a", "a paragraph with a letter"),
        ("KI", "two letters"),
    ],
)
def test_a_single_telling_word_is_looked_for(question: str, reason: str) -> None:
    assert understand(question).tokens, reason


def test_a_bare_number_in_a_question_names_a_paper() -> None:
    (reference,) = understand("Was steht in 0264/2022?").references

    assert reference.number == "264/2022"
