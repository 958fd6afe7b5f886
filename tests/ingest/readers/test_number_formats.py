from __future__ import annotations

import datetime as dt

import pytest

from ingest.readers.number_formats import written

DAY = dt.datetime.fromisoformat("2026-02-15")
EVENING = dt.datetime.fromisoformat("2026-02-15T18:30")


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.412, "0.0%", "41,2 %"),
        (0.5, "0%", "50 %"),
        (1250000, '#,##0.00\\ "€"', "1.250.000,00 €"),
        (-1250.5, '#,##0.00\\ "€";[Red]-#,##0.00\\ "€"', "-1.250,50 €"),
        (1250000, '_-* #,##0.00\\ [$€-407]_-;\\-* #,##0.00\\ [$€-407]_-', "1.250.000,00 €"),  # accounting
        (99.9, "[$€-2] #,##0.00", "€ 99,90"),  # the sign before the figures
        (1250000, "#,##0", "1.250.000"),
        (2350000, '#,##0.0,,"  Mio. €"', "2,4 Mio. €"),  # each comma behind the figures: thousands
        (12, '0" Plätze"', "12 Plätze"),
        (3.14159, "0.00", "3,14"),
        (3.5, "0.##", "3,5"),
        (3, "0.##", "3"),
        (1234.5, "#,##0.00\\ [$EUR]", "1.234,50 EUR"),
        (2.5, "0", "3"),  # as Excel rounds
        (7345, "00000", "07345"),  # a post code
        (0, '#,##0;-#,##0;"–"', "0"),  # a sign for nothing: the value itself
        (89.76, "General", "89,76"),
        (3, "General", "3"),
        (2024, "0", "2024"),
        (1234567, "0.00E+00", "1234567"),  # scientific: the value itself
        (True, "General", "ja"),
        (DAY, "dd.mm.yyyy", "15.02.2026"),
        (DAY, "mmmm yyyy", "Februar 2026"),
        (DAY, "[$-407]mmm\\ yy", "Februar 2026"),
        (DAY, "yyyy", "2026"),
        (DAY, "d. mmmm", "15. Februar"),
        (EVENING, "dd.mm.yyyy hh:mm", "15.02.2026 18:30"),
        (EVENING, "dd.mm.yyyy", "15.02.2026"),
        (EVENING, "hh:mm", "18:30"),
        (dt.timedelta(hours=36), "[h]:mm", "36:00 Std."),
        (dt.time(9, 5), "hh:mm", "09:05"),
        ("  zwei \n Zeilen ", "@", "zwei Zeilen"),
        (None, "0%", ""),
    ],
)  # fmt: skip
def test_a_value_is_written_as_its_format_shows_it(value: object, number_format: str, shown: str) -> None:
    assert written(value, number_format) == shown
