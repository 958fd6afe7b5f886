from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import bcrypt
import pytest

from tests.bot.telegram.bot_api import FakeTelegram, running
from tests.bot.web.client import Client
from tests.bot.web.conftest import NAME, PASSWORD
from tests.bot.web.town import CANARY

QUESTION = "Wie viele Stellen sind unbesetzt?"


def environment(state: Path, **values: str) -> dict[str, str]:
    return {"PATH": "/usr/bin:/bin", "HOME": str(state), "RATSLOTSE_STATE_DIR": str(state), **values}


def ratslotse(state: Path, *arguments: str, said: str = "", **values: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, input=said, capture_output=True, text=True, timeout=120, env=environment(state, **values), check=False
    )


def test_a_password_is_hashed_as_the_settings_take_it(tmp_path: Path) -> None:
    done = ratslotse(tmp_path, "web", "--hash-password", said="zehn Zeichen!\n")

    assert done.returncode == 0, done.stderr
    assert bcrypt.checkpw(b"zehn Zeichen!", done.stdout.strip().encode())


@pytest.mark.parametrize(
    ("arguments", "values", "told"),
    [
        (("web", "--hash-password"), {}, "mindestens 10 Zeichen"),
        (("web", "--port", "99999"), {}, "kann nicht gelauscht werden"),
        (("web", "--port", "0"), {"RATSLOTSE_WEB_STAFF": "Erika:geheim"}, "RATSLOTSE_WEB_STAFF"),
        (("web", "--port", "0"), {"RATSLOTSE_WEB_NONPUBLIC": "true"}, "niemand darf sich anmelden"),
        (("serve", "--port", "0"), {}, "kein Telegram-Token"),
    ],
)
def test_wrong_settings_are_one_sentence(
    tmp_path: Path, town: tuple[Path, Path], arguments: tuple[str, ...], values: dict[str, str], told: str
) -> None:
    index = () if "--hash-password" in arguments else ("--index", str(town[1]))
    done = ratslotse(tmp_path, *arguments, *index, said="kurz\n", **values)

    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert "geheim" not in done.stderr


@contextmanager
def started(state: Path, *arguments: str, **values: str) -> Iterator[tuple[int, Callable[[], tuple[int, str]]]]:
    """Run a command; give its port, and what ends it as a service manager does and tells its exit code and stderr."""
    command = [sys.executable, "-m", "bot", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment(state, **values)) as process:
        stream = process.stderr
        assert stream is not None
        told = stream.readline()
        while told and "Ratslotse läuft" not in told:
            told = stream.readline()
        found = re.search(r"127\.0\.0\.1:(\d+)", told)
        assert found, "it says where it is, and by default it is for this machine only"

        def end() -> tuple[int, str]:
            os.kill(process.pid, signal.SIGTERM)
            rest = stream.read()
            return process.wait(30), rest

        try:
            yield int(found[1]), end
        finally:
            process.kill()


def test_the_page_starts_answers_and_ends_when_it_is_told_to(tmp_path: Path, town: tuple[Path, Path]) -> None:
    with started(tmp_path, "web", "--port", "0", "--index", str(town[1]), "--verbose") as (port, end):
        answered = Client(port=port).ask(QUESTION)
        code, rest = end()

    assert "31 Stellen" in answered.seen
    assert code == 0
    assert "page=ask" in rest
    assert "unbesetzt" not in rest
    assert CANARY not in rest


def test_serve_answers_on_the_page_and_in_telegram_at_once(
    tmp_path: Path, town: tuple[Path, Path], hashed: str
) -> None:
    with running(FakeTelegram()) as fake:
        values = {
            "RATSLOTSE_TELEGRAM_TOKEN": fake.token,
            "RATSLOTSE_TELEGRAM_API_URL": f"http://127.0.0.1:{fake.port}",
            "RATSLOTSE_TELEGRAM_ALLOWED_USERS": "*",
            "RATSLOTSE_WEB_STAFF": f"{NAME}:{hashed}",
            "RATSLOTSE_WEB_NONPUBLIC": "true",
        }
        with started(tmp_path, "serve", "--port", "0", "--index", str(town[1]), "--verbose", **values) as (port, end):
            fake.say(4711, QUESTION)
            member = Client(port=port)
            member.sign_in(NAME, PASSWORD)
            answered = member.ask(QUESTION)
            asked = member.ask(f"Was kostet das {CANARY}?", nonpublic="1")
            fake.wait(lambda: any("31 Stellen" in shown.text for shown in fake.messages(4711)), 60)
            code, rest = end()

    assert "31 Stellen" in answered.seen
    assert "77.777" not in asked.text, "serve opens no non-public papers, whoever signs in"
    assert code == 0
    assert fake.token not in rest
