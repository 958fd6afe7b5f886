from __future__ import annotations

import pytest

from bot.answering.grounding import Finding, Grounded, Refused, ground
from bot.answering.verify import acts
from ingest.types import Kind, SectionRole, Span
from tests.bot.passages import a_hit, a_paper

TEXT = (
    "Von den 212 Stellen in den Bürgerbüros sind 31 Stellen unbesetzt. Frau Mayer (SPD) leitet das Amt seit dem "
    "3. Mai 2023.\n\nDie Einführung der E-Akte kostet einmalig 1,4 Mio. €. Ein Umzug ist nicht vorgesehen. Der "
    "Ausschuss hat den Antrag abgelehnt. Die Verwaltung soll bis 2026 ein Konzept für das Rathaus vorlegen. "
    "In Nord10 stehen zwei Häuser.\n\n"
    "Mehr dazu unter https://rat.example/geheim im Netz der Stadt."
)
PAPER = a_paper(TEXT)
HITS = (a_hit(PAPER), a_hit(PAPER, role=SectionRole.REQUEST))
POSTS = "Von den 212 Stellen in den Bürgerbüros sind 31 Stellen unbesetzt"

PASSING = [
    ("In den Bürgerbüros sind 31 Stellen unbesetzt.", POSTS, "shorter than its quote"),
    ("Von 212 Stellen sind 31 unbesetzt.", "31 Stellen unbesetzt", "the quote is widened to its sentence"),
    ("Die E-Akte kostet 1.400.000 Euro.", "Die Einführung der E-Akte kostet einmalig 1,4 Mio. €.", "another spelling"),
    ("Die E-Akte kostet 1,4 Mio. €.", "Die Einfüh-\n rung der E-Akte", "a quote as it was wrapped"),
    ("Seit 2023 leitet Frau Mayer das Amt.", "Frau Mayer (SPD) leitet das Amt", "the year of a day"),
    ("In Nord10 stehen 2 Häuser.", "In Nord10 stehen zwei Häuser.", "a name that ends in digits"),
    ("Ein Umzug ist nicht vorgesehen.", "Ein Umzug ist nicht vorgesehen.", "a denial that stands there"),
    ("Die Verwaltung soll ein Konzept vorlegen.", "ein Konzept für das Rathaus", "a plan told as a plan"),
]

