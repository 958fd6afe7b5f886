from __future__ import annotations

import pytest

from ingest.types import SectionRole
from tests.ingest.structure.papers_of import understood

TEXT = "Die Einführung kostet 1,4 Mio. Euro."


@pytest.mark.parametrize(
    ("head", "title", "as_of", "why"),
    [
        ("E-Akte\nStand: 30.06.2023", "E-Akte", "2023-06-30", "a title may be short"),
        ("Online-Dienste der Stadt\nStand: Juni 2023", "Online-Dienste der Stadt", "2023-06", "a month"),
        ("Personalbericht der IT\n(Stand 2023)", "Personalbericht der IT", "2023", "a report, a year in brackets"),
        ("Smart City Index\nBericht nach Muster\nStand: 2022", "Smart City Index", "2022", "in the third line"),
        ("E-Akte\nStand: Anfang 2024", "E-Akte", "2024", "the beginning of a year"),
        ("E-Akte\nStand: 2023/2024", "E-Akte", "None", "no title, though two years are no date"),
        ("E-Akte\nStand: 31.02.2023", "E-Akte", "None", "no title, though there is no such day"),
        ("Anlage 1\nStand der Umsetzung", "Stand der Umsetzung", "None", "words, no date"),
        ("Anlage 1\nStand Juni 2023 sind 30 da", "Stand Juni 2023 sind 30 da", "None", "a sentence"),
    ],
)
def test_a_stand_below_the_title_is_the_stand_of_the_paper(head: str, title: str, as_of: str, why: str) -> None:
    paper = understood(f"{head}\n\n{TEXT}\n")

    assert (paper.title, str(paper.as_of)) == (title, as_of), why
    assert TEXT not in paper.subject


def test_a_motion_that_only_gives_reasons_is_no_head() -> None:
    paper = understood(
        "ANFRAGE\nMusterfraktion\n\nVorlage Nr.: 2020/9409\nNeuer Standort am Bahnhof\n\n"
        "Sachverhalt/Begründung\n\nDer Rat erfuhr davon aus der Zeitung.\n\n1. Seit wann ist das bekannt?\n\n"
        "Unterzeichnet von:\nAda Muster\n"
    )

    reasons = next(section for section in paper.sections if section.role is SectionRole.REASONS)
    assert "aus der Zeitung" in reasons.span.of(paper.text)
    assert paper.sections[0].span.end == reasons.span.start


def test_above_the_address_of_a_letter_stands_its_sender() -> None:
    paper = understood(
        "Musterverein\n\nHerrn Oberbürgermeister\nDr. Max Muster\n76124 Karlsruhe\n\n10.10.2023\n\n"
        "DOPPELHAUSHALT 2024/2025\nANTRAG DHH/2023/9142\n\nMusterverein: Mehr Zuschuss für die Werkstatt\n\n"
        "Zuordnung im Haushaltsplan\nSeite im HH-Plan Teilhaushalt\n225 4100\n"
    )

    assert paper.subject == "Musterverein: Mehr Zuschuss für die Werkstatt"
