"""What decisions of many cities' forms come to: decision, vote, outcome, and the reason for the row."""

from __future__ import annotations

import pytest

from bot.ledger.outcome import is_labelled, outcome_of
from bot.ledger.types import Outcome

ADOPTED, AMENDED, REJECTED, UNKNOWN = Outcome.ADOPTED, Outcome.AMENDED, Outcome.REJECTED, Outcome.UNKNOWN
DEFERRED, REFERRED, SETTLED = Outcome.DEFERRED, Outcome.REFERRED, Outcome.SETTLED
WITHDRAWN, NOTED = Outcome.WITHDRAWN, Outcome.NOTED
DRAFT = "Die Stadt richtet einen Nachtbus ein."
OTHERS = "Das Baugesuch wird zurückgestellt und an den Bauherrn verwiesen. Frühere Fragen sind erledigt."

ROWS = [
    # the vote alone tells
    (DRAFT, "einstimmig zugestimmt", ADOPTED, "a draft that is carried"),
    ("", "Einstimmig beschlossen.", ADOPTED, "nothing but a result"),
    ("ungeändert beschlossen", "", ADOPTED, "a result list of an information system"),
    ("", "Bei 42 Ja-Stimmen einstimmig zugestimmt", ADOPTED, "counted and named"),
    ("", "Bei 1 Enthaltung ansonsten Zustimmung", ADOPTED, "all others for it"),
    ("", "mehrheitlich gegen die Stimmen der Gruppe Mitte angenommen", ADOPTED, "who was against"),
    ("", "einstimmig, 2 Enthaltungen", ADOPTED, "unanimous and no word for what"),
    ("", "ohne Gegenstimmen", ADOPTED, "nobody against"),
    (DRAFT, "einmütig", ADOPTED, "another word for it"),
    (DRAFT, "36 JA-Stimmen, 5 Nein-Stimmen", ADOPTED, "counts only"),
    (DRAFT, "Ja 17 Nein 11 Enthaltung 0", ADOPTED, "the side before its count"),
    (DRAFT, "Ja-Stimmen: 20, Nein-Stimmen: keine", ADOPTED, "none is a count"),
    (DRAFT, "21 dafür, 12 dagegen, 1 Enthaltung", ADOPTED, "other names for the sides"),
    (DRAFT, "21 dafür, 12 dagegen, 1 Enthaltung. Der Antrag ist damit angenommen.", ADOPTED, "counts and a sentence"),
    (DRAFT, "Mehrheitlich abgelehnt (6 JA, 38 Nein)", REJECTED, "a draft that fell"),
    (DRAFT, "mehrheitliche Ablehnung", REJECTED, "as a noun"),
    (DRAFT, "8 Ja-Stimmen, 16 Nein-Stimmen", REJECTED, "counted and lost"),
    (DRAFT, "Nein: 16, Ja: 8", REJECTED, "the other order"),
    ("", "einstimmig abgelehnt", REJECTED, "unanimous, and against it"),
    ("", "mehrheitlich dagegen", REJECTED, "against"),
    (DRAFT, "bei 22 Ja-Stimmen abgelehnt (Zweidrittelmehrheit nicht erreicht)", REJECTED, "more for it is not enough"),
    (DRAFT, "8 Ja-Stimmen, 8 Nein-Stimmen", UNKNOWN, "a draw: its rule stands elsewhere"),
    (DRAFT, "14 Ja-Stimmen", UNKNOWN, "half a count"),
    (DRAFT, "8 Ja-Stimmen, 16 Nein-Stimmen, zugestimmt", UNKNOWN, "counts and words disagree"),
    (DRAFT, "keine Abstimmung", UNKNOWN, "not voted on"),
    (DRAFT, "", UNKNOWN, "no vote told"),
    # the decision says what was put to the vote
    ("Der Antrag wird abgelehnt", "einstimmig", REJECTED, "unanimous for turning down"),
    ("Der Rat lehnt den Antrag ab.", "mehrheitlich", REJECTED, "a verb in two parts"),
    ("Mehrheitliche Ablehnung", "Bei 17 Ja-Stimmen und 25 Nein-Stimmen mehrheitlich abgelehnt", REJECTED, "said twice"),
    ("Der Antrag wird abgelehnt (14 Ja, 18 Nein).", "14 Ja, 18 Nein", REJECTED, "the count is of the motion"),
    ("Der Antrag 64/2031 wird bei 14 Ja-Stimmen gegen 18 Nein-Stimmen nicht angenommen.", "", REJECTED, "negated"),
    ("Dem Antrag wird nicht zugestimmt.", "", REJECTED, "not agreed to"),
    ("Der Ausschuss stimmt dem Antrag nicht zu.", "", REJECTED, "not agreed to, in two parts"),
    ("Der Antrag findet keine Mehrheit.", "", REJECTED, "no majority"),
    ("Der Antrag erhielt nicht die erforderliche Mehrheit.", "", REJECTED, "not the majority it needs"),
    ("Der Gemeinderat beschließt, den Antrag abzulehnen.", "einstimmig", REJECTED, "decided, namely to turn down"),
    ("Dem Antrag wird zugestimmt.", "", ADOPTED, "agreed to"),
    ("Dem Eilantrag der Fraktion wird mit 25 zu 20 Stimmen stattgegeben.", "", ADOPTED, "granted"),
    ("Der Antrag wird mit 19 Ja-Stimmen angenommen.", "19 Ja-Stimmen angenommen.", ADOPTED, "in a sentence"),
    ("Die Bezirksversammlung beschließt einstimmig wie beantragt.", "einstimmig", ADOPTED, "as moved"),
    ("Der Gemeinderat nimmt Kenntnis und stimmt dem Vorhaben zu.", "einstimmig zugestimmt", ADOPTED, "noted, carried"),
    ("Der Antrag wird nicht vertagt. Dem Antrag wird zugestimmt.", "", ADOPTED, "not put off"),
    ("Der Antrag wird abgelehnt.", "einstimmig zugestimmt", UNKNOWN, "agreed to what?"),
    ("Der Antrag wird angenommen.", "5 Ja-Stimmen, 30 Nein-Stimmen", REJECTED, "a draft of words, and lost"),
    # words of their own
    ("Der Antrag wird vertagt.", "einstimmig", DEFERRED, "put off"),
    ("Vertagung", "", DEFERRED, "as a noun"),
    ("zurückgestellt", "", DEFERRED, "set aside"),
    ("Der Tagesordnungspunkt wird abgesetzt.", "", DEFERRED, "off the agenda"),
    ("Verwiesen in den Planungsausschuss", "Keine Abstimmung", REFERRED, "sent on"),
    ("Der Antrag wird in den Umweltausschuss überwiesen.", "mehrheitlich", REFERRED, "sent on by a vote"),
    ("Behandlung im Kulturausschuss am 30. März 2031", "Keine Abstimmung", REFERRED, "to be dealt with there"),
    ("Weiterbehandlung im Ausschuss für Umwelt", "keine Abstimmung", REFERRED, "and there"),
    ("Mit Stellungnahme erledigt", "Keine Abstimmung", SETTLED, "settled by the answer"),
    ("Behandlung durch Stellungnahme erledigt", "", SETTLED, "the same"),
    ("", "Erledigt, keine Abstimmung", SETTLED, "said in the vote"),
    ("Der Antrag Nr. 20-31/A 01234 ist satzungsgemäß erledigt.", "", SETTLED, "by statute"),
    ("Der Antragsteller zieht den Antrag zurück.", "", WITHDRAWN, "taken back"),
    ("", "zurückgezogen", WITHDRAWN, "in one word"),
    ("Kenntnisnahme", "Keine Abstimmung", NOTED, "noted"),
    ("Kenntnisnahme von der Stellungnahme der Verwaltung", "keine Abstimmung", NOTED, "the answer was noted"),
    ("Der Ausschuss nimmt vom Bericht Kenntnis.", "", NOTED, "in a sentence"),
    ("zur Kenntnis genommen", "", NOTED, "as a list has it"),
    ("", "Kenntnisnahme, keine Abstimmung", NOTED, "in the vote"),
    ("geändert beschlossen", "", AMENDED, "not as it was moved"),
    ("", "Einstimmige Zustimmung zu geändertem Beschluss", AMENDED, "to a changed draft"),
    ("Der Antrag wird mit Änderungen angenommen.", "", AMENDED, "with changes"),
    ("Der geänderte Antrag wird abgelehnt.", "", REJECTED, "changed, and still turned down"),
    # not beyond doubt
    ("Einverstanden mit der Stellungnahme der Verwaltung", "Keine Abstimmung", UNKNOWN, "the answer may say no"),
    ("Einverstanden mit der Stellungnahme der Verwaltung", "einstimmig zugestimmt", UNKNOWN, "to the answer"),
    ("Dem Vorschlag der Verwaltung wird gefolgt.", "einstimmig", UNKNOWN, "that may be to turn it down"),
    ("", "Beschlussvorlage: mehrheitlich zugestimmt", UNKNOWN, "the administration's paper"),
    ("", "Beschlussvorlage: mehrheitlich abgelehnt Antrag: einstimmig zugestimmt", ADOPTED, "the motion's own vote"),
    ("Kenntnisnahme von der Stellungnahme und Verweisung in den Ausschuss", "", REFERRED, "noted, and sent on"),
    ("Kenntnisnahme", "Einstimmige Zustimmung", UNKNOWN, "to what?"),
    ("Der Ausschuss empfiehlt dem Rat, dem Antrag zuzustimmen.", "einstimmig", UNKNOWN, "recommended only"),
    ("ungeändert empfohlen", "", UNKNOWN, "recommended only"),
    ("Der Antrag auf Vertagung wird abgelehnt.", "", UNKNOWN, "procedure"),
    ("Der Antrag auf Schluss der Debatte wird angenommen.", "", UNKNOWN, "procedure, too"),
    ("Vertagung", "mehrheitlich abgelehnt", UNKNOWN, "who is not put off has not lost"),
    ("Der Gemeinderat lehnt die Erhöhung der Gebühren ab.", "einstimmig", UNKNOWN, "perhaps as the motion wants"),
    (OTHERS, "einstimmig zugestimmt", ADOPTED, "a draft speaks of other things"),
    (OTHERS, "", UNKNOWN, "and still of other things"),
    ("Abgelehnte Anträge werden veröffentlicht.", "einstimmig zugestimmt", ADOPTED, "a subject, no result"),
    ("Kenntnisnahme", "Antrag: Erledigt, keine Abstimmung Ergänzungsantrag: zurückgezogen", SETTLED, "its own"),
    ("", "Ziffer 1: zugestimmt, Ziffer 2: abgelehnt", UNKNOWN, "both"),
    ("", "Geänderte Ziffer 1: einstimmig zugestimmt Ziffer 2: mehrheitlich zugestimmt", AMENDED, "all of it"),
    ("", "Änderungsantrag: Mehrheitliche Ablehnung Beschlussvorlage: Mehrheitliche Zustimmung", UNKNOWN, "whose?"),
    ("", "", UNKNOWN, "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "vote", "expected", "reason"), ROWS)
def test_decision_and_vote_say_what_came_of_it(text: str, vote: str, expected: Outcome, reason: str) -> None:
    assert outcome_of(text, vote) is expected, reason


@pytest.mark.parametrize(
    ("number", "expected"),
    [("64/2031", REJECTED), ("65/2031", ADOPTED), ("66/2031", UNKNOWN), ("4/2031", UNKNOWN)],
)
def test_of_several_votes_the_one_with_the_number_counts(number: str, expected: Outcome) -> None:
    vote = (
        "Antrag 64/2031: mehrheitlich abgelehnt Antrag 65/2031: einstimmig zugestimmt Antrag 66/2031: keine Abstimmung"
    )

    assert outcome_of("", vote, [number]) is expected
    assert is_labelled(vote, [number]) is (number != "4/2031")
