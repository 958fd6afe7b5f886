"""What goes between the bot and the fake of Telegram: calls and their refusals, messages as sent and as shown."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import Any

from tests.bot.telegram.entities import units

TOKEN = "123456:AAF-Geheim_Token_nur_fuer_Tests_0123456"
BOT = {"id": 123456, "is_bot": True, "first_name": "Ratslotse", "username": "ratslotse_bot"}


class Refused(Exception):
    """An answer that is not ok."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the bot; `parameters` as they were sent, JSON read; `at` in seconds of the monotonic clock."""

    method: str
    parameters: dict[str, Any]
    code: int
    at: float


@dataclass(slots=True, kw_only=True)
class Fault:
    """What goes wrong, and how often: in calls of `method` (to `chat_id`, if named)."""

    method: str
    refused: Refused | None = None
    chat_id: int | None = None
    times: int = 1
    cut: bool = False
    """Do what was asked, and then lose the connection."""


@dataclass(slots=True, kw_only=True)
class Shown:
    """A message of the bot as people see it."""

    message_id: int
    chat_id: int
    text: str
    source: str
    entities: int
    live: tuple[str, ...]
    markup: dict[str, Any] | None
    reply_to: int | None

    @property
    def buttons(self) -> dict[str, str]:
        """Callback data by label."""
        rows = (self.markup or {}).get("inline_keyboard", [])
        return {button["text"]: button["callback_data"] for row in rows for button in row}


def person(user: int, language: str | None) -> dict[str, Any]:
    """Return somebody as updates tell of them."""
    told = {"id": user, "is_bot": False, "first_name": "Muster"}
    return told | ({"language_code": language} if language else {})


def message_of(shown: Shown, chat: int) -> dict[str, Any]:
    """Return a message of the bot as updates and answers tell of it."""
    body = {
        "message_id": shown.message_id,
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"},
        "from": BOT,
        "text": shown.text,
    }
    return body | ({"reply_markup": shown.markup} if shown.markup else {})


def entities_of(text: str) -> list[dict[str, Any]]:
    """Return the commands and names in what somebody wrote, in the units of the API."""
    found = []
    for match in re.finditer(r"(?<!\S)(/[A-Za-z0-9_]+(?:@\w+)?|@\w+)", text):
        kind = "bot_command" if match[1].startswith("/") else "mention"
        found.append({"type": kind, "offset": units(text[: match.start()]), "length": units(match[1])})
    return found


def checked_markup(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return a keyboard as it is.

    Raises:
        Refused: the real one would not take it.
    """
    for row in (markup or {}).get("inline_keyboard", []):
        if not 1 <= len(row) <= 8:
            raise Refused(400, "Bad Request: BUTTON_COUNT_INVALID")
        for button in row:
            if not button["text"] or not 1 <= len(button.get("callback_data", "").encode()) <= 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return markup
