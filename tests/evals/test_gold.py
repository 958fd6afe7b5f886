from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.errors import BrokenGold
from evals.gold import QuestionKind, load_gold
from ingest.errors import UsageError
from tests.evals.made_up import QUESTIONS, write_lines

GOOD = QUESTIONS[0]

BROKEN: list[tuple[dict[str, Any], str, str]] = [
    ({"kind": "nummer"}, "nummer", "a kind that does not exist"),
    ({"kind": "number", "evidence": []}, "nennt aber keinen Beleg", "an answerable question without evidence"),
    ({"kind": "unanswerable"}, "nennt aber Belege", "an unanswerable question with evidence"),
    ({"evidence": [{"file": "p1"}]}, "weder „quote“ noch", "evidence without a quote"),
    ({"evidence": [{"file": "p1", "start": 5, "end": 5}]}, "weder „quote“ noch", "an empty range"),
    ({"evidence": [{"file": "p1", "quote": ""}]}, "evidence.0.quote", "an empty quote, which stands everywhere"),
    ({"must_contain": [["65.000"], []]}, "leere Gruppe", "a group that nothing can meet"),
    ({"must_contain": [["65.000", " "]]}, "leeres Wort", "a word that everything holds"),
    ({"must_contain": ["65.000"]}, "must_contain.0", "groups that are plain words"),
    ({"question": ""}, "question", "an empty question"),
]


@pytest.mark.parametrize(("change", "said", "reason"), BROKEN, ids=[row[2] for row in BROKEN])
def test_a_bad_line_is_named_with_its_number(tmp_path: Path, change: dict[str, Any], said: str, reason: str) -> None:
    path = write_lines(tmp_path / "gold.jsonl", [QUESTIONS[1], GOOD | change])

    with pytest.raises(BrokenGold) as caught:
        load_gold(path)

    assert caught.value.line == 2
    assert "gold.jsonl, Zeile 2" in str(caught.value)
    assert said in str(caught.value), reason


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOOD) + "\n\n{kaputt\n", encoding="utf-8")

    with pytest.raises(BrokenGold, match="Zeile 3: das ist kein JSON"):
        load_gold(path)


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "gold.jsonl", [{"id": "q1", "kind": "number"}])

    with pytest.raises(BrokenGold, match="das Feld „question“ fehlt"):
        load_gold(path)


def test_an_id_that_comes_twice_is_named_with_both_lines(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "gold.jsonl", [GOOD, QUESTIONS[1], GOOD])

    with pytest.raises(BrokenGold, match="Zeile 3: die Kennung „q1“ gibt es schon in Zeile 1"):
        load_gold(path)


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n", encoding="utf-8")

    with pytest.raises(UsageError, match="keine Fragen"):
        load_gold(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="kann nicht gelesen werden"):
        load_gold(tmp_path / "fehlt.jsonl")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes('{"id": "ü"}'.encode("latin-1"))

    with pytest.raises(UsageError, match="UTF-8"):
        load_gold(path)


def test_gold_keeps_order_history_and_both_ways_to_name_evidence(tmp_path: Path) -> None:
    follow_up = GOOD | {"id": "q9", "kind": "followup", "history": ["Was ist mit dem Netz?"], "notiz": "x"}
    gold = load_gold(write_lines(tmp_path / "gold.jsonl", [follow_up, QUESTIONS[1], QUESTIONS[4]]))

    assert [question.id for question in gold.questions] == ["q9", "q2", "q5"]
    assert gold.questions[0].history == ("Was ist mit dem Netz?",)
    assert gold.questions[0].kind is QuestionKind.FOLLOWUP
    assert (gold.questions[1].evidence[0].start, gold.questions[1].evidence[0].end) == (14, 38)
    assert [question.answerable for question in gold.questions] == [True, True, False]
    assert gold.unknown_keys == ("notiz",)