FAILING = [
    ("In den Bürgerbüros sind 32 Stellen unbesetzt.", POSTS, Finding.UNSUPPORTED, "an invented number"),
    ("In den Bürgerbüros sind 3 Stellen unbesetzt.", POSTS, Finding.UNSUPPORTED, "a part of a number"),
    ("Frau Maier leitet das Amt.", "Frau Mayer (SPD) leitet das Amt", Finding.UNSUPPORTED, "another name"),
    ("Frau Mayer (CDU) leitet das Amt.", "Frau Mayer (SPD) leitet das Amt", Finding.UNSUPPORTED, "another faction"),
    ("Am 4. Mai 2023 begann Frau Mayer.", "seit dem 3. Mai 2023", Finding.UNSUPPORTED, "another day"),
    ("Maier leitet das Amt.", "Frau Mayer (SPD) leitet das Amt", Finding.UNSUPPORTED, "a name at the sentence's start"),
    ("Die E-Akte kostet 1,4 Mrd. €.", "kostet einmalig 1,4 Mio. €", Finding.UNSUPPORTED, "another scale"),
    ("In den Bürgerbüros kosten 31 Euro.", POSTS, Finding.UNSUPPORTED, "a count told as money"),
    ("Ein Umzug ist vorgesehen.", "Ein Umzug ist nicht vorgesehen", Finding.TURNED_ROUND, "a denial left out"),
    ("Ein Umzug ist vorgesehen.", "Ein Umzug ist", Finding.TURNED_ROUND, "a quote that stops before the denial"),
    ("31 Stellen sind nicht unbesetzt.", POSTS, Finding.TURNED_ROUND, "a denial put in"),
    ("31 Stellen sind besetzt.", POSTS, Finding.TURNED_ROUND, "un- left out"),
    ("Der Ausschuss hat den Antrag angenommen.", "hat den Antrag abgelehnt", Finding.TURNED_ROUND, "the other vote"),
    ("Alle 212 Stellen sind unbesetzt.", POSTS, Finding.TURNED_ROUND, "a word that counts"),
    ("Die Verwaltung legt bis 2026 ein Konzept vor.", "bis 2026 ein Konzept", Finding.NOT_DECIDED, "a plan as a fact"),
    ("In den Bürgerbüros sind 31 Stellen unbesetzt.", "31 freie Stellen", Finding.NOT_VERBATIM, "an invented quote"),
    ("31 Stellen sind unbesetzt.", "31", Finding.NOT_VERBATIM, "a quote too short to say anything"),
    ("31 Stellen sind unbesetzt.", POSTS * 40, Finding.NOT_VERBATIM, "a quote longer than any passage"),
    ("Das Netz der Stadt.", "im Netz der Stadt", Finding.QUOTE_NOT_PLAIN, "a quote beside an address"),
    ("31 Stellen sind unbesetzt", POSTS, Finding.NOT_A_SENTENCE, "no end"),
    ("31 Stellen sind unbesetzt. " * 30, POSTS, Finding.NOT_A_SENTENCE, "too long"),
    ("31 Stellen, siehe https://rat.example/x.", POSTS, Finding.NOT_PLAIN, "an address"),
    ("31 Stellen, siehe rat-muster.de.", POSTS, Finding.NOT_PLAIN, "an address without scheme"),
    ("31 Stellen, fragen Sie @rathaus.", POSTS, Finding.NOT_PLAIN, "a mention"),
    ("31 Stellen, tippen Sie /start.", POSTS, Finding.NOT_PLAIN, "a command"),
    ("31 Stellen sind unbesetzt [2].", POSTS, Finding.NOT_PLAIN, "a source marker of its own"),
    ("31 **Stellen** sind unbesetzt.", POSTS, Finding.NOT_PLAIN, "Markdown"),
    ("31 <b>Stellen</b> sind unbesetzt.", POSTS, Finding.NOT_PLAIN, "HTML"),
    ("31 Stellen sind unbesetzt\u202e.", POSTS, Finding.NOT_PLAIN, "a character that turns the direction"),
    ("31 Stellen sind un\u200bbesetzt.", POSTS, Finding.NOT_PLAIN, "a zero width space"),
    ("31 Stеllen sind unbesetzt.", POSTS, Finding.NOT_PLAIN, "a Cyrillic letter"),
    ("\uff13\uff11 Stellen sind unbesetzt.", POSTS, Finding.NOT_PLAIN, "full-width digits"),
    ("31 Stellen, javascript:alert.", POSTS, Finding.NOT_PLAIN, "a scheme"),
    ("", POSTS, Finding.NOT_PLAIN, "nothing"),
]


@pytest.mark.parametrize(("text", "quote", "reason"), PASSING, ids=[row[2] for row in PASSING])
def test_what_stands_in_its_quote_passes(text: str, quote: str, reason: str) -> None:
    result = ground(text, [(1, quote)], HITS, lambda _: PAPER)

    assert isinstance(result, Grounded), (reason, result)


@pytest.mark.parametrize(("text", "quote", "finding", "reason"), FAILING, ids=[row[3] for row in FAILING])
def test_what_does_not_stand_in_its_quote_fails(text: str, quote: str, finding: Finding, reason: str) -> None:
    result = ground(text, [(1, quote)], HITS, lambda _: PAPER)

    assert isinstance(result, Refused), reason
    assert result.finding is finding, (reason, result)


