from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.matters.register import matters_of
from bot.question.types import Form
from ingest.index import DocumentHeader
from ingest.types import DateBasis, Kind
from tests.bot.passages import a_hit, a_paper

PAPER = a_hit(a_paper("Text.", title="Radbrücke")).document


def a_header(name: str, **changes: object) -> DocumentHeader:
    """Build a paper's header; keywords replace its fields."""
    values: dict[str, object] = {"document_id": name, "path": f"{name}.txt", "procedure": None, "number": None}
    return replace(PAPER, **(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "form", "reason"),
    [
        ({"kind": Kind.MOTION}, Form.MOTION, "by its kind"),
        ({"kind": Kind.MOTION, "title": "Anfrage: Licht"}, Form.INQUIRY, "an inquiry is a motion by kind, not by name"),
        ({"kind": Kind.REPORT, "paper_type": "Anfrage"}, Form.INQUIRY, "the type of the matter counts"),
        ({"kind": Kind.MOTION, "paper_type": "Änderungs-/Ergänzungsantrag"}, Form.AMENDMENT, "an amendment"),
        ({"kind": Kind.MOTION, "paper_type": "Interfraktioneller Antrag"}, Form.MOTION, "moved by several"),
        (
            {"kind": Kind.REPORT, "paper_type": "Beschlussvorlage", "title": "Antrag SPD: Licht"},
            Form.MOTION,
            "older systems call every paper a Vorlage",
        ),
        (
            {"kind": Kind.REPORT, "paper_type": "Beschlussvorlage", "title": "Licht: Anfrage StR Ott (CDU)"},
            Form.INQUIRY,
            "with its form behind the subject",
        ),
        (
            {"kind": Kind.REPORT, "paper_type": "Beschlussvorlage", "title": "Antrag auf Einrichtung einer Klasse"},
            Form.PROPOSAL,
            "an application of the administration is no motion",
        ),
        ({"kind": Kind.REPORT, "title": "Bericht zum Freibad"}, Form.REPORT, "no Vorlage"),
        ({"kind": Kind.REPORT, "number": "GRDrs 9/2023"}, Form.PROPOSAL, "a number of Vorlagen"),
        ({"kind": Kind.PROTOCOL}, Form.PROTOCOL, "minutes"),
    ],
)
def test_a_matter_has_one_form(changes: dict[str, object], form: Form, reason: str) -> None:
    (matter,) = matters_of([a_header("a", **changes)])

    assert matter.form is form, reason


def test_a_motion_with_its_reply_and_minutes_is_one_matter() -> None:
    papers = [
        a_header("reply", procedure="7", kind=Kind.REPORT, date=dt.date(2024, 3, 1)),
        a_header("motion", procedure="7", kind=Kind.MOTION, factions=("SPD",), date=dt.date(2024, 1, 1)),
        a_header("minutes", procedure="7", kind=Kind.PROTOCOL, factions=("CDU",), date=dt.date(2024, 4, 1)),
    ]

    (matter,) = matters_of(papers)

    assert [paper.document_id for paper in matter.papers] == ["motion", "reply", "minutes"]
    assert (matter.opening.document_id, matter.factions) == ("motion", ("SPD",))


def test_a_procedure_that_ties_several_motions_is_several_matters() -> None:
    papers = [
        a_header("one", procedure="Digital", kind=Kind.MOTION, number="1/2024", paper_type="Antrag"),
        a_header("two", procedure="Digital", kind=Kind.MOTION, number="2/2024", paper_type="Haushaltsantrag"),
        a_header("reply", procedure="Digital", kind=Kind.REPORT, paper_type="Vorlage"),
    ]

    matters = matters_of(papers)

    assert [matter.opening.document_id for matter in matters] == ["one", "two"]
    assert all(len(matter.papers) == 2 for matter in matters)


def test_files_that_bear_the_type_of_their_matter_are_one_matter_however_they_are_numbered() -> None:
    papers = [a_header(n, procedure="7", kind=Kind.MOTION, number=n, paper_type="Antrag") for n in ("1/2024", "2/2024")]

    assert len(matters_of(papers)) == 1


def test_numbers_of_one_kind_say_nothing_about_another() -> None:
    papers = [a_header("a", kind=Kind.MOTION, number="9/2023"), a_header("b", kind=Kind.REPORT, number="9/2023")]

    assert len(matters_of(papers)) == 2


def test_only_a_paper_s_own_date_says_when_it_was_moved() -> None:
    listed = a_header("a", date=dt.date(2024, 1, 1), date_basis=DateBasis.LISTED)

    assert not matters_of([listed])[0].has_own_day
    assert matters_of([replace(listed, date_basis=DateBasis.PAPER)])[0].has_own_day
