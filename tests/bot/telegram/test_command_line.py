"""`ratslotse telegram` refuses in one sentence, exit code 2."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bot.telegram.bot_api import FakeTelegram

TOKEN = {"RATSLOTSE_TELEGRAM_TOKEN": "123456:falsch"}


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        pytest.param({}, "Es ist kein Telegram-Token gesetzt", id="no token"),
        pytest.param(TOKEN | {"RATSLOTSE_TELEGRAM_ALLOWED_USERS": "@muster"}, "ist keine Nummer", id="a name"),
        pytest.param(TOKEN | {"RATSLOTSE_TELEGRAM_WEBHOOK_URL": "https://rat.example/t"}, "Geheimnis", id="no secret"),
        pytest.param(TOKEN | {"RATSLOTSE_TELEGRAM_API_URL": "FAKE"}, "nimmt das Token nicht an", id="a wrong token"),
    ],
)
def test_what_cannot_work_is_one_sentence(
    fake: FakeTelegram, tmp_path: Path, index_dir: Path, settings: dict[str, str], sentence: str
) -> None:
    named = {key: f"http://127.0.0.1:{fake.port}" if value == "FAKE" else value for key, value in settings.items()}
    clean = {key: value for key, value in os.environ.items() if not key.startswith("RATSLOTSE_")}
    environment = clean | {"RATSLOTSE_STATE_DIR": str(tmp_path / "state")} | named

    ended = subprocess.run(
        [sys.executable, "-m", "bot", "telegram", "--index", str(index_dir)],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode == 2
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "falsch" not in ended.stderr
