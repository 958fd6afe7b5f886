"""The motion that Ratslotse was asked for; read only where `RATSLOTSE_DATA` says where it lies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.clean import clean
from ingest.types import SectionRole
from tests.ingest.structure.papers_of import understood

HEADINGS = (
    "Digitalisierungsstrategie des Amtes für Digitalisierung, Organisation und IT",
    "Steuerungsmechanismen und Portfoliomanagement",
    "Zuständigkeitsaufteilung",
    "Allgemeiner Stellen- und Besetzungsstand",
    "Gelungene Projekte",
    "Gemeinsamer Bericht der Ausländerbehörde und DO.IT",
    "Zusammenspiel Stadtmessungsamt und DO.IT",
)


@pytest.mark.skipif("RATSLOTSE_DATA" not in os.environ, reason="RATSLOTSE_DATA names no folder")
def test_the_motion_that_started_it_all_is_read_point_by_point() -> None:
    file = Path(os.environ["RATSLOTSE_DATA"]) / "motion-stuttgart-digitalisierung.txt"
    document = understood(clean(file.read_text(encoding="utf-8")).text)

    assert (document.kind, document.factions) == ("motion", ("Bündnis 90/Die Grünen",))
    assert document.subject == document.title == "Digitalisierung: Was macht die Stadt Stuttgart?"
    assert document.signatories == ("Afina Albrecht", "Florian Pitschel", "Björn Peterhoff")
    assert tuple(point.heading for point in document.points) == HEADINGS
    assert tuple(point.number for point in document.points) == ("1", "2", "3", "4", "5", "6", "7")
    assert document.points[1].text.endswith("Wie sieht das Backlog von DO.IT aus?")
    assert document.points[4].text.count(" - ") == 2
    assert document.points[6].text.endswith("Gesamtdatenstrategie eingebunden?")
    assert [s.role for s in document.sections] == [
        SectionRole.HEADER,
        SectionRole.REQUEST,
        SectionRole.REASONS,
        SectionRole.CLOSING,
    ]
    assert "Bertelsmann" in document.sections[2].span.of(document.text)
