from __future__ import annotations

import pytest

from bot.question.context import REMEMBERED, context_of

DIENSTE = "Wie viele Online-Dienste bot die Stadt 2021 an?"
STELLEN = "Wie viele Stellen sind in der Ausländerbehörde unbesetzt?"
HORT = "Was kostet der Nachmittagshort ab Januar 2024 fürs erste Kind?"
AKTE = "Was kostet die E-Akte laut GRDrs 208/2020?"
TERMINE = "In wie vielen Bürgerbüros gibt es im Januar 2026 Online-Termine?"
GLASFASER = "Baut die Deutsche Glasfaser noch in den Höhenstadtteilen aus?"
SPD = "Was hat die SPD zur Videoberatung gefragt?"

LEANING = [
    # year and month: the follow-up's takes the place of the earlier one
    ("Und 2024?", DIENSTE, "Wie viele Online-Dienste bot die Stadt an?", "a year replaces the year"),
    ("Wie war das Ende 2023?", DIENSTE, "Wie viele Online-Dienste bot die Stadt an?", "with Ende before it"),
    ("Und im Jahr 2019?", DIENSTE, "Wie viele Online-Dienste bot die Stadt an?", "with Jahr before it"),
    ("Und im Juli 2024?", TERMINE, "In wie vielen Bürgerbüros gibt es Online-Termine?", "month and year go together"),
    ("Und 2025?", TERMINE, "In wie vielen Bürgerbüros gibt es Online-Termine?", "no month of another year stays"),
    ("Und im Juli?", TERMINE, "In wie vielen Bürgerbüros gibt es 2026 Online-Termine?", "a month keeps the year"),
    ("Wie war das im Dezember desselben Jahres?", TERMINE, "In wie vielen Bürgerbüros gibt es 2026 Online-Termine?",
     "desselben Jahres keeps it, too"),
    ("Und 2024?", AKTE, AKTE, "a paper's number holds no year"),
    ("and in 2024?", DIENSTE, "Wie viele Online-Dienste bot die Stadt an?", "English"),
    ("2024?", DIENSTE, "Wie viele Online-Dienste bot die Stadt an?", "nothing but a year"),
    ("Und vor Corona, also 2019?", DIENSTE, "Wie viele Online-Dienste bot die Stadt an?", "a noun may stand beside it"),
    # place
    ("Und in den Bürgerbüros?", STELLEN, "Wie viele Stellen sind unbesetzt?", "a place replaces the place"),
    ("Und beim Standesamt?", STELLEN, "Wie viele Stellen sind unbesetzt?", "with another preposition"),
    ("Wie ist es in Durlach?", STELLEN, "Wie viele Stellen sind unbesetzt?", "without Und"),
    ("Und in Bad Cannstatt?", "Gibt es in Zuffenhausen Online-Termine?", "Gibt es Online-Termine?", "of two words"),
    ("Wer arbeitet dort?", STELLEN, STELLEN, "a place that is meant replaces nothing"),
    # ordinals and factions
    ("und fürs zweite?", HORT, "Was kostet der Nachmittagshort ab Januar 2024 fürs Kind?", "an ordinal; no capitals"),
    ("Und die CDU?", SPD, "Was hat die zur Videoberatung gefragt?", "a faction replaces the faction"),
    ("Und die Grünen?", SPD, "Was hat die zur Videoberatung gefragt?", "inflected"),
    # words that point back
    ("Wer hat dagegen gestimmt?", STELLEN, STELLEN, "dagegen"),
    ("Welche dieser Dienste sind kostenpflichtig?", DIENSTE, DIENSTE, "dieser"),
    ("Welcher Anteil davon ließ sich aus der Ferne beheben?", STELLEN, STELLEN, "davon"),
    ("Gabs da auch billigere Wohnungen?", "Was kostet es im Albgrün?", "Was kostet es im Albgrün?",
     "da, although there is a noun"),
    ("Warum ist das so?", STELLEN, STELLEN, "das without a noun"),
    ("Und warum sind die abgesprungen?", GLASFASER, GLASFASER, "die without a noun"),
    ("Wann kommt sie?", AKTE, AKTE, "sie"),
    ("Wie viele waren es im ersten Paket?", STELLEN, STELLEN, "es with a verb that needs a subject"),
    ("Und wie groß ist das Münchner Vorbild?", STELLEN, STELLEN, "Und before a whole question"),
    # nothing of its own
    ("Bis wann?", GLASFASER, GLASFASER, "a question word alone"),
    ("Warum?", GLASFASER, GLASFASER, "the shortest follow-up"),
    ("Wie hoch sind die Kosten?", GLASFASER, GLASFASER, "costs are of something"),
    ("Wie ging die Abstimmung aus?", GLASFASER, GLASFASER, "a vote is about something"),
    ("Welche Fraktionen waren dafür?", GLASFASER, GLASFASER, "factions alone name no subject"),
    ("Was kostet der Versuch und um wie viele Geräte gehts?", GLASFASER, GLASFASER, "only words for any matter"),
    ("Danke, und die Kosten?", GLASFASER, GLASFASER, "thanks before Und"),
    ("Danke, wie hoch sind die Kosten?", GLASFASER, GLASFASER, "thanks before a question word"),
    ("Danke, gab es Gegenstimmen?", GLASFASER, GLASFASER, "thanks before a question without one"),
    ("Danke, 2024 bitte", DIENSTE, "Wie viele Online-Dienste bot die Stadt an?", "thanks before a year"),
    ("Bis wann soll alles wieder fehlerfrei laufen?", GLASFASER, GLASFASER, "no noun at all"),
]  # fmt: skip

