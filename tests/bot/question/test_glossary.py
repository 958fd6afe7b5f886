from __future__ import annotations

import pytest

from bot.question.glossary import german_words
from bot.question.query import understand

ROWS = [
    ("How many fruit trees does the city have?", "Obst Bäume Stadt", "English"),
    ("How many posts are vacant in the office?", "Stellen unbesetzt Amt", "English, council terms"),
    ("Okullar için kaç öğretmen ve öğrenci var?", "Schulen Schüler", "Turkish"),
    ("Wie viele Stellen sind im Park unbesetzt?", "", "German, with a word that is English too"),
    ("Was kostet das Service-Center?", "", "German with borrowed words"),
    ("Hat DO.IT das gemacht?", "", "a German name that looks English"),
]


@pytest.mark.parametrize(("question", "german", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_terms_of_other_languages_are_looked_up(question: str, german: str, reason: str) -> None:
    assert german_words(question) == german, reason


def test_an_english_question_is_searched_with_german_words_too() -> None:
    assert "baum" in understand("How many trees are there in the city?").tokens
