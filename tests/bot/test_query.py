from __future__ import annotations

import pytest

from bot.retrieval.query import understand, years_in

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


def test_words_that_only_ask_are_not_looked_for() -> None:
    assert understand("Wann und wie viele?").tokens == ()
