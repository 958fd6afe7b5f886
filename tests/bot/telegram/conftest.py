"""A running bot before a strict fake of Telegram; papers of the small invented town."""

from __future__ import annotations

import asyncio
import itertools
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram.app import serve
from bot.service import Ratslotse
from ingest.settings import Settings
from tests.bot.telegram.bot_api import FakeTelegram, running

PEOPLE = itertools.count(5_000)
GEO = "Wie viele Datensätze zeigt das Geoportal?"
REPEAT = "Wiederholung nach Neustart"


def settings_for(fake: FakeTelegram, state_dir: Path, **changes: Any) -> Settings:
    """Return settings that lead to the fake; everybody may ask."""
    values = {
        "telegram_token": fake.token,
        "telegram_api_url": f"http://127.0.0.1:{fake.port}",
        "telegram_allowed_users": "*",
        "state_dir": state_dir,
    }
    return Settings(_env_file=None, **(values | changes))


@contextmanager
def serving(settings: Settings, ratslotse: Ratslotse, fake: FakeTelegram, **more: Any) -> Iterator[None]:
    """Run the bot as it is, in a thread of its own; an exception of it fails the test."""
    loop, stop, failures = asyncio.new_event_loop(), asyncio.Event(), []

    def run() -> None:
        try:
            loop.run_until_complete(serve(settings, ratslotse, stop, **more))
        except BaseException as error:
            failures.append(error)
            fake.look_again()

    thread = threading.Thread(target=run)
    polls, calls = fake.polls, len(fake.calls)
    thread.start()
    try:
        fake.wait(
            lambda: failures or fake.polls > polls or any(one.method == "setWebhook" for one in fake.calls[calls:])
        )
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(20)
        loop.close()
        for failure in failures:
            raise failure


class Watch(logging.Handler):
    """Keeps what is logged, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
        self.lines: list[str] = []
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        line = self.format(record)
        self.lines.append(line)
        if record.levelno >= logging.ERROR:
            self.errors.append(line)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Return what is logged, from DEBUG on for our own packages and INFO for everybody else's."""
    handler, root = Watch(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    """Return a fake of its own for one test."""
    with running(FakeTelegram()) as server:
        yield server


@pytest.fixture
def person() -> Callable[[], int]:
    """Return people nobody has met, one a call."""
    return lambda: next(PEOPLE)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, ratslotse: Ratslotse) -> Iterator[FakeTelegram]:
    """Return a fake with a bot before it that everybody may ask, shared by the dialogues of a module."""
    state_dir = tmp_path_factory.mktemp("state")
    with running(FakeTelegram()) as fake, serving(settings_for(fake, state_dir), ratslotse, fake):
        yield fake
