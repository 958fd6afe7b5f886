from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ledger.folding import repeats, shingles
from bot.ledger.matching import How, stretches
from ingest.types import Point, Span

COST = "Was kostet die Sanierung der Musterhalle, aufgeteilt nach Bauabschnitten und Jahren?"
DATE = "Bis wann soll die Musterhalle wieder für Vereine geöffnet werden?"
WHO = "Welches Amt ist für die Vergabe der Hallenzeiten an die Vereine zuständig?"


def points(*texts: str, numbers: tuple[str, ...] = ()) -> tuple[Point, ...]:
    given_numbers = numbers or tuple(str(n) for n in range(1, len(texts) + 1))
    return tuple(
        Point(position=n, number=number, heading="", text=text, span=Span(start=0, end=0))
        for n, (text, number) in enumerate(zip(texts, given_numbers, strict=True), start=1)
    )


def dealt_with(text: str, asked: tuple[Point, ...]) -> dict[int, tuple[How, str]]:
    """Return for each point how it was found and the words, white space folded."""
    found = stretches(text, asked, [Span(start=0, end=len(text))])
    return {
        position: (given[0].how, " ".join(" ".join(stretch.span.of(text).split()) for stretch in given))
        for position, given in found.items()
        if given
    }


FORMS = [
    (
        f"1. {COST}\n\nRund 4 Mio. Euro.\n\n2. {DATE}\n\nBis Mai 2031.",
        {1: (How.REPEATED, "Rund 4 Mio. Euro. 2."), 2: (How.REPEATED, "Bis Mai 2031.")},
        "the question stands above its answer",
    ),
    (
        f"{COST[:50]}-\n{COST[50:]}\nRund 4 Mio. Euro.\n{DATE}\nBis Mai 2031.",
        {1: (How.REPEATED, "Rund 4 Mio. Euro."), 2: (How.REPEATED, "Bis Mai 2031.")},
        "repeated without numbers, with a hyphen at the line's end",
    ),
    (
        "Zu 1.: Rund 4 Mio. Euro.\nZu 2.: Bis Mai 2031.",
        {1: (How.NUMBERED, "Rund 4 Mio. Euro."), 2: (How.NUMBERED, "Bis Mai 2031.")},
        "counted with 'Zu'",
    ),
    (
        "Antwort zu Frage 1:\nRund 4 Mio. Euro.\nAntwort zu Frage 2:\nBis Mai 2031.",
        {1: (How.NUMBERED, "Rund 4 Mio. Euro."), 2: (How.NUMBERED, "Bis Mai 2031.")},
        "counted with 'Antwort zu Frage'",
    ),
    (
        "1. Die Kosten liegen bei 4 Mio. Euro.\n2. Die Halle öffnet im Mai 2031.",
        {
            1: (How.NUMBERED, "Die Kosten liegen bei 4 Mio. Euro."),
            2: (How.NUMBERED, "Die Halle öffnet im Mai 2031."),
        },
        "bare numbers that count through all points",
    ),
    (
        "zu 1. und 2.\nBeides ist noch nicht entschieden worden.",
        {
            1: (How.NUMBERED, "Beides ist noch nicht entschieden worden."),
            2: (How.NUMBERED, "Beides ist noch nicht entschieden worden."),
        },
        "one answer to two points",
    ),
    (
        f"1. {COST}\n2. {DATE}\nBeides ist noch nicht entschieden worden.",
        {
            1: (How.SHARED, "Beides ist noch nicht entschieden worden."),
            2: (How.REPEATED, "Beides ist noch nicht entschieden worden."),
        },
        "two questions above one answer",
    ),
    (
        "Die Halle wird für 4 Mio. Euro saniert und öffnet im Mai 2031 wieder.",
        {
            1: (How.WHOLE, "Die Halle wird für 4 Mio. Euro saniert und öffnet im Mai 2031 wieder."),
            2: (How.WHOLE, "Die Halle wird für 4 Mio. Euro saniert und öffnet im Mai 2031 wieder."),
        },
        "running text: it may stand anywhere",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), FORMS, ids=[row[-1] for row in FORMS])
def test_a_statement_is_parted_among_the_points(text: str, expected: dict[int, tuple[How, str]], reason: str) -> None:
    assert dealt_with(text, points(COST, DATE)) == expected


def test_a_reference_to_another_answer_brings_that_answer_along() -> None:
    text = f"{COST}\nRund 4 Mio. Euro insgesamt.\n{DATE}\nSiehe Antwort zu Frage 1."

    how, said = dealt_with(text, points(COST, DATE))[2]

    assert how is How.REPEATED
    assert "Rund 4 Mio. Euro insgesamt." in said


def test_a_list_far_down_a_running_text_answers_no_points() -> None:
    text = "Die Vereine nutzen die Halle seit vielen Jahren gern und oft. " * 12 + "\n1. Handball\n2. Turnen"

    assert dealt_with(text, points(COST, DATE))[1][0] is How.WHOLE


def test_a_point_that_the_others_leave_nothing_of_may_stand_in_the_rest_only() -> None:
    text = f"Vorbemerkung der Verwaltung zu allem.\n{COST}\nRund 4 Mio. Euro.\n{DATE}\nBis Mai 2031."

    how, said = dealt_with(text, points(COST, DATE, WHO))[3]

    assert how is How.WHOLE
    assert "4 Mio." not in said


def test_numbers_given_twice_are_told_by_their_place() -> None:
    text = "Zu 1.: Rund 4 Mio. Euro.\nZu 2.: Bis Mai 2031.\nZu 3.: Das Sportamt."

    found = dealt_with(text, points(COST, DATE, WHO, numbers=("1", "2", "2")))

    assert found[3] == (How.NUMBERED, "Das Sportamt.")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Was kostet die Sanierung der Muster-\nhalle, aufgeteilt nach Bauabschnitten?", True),
        ("Die Sanierung der Musterhalle kostet rund 4 Mio. Euro.", False),
        ("Ja.", False),
    ],
)
def test_the_motions_own_words_are_told_from_an_answer(sentence: str, expected: bool) -> None:
    assert repeats(sentence, shingles(COST)) is expected


@given(st.text(alphabet="ab 1.\nZzu:", max_size=200))
def test_stretches_lie_inside_the_bodies_whatever_the_text(text: str) -> None:
    body = Span(start=len(text) // 3, end=len(text))
    found = stretches(text, points(COST, DATE), [body])

    assert all(body.start <= s.span.start <= s.span.end <= body.end for given in found.values() for s in given)
