from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from bot.channels import terminal
from bot.service import Ratslotse
from bot.types import Language
from ingest.errors import UsageError


def asked(ratslotse: Ratslotse, folder: Path, content: str) -> list[dict[str, object]]:
    """Run a batch over this file content and return its records."""
    source, target = folder / "fragen.jsonl", folder / "antworten.jsonl"
    source.write_text(content, encoding="utf-8", newline="")
    assert terminal.batch(ratslotse, source, target, Language.DE) == 0
    return [json.loads(line) for line in target.read_text("utf-8").split("\n") if line]


@pytest.mark.parametrize(
    ("content", "ids", "reason"),
    [
        ('\ufeff{"id": "a", "question": "Was?"}\r\n\r\n{"id": "b", "question": "Wer?"}\r\n', ["a", "b"], "Windows"),
        ('{"id": "a", "question": "Was\u2028und\u0085wer?"}\n', ["a"], "JSON may hold other line ends as they are"),
        ('{"id": 7, "question": "Was?"}\n{"id": 7, "question": "Wer?"}', ["7", "7"], "numbers, twice, no line end"),
        ('{"id": "a", "question": "Was?", "history": null}', ["a"], "history is optional"),
        ('{"id": "a", "question": ""}\n', ["a"], "an empty question is declined, not refused"),
        ("", [], "an empty file has no questions"),
    ],
)
def test_batch_files_of_all_kinds_are_answered_line_by_line(
    content: str, ids: list[str], reason: str, ratslotse: Ratslotse, tmp_path: Path
) -> None:
    assert [record["id"] for record in asked(ratslotse, tmp_path, content)] == ids, reason


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('{"id": "a"}', "das Feld „question“ fehlt."),
        ('{"id": "a", "question": []}', "das Feld „question“ ist kein Text."),
        ('{"id": "a", "question": "Was?", "history": "davor"}', "das Feld „history“ hat nicht die erwartete Form"),
        ('{"question": 1}', "das Feld „id“ fehlt."),
        ("[]", "der Inhalt hat nicht die erwartete Form"),
        ("kein json", "das ist kein JSON."),
    ],
)
def test_a_line_that_is_no_question_is_named_in_german_and_nothing_is_written(
    line: str, wrong: str, ratslotse: Ratslotse, tmp_path: Path
) -> None:
    source, target = tmp_path / "fragen.jsonl", tmp_path / "antworten.jsonl"
    source.write_text('{"id": "a", "question": "Was?"}\n' + line, "utf-8")

    with pytest.raises(UsageError, match=f"Zeile 2: {wrong}"):
        terminal.batch(ratslotse, source, target, Language.DE)
    assert not target.exists()


def test_answers_are_never_written_over_the_questions(ratslotse: Ratslotse, tmp_path: Path) -> None:
    source = tmp_path / "fragen.jsonl"
    source.write_text('{"id": "a", "question": "Was?"}\n', "utf-8")
    link = tmp_path / "antworten.jsonl"
    link.symlink_to(source)

    with pytest.raises(UsageError, match="überschreiben"):
        terminal.batch(ratslotse, source, link, Language.DE)
    assert "Was?" in source.read_text("utf-8")


@pytest.mark.parametrize("line", ["q ²", "q " + "9" * 5000, "q 0", "q 99", "q -1", "q x", "q", "\0", "[/fett]"])
def test_no_line_ends_a_conversation_but_its_end(line: str, ratslotse: Ratslotse) -> None:
    lines: Iterator[str] = iter(["Wie viele Stellen in den Bürgerbüros sind unbesetzt?", line, "ende"])
    out = io.StringIO()

    terminal.chat(ratslotse, Language.DE, Console(file=out, width=80), lambda: next(lines))

    assert out.getvalue().endswith("Auf Wiedersehen.\n")


def test_brackets_in_a_paper_are_shown_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.console().print("Die Anlage [/1] und [encodiert] bleiben stehen.")

    assert capsys.readouterr().out == "Die Anlage [/1] und [encodiert] bleiben stehen.\n"
