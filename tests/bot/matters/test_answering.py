from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from bot.answering.verify import fold
from bot.channels.telegram.render import answer
from bot.channels.terminal import PIPE_WIDTH, show
from bot.record import as_record, plain_text
from bot.service import Ratslotse
from bot.types import Answered, Declined, DeclineReason, Language, Mode, Question
from tests.bot.matters.conftest import CANARY, PAPERS

SEVERAL = "Wer hat den Antrag 9064/2024 gestellt? Wie viele Anträge hat die AfD gestellt?"


def ask(ratslotse: Ratslotse, text: str, *history: str) -> Answered:
    """Ask what is answered."""
    reply = ratslotse.ask(Question(text=text, history=history))
    assert isinstance(reply, Answered), plain_text(reply)
    return reply


@pytest.mark.parametrize(
    ("question", "lead", "paths"),
    [
        (
            "Wie viele Anträge hat die CDU gestellt?",
            "2 Anträge der CDU unter 7 Papieren. Davon 1 gemeinsam mit anderen.",
            ["leitsystem.md", "kameras.md"],
        ),
        ("Welche Anträge der SPD gibt es?", "1 Antrag der SPD unter 7 Papieren.", ["linie.md"]),
        ("Welche Anfragen gab es 2025?", "1 Anfrage aus 2025 unter 7 Papieren.", ["wege.md"]),
        ("Wie viele Vorlagen liegen vor?", "1 Vorlage unter 7 Papieren.", ["brunnen.md"]),
        ("Wie viele Niederschriften gibt es?", "2 Niederschriften unter 7 Papieren.", ["kameras-protokoll.md"]),
        (
            "Welche Vorlagen hat der Bauausschuss behandelt?",
            "1 Vorlage (Bauausschuss) unter 7 Papieren.",
            ["brunnen.md"],
        ),
        ("Zeig mir den neuesten Antrag der CDU", "2 Anträge der CDU unter 7 Papieren.", ["leitsystem.md"]),
        ("Welche Anträge wurden abgelehnt?", "Mindestens 1 Antrag, abgelehnt, unter 7 Papieren.", ["kameras.md"]),
        ("Welche Anträge gibt es zum Bahnhof?", "Mindestens 1 Antrag zu „Bahnhof“ unter 7 Papieren.", ["kameras.md"]),
    ],
)
def test_papers_are_counted_and_listed_over_what_is_said(
    public: Ratslotse, question: str, lead: str, paths: list[str]
) -> None:
    reply = ask(public, question)

    assert reply.lead.startswith(lead)
    assert reply.mode is Mode.CATALOGUE
    assert [citation.path for citation in reply.citations][: len(paths)] == paths


def test_what_date_and_number_tell_differently_is_counted_as_the_least(public: Ratslotse) -> None:
    of_2024 = ask(public, "Wie viele Anträge gab es 2024?")
    of_2025 = public.ask(Question(text="Wie viele Anträge gab es 2025?"))

    assert of_2024.lead.startswith("Mindestens 2 Anträge aus 2024")
    assert "Bei einem weiteren sagen die Papiere nicht eindeutig" in of_2024.lead
    assert isinstance(of_2025, Declined)
    assert of_2025.lead.startswith("Unter 7 Papieren ist kein Antrag aus 2025. Bei einem weiteren")


def test_a_mover_that_no_paper_names_is_not_counted_and_said(public: Ratslotse) -> None:
    reply = public.ask(Question(text="Wie viele Anfragen hat die SPD gestellt?"))

    assert isinstance(reply, Declined)
    assert "Bei einer weiteren sagen die Papiere nicht eindeutig" in reply.lead


def test_every_line_stands_on_words_of_its_paper(public: Ratslotse) -> None:
    for question in ("Wie viele Anträge gibt es?", "Wer hat den Antrag 9064/2024 gestellt?", "9091/2024"):
        for citation in ask(public, question).citations:
            assert fold(citation.quote) in fold(PAPERS[citation.path][0])
            assert citation.quote


@pytest.mark.parametrize(
    ("question", "said", "quote"),
    [
        ("Wer hat den Antrag 9064/2024 eingereicht?", "eingereicht von SPD", "SPD-Gemeinderatsfraktion"),
        ("Wann wurde der Antrag zur Nachtlinie gestellt?", "vom 6. Mai 2024", "Datum: 06.05.2024"),
        (
            "In welchem Gremium wurde der Antrag 9091/2024 beraten?",
            "Gemeinderat, 24. September 2024",
            "Gremium: Gemeinderat",
        ),
        ("Was ist aus dem Antrag 9091/2024 geworden?", "18 Nein-Stimmen abgelehnt", "Der Antrag 9091/2024 wird"),
        ("Wurde der Antrag zur Nachtlinie abgelehnt?", "angenommen", "19 Ja-Stimmen"),
    ],
)
def test_a_motion_is_told_of_with_what_shows_it(public: Ratslotse, question: str, said: str, quote: str) -> None:
    reply = ask(public, question)

    assert said in plain_text(reply)
    assert any(quote in citation.quote for citation in reply.citations)


