"""No question lost: redelivery, restarts, webhook, and the order in which things are stored."""

from __future__ import annotations

import json
import socket
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import build
from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.store import FILE
from bot.channels.telegram.update_queue import ATTEMPTS
from bot.service import Ratslotse
from ingest.embedding import load_encoder
from ingest.errors import UsageError
from ingest.pipeline import add
from ingest.settings import Settings
from tests.bot.telegram.bot_api import FakeTelegram
from tests.bot.telegram.conftest import GEO, REPEAT, Watch, serving, settings_for
from tests.bot.telegram.methods import post_update
from tests.bot.telegram.odd import Held

SECRET = "geheim-fuer-den-webhook"


def left_open(state_dir: Path, fake: FakeTelegram, ratslotse: Ratslotse, state: str, attempts: int = 1) -> None:
    """Leave a question behind as a process does that died with it."""
    with serving(settings_for(fake, state_dir), ratslotse, fake):
        fake.say(7, GEO)
        fake.messages_when(7, 1)
    body = next(one for one in fake.updates if "message" in one)
    connection = sqlite3.connect(state_dir / FILE)
    with connection:
        sql = "UPDATE updates SET state = ?, attempts = ?, user_id = 7, body = json(?) WHERE update_id = ?"
        connection.execute(sql, (state, attempts, json.dumps(body), body["update_id"]))
    connection.close()


@pytest.mark.parametrize(
    ("state", "marked"),
    [
        pytest.param("queued", False, id="nothing had left, so nobody has it"),
        pytest.param("sending", True, id="it may have left"),
    ],
)
def test_what_was_open_is_answered_after_a_restart(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, state: str, marked: bool
) -> None:
    left_open(tmp_path, fake, ratslotse, state)

    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        answer = fake.messages_when(7, 2)[1]

    assert answer.text.startswith(REPEAT) is marked
    assert "412" in answer.text


def test_what_ended_the_process_too_often_is_set_aside_with_a_sentence(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse
) -> None:
    left_open(tmp_path, fake, ratslotse, "queued", ATTEMPTS)

    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        answer = fake.messages_when(7, 2)[1]
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        pass

    assert "mehrmals nicht zu Ende" in answer.text
    assert len(fake.messages(7)) == 2


def test_an_update_delivered_twice_is_answered_once(fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse) -> None:
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        again = fake.say(7, GEO)
        fake.messages_when(7, 1)
        fake.deliver_again(again)
        fake.wait(lambda: fake.confirmed > again)
        fake.say(7, "/stand")
        fake.messages_when(7, 2)

    assert ["412" in shown.text for shown in fake.messages(7)] == [True, False]


def test_an_update_is_confirmed_only_after_it_was_stored(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse
) -> None:
    held = Held(ratslotse)
    with serving(settings_for(fake, tmp_path), held, fake):
        update_id = fake.say(7, GEO)
        assert held.begun.wait(10)
        fake.wait(lambda: fake.confirmed > update_id)
        connection = sqlite3.connect(tmp_path / FILE)
        stored = connection.execute("SELECT state, body FROM updates WHERE update_id = ?", (update_id,)).fetchone()
        connection.close()
        held.let_go.set()
        fake.messages_when(7, 1)

    assert stored[0] == "queued"
    assert "Geoportal" in stored[1]


def test_what_is_done_keeps_neither_question_nor_person(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse
) -> None:
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        fake.say(7, GEO)
        fake.messages_when(7, 1)

    connection = sqlite3.connect(tmp_path / FILE)
    rows = connection.execute("SELECT state, body, user_id FROM updates").fetchall()
    connection.close()
    assert rows == [("done", "", None)]


