from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from evals import cli
from evals.conditions import parse, shortfalls
from evals.results import read_result
from ingest.embedding import load_encoder
from ingest.errors import UsageError
from ingest.pipeline import add
from tests.evals.conftest import Town
from tests.evals.made_up import ANSWERS, TEXTS, write_lines


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """Run the command line as the console script does; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["ratslotse-evals", *map(str, arguments)])
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as left:
        cli.main()
    return int(left.value.code or 0)


def _score(town: Town, *more: object) -> list[object]:
    return ["score", "--gold", town.gold, "--answers", town.answers, "--documents", town.documents, *more]


def test_score_prints_a_table_of_eighty_columns(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, *_score(town)) == 0

    out = capsys.readouterr().out
    assert "6 Fragen aus gold.jsonl" in out
    assert max(len(line) for line in out.splitlines()) <= 80
    row = next(line for line in out.splitlines() if " right " in line)
    assert "0,50" in row


def test_conditions_that_hold_pass_and_those_that_do_not_are_named(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, *_score(town, "right>=0.5", "overdeclined<=0.25")) == 0
    assert _run(monkeypatch, *_score(town, "right>=0.51", "p50ms<=39", "file5>=1")) == 1

    err = capsys.readouterr().err
    assert "Nicht erreicht: right>=0.51 (ist 0.500)" in err
    assert "Nicht erreicht: p50ms<=39 (ist 40.000)" in err
    assert "file5" not in err


WRONG = [
    ("right=0.5", "keine Bedingung", "no sign of order"),
    ("richtig>=0.5", "gibt es nicht", "no such measure"),
    ("right>=viel", "keine Bedingung", "no number"),
]


@pytest.mark.parametrize(("condition", "said", "reason"), WRONG, ids=[row[2] for row in WRONG])
def test_a_wrong_condition_is_refused_before_anything_is_asked(
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    condition: str,
    said: str,
    reason: str,
) -> None:
    assert _run(monkeypatch, *_score(town, condition)) == 2

    captured = capsys.readouterr()
    assert said in captured.err, reason
    assert captured.out == ""


def test_a_condition_on_what_was_not_measured_is_not_met() -> None:
    assert shortfalls(parse(["declined>=.5"]), {}) == ("declined>=0.5 (nicht gemessen)",)


def test_a_condition_without_a_leading_zero_is_read() -> None:
    assert parse([" right >= .5 "])[0].limit == 0.5


def test_a_missing_folder_is_one_sentence_and_exit_code_two(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["score", "--gold", town.gold, "--answers", town.answers, "--documents", town.gold]

    assert _run(monkeypatch, *arguments) == 2
    err = capsys.readouterr().err
    assert err.startswith("Fehler:")
    assert "Traceback" not in err


def test_a_broken_line_of_answers_is_named(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lines(town.answers, [ANSWERS[0], {"id": "q2", "outcome": "vielleicht"}])

    assert _run(monkeypatch, *_score(town)) == 2
    err = capsys.readouterr().err
    assert "Zeile 2" in err
    assert "vielleicht" in err


def test_questions_without_an_answer_and_without_a_text_are_remarked_on(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lines(town.answers, ANSWERS[1:])
    (town.documents / "p4.txt").unlink()

    assert _run(monkeypatch, *_score(town)) == 0
    err = capsys.readouterr().err
    assert "q1" in err
    assert "Belegpapiere ohne Text: p4" in err


def test_a_result_is_kept_reported_and_compared(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, html = tmp_path / "gut.json", tmp_path / "schlecht.json", tmp_path / "seite.html"
    assert _run(monkeypatch, *_score(town, "--out", good)) == 0
    write_lines(town.answers, [record | {"outcome": "declined"} for record in ANSWERS])
    assert _run(monkeypatch, *_score(town, "--out", bad)) == 0
    assert len(read_result(good).cases) == 6
    assert "hits" not in json.loads(good.read_text(encoding="utf-8"))["cases"][0]

    assert _run(monkeypatch, "report", good, "--html", html) == 0
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    capsys.readouterr()
    assert _run(monkeypatch, "report", good) == 0
    assert "Die schwersten Fälle (3 von 3)" in capsys.readouterr().out
    assert _run(monkeypatch, "compare", good, good) == 0
    assert _run(monkeypatch, "compare", good, bad) == 1
    captured = capsys.readouterr()
    assert "Schlechter geworden: overdeclined" in captured.err
    assert "q1 (nicht mehr richtig beantwortet): Wie viele Haushalte gibt es?" in captured.out
    assert max(len(line) for line in captured.out.splitlines()) <= 80


def test_an_index_that_is_not_there_is_said_in_one_sentence(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "run", "--gold", town.gold, "--index", tmp_path / "leer") == 2
    assert "liegt noch kein Index" in capsys.readouterr().err


def test_an_index_is_asked_and_its_own_texts_are_used(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(tmp_path / "index", [town.documents], load_encoder("bundled"), workers=1)
    command = ["run", "--gold", town.gold, "--index", tmp_path / "index"]

    assert _run(monkeypatch, *command, "--out", tmp_path / "mit.json", "file5>=1", "verbatim>=1") == 0
    assert _run(monkeypatch, *command, "--out", tmp_path / "ohne.json", "--documents", town.documents) == 0

    captured = capsys.readouterr()
    assert captured.err == "", "no progress bar in a pipe, and every evidence paper has a text"
    own, given = read_result(tmp_path / "mit.json"), read_result(tmp_path / "ohne.json")
    assert own.origin.documents == 5
    assert own.origin.index
    for name in ("file1", "file5", "right", "verbatim", "declined"):
        assert own.measures[name] == given.measures[name], name


def test_search_is_measured_on_a_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_lines(tmp_path / "corpus.jsonl", [{"_id": name, "text": text} for name, text in TEXTS.items()])
    write_lines(tmp_path / "queries.jsonl", [{"_id": "q", "text": "Wer liefert die Rechner?"}])
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq\tp3\t1\n", encoding="utf-8")
    command = ["retrieval", "--beir", tmp_path, "--out", tmp_path / "suche.json"]

    assert _run(monkeypatch, *command, "ndcg10>=1") == 0
    assert _run(monkeypatch, *command, "ndcg10<=0.5") == 1

    captured = capsys.readouterr()
    assert next(line.split()[0] for line in captured.out.splitlines() if "1,000" in line) == "Ratslotse"
    assert "nur BM25" in captured.out
    assert max(len(line) for line in captured.out.splitlines()) <= 80
    assert "Nicht erreicht: ndcg10<=0.5 (ist 1.000)" in captured.err
    assert json.loads((tmp_path / "suche.json").read_text(encoding="utf-8"))["documents"] == 5


def test_an_encoder_that_is_not_there_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "retrieval", "--beir", tmp_path, "--encoder", tmp_path / "leer") == 2
    assert capsys.readouterr().err.startswith("Fehler:")


def test_what_cannot_be_parsed_is_no_condition() -> None:
    with pytest.raises(UsageError):
        parse(["right>="])
