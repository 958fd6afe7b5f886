from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.asked import asked_for, holds
from bot.answering.calibration import COEFFICIENTS
from bot.answering.decline import grounds_of, nearest, supports
from bot.answering.evidence import Evidence
from bot.answering.office import office_named
from bot.phrases import decline as phrases
from bot.types import Asked, Declined, DeclineReason, Hit, Language, Searched
from ingest.german import search_tokens
from ingest.index import DocumentHeader
from ingest.types import Kind, Passage, SectionRole, Span, Visibility


def a_hit(text: str = "Satz.", *, paper: str = "p", title: str = "Titel", kind: Kind = Kind.REPORT) -> Hit:
    """Build a found passage; papers differ by `paper`."""
    document = DocumentHeader(
        document_id=paper, path=f"{paper}.txt", title=title, kind=kind, visibility=Visibility.PUBLIC, number="12/2023",
        version="", date=date(2023, 1, 2), date_basis=None, as_of=None, years=(2023,), procedure=None, body=None,
        factions=(), url=None, summary_of=None,
    )  # fmt: skip
    passage = Passage(
        passage_id=f"{paper}-{text}", document_id=paper, ordinal=0, span=Span(start=0, end=len(text)), text=text,
        role=SectionRole.BODY, heading="", agenda_item=None,
    )  # fmt: skip
    return Hit(passage=passage, document=document, score=1.0, bm25=1.0, cosine=0.5)


def evidence(text: str, score: float = 12.0, near: float = 0.5) -> Evidence:
    """Build a sentence of a found passage."""
    return Evidence(
        hit=a_hit(text), span=Span(start=0, end=len(text)), text=text, tokens=frozenset(search_tokens(text)),
        role=SectionRole.BODY, features={"alike_with_title": near}, score=score,
    )  # fmt: skip


ASKED = [
    ("Wie viele Stellen sind unbesetzt?", Asked.COUNT, "the plainest count"),
    ("Wieviele Akten sind gescannt?", Asked.COUNT, "in one word"),
    ("Wie oft tagte der Ausschuss?", Asked.COUNT, "times are counted"),
    ("Was kostet die E-Akte im Jahr?", Asked.MONEY, "costs are money"),
    ("Wie viel Zuschuss gab der Bund?", Asked.MONEY, "a grant is money"),
    ("Was verdient die Geschäftsführerin?", Asked.MONEY, "so is a salary"),
    ("Welchen Umsatz machte die GmbH?", Asked.MONEY, "and a turnover"),
    ("Wie hoch ist der Anteil der Stadt?", Asked.AMOUNT, "an amount may be money, a share or a number"),
    ("Auf wie viel wurde der Eigenanteil beziffert?", Asked.AMOUNT, "wie viel without a noun"),
    ("Wie viel Prozent nutzen das?", Asked.PERCENT, "percent"),
    ("Auf welchem Rang stand die Stadt 2023?", Asked.RANK, "a rank"),
    ("Wie lange wartet man auf einen Termin?", Asked.DURATION, "a time that passes"),
    ("Seit wann gibt es das Portal?", Asked.DATE, "a point in time"),
    ("An welchem Tag war das Forum?", Asked.DATE, "a day"),
    ("Welche Firma bekam den Zuschlag?", Asked.FIRM, "a firm"),
    ("Bei welchem Händler kauft die Stadt?", Asked.FIRM, "a dealer is a firm"),
    ("Wie heißt der Student?", Asked.PERSON, "a person's name"),
    ("Welche Stadträte haben dagegen gestimmt?", Asked.PERSON, "councillors, not the result"),
    ("Wie heißen die Bieter B und C?", Asked.FIRM, "who bids is a firm"),
    ("Wer leitet die Task Force?", Asked.WHO, "a person or an office"),
    ("Welche Fraktion wollte mehr Stellen?", Asked.WHO, "a faction"),
    ("Wie hat der Rat über die App entschieden?", Asked.VOTE, "a result"),
    ("Wer hat dagegen gestimmt?", Asked.WHO, "who, not the result"),
    ("Warum wurde das verschoben?", Asked.ANYTHING, "a reason has no form"),
    ("Was ist der Digitalmonitor?", Asked.ANYTHING, "nor has a definition"),
    ("How many trees are there?", Asked.COUNT, "English"),
]

