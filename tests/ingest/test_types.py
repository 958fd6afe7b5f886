from __future__ import annotations

import pytest

from ingest.types import OffsetMap, Span
from tests.builders import a_document


def test_a_span_never_runs_backwards() -> None:
    with pytest.raises(ValueError, match="no span"):
        Span(start=3, end=2)


def test_the_page_of_a_span_is_computed_from_its_place_in_the_source() -> None:
    document = a_document()

    assert document.page_of(Span(start=0, end=4)) == 1
    assert document.page_of(Span(start=5, end=9)) == 2


def test_a_format_without_pages_never_names_one() -> None:
    assert a_document(paged=False).page_of(Span(start=5, end=9)) is None


def test_what_cleaning_removed_behind_a_span_is_no_part_of_it() -> None:
    # source "ab-\ncd": cleaned "abcd", the hyphen and the line end are gone
    offsets = OffsetMap(cleaned=(0, 2), source=(0, 4), source_length=6)

    assert offsets.span(Span(start=0, end=2)) == Span(start=0, end=2)
    assert offsets.span(Span(start=0, end=4)) == Span(start=0, end=6)
    assert offsets.span(Span(start=2, end=4)) == Span(start=4, end=6)
