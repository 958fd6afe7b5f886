"""A strict Telegram Bot API on this machine: what the real one refuses, it refuses, and it notes every call.

It proves that the bot agrees with our reading of https://core.telegram.org/bots/api, not that it agrees with Telegram.
Stricter than the real one where that finds mistakes (unknown parameters are refused), laxer where a test could not run
otherwise (a webhook may be plain http on this machine).
"""

from __future__ import annotations

import asyncio
import http.client
import itertools
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.bot.telegram.entities import CannotParse, Parsed, detected, parse_html, units

TOKEN = "123456:AAF-Geheim_Token_nur_fuer_Tests_0123456"
BOT = {"id": 123456, "is_bot": True, "first_name": "Ratslotse", "username": "ratslotse_bot"}

_SEND = {"chat_id", "text", "parse_mode", "message_thread_id"}
_PARAMETERS = {
    "getMe": set(),
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "sendMessage": _SEND | {"reply_parameters", "reply_markup", "link_preview_options"},
    "sendMessageDraft": _SEND | {"draft_id"},
    "sendChatAction": {"chat_id", "action", "message_thread_id"},
    "editMessageReplyMarkup": {"chat_id", "message_id", "reply_markup"},
    "answerCallbackQuery": {"callback_query_id", "text", "show_alert"},
    "setMyCommands": {"commands", "language_code", "scope"},
    "setWebhook": {"url", "secret_token", "allowed_updates", "drop_pending_updates", "max_connections", "ip_address"},
    "deleteWebhook": {"drop_pending_updates"},
}
_ACTIONS = {"typing", "upload_document", "find_location"}


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


