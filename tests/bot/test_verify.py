from __future__ import annotations

import pytest

from bot.answering.verify import fold, stands_in, supported
from ingest.types import OffsetMap, Span
from tests.builders import a_document

STATEMENTS = [
    ("Das Amt hat 180 Stellen.", ["Bewilligt sind 180 Stellen für das Amt."], True, "number and names stand there"),
    ("Das Amt hat 181 Stellen.", ["Bewilligt sind 180 Stellen für das Amt."], False, "another number"),
    ("Am 3. Mai 2024 tagte der Rat.", ["Der Rat tagte am 3. Mai 2023."], False, "another year"),
    ("Frau Maier leitet das Amt.", ["Frau Mayer leitet das Amt."], False, "another name"),
    ("Es kostet 1.250,50 Euro.", ["Kosten: 1.250,50 Euro"], True, "a number with separators"),
    ("Es wurde beschlossen.", [], False, "no quote at all"),
    ("Das Digitalisierungsamt plant.", ["das Digitali-\nsierungsamt plant"], True, "a hyphen at a line end"),
]


@pytest.mark.parametrize(("statement", "quotes", "passes", "reason"), STATEMENTS, ids=[row[3] for row in STATEMENTS])
def test_a_statement_passes_only_if_its_facts_stand_in_its_quotes(
    statement: str, quotes: list[str], passes: bool, reason: str
) -> None:
    assert supported(statement, quotes) is passes, reason


def test_folding_drops_what_layout_adds() -> None:
    assert fold("Digitali-\n sierung\u00ad") == fold("digitalisierung")


def test_a_quote_must_stand_in_the_text_and_in_the_source() -> None:
    document = a_document()

    assert stands_in(document, Span(start=0, end=4), "eins")
    assert not stands_in(document, Span(start=0, end=4), "zwei")
    assert not stands_in(document, Span(start=0, end=0), "")


def test_a_quote_across_a_removed_running_head_is_no_quote() -> None:
    # the source has "– 2 –" between the words, the cleaned text has not
    source = "der Rat\n– 2 –\nbeschließt"
    text = "der Rat\nbeschließt"
    offsets = OffsetMap(cleaned=(0, 8), source=(0, 14), source_length=len(source))
    document = a_document(text=text, source=source, offsets=offsets)

    assert stands_in(document, Span(start=0, end=7), "der Rat")
    assert not stands_in(document, Span(start=0, end=len(text)), text)
