from __future__ import annotations

import pytest

from bot.ledger.cues import Ask, Cue, ask_of, cues_of

CUES = [
    ("Ja, die Zahlen werden regelmäßig erhoben.", Cue.YES_OR_NO, "a plain yes"),
    ("Nein.", Cue.YES_OR_NO, "a plain no"),
    ("Hierzu liegen der Verwaltung keine Angaben vor.", Cue.NO_DATA, "no data"),
    ("Das entzieht sich unserer Kenntnis.", Cue.NO_DATA, "no knowledge"),
    ("Ein Termin kann derzeit noch nicht genannt werden.", Cue.NO_DATA, "cannot be told"),
    ("Die Verwaltung empfiehlt daher, dem Bündnis nicht beizutreten.", Cue.REFUSED, "advises against"),
    ("Die Verwaltung lehnt den Antrag aus Kostengründen ab.", Cue.REFUSED, "refuses outright"),
    ("Eine Weitergabe dieser Daten ist nicht zulässig.", Cue.REFUSED, "not allowed"),
    ("Das Amt wird in einer der nächsten Sitzungen berichten.", Cue.DEFERRED, "a later report"),
    ("Die Einführung wird zurückgestellt.", Cue.DEFERRED, "put off"),
    ("Die Verwaltung begrüßt den Antrag und setzt ihn gerne um.", Cue.PROMISED, "agrees to do it"),
    ("Das Konzept wird derzeit erarbeitet.", Cue.PROMISED, "in the making"),
    ("Der Anschluss wurde am 2. September 2031 geschaltet.", Cue.DONE, "has been done"),
    ("Das gilt allerdings nur für die großen Büros.", Cue.LIMITED, "for some only"),
    ("Es sind keine weiteren Förderungen bekannt.", Cue.DENIED, "a no in other words"),
]


@pytest.mark.parametrize(("sentence", "cue", "reason"), CUES, ids=[row[-1] for row in CUES])
def test_a_sentence_shows_its_cue(sentence: str, cue: Cue, reason: str) -> None:
    assert cue in cues_of(sentence)


def test_a_plain_statement_shows_none() -> None:
    assert cues_of("Das Museum hat sieben Räume.") == frozenset()


ASKS = [
    ("Wie hoch sind die Kosten?", Ask.QUESTION, "an open question"),
    ("Gibt es dazu eine Bedarfsanalyse?", Ask.YES_OR_NO, "yes or no"),
    ("Die Verwaltung stellt dar, welche Programme es gibt.", Ask.ACCOUNT, "an account"),
    ("Übersicht über die Verantwortlichkeiten der Ämter", Ask.ACCOUNT, "an account without a verb"),
    ("Die Stadt tritt dem Bündnis bei.", Ask.REQUEST, "something to do"),
]


@pytest.mark.parametrize(("point", "expected", "reason"), ASKS, ids=[row[-1] for row in ASKS])
def test_a_point_says_what_kind_of_thing_it_asks_for(point: str, expected: Ask, reason: str) -> None:
    assert ask_of(point) is expected
