from __future__ import annotations

import pytest

from bot.reading.names import missing_names, names_in


@pytest.mark.parametrize(
    ("question", "names", "reason"),
    [
        ("Was wollte die SPD 2021?", ("2021", "SPD"), "years and parties"),
        ("Was kostet die Brücke?", (), "nouns are no names"),
        ("Was kosten 2.021 Euro?", (), "a sum is no year"),
        ("Was macht DigO mit der GmbH?", ("DigO", "GmbH"), "capitals within a word"),
    ],
)
def test_names_are_years_and_words_in_capitals(question: str, names: tuple[str, ...], reason: str) -> None:
    assert names_in(question) == names, reason


@pytest.mark.parametrize(
    ("question", "text", "missing", "reason"),
    [
        ("Was wollte die SPD 2021?", "Antrag der SPD (2021-03): Wir fordern Bäume.", 0.0, "both are said"),
        ("Was wollte die SPD 2021?", "Antrag der CDU (2021-03): Wir fordern Bäume.", 0.5, "another party"),
        ("Was wollte die SPD 2021?", "Antrag der CDU (2019-03): Wir fordern Bäume.", 1.0, "and another year"),
        ("Was kostet das?", "Das kostet 3 Euro.", 0.0, "nothing is named"),
    ],
)
def test_what_a_text_does_not_name_is_missing(question: str, text: str, missing: float, reason: str) -> None:
    assert missing_names(question, text) == missing, reason
