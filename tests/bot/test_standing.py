"""One row a sentence: the Stand that it names itself, or None where its paper's Stand must do."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.standing import Standing, last_day, standing_of
from ingest.types import DateBasis, Precision, Stand
from tests.builders import a_document

# the paper is of 15 December 2023
ROWS = [
    # a date that the sentence calls its Stand
    ("Das Amt hat 180 Stellen (Stand 31.10.2023).", "2023-10-31", "in brackets"),
    ("Stand: Dezember 2021 gibt es 145 Dienste.", "2021-12", "a month"),
    ("Es gibt 145 Dienste (Stand: Dezember 2021), bis 2026 sollen es 300 werden.", "2021-12", "beside a horizon"),
    ("Die Zahlen haben den Stand vom 1. Juli 2023.", "2023-07-01", "Stand vom"),
    ("Mit Stand 30. Juni 2022 sind 12 Stellen frei.", "2022-06-30", "mit Stand"),
    ("Datenstand 31.12.2022: 412 Datensätze.", "2022-12-31", "Datenstand"),
    ("Zum Stichtag 01.04.2022 sind 60 Stellen besetzt.", "2022-04-01", "Stichtag"),
    ("Stand Ende 2022 sind 45 Schulen am Netz.", "2022", "the end of a year is no day"),
    ("Nach dem Stand vom Dezember 2021 sind 170 Leistungen noch umzusetzen.", "2021-12", "nach dem Stand vom"),
    ("Der Sachstand 2022: Sieben Ämter nehmen teil.", "2022", "Sachstand"),
    ("Die Übersicht (Stand: 12.07.2023) wird 2024 fortgeschrieben.", "2023-07-12", "another year is no Stand"),
    # a date, a figure and a word of being
    ("Zum 01.04.2022 waren 60 Stellen besetzt.", "2022-04-01", "zum, with waren"),
    ("Am 31.12.2022 waren 12 Stellen frei.", "2022-12-31", "am, with waren"),
    ("Ende 2022 waren 12 von 98 Stellen frei.", "2022", "Ende"),
    ("Im Jahr 2022 gab es 45 Anträge.", "2022", "im Jahr"),
    ("Im Jahre 2022 lag der Anteil bei 12 %.", "2022", "im Jahre"),
    ("Im Juni 2018 lagen über 400 Datenbestände vor.", "2018-06", "im and a month"),
    ("Im Oktober 2023 sind fast 30 % der Stellen unbesetzt.", "2023-10", "present tense"),
    ("Die Kosten betrugen im Jahr 2021 rund 4 Mio. €.", "2021", "the date inside"),
    ("Anfang 2023 verfügte das Amt über drei Stellen.", "2023", "a figure in words"),
    ("In 2022 waren es 45.", "2022", "in and a year"),
    # horizons
    ("Der Plan umfasst 175 Mio. € bis 2026.", None, "bis and a year ahead"),
    ("Bis Ende 2022 waren 45 Dienste am Netz.", None, "bis, though past"),
    ("Die Mittel sind bis zum 31.12.2022 befristet und betragen 3 Mio. €.", None, "bis zum"),
    ("Ab 2022 sind 12 Stellen besetzt.", None, "ab"),
    ("Seit 2021 gibt es 45 Dienste.", None, "seit: it still holds"),
    ("Seit Anfang Juli 2022 ist die Stelle mit 1,0 besetzt.", None, "seit Anfang"),
    ("Im Jahr 2024 beträgt der Aufwand 758.000 €.", None, "behind the paper"),
    ("Zum 01.01.2025 sind 40 Stellen frei.", None, "a day behind the paper"),
    ("Das Haus ist Stand 2026 bezogen.", None, "a Stand behind its paper is none"),
    # plans
    ("Im Jahr 2023 sollen 12 Stellen frei sein.", None, "sollen"),
    ("Ende 2023 wird es 200 Dienste geben, das sind 55 mehr.", None, "wird"),
    ("Für 2023 sind 12 Stellen vorgesehen.", None, "vorgesehen"),
    # events
    ("Im Jahr 2022 wurde das Amt mit 60 Stellen gegründet.", None, "founded then"),
    ("Am 12. Juli 2023 hat der Rat 3 Anträge beschlossen, das ist viel.", None, "decided then"),
    ("Am 27. Juni 2023 gab der Rat 1,6 Mio. € frei, die freigegeben sind.", None, "money set free then"),
    ("Im Jahr 2022 wurden 12 Stellen geschaffen; das ist zu wenig.", None, "created then"),
    ("Die Vorlage vom 3. Mai 2023 umfasst 12 Seiten.", None, "the date of a paper"),
    ("Der Antrag wurde Ende 2022 mit 12 Punkten gestellt und liegt vor.", None, "wurde: an event, liegt is of today"),
    ("Die Kurse waren mit 579 Anmeldungen, mehr als im Jahr 2022, voll.", None, "what it is compared with"),
    ("Zwölf Betriebe, entstanden im Jahr 2021, sind dabei.", None, "a word of being of another clause"),
    ("Der Aufwand beträgt 39.200 € im Jahr 2023 und danach 78.400 €.", None, "two times, one without a year"),
    ("Voraussichtlicher Stand Ende 2022: 1.814 Plätze.", None, "a Stand that was only expected"),
    # several dates, or none
    ("Ende 2021 waren es 145 Dienste, Ende 2022 200.", None, "two dates: neither"),
    ("Im Doppelhaushalt 2022/2023 sind es 120,75 Stellen.", None, "two years in one"),
    ("In den Jahren 2021 und 2022 gab es 45 Anträge.", None, "two years"),
    ("Das Budget stieg von 2021 bis 2023 auf 5 Mio. €.", None, "from, to"),
    ("Stand 31.10.2023 sind es 180, Stand 31.10.2022 waren es 120 Stellen.", None, "two Stände: neither"),
    ("Die GRDrs 236/2023 umfasst 12 Projekte.", None, "the number of a paper"),
    ("Das Amt hat 180 Stellen.", None, "no date at all"),
    ("Im Jahr 2022 war der Leiter Herr Beck.", None, "no figure: who it was may still hold"),
    ("Der Stand der Technik ist 2022 ein anderer.", None, "Stand, but not of a date"),
    ("Laut Beschluss von 2022 sind 12 Stellen frei.", None, "von: when it was decided"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected", "reason"), ROWS, ids=[row[2] for row in ROWS])
def test_only_a_date_that_is_surely_meant_is_the_stand_of_a_sentence(
    sentence: str, expected: str | None, reason: str
) -> None:
    paper = a_document(date=date(2023, 12, 15), date_basis=DateBasis.PAPER)

    standing = standing_of(sentence, paper)

    assert str(standing.as_of) == (expected or "2023-12-15"), reason
    assert standing.basis is (DateBasis.SENTENCE if expected else DateBasis.PAPER)


def test_without_a_date_of_its_own_a_sentence_has_its_papers_stand_then_its_sessions() -> None:
    known = Stand(day=date(2021, 12, 1), precision=Precision.MONTH)
    day = date(2023, 4, 26)

    assert standing_of("Es gibt 145 Dienste.", a_document(as_of=known, date=day)) == Standing(
        as_of=known, basis=DateBasis.PAPER
    )
    for basis in (DateBasis.PAPER, DateBasis.SESSION, DateBasis.LISTED):
        assert standing_of("Es gibt 145.", a_document(date=day, date_basis=basis)) == Standing(
            as_of=Stand(day=day), basis=basis
        )
    assert standing_of("Es gibt 145.", a_document()) == Standing()


def test_in_an_undated_paper_only_a_named_stand_counts() -> None:
    assert standing_of("Ende 2022 waren 12 Stellen frei.", a_document()) == Standing()
    assert str(standing_of("12 Stellen sind frei (Stand: Juli 2022).", a_document()).as_of) == "2022-07"


@pytest.mark.parametrize(
    ("precision", "expected"),
    [(Precision.DAY, "2024-02-01"), (Precision.MONTH, "2024-02-29"), (Precision.YEAR, "2024-12-31")],
)
def test_a_stand_reaches_to_the_end_of_what_it_names(precision: Precision, expected: str) -> None:
    assert last_day(Stand(day=date(2024, 2, 1), precision=precision)).isoformat() == expected
