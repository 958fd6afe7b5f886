from __future__ import annotations

import pytest

from bot.retrieval.expectation import Expectation, expectations, meets

QUESTIONS = [
    ("Wie viele Stellen brachte Digital MoveS III?", Expectation.NUMBER),
    ("Wieviele Wohnungen sind frei?", Expectation.NUMBER),
    ("Was kostet die E-Akte?", Expectation.NUMBER),
    ("Wie oft wurde das Angebot genutzt?", Expectation.NUMBER),
    ("Wann wurde das Amt gegründet?", Expectation.DATE),
    ("Bis wann soll das fertig sein?", Expectation.DATE),
    ("Wer leitet das Amt?", Expectation.PERSON),
    ("Welche Firma liefert die Drucker?", Expectation.PERSON),
    ("Warum gründete die Stadt die GmbH?", Expectation.REASON),
    ("Wie ist die Abstimmung ausgegangen?", Expectation.VOTE),
    ("How many online services are there?", Expectation.NUMBER),
    ("Gibt es Videoberatung?", Expectation.ANYTHING),
]


@pytest.mark.parametrize(("question", "expectation"), QUESTIONS)
def test_a_question_says_what_would_answer_it(question: str, expectation: Expectation) -> None:
    assert expectations(question)[0] is expectation


SENTENCES = [
    ("Es sind 180 Stellen.", Expectation.NUMBER, True),
    ("Ein Drittel der Fälle ist gelöst.", Expectation.NUMBER, True),
    ("Das Angebot wird gut angenommen.", Expectation.NUMBER, False),
    ("Die Sitzung war am 3. Mai.", Expectation.DATE, True),
    ("Das Angebot wird gut angenommen.", Expectation.DATE, False),
    ("Abstimmungsergebnis: einstimmig", Expectation.VOTE, True),
    ("Das Angebot wird gut angenommen.", Expectation.VOTE, False),
    ("Das liegt daran, weil Personal fehlt.", Expectation.REASON, True),
]


@pytest.mark.parametrize(("sentence", "expectation", "met"), SENTENCES)
def test_a_sentence_meets_an_expectation_or_not(sentence: str, expectation: Expectation, met: bool) -> None:
    assert (meets(sentence, expectation) > 0) is met