@pytest.mark.parametrize("number", [0, 3, -1, 10**9])
def test_a_source_that_was_not_given_is_none(number: int) -> None:
    result = ground("31 Stellen sind unbesetzt.", [(number, POSTS)], HITS, lambda _: PAPER)

    assert result == Refused(finding=Finding.NO_SUCH_SOURCE, details=(str(number),))


def test_a_statement_without_quotes_fails() -> None:
    assert ground("31 Stellen sind unbesetzt.", [], HITS, lambda _: PAPER) == Refused(finding=Finding.NO_QUOTE)


def test_one_wrong_quote_spoils_a_statement() -> None:
    quotes = [(1, POSTS), (1, "steht nirgends in dem Papier")]

    result = ground("31 Stellen sind unbesetzt.", quotes, HITS, lambda _: PAPER)

    assert result == Refused(finding=Finding.NOT_VERBATIM, details=("1",))


def test_a_quote_counts_only_in_the_passage_it_names() -> None:
    elsewhere = a_hit(PAPER, span=Span(start=TEXT.index("Die Einführung"), end=len(TEXT)))

    result = ground("31 Stellen sind unbesetzt.", [(1, POSTS)], [elsewhere], lambda _: PAPER)

    assert result == Refused(finding=Finding.NOT_VERBATIM, details=("1",))


def test_the_basis_is_the_whole_sentence_where_it_stands() -> None:
    result = ground("31 Stellen sind unbesetzt.", [(2, "31 Stellen unb")], HITS, lambda _: PAPER)

    assert isinstance(result, Grounded)
    (basis,) = result.bases
    assert basis.text == POSTS + "."
    assert basis.span.of(PAPER.text) == POSTS + "."
    assert basis.role is SectionRole.REQUEST


def test_two_quotes_of_one_sentence_are_one_basis() -> None:
    quotes = [(1, "Von den 212 Stellen"), (1, "31 Stellen unbesetzt")]

    result = ground("31 Stellen sind unbesetzt.", quotes, HITS, lambda _: PAPER)

    assert isinstance(result, Grounded)
    assert len(result.bases) == 1


ACTING = [
    ("https://rat.example/x", True, "an address"),
    ("Besuchen Sie www.muster.de bitte", True, "an address without scheme"),
    ("auf boese-seite.example steht", True, "a bare domain"),
    ("an rathaus@muster.de", True, "a mail address"),
    ("@rathaus_bot hilft", True, "a mention"),
    ("Geben Sie /start ein", True, "a command"),
    ("![Bild](x)", True, "an image of Markdown"),
    ("<img src=x>", True, "an image of HTML"),
    ("ｈｔｔｐｓ：／／rat.example", True, "full-width letters"),
    ("Zu- /Abfahrt und Vor-/Nachmittag", False, "a split word"),
    ("und/oder 9101/2023, 3/4, km/h", False, "slashes of prose"),
    ("Die Digital@M GmbH in München", False, "a company"),
    ("Bürger*innen z.B. nach §34 Abs.2", False, "gender sign and abbreviations"),
    ("1.250,50 Euro am 3.5.2023", False, "numbers and dates"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), ACTING, ids=[row[2] for row in ACTING])
def test_what_can_be_followed_is_seen(text: str, expected: bool, reason: str) -> None:
    assert acts(text) is expected, reason


def test_what_is_asked_for_is_not_mixed_with_what_is_the_case() -> None:
    paper = a_paper("Wir beantragen 40 Stellen für das Bürgerbüro. Es gibt 31 Stellen im Bürgerbüro.", kind=Kind.MOTION)
    cut = paper.text.index("Es gibt")
    hits = (
        a_hit(paper, role=SectionRole.REQUEST, span=Span(start=0, end=cut)),
        a_hit(paper, span=Span(start=cut, end=len(paper.text))),
    )
    quotes = [(1, "Wir beantragen 40 Stellen"), (2, "Es gibt 31 Stellen")]

    result = ground("Wir beantragen 40 Stellen, es gibt 31 Stellen.", quotes, hits, lambda _: paper)

    assert result == Refused(finding=Finding.MIXED)
