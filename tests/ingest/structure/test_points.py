from __future__ import annotations

import pytest

from tests.ingest.structure.papers_of import understood

HEAD = "Antrag\nEingang: 01.02.2029\n\nEin Betreff\nAntrag: CDU\n\n"
ROWS = [
    # (request, numbers, ends of the texts)
    ("Wir beantragen:\n1. Eins.\n2. Zwei.", "1 2", ("Eins.", "Zwei.")),
    ("Wir beantragen:\n1) Eins.\n2) Zwei.", "1 2", ("Eins.", "Zwei.")),
    ("Wir fragen:\n1.) Eins?\n2.) Zwei?", "1 2", ("Eins?", "Zwei?")),
    ("Wir fragen:\na) Eins?\nb) Zwei?", "a b", ("Eins?", "Zwei?")),  # letters where no numbers are
    ("Wir fragen:\nA. Eins?\nB. Zwei:\n1. innen\n2. innen", "A B", ("Eins?", "2. innen")),  # letters above numbers
    ("Wir fragen:\n1. Eins?\na) innen\nb) innen\n2. Zwei?", "1 2", ("b) innen", "Zwei?")),  # letters below
    (
        "Wir fragen:\n1. Eins?\n2. Zwei?\n3. Drei?\n3. Vier?\n5. Fünf?",
        "1 2 3 3 5",
        ("Eins?", "Zwei?", "Drei?", "Vier?", "Fünf?"),
    ),
    ("Wir fragen:\n1. Eins bis zum\n10. Juni 2029?\n2. Zwei?", "1 2", ("10. Juni 2029?", "Zwei?")),  # a wrapped date
    ("Wir fragen:\n1. Eins im\n7. Stock?\n2. Zwei?", "1 2", ("7. Stock?", "Zwei?")),  # a wrapped ordinal
    ("4. Vier.\n5. Fünf.", "4 5", ("Vier.", "Fünf.")),  # a supplement goes on counting
    (
        "Wir beantragen:\n1. Eins, und zwar:\n1. innen,\n2. innen.\n2. Zwei.",
        "1 2",
        ("2. innen.", "Zwei."),  # a list in a list
    ),
    ("Wir beantragen:\n1. Eins.\n- ein Strich\n- noch einer\n2. Zwei.", "1 2", ("- noch einer", "Zwei.")),
    ("Wir beantragen:\n1. Eins.\n\nDenn so ist es seit langem und darum.", "1", ("Eins.",)),  # what follows argues
    ("Die Verwaltung möge prüfen, ob das geht.", "1", ("ob das geht.",)),  # one request without a number
    ("Wir beantragen:\n\nDie Stadt baut eine Brücke.\n\nBegründung:\nWeil.", "1", ("baut eine Brücke.",)),
]


@pytest.mark.parametrize(("request_text", "numbers", "ends"), ROWS)
def test_points_keep_numbers_as_written_and_positions_count(
    request_text: str, numbers: str, ends: tuple[str, ...]
) -> None:
    points = understood(HEAD + request_text).points

    assert [point.number for point in points] == numbers.split()
    assert [point.position for point in points] == list(range(1, len(points) + 1))
    for point, end in zip(points, ends, strict=True):
        assert point.text.endswith(end)


def test_reasons_are_never_points_wherever_they_stand() -> None:
    before = "Wir wissen:\n\nDie Lage ist ernst.\n\nWir beantragen:\n1. Eins.\n"
    behind = "Begründung:\n1. Weil es nötig ist.\n2. Weil es geht."

    assert [point.text for point in understood(HEAD + before + behind).points] == ["Eins."]


def test_headings_are_nouns_and_sentences_are_not() -> None:
    points = understood(HEAD + "Wir beantragen\n1) Zuständigkeiten:\n- Wer?\n2) Die Stadt wird gebeten:\n- Was?").points

    assert [point.heading for point in points] == ["Zuständigkeiten", ""]


def test_a_report_has_no_points() -> None:
    assert understood("Beschlussvorlage\n\nBeschlussantrag\n1. Eins.\n2. Zwei.").points == ()


def test_the_span_of_a_point_is_where_it_stands() -> None:
    document = understood(HEAD + "Wir beantragen:\n1. Eins.\n2. Zwei.")

    assert [point.span.of(document.text) for point in document.points] == ["1. Eins.", "2. Zwei."]


FORM = (
    "Antrag\nEingang: 01.02.2029\n\nEin Rad für alle\n\nZuordnung im Haushaltsplan\n170 3200\n\n"
    "Konzeption, Ziele, Maßnahmen, Kennzahlen\n{asked}\nDOPPELHAUSHALT 2030/2031\nEin Rad für alle\nSeite - 2\n"
    "\uf075 Weitere Angaben\nbei Leistungen an Zuschussempfänger\n\nSachverhalt | Begründung\nWeil es fehlt.\n"
)
SINGLE = [
    pytest.param(
        FORM.format(asked="Die Räder bleiben."), "Die Räder bleiben.", id="a budget form ends where it goes on"
    ),
    pytest.param(FORM.format(asked="s. Hinweis - F1-Taste !"), "Ein Rad für alle", id="amounts only: the subject"),
    pytest.param(
        "Haushaltsantrag\n\nBetreff\n\nBudget: Anteil für Räder\n\nBegründung:\nDas Budget ist zu klein.\n",
        "Budget: Anteil für Räder",
        id="reasons alone: the subject",
    ),
]


@pytest.mark.parametrize(("paper", "asked"), SINGLE)
def test_a_budget_motion_without_a_list_has_one_point(paper: str, asked: str) -> None:
    document = understood(paper)

    assert [(point.number, point.text) for point in document.points] == [("1", asked)]
    assert document.points[0].span.of(document.text) == asked


def test_questions_that_a_motion_counts_in_its_reasons_are_its_points_where_nothing_else_asks() -> None:
    paper = "Anfrage\nEingang: 01.02.2029\n\nEin Betreff\n\nBegründung:\nSo ist es.\n\n1. Seit wann?\n\n2. Wo?\n"

    assert [point.text for point in understood(paper).points] == ["Seit wann?", "Wo?"]
