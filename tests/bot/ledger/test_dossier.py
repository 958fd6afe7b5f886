from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bot.ledger import Motions
from bot.ledger.dossier import dossier_html, write_dossier
from bot.ledger.view import show_motion, show_news, show_overview
from bot.types import Language
from ingest.errors import UsageError
from tests.bot.ledger.conftest import Town


@pytest.fixture
def motions(quiet_town: Town) -> Motions:
    return quiet_town.motions()


def test_a_dossier_tells_state_evidence_gap_and_whom_to_ask(motions: Motions) -> None:
    html = dossier_html(motions.find("antrag.md"))

    for wanted in ("offen (abgelehnt)", "nicht beizutreten", "Stand 2. März 2031", "Was fehlt", "Bürgeramt"):
        assert wanted in html


def test_markup_in_a_paper_is_text(motions: Motions) -> None:
    motion = replace(motions.find("antrag.md"), title="<script>alert(1)</script>")

    assert "<script>" not in dossier_html(motion)


def test_an_address_that_is_no_web_address_is_not_linked(motions: Motions) -> None:
    motion = motions.find("antrag.md")
    evidence = replace(
        motion.points[0].evidence[0], citation=replace(motion.points[0].evidence[0].citation, url="javascript:alert(1)")
    )
    motion = replace(motion, points=(replace(motion.points[0], evidence=(evidence,)),))

    assert "javascript" not in dossier_html(motion)


@pytest.mark.parametrize(("ending", "part"), [("docx", "word/document.xml"), ("odt", "content.xml")])
def test_office_formats_hold_the_same_words(motions: Motions, tmp_path: Path, ending: str, part: str) -> None:
    target = tmp_path / f"dossier.{ending}"
    write_dossier(motions.find("antrag.md"), target)

    with zipfile.ZipFile(target) as archive:
        assert "nicht beizutreten" in archive.read(part).decode("utf-8")


@pytest.mark.parametrize("name", ["dossier.pdf", "fehlt/dossier.html"])
def test_what_cannot_be_written_is_said_in_one_sentence(motions: Motions, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="kann nicht geschrieben werden"):
        write_dossier(motions.find("antrag.md"), tmp_path / name)


def test_the_terminal_view_fits_a_phone(motions: Motions) -> None:
    out = Console(width=40, record=True, file=None, quiet=False, force_terminal=False)
    with out.capture() as captured:
        show_overview(motions.all(), Language.DE, out)
        show_motion(motions.find("antrag.md"), Language.DE, out)
        show_news((), Language.DE, out)

    assert max(len(line) for line in captured.get().splitlines()) <= 40
    assert "○ offen (abgelehnt)" in captured.get()


def test_english_words_stand_around_german_quotes(motions: Motions) -> None:
    html = dossier_html(motions.find("antrag.md"), Language.EN)

    assert "open (refused)" in html
    assert "nicht beizutreten" in html
