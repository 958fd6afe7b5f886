"""Points that are counted in unusual ways; the usual ones are in the tests of the structure."""

from __future__ import annotations

import pytest

from ingest.structure.lines import lines_of
from ingest.structure.points import points_of
from ingest.types import Section, SectionRole, Span

FORMS = [
    (
        "1 Waren der Stadt die Absichten bekannt?\n\n2 Wenn ja, seit wann und durch wen?",
        ["Waren der Stadt die Absichten bekannt?", "Wenn ja, seit wann und durch wen?"],
        "numbers without dot or bracket",
    ),
    (
        "1)\n\nIn welchem Umfang wird das angeboten?\n\n2)\n\nWie hoch ist die Nachfrage?",
        ["In welchem Umfang wird das angeboten?", "Wie hoch ist die Nachfrage?"],
        "numbers alone on their lines, the last one too",
    ),
    (
        "Die Stadt baut am Musterweg\n\n20 Wohnungen und eine Kita.",
        ["Die Stadt baut am Musterweg 20 Wohnungen und eine Kita."],
        "an amount at the start of a line counts nothing",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), FORMS, ids=[row[-1] for row in FORMS])
def test_points_are_read_however_they_are_counted(text: str, expected: list[str], reason: str) -> None:
    request = Section(role=SectionRole.REQUEST, heading="", span=Span(start=0, end=len(text)))

    found, _ = points_of(text, lines_of(text), [request], "")

    assert [point.text for point in found] == expected
