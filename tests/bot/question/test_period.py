from __future__ import annotations

from datetime import date

import pytest

from bot.question.period import period_in
from bot.question.types import Period

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "first", "last", "reason"),
    [
        ("Anträge aus 2024", date(2024, 1, 1), date(2024, 12, 31), "a year"),
        ("Anträge seit 2020", date(2020, 1, 1), None, "open to the end"),
        ("Anträge vor 2020", None, date(2019, 12, 31), "open to the beginning, the year itself not"),
        ("Anträge bis 2020", None, date(2020, 12, 31), "open to the beginning, the year itself too"),
        ("Anträge nach 2020", date(2021, 1, 1), None, "the year itself not"),
        ("zwischen 2015 und 2018", date(2015, 1, 1), date(2018, 12, 31), "two years"),
        ("2019 bis 2021", date(2019, 1, 1), date(2021, 12, 31), "without a word before"),
        ("2024/2025", date(2024, 1, 1), date(2025, 12, 31), "a double year"),
        ("letztes Jahr", date(2025, 1, 1), date(2025, 12, 31), "from today"),
        ("im vergangenen Jahr", date(2025, 1, 1), date(2025, 12, 31), "in other words"),
        ("dieses Jahr", date(2026, 1, 1), date(2026, 12, 31), "the current one"),
        ("letzten Monat", date(2026, 10, 1), date(2026, 10, 31), "a month from today"),
        ("in den letzten zwei Jahren", date(2024, 11, 27), TODAY, "a span up to today"),
        ("am 13.5.25", date(2025, 5, 13), date(2025, 5, 13), "a day with two digits of its year"),
        ("im März 2019", date(2019, 3, 1), date(2019, 3, 31), "a month"),
        ("im ersten Halbjahr 2024", date(2024, 1, 1), date(2024, 6, 30), "half a year"),
        ("im 4. Quartal 2023", date(2023, 10, 1), date(2023, 12, 31), "a quarter"),
    ],
)
def test_spans_of_time_are_read(text: str, first: date | None, last: date | None, reason: str) -> None:
    found = period_in(text, TODAY)

    assert found is not None, reason
    assert found.period == Period(first=first, last=last), reason


@pytest.mark.parametrize("text", ["Welche Anträge gibt es?", "2018 bis 2015", "2019, 2021 und 2024"])
def test_what_is_no_span_is_none(text: str) -> None:
    assert period_in(text, TODAY) is None


def test_an_open_span_touches_the_year_it_names() -> None:
    assert Period(first=date(2020, 1, 1), last=None).years == (2020,)
    assert Period(first=None, last=None).years == ()
