from __future__ import annotations

import io

import pytest
from rich.console import Console

from bot.channels import terminal
from bot.channels.telegram import render
from bot.question.context import context_of
from bot.question.courtesy import courtesy_in
from bot.record import as_record, plain_text
from bot.service import Ratslotse
from bot.types import Declined, DeclineReason, Language, Question

GREETING, THANKS, FAREWELL = DeclineReason.GREETING, DeclineReason.THANKS, DeclineReason.FAREWELL


@pytest.mark.parametrize(
    ("text", "said", "why"),
    [
        ("Danke!", THANKS, "one word"),
        ("Vielen Dank 🙏", THANKS, "an emoji says nothing of its own"),
        ("Vielen herzlichen Dank für Ihre Hilfe.", THANKS, "for what is no question"),
        ("thanks", THANKS, "English"),
        ("ok", THANKS, "assent"),
        ("Alles klar.", THANKS, "assent of two words"),
        ("Hallo", GREETING, "one word"),
        ("GUTEN MORGEN!!", GREETING, "shouted"),
        ("Gru\u0308ß Gott", GREETING, "ü as two characters, as some phones send it"),
        ("Hallo Ratslotse", GREETING, "by name"),
        ("Tschüss", FAREWELL, "one word"),
        ("Danke, auf Wiedersehen!", FAREWELL, "the goodbye is what is answered"),
        ("Schönes Wochenende", FAREWELL, "in company it is a wish"),
        ("Wochenende", None, "alone it may be looked for"),
        ("Danke dir!", THANKS, "to a friend"),
        ("Nein, danke", THANKS, "nothing more is wanted"),
        ("Vielen lieben Dank", THANKS, "dear thanks"),
        ("Danke, das reicht", THANKS, "it was enough"),
        ("Danke, das war hilfreich", THANKS, "it was helpful"),
        ("Schönen Tag noch", FAREWELL, "a wish without a word of goodbye"),
        ("Schönen guten Tag", GREETING, "a wish with a word of greeting"),
        ("Gute Nacht", FAREWELL, "good makes a wish of a topic"),
        ("Bis bald", FAREWELL, "until makes a goodbye of a topic"),
        ("Alles klar?", THANKS, "a question mark alone asks nothing"),
        ("In Ordnung", THANKS, "assent that is a topic"),
        ("Hallo?", GREETING, "is anybody there"),
        ("Guten Morgen", GREETING, "a time of day that is greeted"),
        ("Guten Abend", GREETING, "another"),
        ("Und bald?", None, "a follow-up with a topic"),
        ("Und die Nacht?", None, "with an article"),
        ("die Ordnung?", None, "a topic with its article"),
        ("Ordnung für alle", None, "a topic with whom it is for"),
        ("Wieder in Ordnung?", None, "asks whether it is mended"),
        ("War das in Ordnung?", None, "asks whether it was right"),
        ("Die Nacht", None, "no wish"),
        ("Das Wochenende?", None, "no wish, either"),
        ("Tag und Nacht", None, "two words to look for"),
        ("Informationen für die Nacht", None, "what is wanted, and of what"),
        ("Hallo, was kostet die E-Akte?", None, "a greeting in front of a question"),
        ("Danke. Und 2024?", None, "thanks in front of a follow-up"),
        ("Guten Tag, Haushalt", None, "a greeting in front of a word to look for"),
        ("Ja", None, "says nothing alone"),
        ("?!", None, "no word at all"),
        ("", None, "nothing"),
    ],
)
def test_only_what_asks_nothing_is_a_courtesy(text: str, said: DeclineReason | None, why: str) -> None:
    assert courtesy_in(text) is said, why


@pytest.mark.parametrize(
    ("text", "language", "sentence"),
    [
        ("Danke!", Language.DE, "Gern! Fragen Sie, wenn Sie noch etwas wissen möchten."),
        ("Guten Tag", Language.DE, "Guten Tag! Was möchten Sie aus den Papieren wissen?"),
        ("Thanks", Language.EN, "You are welcome! Just ask if you would like to know more."),
        ("Bye", Language.EN, "Goodbye!"),
    ],
)
def test_a_courtesy_is_answered_with_one_sentence_in_every_text(
    text: str, language: Language, sentence: str, ratslotse: Ratslotse
) -> None:
    reply = ratslotse.ask(Question(text=text, history=("Was kostet die elektronische Akte?",), language=language))
    out = io.StringIO()
    terminal.show(reply, Console(file=out, width=80))

    assert plain_text(reply) == sentence
    assert out.getvalue() == sentence + "\n"
    assert ["".join(run.text for run in block.runs) for block in render.answer(reply)] == [sentence]


def test_other_programs_see_a_courtesy_as_declined(ratslotse: Ratslotse) -> None:
    reply = ratslotse.ask(Question(text="Danke!"))

    assert isinstance(reply, Declined)
    record = as_record(reply, "1")
    assert (record["outcome"], record["reason"], record["hits"], record["nearest"]) == ("declined", "thanks", [], [])


def test_a_greeting_in_front_of_a_question_is_searched_for(ratslotse: Ratslotse) -> None:
    reply = ratslotse.ask(Question(text="Hallo, was kostet die elektronische Akte im Betrieb?"))

    assert "320.000" in plain_text(reply)


def test_a_follow_up_leans_on_the_question_before_the_thanks() -> None:
    question = "In wie vielen Bürgerbüros kann man Termine online buchen?"

    assert context_of("Und wie viele Stellen sind da unbesetzt?", (question, "Danke!")) == (question,)


def test_thanks_do_not_take_away_the_sources_of_the_last_answer(ratslotse: Ratslotse) -> None:
    lines = iter(["Wie viele Stellen in den Bürgerbüros sind unbesetzt?", "Danke!", "q 1", "ende"])
    out = io.StringIO()

    terminal.chat(ratslotse, Language.DE, Console(file=out, width=80), lambda: next(lines))

    assert "»" in out.getvalue()
