"""The bot's process is killed with 20 open questions: after its restart none is unanswered, and what may be told twice
says so. `make telegram-crash` does it 50 times; the default run twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bot.telegram.bot_api import FakeTelegram, running
from tests.bot.telegram.conftest import REPEAT

KILLS = int(os.environ.get("RATSLOTSE_TELEGRAM_KILLS", "2"))
OPEN = 20
WORST_START_S = 60.0


def start(fake: FakeTelegram, index_dir: Path, state_dir: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "RATSLOTSE_TELEGRAM_TOKEN": fake.token,
        "RATSLOTSE_TELEGRAM_API_URL": f"http://127.0.0.1:{fake.port}",
        "RATSLOTSE_TELEGRAM_ALLOWED_USERS": "*",
        "RATSLOTSE_STATE_DIR": str(state_dir),
    }
    command = [sys.executable, "-m", "bot", "telegram", "--index", str(index_dir), "--verbose"]
    with (state_dir.parent / "bot.log").open("ab") as log:
        return subprocess.Popen(command, env=environment, stderr=log, stdout=log)


@pytest.mark.slow
@pytest.mark.timeout(60 + 40 * KILLS)
def test_killed_with_open_questions_none_is_lost_and_a_repeat_says_so(
    index_dir: Path, tmp_path: Path, person: Callable[[], int], record_property: Callable[[str, object], None]
) -> None:
    chance, state_dir = random.Random(5), tmp_path / "state"
    state_dir.mkdir()
    unanswered, repeats, unmarked, open_at_kill = 0, 0, 0, 0
    with running(FakeTelegram()) as fake:
        bot = start(fake, index_dir, state_dir)
        try:
            for _ in range(KILLS):
                fake.wait(lambda seen=fake.polls, process=bot: fake.polls > seen or process.poll(), WORST_START_S)
                people = [person() for _ in range(OPEN)]
                for who in people:
                    fake.say(who, f"In wie vielen Bürgerbüros können Termine online gebucht werden? ({who})")
                time.sleep(chance.uniform(0.0, 1.2))
                answered = {shown.chat_id for shown in fake.shown}
                open_at_kill += sum(who not in answered for who in people)
                bot.send_signal(signal.SIGKILL)
                bot.wait()
                bot = start(fake, index_dir, state_dir)
                fake.wait(
                    lambda asked=people, process=bot: (
                        process.poll() is not None or set(asked) <= {one.chat_id for one in fake.shown}
                    ),
                    WORST_START_S,
                )
                assert bot.poll() is None, "the bot ended by itself"
                time.sleep(0.5)  # a wrong repeat would come now
                for who in people:
                    first, *again = fake.messages(who)
                    unanswered += "sieben von zwanzig" not in first.text
                    repeats += len(again)
                    unmarked += sum(REPEAT not in one.text for one in again)
                    assert len(again) <= 1
        finally:
            bot.send_signal(signal.SIGKILL)
            bot.wait()
    record_property("open", open_at_kill)
    record_property("repeats", repeats)
    told = f"{KILLS} kills, {KILLS * OPEN} questions, {open_at_kill} open at a kill, {repeats} marked repeats"
    (tmp_path / "told.txt").write_text(told)
    assert (unanswered, unmarked) == (0, 0)
    assert open_at_kill > 0
