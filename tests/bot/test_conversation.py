from __future__ import annotations

import pytest

from bot.conversation import context_of

FIRST = "Wie viele Online-Dienste bot die Stadt 2021 an?"

ROWS = [
    ("Und 2024?", (FIRST,), "too short to stand alone"),
    ("Wer hat dagegen gestimmt?", (FIRST,), "'dagegen' points back"),
    ("Welche dieser Dienste sind kostenpflichtig?", (FIRST,), "'dieser' points back"),
    ("Was kostet die elektronische Akte der Ausländerbehörde?", (), "a new topic starts afresh"),
]


@pytest.mark.parametrize(("question", "context", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_a_question_leans_on_what_came_before_only_if_it_must(
    question: str, context: tuple[str, ...], reason: str
) -> None:
    assert context_of(question, (FIRST,)) == context, reason


def test_a_chain_of_follow_ups_reaches_back_to_the_question_that_names_the_subject() -> None:
    assert context_of("Und davor?", (FIRST, "Und 2024?")) == (FIRST, "Und 2024?")


def test_without_earlier_questions_there_is_no_context() -> None:
    assert context_of("Und 2024?", ()) == ()
