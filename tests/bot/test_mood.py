"""How a sentence is meant: one row a kind of paper, a section and a form, with the reason."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.mood import mood_of
from bot.types import Mood
from ingest.types import Decision, Kind, SectionRole, Span, Stand
from tests.builders import a_document

M, P, R = Kind.MOTION, Kind.PROTOCOL, Kind.REPORT
REQUEST, REASONS, BODY, HEADER = SectionRole.REQUEST, SectionRole.REASONS, SectionRole.REPORT, SectionRole.HEADER
ROWS = [
    (M, REQUEST, "Die Verwaltung richtet ein Portal ein.", Mood.REQUESTED, "a point of a motion is no decision"),
    (M, REQUEST, "Wie viele Stellen sind frei?", Mood.ASKED, "a point that asks"),
    (M, REQUEST, "Im Entwurf standen 10 Mio. € für das Netz.", Mood.ARGUED, "told among the points: a motion's word"),
    (M, REQUEST, "Nach dem Antrag der SPD fehlt Geld.", Mood.ARGUED, "told of the motion"),
    (M, REQUEST, "Die Verwaltung berichtet, wie viele Stellen frei waren.", Mood.REQUESTED, "what is asked, was past"),
    (M, REASONS, "Die Wartezeiten sind zu lang.", Mood.ARGUED, "what a motion says is its movers' word"),
    (M, REASONS, "Wir beantragen, dass das Portal kommt.", Mood.REQUESTED, "a request among the reasons"),
    (M, SectionRole.REPORT, "Es sind 31 Stellen frei.", Mood.REPORTED, "the answer below a motion is the city's"),
    (M, HEADER, "Antrag der Fraktion", None, "a head says nothing"),
    (R, REQUEST, "Dem Bau wird zugestimmt.", Mood.PROPOSED, "a draft decision"),
    (R, REQUEST, "Der Gemeinderat beschließt die Satzung.", Mood.PROPOSED, "a draft reads like a decision and is none"),
    (R, REQUEST, "Der Ausschuss stimmte am 26. April 2023 mehrheitlich zu.", Mood.REPORTED, "told, not proposed"),
    (R, BODY, "Das Amt hat 180 Stellen.", Mood.REPORTED, "a fact"),
    (R, BODY, "Bis 2026 sollen 300 Dienste folgen.", Mood.PLANNED, "sollen"),
    (R, BODY, "Eine neue Software ist geplant.", Mood.PLANNED, "geplant"),
    (R, BODY, "Das Portal wird 2026 eröffnet.", Mood.PLANNED, "wird, behind the Stand"),
    (R, BODY, "Das Portal wird künftig erweitert.", Mood.PLANNED, "wird, künftig"),
    (R, BODY, "Das Portal wird gut angenommen.", Mood.REPORTED, "wird, but now"),
    (R, BODY, "Der Rat hat die Mittel am 3. Mai 2023 bewilligt.", Mood.REPORTED, "a decision that is told"),
    (R, BODY, "Wie viele Stellen sind frei?", Mood.ASKED, "a report repeats what it answers"),
    (R, BODY, "Die Verwaltung hat eine Zulage beantragt.", Mood.REQUESTED, "the city asks for something"),
    (R, HEADER, "Beschlussvorlage", None, "a head says nothing"),
    (P, REQUEST, "Dem Bau wird zugestimmt.", Mood.PROPOSED, "the draft, repeated in the protocol"),
    (P, SectionRole.DEBATE, "Wir lehnen das ab.", None, "a speech is its speaker's"),
    (P, SectionRole.VOTE, "Einstimmig zugestimmt", None, "a vote speaks for itself"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "role", "sentence", "expected", "reason"), ROWS, ids=[row[4] for row in ROWS])
def test_paper_section_and_words_say_how_a_sentence_is_meant(
    kind: Kind, role: SectionRole, sentence: str, expected: Mood | None, reason: str
) -> None:
    as_of = Stand(day=date(2023, 12, 15))

    assert mood_of(sentence, Span(start=0, end=4), role, a_document(kind=kind), as_of) is expected, reason


OUTCOMES = [
    ("Einstimmig zugestimmt", "1. Das Amt wird gegründet.", Mood.DECIDED, "carried"),
    ("Mehrheitlich abgelehnt (6 JA, 38 Nein)", "Das Amt wird gegründet.", Mood.REJECTED, "a draft that fell"),
    ("Bei 17 Nein-Stimmen, ansonsten Zustimmung", "Das Amt wird gegründet.", Mood.DECIDED, "carried against some"),
    ("Bei 17 Ja-Stimmen und 25 Nein-Stimmen mehrheitlich abgelehnt", "Ja.", Mood.REJECTED, "a majority against"),
    ("8 Ja-Stimmen, 6 Nein-Stimmen", "Das Amt wird gegründet.", Mood.DECIDED, "counted"),
    ("8 Ja-Stimmen, 16 Nein-Stimmen", "Das Amt wird gegründet.", Mood.REJECTED, "counted, and lost"),
    ("8 Ja-Stimmen, 8 Nein-Stimmen", "Das Amt wird gegründet.", None, "a draw: careful"),
    ("Ziffer 1: zugestimmt, Ziffer 2: abgelehnt", "1. Ja. 2. Nein.", None, "both: nobody knows which is meant"),
    ("", "Der Gemeinderat beschließt die Gründung.", Mood.DECIDED, "no vote, but words"),
    ("", "Der Gemeinderat lehnt den Antrag ab.", Mood.REJECTED, "words that turn down"),
    ("Keine Abstimmung", "Kenntnisnahme", Mood.NOTED, "taken note of is not decided"),
    ("Kenntnisnahme, keine Abstimmung", "Das Erbbaurecht soll verlängert werden.", Mood.NOTED, "a plan that was noted"),
    ("einstimmig zugestimmt", "Der Rat nimmt Kenntnis und stimmt zu.", Mood.DECIDED, "noted and carried"),
    ("keine Abstimmung", "Verwiesen in den Fachausschuss", None, "sent on, so nothing is decided"),
]  # fmt: skip


@pytest.mark.parametrize(("vote", "text", "expected", "reason"), OUTCOMES, ids=[row[3] for row in OUTCOMES])
def test_what_stands_below_beschluss_is_decided_only_if_its_vote_says_so(
    vote: str, text: str, expected: Mood | None, reason: str
) -> None:
    decision = Decision(text=text, vote=vote, span=Span(start=0, end=9))
    paper = a_document(kind=Kind.PROTOCOL, decisions=(decision,))

    assert mood_of(text, Span(start=0, end=4), SectionRole.DECISION, paper, None) is expected, reason


def test_without_a_decision_read_from_the_protocol_nothing_is_called_decided() -> None:
    paper = a_document(kind=Kind.PROTOCOL)

    assert mood_of("Das Amt wird gegründet.", Span(start=0, end=4), SectionRole.DECISION, paper, None) is None
