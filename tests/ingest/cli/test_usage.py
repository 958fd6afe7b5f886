"""Wrong usage, of the command line and of its settings: one sentence and exit code 2."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.cli.conftest import Call


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["add", "nirgends"], 2, "gibt es nicht"),  # a path that is not there
        (["add", "--unsinn"], 2, "--unsinn"),  # an option that is not there
        (["status"], 2, "noch kein Index"),  # nothing published
        (["show", "1/2023"], 2, "noch kein Index"),
        (["remove", "1/2023"], 2, "noch kein Index"),
        (["verify"], 2, "noch kein Index"),
        (["rollback"], 2, "noch kein Index"),
    ],
)
def test_expected_errors_are_a_sentence_and_no_traceback(
    arguments: list[str], code: int, sentence: str, call: Call
) -> None:
    answer = call(*arguments)

    assert answer.code == code
    assert sentence in answer.err
    assert "Traceback" not in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("WEB_PORT", "viele", "Die Einstellung RATSLOTSE_WEB_PORT ist keine ganze Zahl."),
        ("WEB_PORT", "99999", "Die Einstellung RATSLOTSE_WEB_PORT ist größer als 65535."),
        ("RETENTION_DAYS", "-1", "Die Einstellung RATSLOTSE_RETENTION_DAYS ist kleiner als 0."),
        ("WEB_NONPUBLIC", "vielleicht", "Die Einstellung RATSLOTSE_WEB_NONPUBLIC ist weder „true“ noch „false“."),
        ("LANGUAGE", "fr", "Die Einstellung RATSLOTSE_LANGUAGE kennt den angegebenen Wert nicht (möglich: de, en)."),
    ],
)
def test_a_setting_that_makes_no_sense_is_wrong_usage(
    setting: str, value: str, said: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"RATSLOTSE_{setting}", value)
    answer = call("status")

    assert answer.code == 2
    assert said in answer.err


def test_a_settings_file_in_another_encoding_is_wrong_usage(call: Call) -> None:
    Path(".env").write_bytes("RATSLOTSE_LANGUAGE=de # für uns".encode("latin-1"))
    told = call("add")

    assert told.code == 2
    assert "UTF-8" in told.err


def test_an_empty_setting_means_the_default(
    corpus: Path, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RATSLOTSE_INDEX_DIR", "")
    assert call("add", corpus).code == 0
    assert Path(".ratslotse/index/public/CURRENT").exists()


@pytest.mark.parametrize("command", ["verify", "rollback"])
def test_a_mistyped_index_is_not_made(command: str, tmp_path: Path, call: Call) -> None:
    assert call(command, "--index", tmp_path / "vertippt").code == 2
    assert not (tmp_path / "vertippt").exists()


def test_help_needs_nothing_heavy() -> None:
    code = (
        "import sys, ingest.cli; heavy = {'chromadb', 'numpy', 'tantivy', 'langchain_core', 'model2vec', 'pypdfium2'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
    )

    assert done.stdout == "[]\n"
