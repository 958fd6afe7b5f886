from __future__ import annotations

import pytest

from ingest.sidecar import Sidecar
from tests.ingest.structure.papers_of import understood

SESSION = "Verwaltungsausschuss\nVorberatung\nöffentlich\n{day}\n"
ROWS = [
    # (text, date, basis, session)
    ("GRDrs 9001/2029\nStuttgart,\n04/05/2029\nBeschlußvorlage\n", "2029-04-05", "paper", "None"),  # month first
    ("GRDrs 9001/2029\nStuttgart, 13/04/2029\nBeschlußvorlage\n", "2029-04-13", "paper", "None"),  # no 13th month
    (
        "GRDrs 9001/2029\nStuttgart, 05/04/2029\nBeschlußvorlage\n" + SESSION.format(day="26.04.2029"),
        "2029-04-05",  # 4 May would be after the session: somebody wrote the day first
        "paper",
        "2029-04-26",
    ),
    (
        "GRDrs 9001/2029\nStuttgart, 04/05/2029\nBeschlußvorlage\n" + SESSION.format(day="26.04.2029"),
        "2029-04-05",
        "paper",
        "2029-04-26",
    ),
    ("Antrag vom 12/03/2029\nNr. 9001/2029\n", "2029-12-03", "paper", "None"),  # KSD
    ("Antrag vom 30.01.2029\nNr. 9001/2029\n", "2029-01-30", "paper", "None"),  # KSD's newer pages
    (
        "Anfrage\nvom: 20.11.2028\neingegangen am: 21.11.2028\n",
        "2028-11-20",
        "paper",
        "None",
    ),  # written before received
    ("Anfrage\nEingang: 22.08.2029\nAnfrage: SPD\n", "2029-08-22", "paper", "None"),
    ("STELLUNGNAHME zum Antrag\nvom: 05.05.2028\neingegangen: 06.05.2028\n", "None", "None", "None"),  # the motion's
    ("Niederschrift 9. Sitzung Hauptausschuss\n15./16. Dezember 2028, 9 Uhr\n", "2028-12-15", "session", "2028-12-15"),
    (
        "NIEDERSCHRIFT\nTermin: 30. Juni 2029, 15:30 Uhr\nHauptamt\n16. Juli 2029",
        "2029-06-30",  # signed weeks later
        "session",
        "2029-06-30",
    ),
    (
        "Niederschrift 14. Plenarsitzung des Gemeinderates\n30. September 2029\naus der Sitzung am 24. Juni 2028",
        "2029-09-30",
        "session",
        "2029-09-30",
    ),
]


@pytest.mark.parametrize(("text", "day", "basis", "session"), ROWS)
def test_the_paper_s_own_date_is_told_from_the_others(text: str, day: str, basis: str, session: str) -> None:
    document = understood(text)

    assert (str(document.date), str(document.date_basis), str(document.session_date)) == (day, basis, session)


def test_a_swapped_day_is_said_to_staff() -> None:
    text = "GRDrs 9001/2029\nStuttgart, 05/04/2029\nBeschlußvorlage\n" + SESSION.format(day="26.04.2029")

    assert "Tag zuerst" in understood(text).warnings[0]


def test_a_listed_date_is_only_a_fallback() -> None:
    listed = Sidecar.model_validate({"listed_date": "2029-01-01"})

    assert understood("Ein Papier ohne Datum", sidecar=listed).date_basis == "listed"
    assert understood("Anfrage\nvom: 20.11.2028\n", sidecar=listed).date_basis == "paper"
