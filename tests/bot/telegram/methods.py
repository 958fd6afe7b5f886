"""The methods of the Bot API that the bot calls, each with what the real one refuses."""

from __future__ import annotations

import asyncio
import http.client
import itertools
import json
import re
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.bot.telegram.entities import CannotParse, Parsed, detected, parse_html, units
from tests.bot.telegram.wire import BOT, TOKEN, Call, Fault, Refused, Shown, checked_markup, message_of

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


@dataclass
class Methods:
    """What Telegram knows, and its methods; whoever calls one but `getUpdates` holds the lock."""

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

    async def call(self, method: str, parameters: dict[str, Any]) -> Any:
        """Carry a method out.

        Raises:
            Refused: the real one would not.
        """
        if method not in _PARAMETERS:
            raise Refused(404, "Not Found: method not found")
        if unknown := set(parameters) - _PARAMETERS[method]:
            raise Refused(400, f"Bad Request: unknown parameters {sorted(unknown)}")
        if method == "getUpdates":
            return await self._get_updates(parameters)
        with self._changed:
            return getattr(self, f"_{re.sub('[A-Z]', lambda m: '_' + m[0].lower(), method)}")(parameters)

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
            markup=checked_markup(parameters.get("reply_markup")),
            reply_to=reply["message_id"] if reply else None,
        )
        self._chats[chat].add(shown.message_id)
        self.shown.append(shown)
        return message_of(shown, chat)

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
        markup = checked_markup(parameters.get("reply_markup"))
        if markup == shown.markup:
            raise Refused(400, "Bad Request: message is not modified: specified new message content is the same")
        shown.markup = markup
        return message_of(shown, chat)

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
