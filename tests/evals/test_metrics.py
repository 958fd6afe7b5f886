from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.answers import Answer, Outcome, load_answers, missing
from evals.errors import EmptySample
from evals.gold import GoldQuestion, load_gold
from evals.measures import Column, Tally
from evals.metrics import holds, mark, read_until, time_alone
from evals.results import figures
from evals.support import numbers, supported
from evals.texts import FolderTexts, Papers
from ingest.errors import UsageError
from tests.evals.conftest import Town
from tests.evals.made_up import ANSWERS, EXPECTED, EXPECTED_BEYOND, EXPECTED_MORE, QUESTIONS, TEXTS


class TownTexts:
    def __init__(self, texts: Mapping[str, str] = TEXTS) -> None:
        self._texts = texts

    def text(self, name: str) -> str | None:
        return self._texts.get(name)


def _papers() -> Papers:
    return Papers(TownTexts())


def _question(index: int) -> GoldQuestion:
    return GoldQuestion.model_validate(QUESTIONS[index])


def _answer(index: int, **changes: object) -> Answer:
    return Answer.model_validate(ANSWERS[index] | changes)


def _measured() -> dict[str, float]:
    marks = [mark(_question(i), _answer(i), _papers()) for i in range(len(QUESTIONS))]
    return {name: interval.value for name, interval in figures([item.values for item in marks]).items()}


@pytest.mark.parametrize(("name", "value"), [*EXPECTED.items(), *EXPECTED_MORE.items(), *EXPECTED_BEYOND.items()])
def test_a_measure_of_the_made_up_town_is_what_was_worked_out_by_hand(name: str, value: float) -> None:
    assert _measured()[name] == pytest.approx(value)


@pytest.mark.parametrize(("program", "expected"), [("score_answers.py", EXPECTED), ("score_more.py", EXPECTED_MORE)])
def test_figures_are_those_of_the_program_that_defines_them(
    town: Town, program: str, expected: Mapping[str, float]
) -> None:
    tools = os.environ.get("RATSLOTSE_SHARED_TOOLS")
    if not tools:
        pytest.skip(f"RATSLOTSE_SHARED_TOOLS names no folder with {program}")
    command = [sys.executable, str(Path(tools) / program), *map(str, (town.gold, town.answers, town.documents))]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]
    papers = Papers(FolderTexts(town.documents))
    answers = load_answers(town.answers)
    values = [mark(question, answers[question.id], papers).values for question in load_gold(town.gold).questions]

    theirs = dict(re.findall(r"(\w+)=([\d.]+)", said))

    assert theirs.keys() >= expected.keys()
    ours = figures(values)
    assert {name: f"{ours[name].value:.3f}" for name in expected} == {name: theirs[name] for name in expected}


def test_a_question_nobody_answered_counts_as_wrong_and_not_as_declined() -> None:
    marks = mark(_question(0), missing("q1"), _papers())

    assert marks.rank is None
    assert marks.values[Column.RIGHT] == Tally(total=0)
    assert marks.values[Column.OVERDECLINED] == Tally(total=0)
    assert marks.values[Column.ANSWERED] == Tally(total=0)
    assert Column.MILLISECONDS not in marks.values


def test_an_answer_that_should_not_have_been_given_counts_among_those_given_alone() -> None:
    given = mark(_question(5), _answer(5), _papers()).values
    declined = mark(_question(4), _answer(4), _papers()).values

    assert set(given) == {Column.DECLINED, Column.GIVEN_RIGHT, Column.CITATION_SUPPORT, Column.MILLISECONDS}
    assert given[Column.GIVEN_RIGHT].total == 0
    assert set(declined) == {Column.DECLINED, Column.MILLISECONDS}


def test_the_same_paper_under_another_id_gains_once() -> None:
    values = mark(_question(0), _answer(0), _papers()).values

    assert values[Column.NDCG10].total == pytest.approx(0.6309, abs=1e-4)
    assert values[Column.RIGHT].total == 1


def test_without_texts_a_paper_is_known_by_its_name_alone() -> None:
    papers = Papers(TownTexts({}))
    values = mark(_question(0), _answer(0), papers).values

    assert values[Column.RIGHT].total == 0, "p1b is another paper when nobody can read both"
    assert values[Column.MRR].total == pytest.approx(1 / 3)
    assert values[Column.VERBATIM] == Tally(total=0, count=1)


def test_evidence_by_characters_needs_the_text() -> None:
    with pytest.raises(UsageError, match="„p2“ fehlt"):
        mark(_question(1), _answer(1), Papers(TownTexts({})))


def test_an_answer_longer_than_allowed_is_not_right() -> None:
    words = "Die Stadt Musterstadt hat 65.000 Haushalte. "
    long = _answer(0, statements=[{"text": words * 30, "citations": [1]}])
    values = mark(_question(0), long, _papers()).values

    assert (values[Column.RIGHT].total, values[Column.RIGHT300].total) == (0, 1)


def test_reading_stops_at_the_end_of_the_hit_that_holds_the_quote() -> None:
    assert read_until(_answer(2), ["diefirmabechtelliefert"]) == len(TEXTS["p2"]) + len(TEXTS["p3"])
    assert read_until(_answer(2), ["kommtnichtvor"]) is None