HOLDING = [
    ("Rund 100.000 Akten werden gescannt.", Asked.COUNT, True, "a number"),
    ("Zehn Bürgerbüros bieten Termine an.", Asked.COUNT, True, "a number in letters"),
    ("Es gibt dort keine Stellen.", Asked.COUNT, True, "none is a number, too"),
    ("Die Sitzung war am 27. Juni 2024.", Asked.COUNT, False, "a date counts nothing"),
    ("Der Bericht von 2023 nennt das Ziel.", Asked.COUNT, False, "nor does a year"),
    ("Siehe § 34 Abs. 2 und Anlage 3.", Asked.COUNT, False, "nor a paragraph"),
    ("2. Aufnahme in das System", Asked.COUNT, False, "nor the number of an item"),
    ("Das Haus steht in der Pfannkuchstraße 11.", Asked.COUNT, False, "nor the number of a house"),
    ("Die Vorlage Nr. 2013/0189 nennt das.", Asked.COUNT, False, "nor a paper's number"),
    ("Beginn ist um 15:30 Uhr.", Asked.COUNT, False, "nor a time"),
    ("Das kostet 1,6 Mio. €.", Asked.COUNT, False, "money is no count"),
    ("Der Anteil liegt bei 91,5 Prozent.", Asked.COUNT, False, "nor is a share"),
    ("Bei 45 Ja-Stimmen einstimmig zugestimmt.", Asked.COUNT, False, "votes are not what is counted"),
    ("-- 1 of 6 --", Asked.COUNT, False, "nor is a page"),
    ("Wie viele der 500 Beschäftigten sind das?", Asked.COUNT, False, "a question is no answer"),
    ("Das kostet 1,6 Mio. €.", Asked.MONEY, True, "millions"),
    ("Der Betrag ist 66.300 Euro.", Asked.MONEY, True, "thousands"),
    ("Das Angebot ist kostenlos.", Asked.MONEY, True, "nothing is an amount"),
    ("Es sind 110.000 Akten.", Asked.MONEY, False, "a count is no money"),
    ("Ein Viertel war aus der Ferne lösbar.", Asked.PERCENT, True, "a share in words"),
    ("Der Anteil liegt bei 91,5 Prozent.", Asked.AMOUNT, True, "an amount may be a share"),
    ("Stuttgart kam auf Rang 8.", Asked.RANK, True, "a rank"),
    ("Stuttgart kam weit nach vorn.", Asked.RANK, False, "no rank"),
    ("Der Pilot läuft zwölf Monate.", Asked.DURATION, True, "a time that passes"),
    ("Ende 2025 wird entschieden.", Asked.DATE, True, "a point in time"),
    ("Das wird noch entschieden.", Asked.DATE, False, "none"),
    ("Den Auftrag erhielt die Heiler GmbH & Co. KG.", Asked.FIRM, True, "a firm"),
    ("Hierfür wurde ein Sachverständigenbüro beauftragt.", Asked.FIRM, False, "an office without a name"),
    ("Herr Stadtrat Hermanns ist befangen.", Asked.PERSON, True, "a name"),
    ("Ein Student hat die Seite gebaut.", Asked.PERSON, False, "a person without a name"),
    ("Der Antrag kommt von GRÜNE und Volt.", Asked.WHO, True, "factions"),
    ("Das wird geprüft.", Asked.WHO, False, "nobody"),
    ("Das wird geprüft.", Asked.ANYTHING, True, "what has no form may be anything"),
]


@pytest.mark.parametrize(("question", "asked", "reason"), ASKED, ids=[row[0] for row in ASKED])
def test_a_question_says_what_its_answer_must_hold(question: str, asked: Asked, reason: str) -> None:
    assert asked_for(question) is asked, reason


@pytest.mark.parametrize(("sentence", "asked", "held", "reason"), HOLDING, ids=[row[3] for row in HOLDING])
def test_a_sentence_holds_only_what_was_asked_for(sentence: str, asked: Asked, held: bool, reason: str) -> None:
    assert holds(sentence, "?", asked) is held, reason


