"""Figures over time: which sentences of different papers give different values for the same thing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.figures import Claim, claim_of, differ, same_stand
from ingest.types import Precision, Stand

OLD, NEW = Stand(day=date(2021, 12, 1), precision=Precision.MONTH), Stand(day=date(2023, 12, 15))

ROWS = [
    # other values for the same
    ("Die Stadt bietet 145 Online-Dienste an.", "Die Stadt bietet 200 Online-Dienste an.", True, "a count"),
    ("Der Plan für Digital MoveS umfasst ca. 175 Mio. € bis 2026.",
     "Der Plan für Digital MoveS umfasst ca. 241 Mio. € bis 2028.", True, "sums with other horizons"),
    ("Der Gesamtplan für Digital MoveS umfasst rund 64 Mio. € bis 2024.",
     "Der Plan für Digital MoveS umfasst ca. 241 Mio. € bis 2028.", True, "Gesamtplan and Plan"),
    ("Die Stadt bietet nach dem Stand vom Dezember 2021 145 Online-Dienste an, davon 114 mit Bezug zum Gesetz.",
     "Die Stadt bietet nach dem Stand vom Dezember 2023 200 Online-Dienste an, davon 150 mit Bezug zum Gesetz.",
     True, "the Stand itself is no difference"),
    ("Die Stadt bietet 145 Online-Dienste an, davon 114 mit Bezug zum Gesetz.",
     "Die Stadt bietet 200 Online-Dienste an.", True, "a part that only one names"),
    ("Im Bürgerbüro Ost liegt der Anteil bei 12 %.", "Im Bürgerbüro Ost liegt der Anteil bei 15 %.", True, "shares"),
    ("Das Amt für Digitalisierung (DO.IT) wurde zum 01.01.2022 gegründet.",
     "Das Amt DO.IT für Digitalisierung hat Mitte April 2022 die Arbeit aufgenommen.", True, "two days of a beginning"),
    # the same value
    ("Für Digital MoveS gibt die Stadt rd. 90 Mio. € aus.", "Für Digital MoveS gibt die Stadt 89,76 Mio. € aus.", False,
     "rounded"),
    ("Die Akte im Amt kostet 1,4 Mio. €.", "Die Akte im Amt kostet 1.412.000 €.", False, "written with fewer places"),
    ("Die Stadt bietet knapp 200 Online-Dienste an.", "Die Stadt bietet 198 Online-Dienste an.", False, "knapp"),
    ("Das Amt für Digitalisierung startete im April 2022.", "Das Amt für Digitalisierung startete am 01.04.2022.",
     False, "a day of that month"),
    # other things
    ("Wann stieg die Zahl der Online-Dienste der Stadt auf 145?", "Die Zahl der Online-Dienste der Stadt ist 200.",
     False, "a question claims nothing"),
    ("Für das neue Amt der Stadt werden 3,1 Stellen geschaffen.",
     "Für das Personalamt der Stadt werden 3,5 Stellen geschaffen.", False, "two offices"),
    ("Das Paket Digital MoveS II umfasst 120 Stellen.", "Das Paket Digital MoveS III umfasst 180 Stellen.", False,
     "two packages, told apart by a Roman number"),
    ("Im Amt DO.IT werden zusätzlich 3 Stellen geschaffen.", "Im Amt DO.IT werden 7 Stellen geschaffen.", False,
     "more, and all"),
    ("Das Amt DO.IT der Stadt hat 180 Stellen.", "Das Amt DO.IT der Stadt hat 12 Räume.", False, "two nouns counted"),
    ("Das Amt DO.IT kostet 5 Mio. € im Jahr.", "Das Amt DO.IT kostet 5 % des Haushalts.", False, "two units"),
    ("Es sind 145.", "Es sind 200.", False, "no noun says of what"),
    ("Im Bürgerbüro Ost sind 12 Stellen besetzt.", "Im Bürgerbüro Ost sind 3 Stellen unbesetzt.", False, "opposites"),
    ("Die GRDrs 236/2023 der Stadt nennt Projekte.", "Die GRDrs 316/2021 der Stadt nennt Projekte.", False,
     "numbers of papers are no figures"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected", "reason"), ROWS, ids=[row[3] for row in ROWS])
def test_only_other_values_for_the_same_thing_differ(one: str, other: str, expected: bool, reason: str) -> None:
    first, second = claim_of(one, "a", OLD), claim_of(other, "b", NEW)

    assert differ(first, second) is expected, reason
    assert differ(second, first) is expected, reason


def test_a_paper_does_not_contradict_itself() -> None:
    sentences = ("Die Stadt bietet 145 Online-Dienste an.", "Die Stadt bietet 200 Online-Dienste an.")
    one, other = (claim_of(sentence, "a", NEW) for sentence in sentences)

    assert not differ(one, other)


def begun(sentence: str, as_of: Stand | None) -> Claim:
    return claim_of(sentence, "a", as_of)


def test_values_of_the_same_stand_contradict_and_so_do_two_days_of_one_past_beginning() -> None:
    count = "Die Stadt bietet 145 Online-Dienste an."
    founded, started = "Das Amt wurde zum 01.01.2022 gegründet.", "Das Amt startete Mitte April 2022."
    before, after = Stand(day=date(2021, 10, 1)), Stand(day=date(2022, 9, 1))

    assert same_stand(begun(count, NEW), begun(count, NEW))
    assert not same_stand(begun(count, OLD), begun(count, NEW))
    assert not same_stand(begun(count, None), begun(count, None))
    assert same_stand(begun(founded, NEW), begun(started, after))
    assert not same_stand(begun(founded, before), begun(started, after))  # then it was only announced


@given(st.decimals(min_value=0, max_value=999, places=2), st.sampled_from(["", "Mio. ", "Mrd. "]))
def test_a_value_always_agrees_with_itself(value: object, scale: str) -> None:
    written = str(value).replace(".", ",")
    claim = claim_of(f"Der Plan der Stadt kostet {written} {scale}€.", "a", NEW)

    assert len(claim.figures) == 1
    assert claim.figures[0].agrees(claim.figures[0])
