from __future__ import annotations

import pytest

from bot.answering.facts import claimed, held

SAME = [
    ("1,4 Mio. €", "1.400.000 Euro", "a scale is written out"),
    ("eine Million Euro", "1 Mio. €", "a number word with a scale"),
    ("TEUR 250", "250.000 Euro", "thousands of euro in front"),
    ("250 Tsd. €", "250 000 €", "groups parted by a space"),
    ("sieben Büros", "7 Büros", "a number word"),
    ("einundzwanzig Büros", "21 Büros", "a composed number word"),
    ("zweihundertfünfzig Büros", "250 Büros", "hundreds"),
    ("dreitausendfünfhundert Büros", "3.500 Büros", "thousands"),
    ("12,50 %", "12,5 Prozent", "a trailing nought and a unit in words"),
    ("3. Mai 2023", "03.05.2023", "a day in digits"),
    ("3. Mai 2023", "2023-05-03", "a day in ISO form"),
    ("GRDrs 0236/2023", "GRDrs 236/2023", "a leading nought of a paper's number"),
    ("ca. 31 Stellen", "rund 31 Stellen", "two words for about"),
    ("maximal 1,6 Mio. €", "bis zu 1.600.000 Euro", "two words for a bound"),
]

OTHER = [
    ("31 €", "31 Stellen", "an amount is no count"),
    ("1,4 Mio. €", "1,4 Mrd. €", "another scale"),
    ("5 %", "5 Prozentpunkte", "points are no percent"),
    ("18 Stellen", "180 Stellen", "part of another number"),
    ("2 Stellen", "212 Stellen", "the end of another number"),
    ("250 Euro", "1 250 Euro", "the end of a grouped number"),
    ("3. Mai 2023", "3. Mai 2024", "another year"),
    ("3. Mai 2023", "5. März 2023", "day and month exchanged"),
    ("Mai 2023", "Mai 2024 und Juni 2023", "month and year of different dates"),
    ("am 3. Mai", "am 3. Juni und am 5. Mai", "day and month of different dates"),
    ("236/2023", "236 und 2023", "two numbers are no paper"),
    ("-5 %", "5 %", "a sign"),
    ("TOP 4a", "TOP 4", "a letter"),
    ("12,5 %", "125 %", "a comma"),
    ("2 Gramm", "CO2", "a digit inside a name"),
    ("31 Stellen", "bis zu 31 Stellen", "a bound left out"),
    ("31 Stellen", "rund 31 Stellen", "about left out"),
    ("mehr als 31 Stellen", "31 Stellen", "a bound put in"),
    ("mindestens 31 Stellen", "höchstens 31 Stellen", "another bound"),
]


@pytest.mark.parametrize(("one", "other", "reason"), SAME, ids=[row[2] for row in SAME])
def test_one_fact_in_two_spellings_is_one(one: str, other: str, reason: str) -> None:
    assert claimed(one) == claimed(other) != frozenset(), reason


@pytest.mark.parametrize(("said", "written", "reason"), OTHER, ids=[row[2] for row in OTHER])
def test_what_is_not_surely_the_same_is_different(said: str, written: str, reason: str) -> None:
    assert not claimed(said) <= held(written), reason


def test_a_day_holds_its_month_and_year_and_not_the_other_way_round() -> None:
    assert claimed("im Mai 2023") <= held("am 3. Mai 2023")
    assert claimed("2023") <= held("am 03.05.2023")
    assert not claimed("am 3. Mai 2023") <= held("im Mai 2023")


def test_words_that_only_look_like_numbers_are_none() -> None:
    assert claimed("Die Beamten achten eine Stadt, unter hundertprozentig vielen anderen und einem Amt.") == frozenset()


def test_long_runs_of_digits_are_compared_digit_by_digit() -> None:
    assert not claimed("9" * 60) <= held("9" * 59 + "8")
