from __future__ import annotations

from datetime import date

import pytest

from ingest.structure.bodies import body_in
from ingest.structure.consultation import consultations_of
from ingest.structure.lines import lines_of

COLUMNS = (
    "Verwaltungsausschuß\nGemeinderat\nVorberatung\nBeschlussfassung\nnichtöffentlich\nöffentlich\n"
    "26.04.2029\n27.04.2029"
)


def test_a_table_that_lost_its_rows_is_read_column_by_column() -> None:
    first, second = consultations_of(lines_of(COLUMNS))

    assert (first.body, first.purpose, first.public) == ("Verwaltungsausschuss", "Vorberatung", False)
    assert (second.body, second.purpose, second.public) == ("Gemeinderat", "Beschlussfassung", True)
    assert (first.day, second.day) == (date(2029, 4, 26), date(2029, 4, 27))


def test_the_same_body_may_come_twice() -> None:
    text = "Gemeinderat\nGemeinderat\nBeratung\nBeratung\nöffentlich\nöffentlich\n01.02.2029\n08.02.2029"

    assert [c.day for c in consultations_of(lines_of(text))] == [date(2029, 2, 1), date(2029, 2, 8)]


ROWS = [
    ("VerwaltungsausschussKenntnisnahmeöffentlich19.07.2029", ("Verwaltungsausschuss", "2029-07-19", True, "")),
    (
        "Gremien Termin TOP Ö / N Zuständigkeit\nGemeinderat 18.06.2029 27 Ö Kenntnisnahme",
        ("Gemeinderat", "2029-06-18", True, "27"),
    ),
    (
        "Gremium Termin TOP ö nö\nOrtschaftsrat Durlach 18.05.2029 7a\n☒\n☐",
        ("Ortschaftsrat Durlach", "2029-05-18", None, "7a"),  # crosses behind the row tell nothing
    ),
    (
        "Gremium Termin TOP ö nö\nAusschuss für öffentliche\nEinrichtungen\n11.03.2029 5 x",
        ("Ausschuss für öffentliche Einrichtungen", "2029-03-11", None, "5"),  # a cell of two lines
    ),
    (
        "Gremium:\nTermin:\nVorlage Nr.:\n59. Plenarsitzung Gemeinderat\n18.03.2029\n2029/9382\nöffentlich",
        ("Gemeinderat", "2029-03-18", True, ""),  # a block of labels, then a block of values
    ),
    (
        "18. ÖFFENTLICHE PLENARSITZUNG DES GEMEINDERATES AM 22. NOVEMBER 2028",
        ("Gemeinderat", "2028-11-22", None, ""),  # a sentence in capitals
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_every_shape_of_a_beratungsfolge_is_read(text: str, expected: tuple[object, ...]) -> None:
    (found,) = consultations_of(lines_of(text))

    assert (found.body, str(found.day), found.public, found.agenda_item) == expected


def test_a_date_in_prose_below_the_table_is_no_row() -> None:
    text = "Gremium Termin TOP\nGemeinderat 18.06.2029 27\nDer Hauptausschuss hat am 01.02.2028 vorberaten."

    assert [c.body for c in consultations_of(lines_of(text))] == ["Gemeinderat"]


def test_an_impossible_date_leaves_the_body() -> None:
    (found,) = consultations_of(lines_of("Gremium Termin TOP\nGemeinderat 10.12.1019 23"))

    assert (found.body, found.day) == ("Gemeinderat", None)


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("13. Plenarsitzung des Gemeinderates", "Gemeinderat"),  # genitive
        ("Verwaltungsausschuß des Gemeinderats der Landeshauptstadt", "Verwaltungsausschuss"),  # old spelling
        ("11. Sitzung Haupt- und Finanzausschuss", "Haupt- und Finanzausschuss"),  # a name of two halves
        ("Ausschuss für Wirtschaft und Wohnen vom 01.02.2029", "Ausschuss für Wirtschaft und Wohnen"),  # ends at "vom"
        ("Ortschaftsrat Durlach 14.09.2029", "Ortschaftsrat Durlach"),  # a place belongs to it
        ("Bezirksbeirat Vaihingen", "Bezirksbeirat Vaihingen"),
        ("Bürgersaal, Rathaus am Marktplatz", None),  # a place is no body
    ],
)
def test_a_committee_has_one_spelling(text: str, body: str | None) -> None:
    assert body_in(text) == body
