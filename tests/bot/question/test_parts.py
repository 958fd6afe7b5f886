from __future__ import annotations

from datetime import date

import pytest

from bot.question.parts import MAX_PARTS, asked_in, parts_of
from bot.question.understanding import read
from bot.types import DeclineReason

TODAY = date(2026, 11, 27)
STORY = (
    "Meine Nachbarin wartet seit Monaten auf einen Platz für ihren Sohn und hat sich geärgert, weil ihr niemand "
    "sagen konnte, an wen sie sich wenden soll und womit sie rechnen muss. Vorher hat sie woanders gewohnt. "
)


@pytest.mark.parametrize(
    ("text", "parts", "reason"),
    [
        ("Was kostet die E-Akte?", ("Was kostet die E-Akte?",), "one question"),
        (
            "Was kostet die Beratung und wann wird die Gartenstraße saniert und wer leitet die Musikschule?",
            ("Was kostet die Beratung?", "Wann wird die Gartenstraße saniert?", "Wer leitet die Musikschule?"),
            "each names something of its own",
        ),
        (
            "Was kostet die E-Akte? Wer leitet die Musikschule?",
            ("Was kostet die E-Akte?", "Wer leitet die Musikschule?"),
            "two sentences that ask",
        ),
        (
            "Was kostet der Versuch und um wie viele Geräte gehts?",
            ("Was kostet der Versuch und um wie viele Geräte gehts?",),
            "two things of one matter",
        ),
        (
            "An welchem Tag fand das Forum statt und wer war dabei?",
            ("An welchem Tag fand das Forum statt und wer war dabei?",),
            "the second names nothing",
        ),
        (
            "Kommt der Plan auf die Seite? Was sagt die Stadt dazu?",
            ("Kommt der Plan auf die Seite? Was sagt die Stadt dazu?",),
            "the second leans on the first",
        ),
        (
            "Die CDU wollte ein Treffen. Was hat die Verwaltung zugesagt?",
            ("Die CDU wollte ein Treffen. Was hat die Verwaltung zugesagt?",),
            "what is told stays with its question",
        ),
        ("neues ratsinformationssystem", ("neues ratsinformationssystem",), "words to look for"),
    ],
)
def test_a_message_is_cut_into_its_questions(text: str, parts: tuple[str, ...], reason: str) -> None:
    assert parts_of(text) == parts, reason


def test_no_more_than_so_many_questions_are_answered_one_by_one() -> None:
    things = "Akte Schule Straße Brücke Halle Bahn Linde".split()
    text = " ".join(f"Was kostet die {thing}?" for thing in things)

    assert len(parts_of(text)) == MAX_PARTS
    assert "".join(parts_of(text)).replace(" ", "") == text.replace(" ", "")


def test_of_a_long_message_the_question_is_asked() -> None:
    question, told = asked_in(STORY + "Wie hoch ist die Gebühr der Musikschule?")

    assert question == "Wie hoch ist die Gebühr der Musikschule?"
    assert told.startswith("Meine Nachbarin")
    assert asked_in("Wie hoch ist die Gebühr?") == ("Wie hoch ist die Gebühr?", "")


def test_a_long_message_is_context_only_where_its_question_needs_it() -> None:
    (alone,) = read(STORY + "Wie hoch ist die Gebühr der Musikschule?", (), TODAY).parts
    (leaning,) = read(STORY + "Wie lange dauert das?", (), TODAY).parts

    assert alone.context == ()
    assert leaning.context[0].startswith("Meine Nachbarin")


def test_a_greeting_before_questions_is_not_answered() -> None:
    parts = read("Hallo? Was kostet die E-Akte?", (), TODAY).parts

    assert [part.courtesy for part in parts] == [None]


@pytest.mark.parametrize(
    "text", ["Hilfe", "Was kannst du?", "Wer bist du?", "Hallo, was können Sie alles?", "What can you do?"]
)
def test_questions_about_the_machine_are_known(text: str) -> None:
    (part,) = read(text, (), TODAY).parts

    assert part.courtesy is DeclineReason.HELP


@pytest.mark.parametrize(
    "text", ["Was kann die Stadt tun?", "Welche Hilfe bekommen Familien?", "Wer ist der Kämmerer?"]
)
def test_questions_about_the_town_are_not_taken_for_them(text: str) -> None:
    (part,) = read(text, (), TODAY).parts

    assert part.courtesy is None


def test_years_that_are_not_written_count_for_search() -> None:
    (part,) = read("Was kostete das Freibad letztes Jahr?", (), TODAY).parts

    assert part.query.years == (2025,)