@pytest.mark.parametrize(
    ("question", "sentence", "reason"),
    [
        ("Sind es 330 oder wie viele?", "Es sind 330 Leute.", "its own number"),
        ("Wer führt die Digital MoveS GmbH?", "Die Digital MoveS GmbH wird geführt.", "its own name"),
    ],
)
def test_what_the_question_says_itself_is_no_answer(question: str, sentence: str, reason: str) -> None:
    assert not holds(sentence, question, asked_for(question)), reason


@pytest.mark.parametrize(
    ("question", "sentences", "answered", "reason"),
    [
        ("Wie viele Akten werden gescannt?", ["Rund 100.000 Akten werden gescannt."], True, "the number is there"),
        ("Wie viele Akten werden gescannt?", ["Die Akten werden gescannt."], False, "it is not"),
        ("Was kostet das Scannen der Akten?", ["Die Akten werden gescannt.", "Es sind 100.000."], False, "no amount"),
        ("Wie viele Hubschrauber hat das Amt?", ["Das Amt hat 212 Stellen."], False, "nothing names what is counted"),
        ("Warum wird gescannt?", ["Die Akten werden gescannt, um Platz zu sparen."], True, "a reason has no form"),
        ("Warum wird gescannt?", [], False, "nothing was found"),
        ("Wie viel Umsatz hat die GmbH?", ["Das Kapital der GmbH ist 25.000 Euro."], False, "of something else"),
        ("wie hoch ist der umsatz der gmbh?", ["Das Kapital der GmbH ist 25.000 Euro."], False, "typed as in a chat"),
        (
            "Wie viel Gewinn machte die GmbH?",
            ["Der Jahresüberschuss der GmbH ist 2 Mio. Euro."],
            True,
            "by another name",
        ),
        ("Wie viel Umsatz hat die GmbH?", ["Die GmbH hat einen Umsatz von 2 Mio. Euro."], True, "it is named"),
        (
            "Wie viel Etat hat die E-Akte?",
            ["Für die E-Akte sind 25.000 Euro vorgesehen."],
            True,
            "a budget by any name",
        ),
        ("Wie viel Kapital hat die GmbH?", ["Das Stammkapital der GmbH ist 25.000 Euro."], True, "of the same thing"),
        ("Wie viel Zuschus gab der Bund?", ["Der Zuschuss des Bundes war 25.000 Euro."], True, "though mistyped"),
        ("Wie viel Geld gab der Bund?", ["Der Bund gab 25.000 Euro."], True, "money is no thing to be named"),
    ],
)
def test_an_answer_needs_the_thing_asked_for(question: str, sentences: list[str], answered: bool, reason: str) -> None:
    found = [evidence(sentence, score=12.0 - place) for place, sentence in enumerate(sentences)]

    assert supports(question, found) is answered, reason


def test_weak_evidence_is_not_enough_although_it_holds_a_number() -> None:
    question = "Wie viele Akten werden gescannt?"

    assert supports(question, [evidence("Es sind 100.000 Akten.", score=20.0)])
    assert not supports(question, [evidence("Es sind 100.000 Akten.", score=3.0)])


@given(
    scores=st.lists(st.floats(-5, 20), min_size=1, max_size=6),
    nears=st.lists(st.floats(0, 1), min_size=6, max_size=6),
    sentence=st.sampled_from([row[0] for row in HOLDING]),
    question=st.sampled_from([row[0] for row in ASKED]),
)
def test_grounds_are_shares_whatever_was_found(
    scores: list[float], nears: list[float], sentence: str, question: str
) -> None:
    found = [evidence(sentence, score, near) for score, near in zip(sorted(scores)[::-1], nears, strict=False)]
    grounds = grounds_of(question, found)

    assert grounds.keys() == COEFFICIENTS.keys()
    assert all(0.0 <= value <= 1.0 for name, value in grounds.items() if name != "best")


def test_each_ground_pushes_the_way_it_says() -> None:
    assert COEFFICIENTS["counted"] <= 0
    assert all(value >= 0 for name, value in COEFFICIENTS.items() if name != "counted")


def test_the_nearest_papers_are_two_that_a_reader_can_tell_apart() -> None:
    hits = [a_hit(paper="a"), a_hit(paper="b"), a_hit(paper="a"), a_hit(paper="c", title="Anderes"), a_hit(paper="d")]

    assert [hit.document.path for hit in nearest(hits)] == ["a.txt", "c.txt"]


