"""Where German sentences end: `sentence_rows` holds the table, a row a trap."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentences
from tests.ingest.sentence_rows import LAYOUTS, ROWS

MISSED = {"a fragment in lower case behind an end"}
"""Rows known to fail, and why: a small letter behind a stop goes on far more often than it begins a fragment."""


@pytest.mark.parametrize(("expected", "reason"), ROWS, ids=[reason for _, reason in ROWS])
def test_a_sentence_ends_where_a_reader_would_end_it(expected: list[str], reason: str) -> None:
    text = " ".join(expected)

    right = [span.of(text) for span in sentences(text)] == expected

    assert right is (reason not in MISSED), reason


@pytest.mark.parametrize(("text", "expected", "reason"), LAYOUTS, ids=[row[2] for row in LAYOUTS])
def test_lines_belong_together_only_where_a_page_wrapped_them(text: str, expected: list[str], reason: str) -> None:
    assert [span.of(text) for span in sentences(text)] == expected, reason


def test_of_the_table_at_least_99_of_100_rows_are_right() -> None:
    assert len(MISSED) <= 0.01 * (len(ROWS) + len(LAYOUTS))
    assert len(ROWS) + len(LAYOUTS) >= 120


@given(st.text(alphabet="aB1.,:;!?-\n\t „“()", max_size=200))
def test_sentences_hold_every_character_once_and_in_order(text: str) -> None:
    spans = sentences(text)

    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(spans))