@dataclass
class FakeTelegram:
    """The server; everything about it may be read from the test's thread."""

    blocked: set[int] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    drafts: list[tuple[int, str, float]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)
    confirmed: int = 0
    token: str = TOKEN
    port: int = 0

    def __post_init__(self) -> None:
        self._ids = itertools.count(1000)
        self._message_ids = itertools.count(1)
        self._chats: dict[int, set[int]] = {}
        self._queries: set[str] = set()
        self._changed = threading.Condition()
        self.polls = 0
        self._webhook: dict[str, Any] = {}

    # what people do

    def say(self, user: int, text: str | None, **more: Any) -> int:
        """Have somebody write; returns the update's id.

        Keywords: chat (a group's id, negative), language, reply_to (a `Shown`), name, message (fields to add), kind.
        """
        chat = more.get("chat") or user
        message: dict[str, Any] = {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"},
            "from": _person(user, more.get("language", "de")),
        }
        if text is not None:
            message["text"] = text
            message["entities"] = _entities(text)
        if (reply := more.get("reply_to")) is not None:
            message["reply_to_message"] = _message(reply, chat)
        message |= more.get("message", {})
        self._chats.setdefault(chat, set()).add(message["message_id"])
        return self._arrive({more.get("kind", "message"): message})

    def press(self, user: int, shown: Shown, data: str, language: str = "de", *, too_old: bool = False) -> str:
        """Have somebody press a button; returns the query's id. Of a message too old only its place is told."""
        query_id = str(next(self._ids))
        message = _message(shown, shown.chat_id)
        if too_old:
            message = {"message_id": shown.message_id, "date": 0, "chat": message["chat"]}
        with self._changed:
            self._queries.add(query_id)
        self._arrive(
            {
                "callback_query": {
                    "id": query_id,
                    "from": _person(user, language),
                    "chat_instance": "1",
                    "message": message,
                    "data": data,
                }
            }
        )
        return query_id

    def deliver_again(self, update_id: int) -> None:
        """Deliver an update a second time, as Telegram may."""
        with self._changed:
            again = next(one for one in self.updates if one["update_id"] == update_id)
            self.confirmed = min(self.confirmed, update_id)
            self.updates = [one for one in self.updates if one is not again]
            self.updates.append(again)
            self._changed.notify_all()

    def _arrive(self, content: dict[str, Any]) -> int:
        with self._changed:
            update_id = next(self._ids)
            self.updates.append({"update_id": update_id, **content})
            self._changed.notify_all()
        return update_id

    # what people see

    def messages(self, chat: int) -> list[Shown]:
        """Return what the bot wrote in a chat."""
        with self._changed:
            return [one for one in self.shown if one.chat_id == chat]

    def wait(self, arrived: Callable[[], Any], timeout_s: float = 15.0) -> Any:
        """Wait until something is so, and return it."""
        with self._changed:
            if not self._changed.wait_for(lambda: bool(arrived()), timeout_s):
                raise AssertionError(f"not within {timeout_s} s; last calls: {self.calls[-3:]}")
        return arrived()

    def look_again(self) -> None:
        """Have those who wait look again at what is not of this fake."""
        with self._changed:
            self._changed.notify_all()

    def messages_when(self, chat: int, number: int, timeout_s: float = 15.0) -> list[Shown]:
        """Wait for so many messages of the bot in a chat."""
        found: list[Shown] = self.wait(
            lambda: (
                [one for one in self.shown if one.chat_id == chat][: max(number, 0)]
                if sum(one.chat_id == chat for one in self.shown) >= number
                else []
            ),
            timeout_s,
        )
        return found

    def answer_when(self, query_id: str) -> str:
        """Wait for the answer to a press; an empty one is returned as such."""
        self.wait(lambda: query_id in self.answers)
        return self.answers[query_id]

    # the API

    async def handle(self, request: Request) -> JSONResponse:
        """Answer a call."""
        method = request.path_params["method"]
        parameters = {key: _read(value) for key, value in (await request.form()).items()}
        code, fault = 200, None
        try:
            if request.path_params["token"] != self.token:
                raise Refused(401, "Unauthorized")
            fault = self._fault(method, parameters)
            if fault and fault.refused:
                raise fault.refused
            if method not in _PARAMETERS:
                raise Refused(404, "Not Found: method not found")
            if unknown := set(parameters) - _PARAMETERS[method]:
                raise Refused(400, f"Bad Request: unknown parameters {sorted(unknown)}")
            if method == "getUpdates":
                result = await self._get_updates(parameters)
            else:
                with self._changed:
                    result = getattr(self, f"_{re.sub('[A-Z]', lambda m: '_' + m[0].lower(), method)}")(parameters)
            body: dict[str, Any] = {"ok": True, "result": result}
        except Refused as refused:
            code = refused.code
            body = {"ok": False, "error_code": code, "description": refused.description}
            if refused.parameters:
                body["parameters"] = refused.parameters
        with self._changed:
            self.calls.append(Call(method=method, parameters=parameters, code=code, at=time.monotonic()))
            self._changed.notify_all()
        if fault and fault.cut:
            code = 502
            body = {"ok": False, "error_code": 502, "description": "Bad Gateway"}
        return JSONResponse(body, status_code=code)

    def _fault(self, method: str, parameters: dict[str, Any]) -> Fault | None:
        with self._changed:
            for fault in self.faults:
                if fault.method == method and fault.times and fault.chat_id in (None, parameters.get("chat_id")):
                    fault.times -= 1
                    return fault
        return None

    def _get_me(self, _: dict[str, Any]) -> dict[str, Any]:
        return BOT

    async def _get_updates(self, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        if self._webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        with self._changed:
            self.polls += 1
            mine = self.polls
            self._changed.notify_all()
            self.confirmed = max(self.confirmed, parameters.get("offset", 0))
        allowed = parameters.get("allowed_updates") or ["message", "edited_message", "callback_query"]
        ends = time.monotonic() + parameters.get("timeout", 0)
        while True:
            with self._changed:
                if self.polls != mine:
                    raise Refused(409, "Conflict: terminated by other getUpdates request")
                waiting = [one for one in self.updates if one["update_id"] >= self.confirmed]
                waiting = [one for one in waiting if set(one) & set(allowed)][: parameters.get("limit", 100)]
            if waiting or time.monotonic() >= ends:
                return waiting
            await asyncio.sleep(0.01)

    def _send_message(self, parameters: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat(parameters)
        parsed = self._text(parameters)
        reply = parameters.get("reply_parameters")
        if reply and reply["message_id"] not in self._chats[chat] and not reply.get("allow_sending_without_reply"):
            raise Refused(400, "Bad Request: message to be replied not found")
        shown = Shown(
            message_id=next(self._message_ids),
            chat_id=chat,
            text=parsed.text.strip(),
            source=parameters["text"],
            entities=parsed.entities,
            live=parsed.live,
            markup=_checked_markup(parameters.get("reply_markup")),
            reply_to=reply["message_id"] if reply else None,
        )
        self._chats[chat].add(shown.message_id)
        self.shown.append(shown)
        return _message(shown, chat)

    def _send_message_draft(self, parameters: dict[str, Any]) -> bool:
        chat = self._chat(parameters)
        if chat < 0:
            raise Refused(400, "Bad Request: drafts are for private chats")
        if not parameters.get("draft_id"):
            raise Refused(400, "Bad Request: draft_id must be non-zero")
        self.drafts.append((chat, self._text(parameters).text, time.monotonic()))
        return True

    def _send_chat_action(self, parameters: dict[str, Any]) -> bool:
        self._chat(parameters)
        if parameters["action"] not in _ACTIONS:
            raise Refused(400, "Bad Request: wrong parameter action in request")
        return True

    def _edit_message_reply_markup(self, parameters: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat(parameters)
        shown = next((one for one in self.shown if one.message_id == parameters["message_id"]), None)
        if shown is None:
            raise Refused(400, "Bad Request: message to edit not found")
        markup = _checked_markup(parameters.get("reply_markup"))
        if markup == shown.markup:
            raise Refused(400, "Bad Request: message is not modified: specified new message content is the same")
        shown.markup = markup
        return _message(shown, chat)

    def _answer_callback_query(self, parameters: dict[str, Any]) -> bool:
        query_id = str(parameters["callback_query_id"])
        if query_id not in self._queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        text = parameters.get("text", "")
        if len(text) > 200:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        self._queries.discard(query_id)
        self.answers[query_id] = text
        return True

    def _set_my_commands(self, parameters: dict[str, Any]) -> bool:
        for command in parameters["commands"]:
            if not re.fullmatch("[a-z0-9_]{1,32}", command["command"]) or not 1 <= len(command["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        return True

    def _set_webhook(self, parameters: dict[str, Any]) -> bool:
        if not re.fullmatch("[A-Za-z0-9_-]{1,256}", parameters.get("secret_token", "x")):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        if parameters["url"] and not self._webhook:
            self._webhook = parameters
            threading.Thread(target=self._push, daemon=True).start()
        return True

    def _delete_webhook(self, _: dict[str, Any]) -> bool:
        self._webhook = {}
        return True

    def _push(self) -> None:
        """Deliver updates one after another, each until the other side says 200."""
        while hook := self._webhook:
            with self._changed:
                self._changed.wait(0.02)
                waiting = [one for one in self.updates if one["update_id"] >= self.confirmed]
            for update in waiting[:1]:
                if post_update(hook["url"], update, hook.get("secret_token")) == 200:
                    with self._changed:
                        self.confirmed = update["update_id"] + 1

    def _chat(self, parameters: dict[str, Any]) -> int:
        chat = int(parameters["chat_id"])
        if chat not in self._chats:
            raise Refused(400, "Bad Request: chat not found")
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return chat

    def _text(self, parameters: dict[str, Any]) -> Parsed:
        text = str(parameters.get("text", ""))
        parsed = Parsed(text=text, entities=0, live=detected(text))
        if mode := parameters.get("parse_mode"):
            if mode != "HTML":
                raise Refused(400, "Bad Request: unsupported parse_mode")
            try:
                parsed = parse_html(text)
            except CannotParse as error:
                raise Refused(400, f"Bad Request: can't parse entities: {error}") from error
        if not parsed.text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if units(parsed.text) > 4096:
            raise Refused(400, "Bad Request: message is too long")
        if parsed.entities > 100:
            raise Refused(400, "Bad Request: ENTITIES_TOO_LONG")
        return parsed


def post_update(url: str, update: dict[str, Any], secret: str | None) -> int:
    """Deliver an update to a webhook and return the status; 0 where nobody listens."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port or 80, timeout=5)
    headers = {"Content-Type": "application/json"} | ({"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {})
    try:
        connection.request("POST", address.path, json.dumps(update), headers)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


@contextmanager
def running(fake: FakeTelegram) -> Iterator[FakeTelegram]:
    """Serve it on a free port of this machine."""
    app = Starlette(routes=[Route("/bot{token}/{method}", fake.handle, methods=["POST"])])
    config = uvicorn.Config(app, port=fake.port, log_config=None, ws="none", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.005)
        fake.port = server.servers[0].sockets[0].getsockname()[1]
        yield fake
    finally:
        fake._webhook = {}
        server.should_exit = server.force_exit = True
        thread.join()


def _person(user: int, language: str | None) -> dict[str, Any]:
    person = {"id": user, "is_bot": False, "first_name": "Muster"}
    return person | ({"language_code": language} if language else {})


def _message(shown: Shown, chat: int) -> dict[str, Any]:
    body = {
        "message_id": shown.message_id,
        "date": int(time.time()),
        "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"},
        "from": BOT,
        "text": shown.text,
    }
    return body | ({"reply_markup": shown.markup} if shown.markup else {})


def _entities(text: str) -> list[dict[str, Any]]:
    found = []
    for match in re.finditer(r"(?<!\S)(/[A-Za-z0-9_]+(?:@\w+)?|@\w+)", text):
        kind = "bot_command" if match[1].startswith("/") else "mention"
        found.append({"type": kind, "offset": units(text[: match.start()]), "length": units(match[1])})
    return found


def _checked_markup(markup: dict[str, Any] | None) -> dict[str, Any] | None:
    for row in (markup or {}).get("inline_keyboard", []):
        if not 1 <= len(row) <= 8:
            raise Refused(400, "Bad Request: BUTTON_COUNT_INVALID")
        for button in row:
            if not button["text"] or not 1 <= len(button.get("callback_data", "").encode()) <= 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return markup


def _read(value: Any) -> Any:
    try:
        read = json.loads(value)
    except (ValueError, TypeError):
        return value
    return read if isinstance(read, dict | list | bool | int) else value