def test_stopping_finishes_what_has_begun_and_leaves_the_rest_for_the_next_start(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse
) -> None:
    held = Held(ratslotse)
    with serving(settings_for(fake, tmp_path), held, fake):
        fake.say(7, GEO)
        last = fake.say(7, "/stand")
        assert held.begun.wait(10)
        fake.wait(lambda: fake.confirmed > last)
        threading.Timer(0.5, held.let_go.set).start()
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        first, second = fake.messages_when(7, 2)

    assert "412" in first.text
    assert "5 Papiere" in second.text
    assert REPEAT not in second.text


def test_two_bots_on_one_state_directory_are_refused(fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse) -> None:
    settings = settings_for(fake, tmp_path)
    with (
        serving(settings, ratslotse, fake),
        pytest.raises(UsageError, match="läuft schon"),
        serving(settings, ratslotse, fake),
    ):
        pass


def test_a_webhook_is_set_with_its_secret_and_answers_what_telegram_pushes(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, free_port: int
) -> None:
    url = f"http://127.0.0.1:{free_port}/telegram"
    with serving(webhook(fake, tmp_path, url, free_port), ratslotse, fake):
        fake.say(7, GEO)
        (shown,) = fake.messages_when(7, 1)
        (hook,) = [call for call in fake.calls if call.method == "setWebhook" and call.parameters.get("url")]
        forged = {"update_id": 1, "message": {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}}
        assert post_update(url, forged, None) == 403
        assert post_update(url, forged, "geraten") == 403

    assert "412" in shown.text
    assert hook.parameters["secret_token"] == SECRET
    assert all(call.method != "getUpdates" for call in fake.calls)


def test_a_webhook_without_a_secret_is_refused(fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse) -> None:
    settings = settings_for(fake, tmp_path, telegram_webhook_url="https://rat.example/telegram")

    with pytest.raises(UsageError, match="Geheimnis"), serving(settings, ratslotse, fake):
        pass


def test_a_new_generation_is_news_without_a_restart(
    fake: FakeTelegram, tmp_path: Path, person: Callable[[], int]
) -> None:
    papers, index = tmp_path / "papiere", tmp_path / "index"
    papers.mkdir()
    (papers / "alt.md").write_text("# Bericht: Bäder\n\nDas Hallenbad hat sechs Bahnen.\n", encoding="utf-8")
    add(index, [papers], load_encoder("bundled"))
    with serving(settings_for(fake, tmp_path / "state"), build(index_dir=index, encoder_name="bundled"), fake):
        who = person()
        fake.say(who, "Wie viele Bahnen hat das Hallenbad?")
        assert "sechs Bahnen" in fake.messages_when(who, 1)[0].text
        time.sleep(1.1)  # changes are noted to the second
        (papers / "neu.md").write_text("# Bericht: Freibad\n\nDas Freibad hat acht Bahnen.\n", encoding="utf-8")
        add(index, [papers], load_encoder("bundled"))
        fake.say(who, "/neu")
        news = fake.messages_when(who, 2)[1]
        fake.say(who, "Wie viele Bahnen hat das Freibad?")
        answer = fake.messages_when(who, 3)[2]

    assert "1 Papier dazugekommen" in news.text
    assert "Freibad" in news.text
    assert "acht Bahnen" in answer.text


def test_a_full_disk_makes_telegram_deliver_again(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, monkeypatch: pytest.MonkeyPatch, watch: Watch
) -> None:
    accept, failures = Inbox.accept, [sqlite3.OperationalError("database or disk is full")]

    def full_once(self: Inbox, *values: object) -> bool:
        if failures:
            raise failures.pop()
        return accept(self, *values)

    monkeypatch.setattr(Inbox, "accept", full_once)
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        fake.say(7, GEO)
        (shown,) = fake.messages_when(7, 1)

    assert "412" in shown.text


def webhook(fake: FakeTelegram, state_dir: Path, url: str, port: int) -> Settings:
    return settings_for(
        fake,
        state_dir,
        telegram_webhook_url=url,
        telegram_webhook_secret=SecretStr(SECRET),
        telegram_webhook_port=port,
    )


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