@pytest.mark.parametrize(
    ("text", "office", "reason"),
    [
        ("Das Gartenbauamt prüft. Sitz des Gartenbauamtes ist hier.", "Gartenbauamt", "the genitive counts, too"),
        ("Das Schul- und Sportamt plant. Das Schul- und Sportamt baut.", "Schul- und Sportamt", "of two parts"),
        ("Das Amt für Umwelt und Arbeitsschutz misst, das Amt für Umwelt und Arbeitsschutz warnt.",
         "Amt für Umwelt und Arbeitsschutz", "Amt für …"),
        ("Das Stadtamt Durlach und das Tiefbauamt. Das Stadtamt Durlach.", "Stadtamt Durlach", "the most often named"),
        ("Das Gartenbauamt prüft.", None, "once is too seldom"),
        ("Insgesamt viel. Insgesamt mehr. Das Ehrenamt im Ehrenamt.", None, "words that only end like one"),
        ("Das Bundesamt und das Bundesamt.", None, "offices of others"),
        ("Das Hauptamt und das Hauptamt.", None, "the one that signs every paper"),
    ],
)  # fmt: skip
def test_the_office_that_may_know_is_named_from_the_papers(text: str, office: str | None, reason: str) -> None:
    assert office_named(search_tokens(text), [a_hit(text)]) == office, reason


def test_only_the_nearest_papers_say_which_office_may_know() -> None:
    far = a_hit("Das Tiefbauamt. Das Tiefbauamt.", paper="c", title="Drittes")

    assert office_named(["tiefbauamt"], [a_hit(), a_hit(paper="b", title="Zweites"), far]) is None


@pytest.mark.parametrize(
    ("question", "office", "reason"),
    [
        ("Wer pflegt die Bäume im Park?", "Gartenbauamt", "most of what is asked for stands in the nearest papers"),
        ("Wer ist der Bürgermeister von Hamburg?", None, "nothing of it does"),
        ("Wie viele Apfelbäume stehen in Hamburg?", None, "a part of a compound is not the thing"),
        ("Wie viele Bäume stehen in Hamburg?", None, "half of it is another matter"),
    ],
)
def test_an_office_is_named_only_for_what_its_papers_are_about(question: str, office: str | None, reason: str) -> None:
    hit = a_hit("Das Gartenbauamt pflegt die Bäume im Park. Das Gartenbauamt pflanzt.")

    assert office_named(search_tokens(question), [hit]) == office, reason


@pytest.mark.parametrize(
    ("question", "text", "expected", "reason"),
    [
        ("Was sagt Stadträtin Ott zum Klima?", "Stadträtin Ott (SPD): Das Klima ändert sich.", True, "she is named"),
        ("Was sagt Stadträtin Ott zum Klima?", "Stadtrat Beck (SPD): Das Klima ändert sich.", False, "only another is"),
        ("Was ist Herrn Dr. Becks Vorschlag zum Klima?", "Herr Beck schlägt Bäume vor.", True, "title and genitive"),
        ("Was sagt der Stadtrat zum Klima?", "Das Klima ändert sich.", True, "nobody is named"),
    ],
)
def test_what_others_said_is_no_answer_about_a_named_person(
    question: str, text: str, expected: bool, reason: str
) -> None:
    assert supports(question, [evidence(text, score=20.0)]) is expected, reason


def declined(asked: Asked = Asked.ANYTHING, office: str | None = None, language: Language = Language.DE) -> Declined:
    return Declined(
        reason=DeclineReason.NOT_SUPPORTED, nearest=(), hits=(), searched=Searched(documents=1, until=None), index="i",
        language=language, asked=asked, office=office,
    )  # fmt: skip


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("asked", Asked)
def test_declining_is_one_sentence_for_whatever_was_asked(asked: Asked, language: Language) -> None:
    told = phrases.told(declined(asked, language=language))

    assert told.endswith(".")
    assert told.count(".") == 1


def test_declining_says_what_no_sentence_holds_and_who_may_know() -> None:
    reply = declined(Asked.MONEY, "Gartenbauamt")

    assert "diesen Betrag" in phrases.told(reply)
    assert phrases.who_might_know(reply).startswith("Auskunft könnte das Gartenbauamt geben")
    assert phrases.who_might_know(declined()) == ""
