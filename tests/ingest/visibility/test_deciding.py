"""The order of the evidence, and what a place, a page or a sidecar says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.sidecar import Sidecar, read_sidecar
from ingest.types import Ground, Visibility
from ingest.visibility.deciding import Clues, Ruling, decide


def _decide(*pages: str, path: str = "2029/papier.pdf", **more: Any) -> Ruling:
    folders = tuple(path.split("/")[:-1])
    values = {"sidecar": Sidecar(), "paged": True, "name": path.split("/")[-1], "folders": folders} | more
    return decide(Clues(path=path, pages=pages or ("Ein Papier",), **values))


def test_the_folder_beats_everything() -> None:
    verdict = _decide(
        path="2029/Nicht-Öffentlich/a.pdf",
        settled=Visibility.PUBLIC,
        sidecar=Sidecar(visibility=Visibility.PUBLIC, visibility_raw="public"),
    )

    assert (verdict.visibility, verdict.ground) == ("nonpublic", Ground.FOLDER)


def test_what_staff_decided_beats_the_sidecar_and_the_paper() -> None:
    said = Sidecar(visibility=Visibility.NONPUBLIC, visibility_raw="nonpublic")

    assert _decide("NICHTÖFFENTLICH", sidecar=said, settled=Visibility.PUBLIC).visibility == "public"
    assert _decide("Status: öffentlich", settled=Visibility.NONPUBLIC).ground is Ground.SETTLED


def test_the_sidecar_beats_name_and_paper() -> None:
    said = Sidecar(visibility=Visibility.PUBLIC, visibility_raw="public")

    assert _decide("NICHTÖFFENTLICH", path="NÖ/vertraulich.pdf", sidecar=said).visibility == "public"


PLACES = [
    ("vorlage-12-nichtoeffentlich.docx", "nonpublic", "in the name"),
    ("NichtOeffentlicheVorlage113.pdf", "nonpublic", "words written together"),
    ("Niederschrift_nichto\u0308ffentlich.odt", "nonpublic", "decomposed, as macOS writes names"),
    ("12_NÖ_Grundstück.pdf", "nonpublic", "abbreviated"),
    ("Vorlage_n.ö._113.pdf", "nonpublic", "abbreviated with dots"),
    ("Angebot (vertraulich).pdf", "nonpublic", "in brackets"),
    ("nichtöffentliche Sitzungen/a.pdf", "nonpublic", "a folder of such papers"),
    ("Gemeinderat NÖ/2029/a.pdf", "nonpublic", "a folder of a committee"),
    ("Vertraulich - Aufsichtsrat/a.pdf", "nonpublic", "a folder of a company"),
    ("intern/a.pdf", "nonpublic", "a whole name"),
    ("TOP_03_N_Vorlage.pdf", "nonpublic", "the letter of a council system"),
    ("12_nichtoeffentlich_endfassung.pdf", "nonpublic", "whatever stands behind it"),
    ("nur_fuer_Ratsmitglieder.pdf", "nonpublic", "umlauts written as in names of files"),
    ("NÖTeil/a.pdf", "nonpublic", "words written together"),
    ("Plan N-12.pdf", "public", "a letter of something else"),
    ("2029-05-03_Einladung_-oeffentlich-.pdf", "public", "says the opposite"),
    ("Bekanntgabe nichtöffentlicher Beschlüsse.pdf", "public", "what is being published"),
    ("Sitzungen_ö_und_nö_Terminplan.pdf", "public", "both, of sessions"),
    ("Antrag_Noelle_Spielplatz.pdf", "public", "a name of a person"),
    ("Geheime Wahl Beigeordnete.pdf", "public", "a secret ballot"),
    ("internetauftritt-2029.pdf", "public", "another word"),
    ("Interne Dienste/a.pdf", "public", "an office"),
    ("öffentlich/a.pdf", "public", "says the opposite"),
]


@pytest.mark.parametrize(("path", "visibility", "reason"), PLACES)
def test_names_of_files_and_folders_speak_too(path: str, visibility: str, reason: str) -> None:
    assert _decide(path=path).visibility == visibility, reason


SIDECARS = [
    ("sichtbarkeit: öffentlich", "nonpublic", "a German key is not the contract's"),
    ("visiblity: public", "nonpublic", "misspelt"),
    ("sichtbarkeitsstufe: alle", "nonpublic", "a longer German key"),
    ("zugriff: nur Verwaltung", "nonpublic", "limited"),
    ("VSIBILITY: public", "nonpublic", "misspelt, in capitals"),
    ("o\u0308ffentlich: nein", "nonpublic", "decomposed"),
    ("vertraulich: ja", "nonpublic", "another key that says it"),
    ("isPublic: false", "nonpublic", "a key of an information system"),
    ("visibility: public\nvertraulich: ja", "nonpublic", "two keys that differ"),
    ("access: restricted", "nonpublic", "English"),
    ("status: nichtöffentlich", "nonpublic", "a value that says it"),
    ("tags: [grundstück, nichtöffentlich]", "nonpublic", "in a list"),
    ("meeting:\n  public: false", "nonpublic", "the session of the paper"),
    ("consultations:\n- public: false\n- public: 'no'", "nonpublic", "no public session at all"),
    ("title: Nichtöffentliche Niederschrift des Rates", "nonpublic", "its title"),
    ("file_name: NÖ-Vorlage 12", "nonpublic", "its name in the information system"),
    ("visibility: public\nsichtbarkeit: öffentlich", "public", "the contract's key stands beside"),
    ("veröffentlicht: nein", "nonpublic", "a participle"),
    ("publicly_available: 'no'", "nonpublic", "a longer English key"),
    ("internal: true", "nonpublic", "an English key"),
    ("note: Bitte nicht veröffentlichen", "nonpublic", "an order"),
    ("published: 2029-05-03", "public", "a date"),
    ("vertraulich: nein", "public", "denied"),
    ("public: true", "public", "a key of an information system"),
    ("consultations:\n- public: false\n- public: true", "public", "a preliminary session"),
    ("title: Bekanntgabe nichtöffentlicher Beschlüsse", "public", "what is being published"),
    ("note: Die Vorlage wurde in nichtöffentlicher Sitzung vorberaten", "public", "an earlier session"),
    ("possibility: ja", "public", "another word of nearly the same letters"),
    ("status: beschlossen", "public", "says nothing of it"),
]


@pytest.mark.parametrize(("text", "visibility", "reason"), SIDECARS)
def test_keys_and_values_that_mean_the_visibility_are_understood_or_doubted(
    text: str, visibility: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "papier.pdf.meta.yaml").write_text(text, "utf-8")
    verdict = _decide(sidecar=read_sidecar(tmp_path / "papier.pdf"))

    assert verdict.visibility == visibility, reason
    assert bool(verdict.warnings) is (visibility == "nonpublic")


def test_a_header_that_a_reader_gives_apart_counts() -> None:
    verdict = _decide("Ein Papier", running=("Stadt Neuberg\nNICHTÖFFENTLICH\nSeite 1",))

    assert "Kopf- oder Fußzeile" in verdict.warnings[0]
    assert _decide("Ein Papier", running=("Stadt Neuberg\nÖffentliche Sitzung",)).visibility == "public"


def test_a_hidden_sheet_row_column_or_slide_that_says_it_counts() -> None:
    verdict = _decide("Gebühren | 2029", hidden=("Entwurf", "312 | 40", "Stand | nichtöffentlich"))

    assert verdict.visibility == "nonpublic"
    assert "In einem ausgeblendeten Teil steht „Stand | nichtöffentlich“" in verdict.warnings[0]
    assert _decide("Gebühren | 2029", hidden=("Entwurf", "312 | 40")).visibility == "public"


def test_a_footer_within_the_text_counts_however_long_the_page() -> None:
    page = "Bericht\n" + "Eine Zeile Text\n" * 60

    assert _decide(page + "Seite 1 | vertraulich", page).visibility == "nonpublic"
    assert _decide(page + "Die Jury tagt in der Regel\nnichtöffentlich.", page).visibility == "public"


@pytest.mark.parametrize("heading", ["Nichtöffentlicher Teil", "II. NICHT ÖFFENTLICHE SITZUNG", "NICHTÖFFENTLICH"])
def test_the_page_on_which_the_other_part_begins_is_named(heading: str) -> None:
    public = "Niederschrift\nÖffentlicher Teil\n1. Begrüßung\n" + "Es wird gesprochen.\n" * 50
    verdict = _decide(public, "4. Verschiedenes\n" + "Text\n" * 5 + f"{heading}\n5. Grundstück\n" + "Text\n" * 5)

    assert verdict.visibility == "nonpublic"
    assert f"Auf Seite 2 beginnt mit „{heading}“ ein nichtöffentlicher Teil" in verdict.warnings[0]


def test_a_public_part_behind_the_other_one_is_named_too() -> None:
    verdict = _decide("Niederschrift\nNichtöffentlicher Teil\nText", "Öffentlicher Teil\nText")

    assert "Auf Seite 2 beginnt ein öffentlicher Teil" in verdict.warnings[0]


def test_the_step_that_staff_are_told_can_be_pasted_whatever_the_name() -> None:
    verdict = _decide("NICHTÖFFENTLICH", path="a b/c'; rm -rf x.pdf")

    assert "settle 'a b/c'\"'\"'; rm -rf x.pdf' --public" in verdict.warnings[0]