STANDING = [
    ("Wer leitet DO.IT?", "short, but it names its subject"),
    ("Was kostet die elektronische Akte der Ausländerbehörde?", "a new topic"),
    ("Was ist der Digitalmonitor?", "a definition"),
    ("Wie viel zahlt die Stadt für den Digitalmonitor?", "den before a noun points at nothing"),
    ("Gibt es in Durlach einen Fairteiler?", "es of gibt es points at nothing"),
    ("Können Sie mir sagen, wer das Ordnungsamt leitet?", "the polite Sie"),
    ("Die CDU wollte 2025 ein Treffen mit Winnyzja. Was hat die Verwaltung dazu zugesagt?", "dazu points at itself"),
    ("Wurde darüber abgestimmt, ob Karlsruhe die Luca-App ausprobiert?", "darüber points forward"),
    ("Welche städtischen Betriebe hatten ihre Leute in Kurzarbeit?", "ihre points at the subject"),
    ("wie viele rechner und drucker hat die verwaltung 2017 bestellt?", "typed without capitals, but it says enough"),
    ("Danke dir!", "thanks alone"),
    ("Danke, mehr brauche ich nicht", "thanks in words that no list holds"),
    ("Dank dir weiß ich das jetzt", "thanks without e"),
    ("Nein danke, das hat mir schon geholfen", "thanks after no"),
    ("Wie viele Online-Dienste bot die Stadt 2024 an?", "said in full again, it needs no help"),
    ("Und was kostet die neue Terminsoftware der Bürgerbüros in Zuffenhausen jährlich?", "Und before a new topic"),
]


@pytest.mark.parametrize(("question", "earlier", "context", "reason"), LEANING, ids=[row[3] for row in LEANING])
def test_a_follow_up_leans_on_the_question_before_but_for_what_it_replaces(
    question: str, earlier: str, context: str, reason: str
) -> None:
    assert context_of(question, (earlier,)) == (context,), reason


@pytest.mark.parametrize(("question", "reason"), STANDING, ids=[row[1] for row in STANDING])
def test_a_question_with_its_own_subject_starts_afresh(question: str, reason: str) -> None:
    assert context_of(question, (DIENSTE,)) == (), reason


def test_a_chain_of_follow_ups_reaches_back_to_the_question_that_names_the_subject() -> None:
    assert context_of("Wer sagt das?", (DIENSTE, "Und 2024?")) == (
        "Wie viele Online-Dienste bot die Stadt an?",
        "Und 2024?",
    )


def test_a_new_topic_in_between_ends_the_chain() -> None:
    assert context_of("Und 2024?", (DIENSTE, "Wer leitet DO.IT?")) == ("Wer leitet DO.IT?",)


def test_of_a_long_chain_only_the_last_questions_are_looked_at() -> None:
    history = (DIENSTE, *("Und wer sagt das?",) * 2_000, "Danke!")

    assert context_of("Und warum?", history) == ("Und wer sagt das?",) * REMEMBERED


def test_without_earlier_questions_there_is_no_context() -> None:
    assert context_of("Und 2024?", ()) == ()
