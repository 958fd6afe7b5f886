"""The fake is as strict as it says."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.bot.telegram.bot_api import FakeTelegram
from tests.bot.telegram.entities import CannotParse, parse_html
from tests.bot.telegram.wire import TOKEN


def call(fake: FakeTelegram, method: str, token: str = TOKEN, **parameters: Any) -> dict[str, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", fake.port, timeout=5)
    written = {key: value if isinstance(value, str) else json.dumps(value) for key, value in parameters.items()}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", f"/bot{token}/{method}", urlencode(written), headers)
    response = connection.getresponse()
    body: dict[str, Any] = json.loads(response.read())
    connection.close()
    return body


def keyboard(data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}


@pytest.mark.parametrize(
    ("method", "parameters", "described"),
    [
        pytest.param("sendMessage", {"text": "a" * 4097}, "message is too long", id="4,097 letters"),
        pytest.param("sendMessage", {"text": "𝔘" * 2049}, "message is too long", id="4,098 units"),
        pytest.param("sendMessage", {"text": "<b>a", "parse_mode": "HTML"}, "can't parse entities", id="open tag"),
        pytest.param("sendMessage", {"text": " "}, "message text is empty", id="blank"),
        pytest.param("sendMessage", {"text": "a", "reply_markup": keyboard("x" * 65)}, "BUTTON_DATA", id="65 bytes"),
        pytest.param("sendMessage", {"text": "a", "chat_id": 8}, "chat not found", id="a stranger's chat"),
        pytest.param("sendMessage", {"text": "a", "colour": 1}, "unknown parameters", id="unknown parameter"),
        pytest.param(
            "sendMessage", {"text": "a", "reply_parameters": {"message_id": 99}}, "not found", id="no such message"
        ),
        pytest.param("sendMessageDraft", {"text": "a", "draft_id": 0}, "non-zero", id="draft without id"),
        pytest.param("sendChatAction", {"action": "thinking"}, "wrong parameter action", id="unknown action"),
        pytest.param("editMessageReplyMarkup", {"message_id": 99}, "not found", id="nothing to edit"),
    ],
)
def test_what_telegram_refuses_is_refused(
    fake: FakeTelegram, method: str, parameters: dict[str, Any], described: str
) -> None:
    fake.say(7, "Guten Tag")

    body = call(fake, method, **({"chat_id": 7} | parameters))

    assert body["ok"] is False
    assert described in body["description"]


def test_a_long_source_may_be_longer_than_what_it_shows(fake: FakeTelegram) -> None:
    fake.say(7, "Guten Tag")

    assert call(fake, "sendMessage", chat_id=7, text="&amp;" * 4096, parse_mode="HTML")["ok"]


def test_a_press_is_answered_once(fake: FakeTelegram) -> None:
    fake.say(7, "Guten Tag")
    call(fake, "sendMessage", chat_id=7, text="a", reply_markup=keyboard("x"))
    query = fake.press(7, fake.messages(7)[0], "x")

    assert call(fake, "answerCallbackQuery", callback_query_id=query)["ok"]
    assert "too old" in call(fake, "answerCallbackQuery", callback_query_id=query)["description"]


def test_the_same_buttons_are_not_modified(fake: FakeTelegram) -> None:
    fake.say(7, "Guten Tag")
    message = call(fake, "sendMessage", chat_id=7, text="a", reply_markup=keyboard("x"))["result"]["message_id"]

    refused = call(fake, "editMessageReplyMarkup", chat_id=7, message_id=message, reply_markup=keyboard("x"))

    assert "message is not modified" in refused["description"]


def test_updates_come_until_they_are_confirmed(fake: FakeTelegram) -> None:
    first = fake.say(7, "eins")

    assert [one["update_id"] for one in call(fake, "getUpdates")["result"]] == [first]
    assert [one["update_id"] for one in call(fake, "getUpdates")["result"]] == [first]
    assert call(fake, "getUpdates", offset=first + 1)["result"] == []
    assert call(fake, "getUpdates")["result"] == []


def test_a_wrong_token_is_401(fake: FakeTelegram) -> None:
    assert call(fake, "getMe", token="1:wrong")["error_code"] == 401


@pytest.mark.parametrize("source", ["<x>a</x>", "<b><i>a</b></i>", "a < b", "</b>", "<b", "<script>a</script>"])
def test_html_that_telegram_does_not_know_is_refused(source: str) -> None:
    with pytest.raises(CannotParse):
        parse_html(source)
