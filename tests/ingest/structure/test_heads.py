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


ANSWER = (
    "Stellungnahme zur Anfrage\nMusterfraktion\nvom: 12.03.2024\nVorlage Nr.: 2024/9123\nRadwege in der Stadt\n\n"
    "Die Stadt hat bis heute 14 Kilometer Radwege gebaut.\nEs fehlen noch 6 Kilometer im Norden.\n"
    "Stand: 31.12.2015\nNord 5 km\nSüd 9 km\n"
)
MARKDOWN = "# Smart City Index\n\nDie Stadt liegt vorn.\n\n## Tabelle\n\nStand: 2024\n\nNord 14\n"
MOTION = (
    "Antrag\nMusterfraktion\nStuttgart, 12.03.2020\n\nBetreff: Radwege im Norden\n\nIm Norden fehlen Radwege.\n\n"
    "Stand: 2015\n\nWir beantragen:\n\n1. Die Verwaltung berichtet.\n"
)


@pytest.mark.parametrize(
    ("text", "title", "role", "prose"),
    [
        (ANSWER, "Radwege in der Stadt", SectionRole.REPORT, "14 Kilometer"),
        (MARKDOWN, "Smart City Index", SectionRole.BODY, "liegt vorn"),
        (MOTION, "Radwege im Norden", SectionRole.REASONS, "fehlen Radwege"),
    ],
)
def test_a_stand_below_a_sentence_is_that_of_a_table(text: str, title: str, role: SectionRole, prose: str) -> None:
    paper = understood(text)

    assert (paper.title, paper.as_of) == (title, None)
    section = next(section for section in paper.sections if prose in section.span.of(paper.text))
    assert section.role is role


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Antrag\nMusterfraktion\nRadwege im Norden\nStand: 2015\n\nWir beantragen:\n\n1. Wege.\n", "a motion"),
        ("Vorlage Nr.: 2024/9123\nStuttgart, 12.03.2024\nRadwege\nStand: 2015\n\nEs geht voran.\n", "its own date"),
    ],
)
def test_a_motion_or_a_dated_paper_has_no_stand(text: str, why: str) -> None:
    assert understood(text).as_of is None, why


LETTER_ABOVE = (
    "Schulessen verbessern\nAntrag der SPD-Gemeinderatsfraktion\n\nHerrn Oberbürgermeister Dr. Max Muster\n\n"
    "Stuttgart, 12.03.2020\n\n{}Wir beantragen:\n\n1. Das Essen wird besser.\n"
)
LETTER = "Antrag\nSPD-Gemeinderatsfraktion\n{}\nStuttgart, 12.03.2020\n\nWir beantragen:\n\n1. Mehr Licht.\n"


@pytest.mark.parametrize(
    ("text", "subject", "why"),
    [
        (LETTER_ABOVE.format(""), "Schulessen verbessern", "the subject is the first line"),
        (
            LETTER_ABOVE.format("Sehr geehrter Herr Oberbürgermeister,\n\ndas Essen ist kalt.\n\n"),
            "Schulessen verbessern",
            "a salutation is no subject",
        ),
        (
            LETTER.format("Sicherheit auf dem Marktplatz\nAn den Oberbürgermeister"),
            "Sicherheit auf dem Marktplatz",
            "the address follows directly",
        ),
        (
            LETTER.format("Sicherheit auf dem Marktplatz\nAn den\nOberbürgermeister"),
            "Sicherheit auf dem Marktplatz",
            "an address of two lines",
        ),
        (LETTER.format("An den Oberbürgermeister"), "", "an address is no subject"),
        (
            LETTER.format("Bürgermeister-Muster-Platz sanieren\nAn Herrn Oberbürgermeister Dr. Muster"),
            "Bürgermeister-Muster-Platz sanieren",
            "a subject that begins with the word",
        ),
        (
            "Musterverein\n\nHerrn Oberbürgermeister\n76124 Karlsruhe\n\n10.10.2023\n\n"
            "Mehr Zuschuss für die Werkstatt\n\nWir beantragen:\n\n1. Mehr Geld.\n",
            "Mehr Zuschuss für die Werkstatt",
            "a sender stays above its address",
        ),
    ],
)
def test_a_subject_may_stand_above_the_address(text: str, subject: str, why: str) -> None:
    assert understood(text).subject == subject, why


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Stadt Karlsruhe\nDezernat 4\nStand: 01.01.2020", "papier"),
        ("1\nStand: Juni 2018", "papier"),
        ("Gedruckt auf 100 Prozent Recyclingpapier\nStand: Juni 2018", "papier"),
        ("Stadt Karlsruhe\nE-Akte\nStand: Juni 2018", "E-Akte"),
    ],
)
def test_a_letterhead_above_a_stand_is_no_title(head: str, title: str) -> None:
    paper = understood(f"{head}\n\n{TEXT}\n")

    assert paper.title == title
    assert paper.as_of is not None


@pytest.mark.parametrize("line", ["Stand: 2018/19", "Stand 1234", "Stand: 31.02.2023"])
def test_a_stand_without_a_date_is_no_line_of_the_head(line: str) -> None:
    paper = understood(f"Vorlage Nr.: 2024/9123\nHaushaltsplan\n{line}\n\n{TEXT}\n")

    assert (paper.subject, paper.as_of) == ("Haushaltsplan", None)
    assert line not in paper.sections[0].span.of(paper.text)


def test_the_first_stand_with_a_date_counts() -> None:
    paper = understood(f"E-Akte\nStand: 2018/19\nStand: Juni 2020\n\n{TEXT}\n")

    assert (paper.title, str(paper.as_of)) == ("E-Akte", "2020-06")


def test_a_heading_without_a_value_opens_the_text_and_is_no_field() -> None:
    paper = understood("GRDrs 9306/2029\n\nBeschlussvorlage\n\nBeschlussantrag:\n\n1. Die Stadt kauft Bänke.\n")

    assert next(one.role for one in paper.sections if "Bänke" in one.span.of(paper.text)) is SectionRole.REQUEST


def test_a_number_on_a_line_of_its_own_begins_the_points_not_the_head() -> None:
    paper = understood(
        "Anfrage\n\nVorlage Nr.: 2025/0999\n\nUmfang der Telearbeit\nAnfrage: SPD\n\n"
        "Gremien Termin TOP Ö / N Zuständigkeit\nGemeinderat 24.06.2025 31 Ö Kenntnisnahme\n\n"
        "1)\n\nIn welchem Umfang wird Telearbeit derzeit\nin der Stadtverwaltung Musterstadt angeboten?\n\n"
        "2)\n\nWie hoch ist die Nachfrage unter den Beschäftigten?\n"
    )

    assert [point.number for point in paper.points] == ["1", "2"]
