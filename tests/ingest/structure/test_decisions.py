from __future__ import annotations

import pytest

from tests.ingest.structure.papers_of import understood

HEAD = (
    "Niederschrift 9. Plenarsitzung des Gemeinderates\n1. Juli 2029\n"
    "Punkt 4 der Tagesordnung: Obst\nVorlage: 2029/9001\n\n"
)
STUTTGART = "Niederschrift Nr.\nTOP:\n9177\n2\nDrucksache:\n9144/2029\nSitzungstermin: 26.04.2029\n"
ROWS = [
    # (text, decisions, votes)
    (
        HEAD + "Beschluss:\nKenntnisnahme\n\nAbstimmungsergebnis:\nKeine Abstimmung",
        ["Kenntnisnahme"],
        ["Keine Abstimmung"],
    ),
    (
        HEAD + "Beschluss:\nDie Stadt baut.\n\nAbstimmungsergebnis:\n36 JA-Stimmen, 5 Nein-Stimmen",
        ["Die Stadt baut."],
        ["36 JA-Stimmen, 5 Nein-Stimmen"],
    ),
    (
        HEAD + "Abstimmungsergebnis:\nMehrheitlich abgelehnt (3 JA, 39 Nein)",
        [""],
        ["Mehrheitlich abgelehnt (3 JA, 39 Nein)"],
    ),
    (
        HEAD + "Beschluss:\n\nAbstimmungsergebnis:\neinstimmig zugestimmt\n\n\nDer Vorsitzende ruft auf.",
        [""],  # an empty field stays empty
        ["einstimmig zugestimmt"],
    ),
    (STUTTGART + "Betreff: Obst\nErgebnis: einmütige Zustimmung", ["einmütige Zustimmung"], ["einmütige"]),
    (
        STUTTGART + "Betreff: Obst\nVorgang: Gemeinderat vom 01.02.2028, öffentlich, Nr. 9001\nErgebnis: Einbringung",
        [],  # what came of an earlier session
        [],
    ),
    (
        STUTTGART + "Betreff: Obst\nVorgang: Gemeinderat vom 01.02.2028, öffentlich, Nr. 9001\n"
        "Ergebnis: Einbringung\nErgebnis: Vertagung",
        ["Vertagung"],
        [""],
    ),
    (
        STUTTGART + "Betreff: Obst\n\nBeschlussantrag:\n1. Die Stadt baut.\n\nStR Muster (SPD) dankt.",
        [],  # asked for, not decided
        [],
    ),
    (
        STUTTGART + "Betreff: Obst\n\nStR Muster (SPD) dankt.\nBM Alt stellt fest:\n\n"
        "Der Gemeinderat beschließt einstimmig wie beantragt.",
        ["Der Gemeinderat beschließt einstimmig wie beantragt."],
        ["einstimmig"],
    ),
]


@pytest.mark.parametrize(("text", "decisions", "votes"), ROWS)
def test_decisions_and_votes_stand_as_written(text: str, decisions: list[str], votes: list[str]) -> None:
    found = understood(text).decisions

    assert [decision.text for decision in found] == decisions
    assert [decision.vote for decision in found] == votes


def test_a_decision_belongs_to_its_agenda_item() -> None:
    second = "\nPunkt 5 der Tagesordnung: Gemüse\n\nBeschluss:\nNein\n"
    found = understood(HEAD + "Beschluss:\nJa\n\nDer Vorsitzende ruft auf.\n" + second).decisions

    assert [(decision.agenda_item, decision.text) for decision in found] == [("4", "Ja"), ("5", "Nein")]


def test_a_mention_of_an_item_in_the_debate_opens_none() -> None:
    text = HEAD + "Beschluss:\nJa\n\nDer Vorsitzende: Zu\nTOP 22 der Sitzung und zu Tagesordnungspunkt 7 später."

    assert [item.number for item in understood(text).agenda_items] == ["4"]


SESSION = (
    "Niederschrift\nüber die 3. Sitzung des Stadtrates\nam Montag, dem 5. März 2029\n\nTOP 1 Eröffnung\n"
    "Bürgermeister Muster eröffnet die Sitzung.\n\nTOP 2 Neues Bad - AN/0500/2029\n"
    "Stadtrat Beispiel (SPD) wirbt dafür.\n"
    "Abstimmungsergebnis: 21 dafür, 12 dagegen\n\nTOP 3 Neue Brücke - BV/0123/2029\nEinstimmig beschlossen.\n"
)


def test_each_vote_belongs_to_its_item() -> None:
    paper = understood(SESSION)

    assert [(one.agenda_item, one.vote) for one in paper.decisions] == [
        ("2", "21 dafür, 12 dagegen"),
        ("3", "Einstimmig"),
    ]
    assert [item.title for item in paper.agenda_items][1:] == ["Neues Bad - AN/0500/2029", "Neue Brücke - BV/0123/2029"]


@pytest.mark.parametrize(
    "act",
    [
        "Der Ausschuss vertagt die Sache.",
        "Der Bauausschuss nimmt den Bericht zur Kenntnis.",
        "Die Verwaltung wird beauftragt, zu berichten.",
        "Der Tagesordnungspunkt wird vertagt.",
        "Der Beschluss vom 5. März 2028 zur Brücke wird aufgehoben.",
    ],
)
def test_what_a_body_does_ends_the_turn_of_a_speaker(act: str) -> None:
    head = "Niederschrift Nr. 9\n\nGremium: Bauausschuss\n\nTOP: 2\n\nBetreff: Brücke\n\n"
    behind_speech = understood(f"{head}Bürgermeisterin Muster erklärt die Kosten. {act}\n")
    own_paragraph = understood(f"{head}StR Beispiel (CDU) zweifelt.\n\n{act}\n")

    assert [one.text for one in behind_speech.decisions] == [act]
    assert [one.text for one in own_paragraph.decisions] == [act]


def test_a_speech_written_down_word_for_word_stays_a_speech() -> None:
    speech = "Stadtrat Beispiel (SPD): Ich sage es so. Der Ausschuss vertagt die Sache ja doch.\n"
    paper = understood(f"Niederschrift\n\nGremium: Bauausschuss\n\nBetreff: Brücke\n\n{speech}")

    assert paper.decisions == ()
