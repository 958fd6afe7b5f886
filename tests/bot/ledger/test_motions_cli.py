from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from ingest.errors import UsageError
from tests.bot.ledger.conftest import Town


def run(town: Town, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.setenv("RATSLOTSE_STATE_DIR", str(town.state))
    return CliRunner().invoke(app, ["motions", *arguments, "--index", str(town.index_dir)])


def test_json_has_a_line_a_motion(quiet_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(quiet_town, monkeypatch, "--json")

    assert result.exit_code == 0
    assert [json.loads(line)["path"] for line in result.stdout.splitlines()] == ["anfrage.md", "antrag.md"]


def test_one_motion_is_shown_by_its_number(quiet_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(quiet_town, monkeypatch, "2031/9101")

    assert "offen (abgelehnt)" in result.stdout
    assert "Ladesäulen" not in result.stdout


def test_without_an_earlier_generation_there_are_no_news(quiet_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "kein Punkt geändert" in run(quiet_town, monkeypatch, "--news").stdout


def test_a_dossier_is_written(quiet_town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    target = tmp_path / "dossier.html"

    assert run(quiet_town, monkeypatch, "antrag.md", "--dossier", str(target)).exit_code == 0
    assert "nicht beizutreten" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [["--dossier", "d.html"], ["--since", "000001-x"], ["9999/2031"]])
def test_wrong_usage_is_said(quiet_town: Town, monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    assert isinstance(run(quiet_town, monkeypatch, *arguments).exception, UsageError)
