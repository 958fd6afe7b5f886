from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import find_dates, find_stands, first_date, month_first_readings

ROWS = [
    ("am 26.04.2029", "2029-04-26"),
    ("am 5.4.2029", "2029-04-05"),  # without zeros
    ("8. April 1976", "1976-04-08"),  # in words
    ("30 April 2014", "2014-04-30"),  # the stop forgotten
    ("21. Juni\n2022", "2022-06-21"),  # broken by a line
    ("7. Feb. 2029", "2029-02-07"),  # shortened
    ("22. NOVEMBER 2005", "2005-11-22"),  # capitals
    ("2029-04-26", "2029-04-26"),  # ISO
    ("vom 26.02.08", "2008-02-26"),  # two digits
    ("15./16.12.2028", "2028-12-15"),  # two days: the first
    ("15./16. Dezember 2028", "2028-12-15"),
    ("31.02.2029", "None"),  # no such day
    ("10.12.1019", "None"),  # a typing error
    ("Ziffer 9.13.6", "None"),  # a number of a list
    ("1.800.57.10.01.03.13", "None"),  # an account
    ("04/05/2029", "None"),  # only heads write so
]


@pytest.mark.parametrize(("text", "day"), ROWS)
def test_dates_are_read_as_papers_write_them(text: str, day: str) -> None:
    assert str(first_date(text)) == day


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31)))
def test_every_date_written_in_full_is_read_back(day: date) -> None:
    for text in (f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}", day.isoformat()):
        assert [found.day for found in find_dates(f"am {text} war")] == [day]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Stuttgart, 04/05/2029", (date(2029, 4, 5), date(2029, 5, 4))),  # month first is likelier
        ("Stuttgart, 13/04/2029", (date(2029, 4, 13),)),  # no thirteenth month
        ("Stuttgart, 04/04/2029", (date(2029, 4, 4),)),  # both the same
        ("Stuttgart, 05.04.2029", ()),
    ],
)
def test_slashed_dates_are_read_month_first(text: str, days: tuple[date, ...]) -> None:
    assert month_first_readings(text) == days


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Stand Dezember 2021", ["2021-12"]),  # a month
        ("im Jahr 2022 und Ende 2023.", ["2022", "2023"]),  # years, one at a stop
        ("am 3. Mai 2024, zum 01.07.2024", ["2024-05-03", "2024-07-01"]),  # days are read once, not as years too
        ("GRDrs 236/2023", []),  # the number of a paper
        ("Doppelhaushalt 2024/2025", []),  # two years
        ("für 2022–2026", []),  # from, to
        ("kostet 2000 Euro, also 2.000 € und 1.2023", []),  # sums
        ("Oktober 2023/2024", []),  # two months in one
    ],
)
def test_months_and_years_are_read_as_exactly_as_they_are_written(text: str, stands: list[str]) -> None:
    assert [str(found.stand) for found in find_stands(text)] == stands
