from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from evals.answers import Answer
from evals.errors import BrokenResult
from evals.gold import GoldQuestion, GoldSet
from evals.plots import Bar, bars, histograms
from evals.report import page
from evals.results import Case, Result, read_result, write_result
from evals.run import evaluate, origin
from evals.texts import Papers
from evals.worst import Verdict, worst
from ingest.errors import UsageError
from tests.evals.made_up import ANSWERS, QUESTIONS
from tests.evals.test_metrics import TownTexts

VOID = {"meta", "link", "br", "img", "hr", "input"}


def _result(**changes: object) -> Result:
    """Make the made-up town's result; keywords change its first question and the answer to it."""
    questions = [dict(record) for record in QUESTIONS]
    answers = [dict(record) for record in ANSWERS]
    for key, value in changes.items():
        (questions if key in questions[0] else answers)[0][key] = value
    gold = GoldSet(name="gold.jsonl", questions=tuple(GoldQuestion.model_validate(item) for item in questions))
    given = {item["id"]: Answer.model_validate(item) for item in answers}
    return evaluate(gold, given, Papers(TownTexts()), origin(gold, given, documents=5))


class _Checker(HTMLParser):
    """Follows opening and closing tags and notes what a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loads: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.ids += [given["id"]] if given.get("id") else []
        self.loads += [str(given[key]) for key in ("src", "srcset", "data") if key in given]
        if tag == "link":
            self.loads.append(str(given.get("href")))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _checked(html: str) -> _Checker:
    checker = _Checker()
    checker.feed(html)
    checker.close()
    return checker


def test_the_page_is_whole_german_and_loads_nothing() -> None:
    html = page(_result(), 40)
    checker = _checked(html)

    assert checker.open == []
    assert checker.loads == []
    assert "script" not in checker.tags
    assert "@import" not in html
    assert "url(" not in html
    assert '<html lang="de">' in html
    assert len(checker.ids) == len(set(checker.ids))
    assert checker.tags.count("svg") >= 3
    assert html.count("<title>") == checker.tags.count("svg") + 1, "every plot has a title"


def test_the_same_result_gives_the_same_page() -> None:
    result = _result()

    assert page(result, 40) == page(result, 40)


def test_nothing_of_a_paper_reaches_the_page_unescaped() -> None:
    evil = '<script>alert("x")</script>'
    html = page(_result(question=f"Was? {evil}", statements=[{"text": evil, "citations": [1]}]), 40)

    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_only_web_addresses_become_links() -> None:
    source = ANSWERS[1]["citations"][0]
    for url, linked in (("https://ratsinfo.example/1", True), ("javascript:alert(1)", False)):
        html = page(_result(statements=[], citations=[source | {"url": url}], must_contain=[["fehlt"]]), 40)
        assert (f'href="{url}"' in html) is linked


def test_worst_cases_show_question_expected_given_and_sources() -> None:
    html = page(_result(), 40)

    assert "Wann wurde der Verkauf beschlossen?" in html
    assert "Der Verkauf wurde am 22.11.2011 beschlossen. [1]" in html
    assert "antraege/p3.txt" in html
    assert "beantwortet, obwohl nicht beantwortbar" in html


def test_no_more_cases_are_shown_than_asked_for() -> None:
    html = page(_result(), 1)

    assert html.count('<article class="case">') == 1
    assert "Gezeigt: die ersten 1" in html


def test_the_threshold_is_drawn_where_every_record_tells_its_confidence() -> None:
    without = page(_result(), 40)
    result = _result()
    told = replace(result, cases=tuple(_sure(case, i) for i, case in enumerate(result.cases)))

    assert 'class="threshold"' not in without
    assert "Wertung des besten Treffers" in without
    assert 'class="threshold"' in page(told, 40)
    assert "Schwelle 0,50" in page(told, 40)


def _sure(case: Case, i: int) -> Case:
    return replace(case, confidence=i / 10, threshold=0.5)


def test_the_gravest_verdict_comes_first() -> None:
    found = [(bad.case.id, bad.verdict) for bad in worst(_result().cases)]

    assert found == [("q6", Verdict.INVENTED), ("q2", Verdict.WRONG), ("q3", Verdict.OVERDECLINED)]


def test_of_two_wrong_answers_the_surer_one_comes_first() -> None:
    case = next(case for case in _result().cases if case.id == "q2")
    doubtful, sure = replace(case, id="a", confidence=0.2), replace(case, id="b", confidence=0.9)

    assert [bad.case.id for bad in worst([doubtful, sure])] == ["b", "a"]


def test_bars_tell_a_screen_reader_what_they_show() -> None:
    drawn = bars([Bar(label="Zahl & Wert", value=0.5, low=0.4, high=0.6, questions=9)], "Titel", "Zahl 0,50")

    assert "<title>Titel</title><desc>Zahl 0,50</desc>" in drawn
    assert "Zahl &amp; Wert" in drawn
    assert ">n = 9<" in drawn


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0, 37.5])
def test_a_single_value_can_be_drawn(value: float) -> None:
    assert 'class="series-a"' in histograms([value], [], "t", "d", ("a", "b"), "x")


def test_a_result_survives_its_file(tmp_path: Path) -> None:
    result = _result()
    write_result(tmp_path / "neu" / "ergebnis.json", result)

    assert read_result(tmp_path / "neu" / "ergebnis.json") == result


BROKEN = [
    ("kaputt", "kein JSON", "no JSON"),
    ('{"format": 1}', "origin", "a field is missing"),
]


@pytest.mark.parametrize(("content", "said", "reason"), BROKEN, ids=[row[2] for row in BROKEN])
def test_a_file_that_is_no_result_is_refused(tmp_path: Path, content: str, said: str, reason: str) -> None:
    path = tmp_path / "ergebnis.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(BrokenResult, match=said):
        read_result(path)


def test_a_result_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ergebnis.json"
    write_result(path, _result())
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 1', '"format": 99'), encoding="utf-8")

    with pytest.raises(BrokenResult, match="Format 99"):
        read_result(path)


def test_a_result_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="kann nicht gelesen werden"):
        read_result(tmp_path / "fehlt.json")
