"""A strict Telegram Bot API on this machine: what the real one refuses, it refuses, and it notes every call.

It proves that the bot agrees with our reading of https://core.telegram.org/bots/api, not that it agrees with Telegram.
Stricter than the real one where that finds mistakes (unknown parameters are refused), laxer where a test could not run
otherwise (a webhook may be plain http on this machine).
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.bot.telegram.methods import Methods
from tests.bot.telegram.wire import Call, Fault, Refused, Shown, entities_of, message_of, person


class FakeTelegram(Methods):
    """The server; everything about it may be read from the test's thread."""

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
            "from": person(user, more.get("language", "de")),
        }
        if text is not None:
            message["text"] = text
            message["entities"] = entities_of(text)
        if (reply := more.get("reply_to")) is not None:
            message["reply_to_message"] = message_of(reply, chat)
        message |= more.get("message", {})
        self._chats.setdefault(chat, set()).add(message["message_id"])
        return self._arrive({more.get("kind", "message"): message})

    def press(self, user: int, shown: Shown, data: str, language: str = "de", *, too_old: bool = False) -> str:
        """Have somebody press a button; returns the query's id. Of a message too old only its place is told."""
        query_id = str(next(self._ids))
        message = message_of(shown, shown.chat_id)
        if too_old:
            message = {"message_id": shown.message_id, "date": 0, "chat": message["chat"]}
        with self._changed:
            self._queries.add(query_id)
        self._arrive(
            {
                "callback_query": {
                    "id": query_id,
                    "from": person(user, language),
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

    # what the bot calls

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
            body: dict[str, Any] = {"ok": True, "result": await self.call(method, parameters)}
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


def _read(value: Any) -> Any:
    try:
        read = json.loads(value)
    except (ValueError, TypeError):
        return value
    return read if isinstance(read, dict | list | bool | int) else value
