"""A sentence is shown with what it needs: rows of a text, the sentence chosen, and what is read on the screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.quoting import MAX_QUOTED, quoted, says_something
from ingest.types import OffsetMap, SectionRole, Span
from tests.builders import a_document

LONG = "Die Verwaltung hat " + "sehr " * 60 + "viel geprüft."
ROWS = [
    # a sentence that leans on the one before
    ("Das Portal ist seit Mai in Betrieb. Es bietet 200 Dienste an.", "Es bietet 200 Dienste an.",
     "Das Portal ist seit Mai in Betrieb. Es bietet 200 Dienste an.", "Es bietet"),
    ("Das Amt wurde 2022 gegründet. Dieses hat 180 Stellen.", "Dieses hat 180 Stellen.",
     "Das Amt wurde 2022 gegründet. Dieses hat 180 Stellen.", "Dieses"),
    ("Das Amt wurde 2022 gegründet. Es gibt 180 Stellen.", "Es gibt 180 Stellen.", "Es gibt 180 Stellen.",
     "Es gibt leans on nothing"),
    ("Das Amt wurde 2022 gegründet.\n\nDies ist neu.", "Dies ist neu.", "Dies ist neu.", "another paragraph"),
    ("Kurzfassung\nDies ist neu.", "Dies ist neu.", "Dies ist neu.", "a heading is no sentence to lean on"),
    ("Wann kommt das Amt? Dies ist offen.", "Dies ist offen.", "Dies ist offen.", "a question is not quoted"),
    (f"{LONG} Dies ist neu.", "Dies ist neu.", "Dies ist neu.", "both would be too long"),
    # an item of a list
    ("Geplant sind:\n- ein Portal\n- eine App", "- eine App", "Geplant sind: - ein Portal - eine App",
     "an item without a verb takes its opening"),
    ("Beschluss:\n1. Das Amt wird gegründet.", "1. Das Amt wird gegründet.", "Das Amt wird gegründet.",
     "an item with a verb stands alone, without its number"),
    ("Der Rat tagt.\n- eine App", "- eine App", "eine App", "no opening"),
    # a row of a table
    ("Jahr | Stellen\n2022 | 98\n2024 | 180", "2024 | 180", "Jahr: 2024, Stellen: 180", "a row under its heading"),
    ("Jahr\tStellen\n2022\t98", "2022\t98", "Jahr: 2022, Stellen: 98", "cells parted by tabs"),
    ("Jahr | Rang | Bemerkung\n2020 | 6 | \n2021 | 8 | gut", "2021 | 8 | gut", "Jahr: 2021, Rang: 8, Bemerkung: gut",
     "a row above with an empty cell"),
    ("2022 | 98\n2024 | 180", "2024 | 180", "2024 | 180", "no heading row"),
    ("Sitzungsart:\töffentlich\nVorsitz:\tFrau Ott", "Vorsitz:\tFrau Ott", "Vorsitz: Frau Ott", "fields of a form"),
    ("Stellen\n\n2024 | 180", "2024 | 180", "2024 | 180", "a heading of another shape is none"),
    # what is left out of the text on the screen, never of the quote
    ("Begründung:\nRund 100.000 Akten sind zu scannen.", "Begründung:\nRund 100.000 Akten sind zu scannen.",
     "Rund 100.000 Akten sind zu scannen.", "the label above a sentence"),
    ("Abstimmungsergebnis:\nEinstimmig zugestimmt.", "Abstimmungsergebnis:\nEinstimmig zugestimmt.",
     "Abstimmungsergebnis: Einstimmig zugestimmt.", "a label that carries the meaning stays"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence", "expected", "reason"), ROWS, ids=[row[3] for row in ROWS])
def test_a_sentence_is_shown_with_what_it_needs(text: str, sentence: str, expected: str, reason: str) -> None:
    start = text.rindex(sentence)
    paper = a_document(text=text, source=text, offsets=OffsetMap(source_length=len(text)))

    shown = quoted(Span(start=start, end=start + len(sentence)), paper)

    assert shown.text == expected, reason
    assert shown.spans[-1].end == start + len(sentence)


@pytest.mark.parametrize(
    ("text", "role", "expected"),
    [
        ("Das Amt hat 180 Stellen.", SectionRole.HEADER, True),
        ("- eine App", SectionRole.BODY, True),
        ("Jahr | Stellen", SectionRole.BODY, True),
        ("Los 2 (Drucker) an die Firma Muster", SectionRole.BODY, True),
        ("Punkt 31 der Tagesordnung: Netz", SectionRole.HEADER, False),
        ("Mehr Termine in den Bürgerbüros", SectionRole.BODY, False),
        ("Wir fragen daher die Verwaltung:", SectionRole.REQUEST, False),
        ("Abstimmungsergebnis: einstimmig", SectionRole.VOTE, True),
        ("Abstimmungsergebnis:", SectionRole.VOTE, False),
        ("durchzuführen und zu berichten", SectionRole.BODY, False),  # cut off in front
        ("Frau Schmider zur", SectionRole.DEBATE, False),  # cut off behind
        ("3.903 Plätze", SectionRole.BODY, False),  # of what, nobody knows
        ("an die Firma Muster zu 634.400 Euro", SectionRole.BODY, True),  # cut off, but with a figure
    ],
)
def test_a_heading_says_nothing(text: str, role: SectionRole, expected: bool) -> None:
    assert says_something(text, role) is expected


@given(st.text(alphabet="DieAmt. :|\t\n-1.", max_size=80), st.integers(0, 79), st.integers(1, 40))
def test_whatever_is_quoted_stands_in_the_paper_and_stays_short(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    if start >= end:
        return
    paper = a_document(text=text, source=text, offsets=OffsetMap(source_length=len(text)))

    shown = quoted(Span(start=start, end=end), paper)

    assert shown.spans[-1].end == end
    assert all(0 <= span.start <= span.end <= len(text) for span in shown.spans)
    assert sum(len(span) for span in shown.spans) <= MAX_QUOTED + len(text)
