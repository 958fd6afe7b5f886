"""Who is let in, and how often. What groups do is in the dialogues."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from telegram import Update, User

from bot.channels.telegram.access import AccessControl, AllowedUsers, Decision, Rejected, allowed_users
from bot.service import Ratslotse
from ingest.errors import UsageError
from tests.bot.telegram.bot_api import FakeTelegram
from tests.bot.telegram.conftest import serving, settings_for
from tests.bot.telegram.wire import BOT

ME = User(id=BOT["id"], is_bot=True, first_name="R", username=BOT["username"])


def written(user: int, update_id: int = 1, kind: str = "message", **more: Any) -> Update:
    person = {"id": user, "is_bot": more.pop("is_bot", False), "first_name": "M"}
    message = {"message_id": 1, "date": 1, "chat": {"id": user, "type": "private"}, "from": person, "text": "Frage"}
    update = Update.de_json({"update_id": update_id, kind: message | more}, None)
    assert update is not None
    return update


@pytest.mark.parametrize(
    ("setting", "allowed", "not_allowed"),
    [
        pytest.param("", (), (1, 2), id="nobody"),
        pytest.param("*", (1, 2), (), id="everybody"),
        pytest.param("1", (1,), (2,), id="one"),
        pytest.param(" 1, 2 ;3\n4 ", (1, 2, 3, 4), (5,), id="as people write lists"),
    ],
)
def test_who_may_ask(setting: str, allowed: tuple[int, ...], not_allowed: tuple[int, ...]) -> None:
    found = allowed_users(setting)

    assert all(user in found for user in allowed)
    assert not any(user in found for user in not_allowed)


@pytest.mark.parametrize("setting", ["@muster", "1, zwei", "1.5", "**", "-7"])
def test_a_list_that_holds_no_numbers_is_refused(setting: str) -> None:
    with pytest.raises(UsageError, match="ist keine Nummer"):
        allowed_users(setting)


@pytest.mark.parametrize(
    ("update", "why"),
    [
        pytest.param(written(1, kind="edited_message"), "an edited message", id="edited"),
        pytest.param(written(1, kind="channel_post"), "a channel", id="channel"),
        pytest.param(written(1, is_bot=True), "another bot", id="bot"),
    ],
)
def test_what_is_not_for_us_is_dropped(update: Update, why: str) -> None:
    assert AccessControl(AllowedUsers(everybody=True)).decide(update, ME, 0.0) is Decision.NOT_FOR_US, why


def test_a_stranger_is_told_once_a_day() -> None:
    access = AccessControl(AllowedUsers())

    quiet = [access.decide(written(7), ME, now_s).quiet for now_s in (0.0, 1.0, 86_399.0, 86_400.0)]  # type: ignore[union-attr]

    assert quiet == [False, True, True, False]


def test_too_many_messages_are_turned_away_until_the_window_has_passed() -> None:
    access = AccessControl(AllowedUsers(everybody=True), rate=2, window_s=10)

    first, second, third, fourth = (access.decide(written(7), ME, now_s) for now_s in (0.0, 1.0, 2.0, 3.0))
    other = access.decide(written(8), ME, 3.0)
    later = access.decide(written(7), ME, 10.5)

    assert (first, second, other, later) == (Decision.ACCEPTED,) * 4
    assert isinstance(third, Rejected)
    assert (third.wait_s, third.quiet) == (8, False)
    assert isinstance(fourth, Rejected)
    assert fourth.quiet


def test_a_stranger_gets_one_sentence_and_nothing_is_stored(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, person: Callable[[], int]
) -> None:
    member, stranger = person(), person()
    with serving(settings_for(fake, tmp_path, telegram_allowed_users=str(member)), ratslotse, fake):
        for text in ("Was kostet die Akte?", "/start", "/stand"):
            fake.say(stranger, text)
        fake.say(member, "/stand")
        shown = fake.messages_when(member, 1)[0]
        fake._chats[stranger].add(shown.message_id)
        answer = fake.answer_when(fake.press(stranger, shown, "q:AAAAAAAAAAA:1"))

    (told,) = fake.messages(stranger)
    assert "nur freigeschalteten Ratsmitgliedern" in told.text
    assert "nur freigeschalteten Ratsmitgliedern" in answer
    assert str(stranger).encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("telegram.sqlite*"))


def test_a_flood_of_one_does_not_slow_others(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, person: Callable[[], int]
) -> None:
    loud, quiet = person(), [person() for _ in range(5)]
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        for number in range(300):
            fake.say(loud, f"Wie viele Datensätze zeigt das Geoportal? {number}")
        for who in quiet:
            fake.say(who, "Wie viele Datensätze zeigt das Geoportal?")
        fake.wait(lambda: all(fake.messages(who) for who in quiet), 30)
        answered_meanwhile = len(fake.messages(loud))
        fake.messages_when(loud, 21, 60)

    assert answered_meanwhile < 15, "the others did not wait for the loud one"
    assert len(fake.messages(loud)) == 21, "twenty answers and one request for patience"
    assert sum("sehr viele Nachrichten" in one.text for one in fake.messages(loud)) == 1
