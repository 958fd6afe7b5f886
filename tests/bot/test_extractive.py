from __future__ import annotations

from pathlib import Path

from bot.app import build
from bot.record import plain_text
from bot.types import Answered, Mood, Question
from ingest.embedding import load_encoder
from ingest.pipeline import add

PAPERS = {
    "a-2021": ("2021-12-31", "Die Stadt bietet im Netz 145 Dienste für Bürgerinnen und Bürger an."),
    "b-2023": ("2023-12-15", "Die Stadt bietet im Netz 200 Dienste für Bürgerinnen und Bürger an."),
    "c-2023": ("2023-12-20", "Die Stadt bietet im Netz 200 Dienste für Bürgerinnen und Bürger an."),
    "d-2022": ("2022-06-01", "Das Amt für Digitalisierung betreibt die Dienste der Stadt im Netz."),
}


def test_of_figures_that_differ_the_newest_leads_and_repetition_is_left_out(tmp_path: Path) -> None:
    papers = tmp_path / "papiere"
    papers.mkdir()
    for name, (day, text) in PAPERS.items():
        (papers / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
        sidecar = f"title: Dienste im Netz\nkind: report\ndate: {day}\n"
        (papers / f"{name}.meta.yaml").write_text(sidecar, encoding="utf-8")
    add(tmp_path / "index", [papers], load_encoder("bundled"))

    reply = build(index_dir=tmp_path / "index", encoder_name="bundled").ask(
        Question(text="Wie viele Dienste bietet die Stadt im Netz an?")
    )

    assert isinstance(reply, Answered)
    figures = [("200" in statement.text, "145" in statement.text) for statement in reply.statements[:2]]
    assert figures == [(True, False), (False, True)]
    assert sum("200" in statement.text for statement in reply.statements) == 1
    stands = [statement.as_of for statement in reply.statements[:2]]
    assert [stand.day.year for stand in stands if stand] == [2023, 2021]


def test_what_is_only_requested_is_shown_as_requested(tmp_path: Path) -> None:
    papers = tmp_path / "papiere"
    papers.mkdir()
    text = (
        "GRDrs 9306/2023\n\nBeschlussvorlage\n\nBeschlussantrag:\n\n"
        "1. Für das neue Ratsinformationssystem werden 300.000 Euro bereitgestellt.\n\n"
        "Begründung:\n\nDas alte System wird nicht mehr gepflegt.\n"
    )
    (papers / "vorlage.txt").write_text(text, encoding="utf-8")
    add(tmp_path / "index", [papers], load_encoder("bundled"))

    reply = build(index_dir=tmp_path / "index", encoder_name="bundled").ask(
        Question(text="Was kostet das neue Ratsinformationssystem?")
    )

    assert isinstance(reply, Answered)
    assert "300.000 Euro" in reply.statements[0].text
    assert reply.statements[0].mood is Mood.REQUESTED
    assert "(beantragt" in plain_text(reply)
