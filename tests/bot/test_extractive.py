from __future__ import annotations

from pathlib import Path

from bot.record import plain_text
from bot.service import Ratslotse
from bot.types import Answered, Mood, Question
from ingest.embedding import load_encoder
from ingest.index import LiveIndex
from ingest.pipeline import add
from tests.bot.readers import WordReader

PAPERS = {
    "a-2021": ("2021-12-31", "Die Stadt bietet im Netz 145 Dienste für Bürgerinnen und Bürger an."),
    "b-2023": ("2023-12-15", "Die Stadt bietet im Netz 200 Dienste für Bürgerinnen und Bürger an."),
    "c-2023": ("2023-12-20", "Die Stadt bietet im Netz 200 Dienste für Bürgerinnen und Bürger an."),
    "d-2022": ("2022-06-01", "Das Amt für Digitalisierung betreibt die Dienste der Stadt im Netz."),
}


def asked(tmp_path: Path, papers: dict[str, tuple[str, str]], question: str) -> Answered:
    """Answer a question over papers given as name → (sidecar, text), by a reader that counts words."""
    root = tmp_path / "papiere"
    root.mkdir()
    for name, (sidecar, text) in papers.items():
        (root / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
        (root / f"{name}.meta.yaml").write_text(sidecar, encoding="utf-8")
    encoder = load_encoder("bundled")
    add(tmp_path / "index", [root], encoder)
    with LiveIndex(tmp_path / "index" / "public", encoder) as index:
        reply = Ratslotse(indexes=[index], encoder=encoder, reader=WordReader()).ask(Question(text=question))
    assert isinstance(reply, Answered)
    return reply


def test_of_figures_that_differ_the_newest_leads_and_repetition_is_left_out(tmp_path: Path) -> None:
    papers = {
        name: (f"title: Dienste im Netz\nkind: report\ndate: {day}\n", text) for name, (day, text) in PAPERS.items()
    }

    reply = asked(tmp_path, papers, "Wie viele Dienste bietet die Stadt im Netz an?")

    figures = [("200" in statement.text, "145" in statement.text) for statement in reply.statements[:2]]
    assert figures == [(True, False), (False, True)]
    assert sum("200" in statement.text for statement in reply.statements) == 1
    stands = [statement.as_of for statement in reply.statements[:2]]
    assert [stand.day.year for stand in stands if stand] == [2023, 2021]


def test_earlier_figures_follow_the_newest_and_are_called_earlier(tmp_path: Path) -> None:
    papers = {
        name: (
            f"title: Plan\nkind: report\ndate: {day}\n",
            f"Der Plan für das Netz der Stadt umfasst {sum_} Mio. € bis {year}.",
        )
        for name, day, sum_, year in (("a", "2021-12-01", 175, 2026), ("b", "2023-12-15", 241, 2028))
    }

    reply = asked(tmp_path, papers, "Wie viel umfasst der Plan für das Netz der Stadt?")

    assert ["241" in reply.statements[0].text, "175" in reply.statements[1].text] == [True, True]
    assert [statement.is_earlier for statement in reply.statements] == [False, True]
    assert "[2] (früher, berichtet, Stand 1. Dezember 2021)" in plain_text(reply)


def test_figures_of_the_same_stand_that_differ_are_named_as_a_contradiction(tmp_path: Path) -> None:
    papers = {
        name: (
            f"title: Netz {name}\nkind: report\ndate: 2023-12-15\n",
            f"Die Stadt bietet im Netz {count} Dienste für alle an.",
        )
        for name, count in (("a", 145), ("b", 200))
    }

    reply = asked(tmp_path, papers, "Wie viele Dienste bietet die Stadt im Netz an?")

    assert [statement.contradicts for statement in reply.statements] == [(2,), (1,)]
    assert plain_text(reply).count("Die Papiere widersprechen sich: siehe [2]") == 1


def test_a_speech_is_given_as_its_speakers_word(tmp_path: Path) -> None:
    text = (
        "Niederschrift Verwaltungsausschuss vom 29.03.2023\n\nPunkt 4 der Tagesordnung: Netz\n\n"
        "Beschluss:\nDer Ausschuss nimmt Kenntnis.\n\nAbstimmungsergebnis:\nEinstimmig zugestimmt\n\n"
        "Stadträtin Muster (SPD): Wir vermissen 30 Stellen für das Netz in den Ämtern.\n\n"
        "Der Vorsitzende: Das Netz der Schulen kostet 12 Millionen Euro.\n"
    )
    papers = {"p": ("title: Niederschrift\nkind: protocol\ndate: 2023-03-29\n", text)}

    reply = asked(tmp_path, papers, "Wie viele Stellen fehlen für das Netz in den Ämtern?")

    assert reply.statements[0].speaker == "Stadträtin Muster (SPD)"
    assert "(laut Stadträtin Muster (SPD), Stand 29. März 2023" in plain_text(reply)


def test_what_a_draft_decision_proposes_is_shown_as_proposed(tmp_path: Path) -> None:
    text = (
        "GRDrs 9306/2023\n\nBeschlussvorlage\n\nBeschlussantrag:\n\n"
        "1. Für das neue Ratsinformationssystem werden 300.000 Euro bereitgestellt.\n\n"
        "Begründung:\n\nDas alte System wird nicht mehr gepflegt.\n"
    )

    reply = asked(tmp_path, {"vorlage": ("title: Vorlage\n", text)}, "Was kostet das neue Ratsinformationssystem?")

    assert "300.000 Euro" in reply.statements[0].text
    assert reply.statements[0].mood is Mood.PROPOSED
    assert "(vorgeschlagen" in plain_text(reply)


def test_the_opposite_of_a_sentence_is_no_repetition_of_it(tmp_path: Path) -> None:
    papers = {
        "a": (
            "title: Umzug der Abteilung\nkind: report\ndate: 2023-12-15\n",
            "Die Abteilung Netze zieht in das neue Amt um. Die Abteilung Personal zieht nicht in das neue Amt um.",
        )
    }

    reply = asked(tmp_path, papers, "Welche Abteilung zieht in das neue Amt um?")

    assert sorted("nicht" in statement.text for statement in reply.statements) == [False, True]