def test_of_a_long_quote_the_beginning_or_the_end_is_enough() -> None:
    quote = "".join(chr(97 + i % 26) + chr(97 + i // 26) for i in range(50))
    begins, ends = (_answer(2, hits=[{"path": "x.txt", "text": part}]) for part in (quote[:60], quote[-60:]))
    middle = _answer(2, hits=[{"path": "x.txt", "text": quote[20:80]}])

    assert [read_until(answer, [quote]) for answer in (begins, ends, middle)] == [60, 60, None]


def test_a_short_quote_must_be_there_as_a_whole() -> None:
    quote = "".join(chr(97 + i % 26) + chr(97 + i // 26) for i in range(40))

    assert read_until(_answer(2, hits=[{"path": "x.txt", "text": quote[:70]}]), [quote]) is None


@pytest.mark.parametrize(("chars", "expected"), [(4500, (1, 1)), (4501, (0, 1)), (9000, (0, 1)), (9001, (0, 0))])
def test_evidence_counts_up_to_the_last_character_read(chars: int, expected: tuple[int, int]) -> None:
    hits = [{"path": "x.txt", "text": "x" * (chars - len(TEXTS["p3"]))}, {"path": "p3.txt", "text": TEXTS["p3"]}]
    values = mark(_question(2), _answer(2, hits=hits), _papers()).values

    assert (values[Column.READ4500].total, values[Column.READ9000].total) == expected


def test_a_part_of_the_evidence_that_is_cited_counts_as_cited() -> None:
    part = _answer(3, citations=[ANSWERS[3]["citations"][1] | {"quote": "Kosten betragen 3,5 Mio."}])

    assert mark(_question(3), part, _papers()).values[Column.QUOTE_RECALL].total == 1


def test_to_look_for_no_quote_is_a_mistake() -> None:
    with pytest.raises(EmptySample):
        read_until(_answer(0), [])


def test_an_answer_to_no_gold_question_brings_its_time_alone() -> None:
    assert time_alone(_answer(3)) == {Column.MILLISECONDS: Tally(total=40.0)}


HOLDS = [
    ("Es sind 65.000 Haushalte", [["65.000"]], True, "a number"),
    ("Es sind 165.000 Haushalte", [["65.000"]], False, "the end of a longer number"),
    ("Bechtels Angebot", [["bechtel"]], True, "case and endings do not count"),
    ("am 22.\nNovember  2011", [["22. November 2011"]], True, "line breaks do not count"),
    ("die KMK", [["Messe", "KMK"], ["Bäder"]], False, "one alternative of each group"),
    ("die KMK und die Bäder", [["Messe", "KMK"], ["Bäder"]], True, "all groups"),
    ("was auch immer", [], True, "nothing is asked for"),
]


@pytest.mark.parametrize(("text", "groups", "expected", "reason"), HOLDS, ids=[row[3] for row in HOLDS])
def test_the_words_asked_for_are_found(text: str, groups: list[list[str]], expected: bool, reason: str) -> None:
    assert holds(text, groups) is expected, reason


SUPPORT = [
    ("Es sind 65.000 Haushalte.", ["rund 65 000 Haushalte"], True, "thousands are grouped in several ways"),
    ("Es sind 5 Haushalte.", ["rund 65 Haushalte"], False, "a part of a number is no number"),
    ("Beschlossen am 22.11.2011.", ["Beschlossen am 22. November 2011"], True, "a date in another spelling"),
    ("Beschlossen am 22.11.2011.", ["Beschlossen am 23. November 2011"], False, "another day"),
    ("Im Jahr 2011 beschlossen.", ["Beschlossen am 22. November 2011, im Jahr"], True, "a year of a date"),
    ("Bürgermeister Käuflein sagt das zu.", ["Der Bürgermeister sagt das zu."], False, "a name that is not there"),
    ("Die Digitalisierung läuft.", ["Die Digitali-\nsierung läuft."], True, "a word broken at the line's end"),
    ("Der Ausbau läuft.", ["Ausbau läuft."], True, "an article at the beginning is no name"),
    ("Der Ausbau läuft.", [], False, "no quote at all"),
    ("Der Ausbau läuft.", [" "], False, "an empty quote"),
    ("Am 2020-05-12 300 Euro", ["Am 2020-05-12 300 Euro"], True, "a number right behind a date"),
    ("Los 4 und Los 7", ["Los 4", "Los 7"], True, "several quotes together"),
]


@pytest.mark.parametrize(("statement", "quotes", "expected", "reason"), SUPPORT, ids=[row[3] for row in SUPPORT])
def test_a_statement_stands_in_its_quotes(statement: str, quotes: list[str], expected: bool, reason: str) -> None:
    assert supported(statement, quotes) is expected, reason


_WORDS = st.sampled_from(
    ["am", "24.01.2012", "969", "3. Mai 2020", "1.234.567", "200", "21", "Die", "Stadt", "3,5 Mio.", "2022/0728", "§ 5"]
)


@given(st.lists(_WORDS, min_size=1).map(" ".join))
def test_every_statement_stands_in_itself_whatever_numbers_follow_each_other(statement: str) -> None:
    assert supported(statement, [statement.replace(" ", "\n", 1)])


def test_numbers_are_read_whole() -> None:
    assert numbers("65.000 von 170 000, 3,5 %, 2022/0728 und 15.12.2009 200") == {
        "65000", "170000", "3,5", "2022/0728", "15.12.2009", "200"
    }  # fmt: skip


def test_every_outcome_of_the_contract_is_known() -> None:
    assert {"answered", "declined", "failed"} < {outcome.value for outcome in Outcome}
