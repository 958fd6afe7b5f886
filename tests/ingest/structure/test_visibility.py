from __future__ import annotations

import pytest

from ingest.sidecar import Sidecar
from ingest.types import Visibility
from tests.ingest.structure.papers_of import understood

HEADS = [
    # (head, visibility, whether staff are told)
    ("Niederschrift Nr.\nSitzungsart: öffentlich", "public", False),
    ("Niederschrift Nr.\nSitzungsart: nichtöffentlich", "nonpublic", True),  # "öffentlich" is part of it
    ("Niederschrift Nr.\nSitzungsart: nicht öffentlich", "nonpublic", True),
    ("Niederschrift Nr.\nSitzungsart: nichtoeffentlich", "nonpublic", True),
    ("Niederschrift Nr.\nSitzungsart: NICHT-ÖFFENTLICH", "nonpublic", True),
    ("Niederschrift Nr.\nSitzungsart: N.Ö.", "nonpublic", True),
    ("Niederschrift Nr.\nSitzungsart:\nnichtöffentlich", "nonpublic", True),  # the value below its label
    ("Niederschrift Nr.\nSitzungsart: teilöffentlich", "nonpublic", True),  # cannot be read
    ("Niederschrift 3. Plenarsitzung\n18. Juli 2029\nnicht öffentlich\nBürgersaal", "nonpublic", True),
    ("Nichtöffentliche Beschlussvorlage\nGRDrs 9001/2029", "nonpublic", True),
    ("Antrag\nÖffentlich ☐ Nichtöffentlich ☐", "public", False),  # choices without a cross
    ("Antrag\n☐ nichtöffentlich", "public", False),
    ("Antrag\nÖffentlich  Nichtöffentlich", "public", False),
    ("Antrag\nGremium Termin TOP ö nö\nGemeinderat 18.06.2029 27", "public", False),
    ("Antrag\nTOP\nö\nnö", "public", False),  # the same, one word a line
    ("GRDrs 9001/2029\nUnterlage zur nichtöffentlichen Behandlung am 04.12.2029", "public", False),  # a mention
    ("Beschlussvorlage\nnach nichtöffentlicher Vorberatung im Hauptausschuss", "public", False),
    (
        "Gemeinderat\nVerwaltungsausschuss\nBeratung\nBeratung\nöffentlich\nnichtöffentlich\n1.2.2029\n2.2.2029",
        "public",
        False,
    ),
]


@pytest.mark.parametrize(("head", "visibility", "warned"), HEADS)
def test_only_a_field_about_the_paper_itself_hides_it(head: str, visibility: str, warned: bool) -> None:
    document = understood(head)

    assert document.visibility == visibility
    assert bool(document.warnings) is warned


def test_the_folder_beats_everything() -> None:
    public = Sidecar(visibility=Visibility.PUBLIC, visibility_raw="public")

    assert understood("Antrag", path="nichtoeffentlich/2029/a.txt", sidecar=public).visibility == "nonpublic"
    assert understood("Antrag", path="2029/NichtOeffentlich/a.txt", sidecar=public).visibility == "nonpublic"
    assert understood("Antrag", path="oeffentlich/2029/a.txt").visibility == "public"


def test_a_sidecar_beats_the_head() -> None:
    public = Sidecar(visibility=Visibility.PUBLIC, visibility_raw="public")

    assert understood("Niederschrift\nSitzungsart: nichtöffentlich", sidecar=public).visibility == "public"