def test_whether_a_motion_came_to_what_is_asked_is_answered_first(public: Ratslotse) -> None:
    assert "nein: angenommen" in ask(public, "Wurde der Antrag 9064/2024 abgelehnt?").lead
    assert "ja: abgelehnt" in ask(public, "Ist der Antrag 9091/2024 abgelehnt worden?").lead


def test_a_session_tells_what_it_decided(public: Ratslotse) -> None:
    reply = ask(public, "Was wurde in der letzten Sitzung des Gemeinderats beschlossen?")

    assert reply.lead == "Gemeinderat, 24. September 2024: 1 Beschluss in den Niederschriften."
    assert "abgelehnt" in reply.statements[0].text


def test_points_and_what_is_open_come_from_the_ledger(public: Ratslotse) -> None:
    points = ask(public, "Wie ist der Stand der zwei Punkte?")
    second = ask(public, "Ist Punkt 2 des Antrags zum Leitsystem erledigt?")
    left = ask(public, "Was ist für die CDU noch offen?")

    assert {points.mode, second.mode, left.mode} == {Mode.LEDGER}
    assert len(points.statements) >= 2
    assert second.statements[0].text.startswith("Punkt 2 (offen): Sie nennt die Kosten.")
    assert [citation.path for citation in left.citations] == ["leitsystem.md"]
    assert "offen: 1, 2; seit dem 9. Dezember 2024" in left.statements[0].text


def test_motions_that_the_ledger_has_not_looked_at_are_not_said_to_be_settled(
    public: Ratslotse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.matters.answering.states_of", lambda *_: None)

    left = public.ask(Question(text="Welche Anträge der CDU sind noch offen?"))

    assert "noch nicht ausgewertet" in plain_text(left)
    assert "kein Antrag" not in plain_text(left)


def test_a_number_that_no_paper_bears_is_declined_as_such(public: Ratslotse) -> None:
    reply = public.ask(Question(text="Wer hat den Antrag 9555/2024 gestellt?"))

    assert isinstance(reply, Declined)
    assert (reply.reason, reply.mode) == (DeclineReason.NO_SUCH_PAPERS, Mode.CATALOGUE)
    assert plain_text(reply).startswith("Ein Papier mit dieser Nummer liegt nicht vor (unter 7 Papieren).")


def test_a_follow_up_asks_the_catalogue_again(public: Ratslotse) -> None:
    reply = ask(public, "Und die SPD?", "Wie viele Anträge hat die CDU gestellt?")

    assert reply.lead.startswith("1 Antrag der SPD")


def test_non_public_papers_never_reach_answers_of_public_channels(public: Ratslotse, everything: Ratslotse) -> None:
    questions = (
        "Wie viele Anträge hat die SPD gestellt?",
        "Wer hat den Antrag 9999/2024 gestellt?",
        "Was ist aus dem Antrag 9999/2024 geworden?",
        f"Was ist aus dem Antrag „Verkauf {CANARY}“ geworden?",
        "Was ist für die SPD noch offen?",
    )
    for question in questions:
        told = json.dumps(as_record(public.ask(Question(text=question)), "1")["citations"], ensure_ascii=False)
        assert CANARY not in told

    assert ask(everything, questions[0]).lead.startswith("2 Anträge der SPD unter 8 Papieren.")


def test_several_questions_are_answered_one_after_the_other(public: Ratslotse) -> None:
    reply = ask(public, SEVERAL)
    record = as_record(reply, "q")

    assert [part.question for part in reply.parts] == [
        "Wer hat den Antrag 9064/2024 gestellt?",
        "Wie viele Anträge hat die AfD gestellt?",
    ]
    assert isinstance(reply.parts[1].reply, Declined)
    assert [citation.n for citation in reply.citations] == list(range(1, len(reply.citations) + 1))
    assert [part["outcome"] for part in record["parts"]] == ["answered", "declined"]
    assert "kein Antrag der AfD" in record["answer"]


@pytest.mark.parametrize("question", ["Wie viele Anträge hat die CDU gestellt?", SEVERAL])
def test_channels_show_what_the_program_says_and_each_question(public: Ratslotse, question: str) -> None:
    reply = ask(public, question)
    out = Console(file=io.StringIO(), width=PIPE_WIDTH, highlight=False)
    show(reply, out)
    assert isinstance(out.file, io.StringIO)
    telegram = "\n".join(run.text for piece in answer(reply) for run in piece.runs)

    said = [reply.lead, *(part.question for part in reply.parts), *(statement.text for statement in reply.statements)]
    for text in filter(None, said):
        assert text in out.file.getvalue()
        assert text in telegram


def test_english_users_are_told_in_english(public: Ratslotse) -> None:
    reply = public.ask(Question(text="Wie viele Anträge hat die CDU gestellt?", language=Language.EN))

    assert isinstance(reply, Answered)
    assert reply.lead == "2 motions by CDU among 7 papers. 1 of them jointly with others. The newest first:"
