"""The language model at the doors: settings, doctor, command line, and what is said about it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

from bot.app import language_model
from bot.channels.doctor import examine
from bot.cli import app
from bot.phrases.model import notice, without
from bot.record import as_record
from bot.types import Answered, Fallback, Language, Mode, Searched
from ingest.errors import UsageError
from ingest.settings import Settings, load_settings

REPLY = Answered(statements=(), citations=(), hits=(), searched=Searched(documents=0, until=None), index="x")


def settings(**changes: object) -> Settings:
    return Settings(_env_file=None, **changes)  # type: ignore[arg-type, call-arg]


def test_without_a_setting_there_is_no_model() -> None:
    assert language_model(settings()) is None


def test_the_limits_come_from_the_settings() -> None:
    model = language_model(
        settings(model="ollama:x", model_base_url="http://127.0.0.1:9", model_deadline=7, model_first_byte=2)
    )

    assert model is not None
    assert model.deadline_s == 7


@pytest.mark.parametrize("name", ["MODEL_DEADLINE", "MODEL_FIRST_BYTE", "MODEL_CONCURRENCY"])
def test_a_limit_of_nothing_is_wrong_usage(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"RATSLOTSE_{name}", "0")

    with pytest.raises(UsageError, match=name):
        load_settings()


def test_doctor_asks_the_model_and_tells_what_is_wrong(tmp_path: Path) -> None:
    asked = settings(
        index_dir=tmp_path,
        model="ollama:x",
        model_base_url="http://127.0.0.1:9",
        model_api_key=SecretStr("geheim"),
        model_deadline=0.2,
    )

    (finding,) = (one for one in examine(asked) if one.name == "Sprachmodell")

    assert finding.ok is False
    assert "nicht erreichbar" in finding.detail
    assert "RATSLOTSE_MODEL" in finding.advice
    assert "geheim" not in f"{finding}"


def test_doctor_tells_a_model_that_cannot_be_loaded(tmp_path: Path) -> None:
    (finding,) = (one for one in examine(settings(index_dir=tmp_path, model="quark:x")) if one.name == "Sprachmodell")

    assert (finding.ok, "quark:x" in finding.detail) == (False, True)


def test_a_wrong_model_ends_the_command_line_with_a_sentence(monkeypatch: pytest.MonkeyPatch, index_dir: Path) -> None:
    monkeypatch.setenv("RATSLOTSE_MODEL", "quark:x")

    result = CliRunner().invoke(app, ["ask", "Was nun?", "--index", str(index_dir)])

    assert isinstance(result.exception, UsageError)
    assert result.exception.exit_code == 2


@pytest.mark.parametrize(("reason", "language"), list(product(Fallback, Language)))
def test_every_reason_has_a_sentence_in_every_language(reason: Fallback, language: Language) -> None:
    sentence = without(reason, language)

    assert sentence.endswith(".")
    assert sentence != without(next(other for other in Fallback if other is not reason), language)


def test_a_reply_says_what_a_model_had_to_do_with_it() -> None:
    worded = replace(REPLY, mode=Mode.GENERATIVE)
    fallen_back = replace(REPLY, fallback=Fallback.CUT_OFF)

    assert notice(REPLY) == ""
    assert "Sprachmodell formuliert" in notice(worded)
    assert as_record(fallen_back, "1")["fallback"] == "cut_off"
    assert "abgebrochen" in as_record(fallen_back, "1")["answer"]
    assert as_record(REPLY, "1")["fallback"] is None
