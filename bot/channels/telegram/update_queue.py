"""The order of work: stored before it is confirmed, one at a time in a chat, done or again later.

Knows updates, neither what they say nor how they are answered.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final
from weakref import WeakValueDictionary

from telegram import Bot, Update
from telegram.error import NetworkError
from telegram.ext import BaseUpdateProcessor

from bot.channels.telegram.access import AccessControl, Decision, Rejected
from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.sending import Sender

log = logging.getLogger(__name__)

AT_ONCE: Final = 256
"""Updates in work or waiting for their chat's turn; one person holds at most `access.RATE` of them."""

ATTEMPTS: Final = 5
"""Times the process may end while an update is worked on before it is set aside: an update that kills it must not
kill it for ever, and one that happened to be there has had its chances."""

FIRST_PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 60.0
"""Between attempts while Telegram cannot be reached; doubled each time."""


class UpdateQueue(asyncio.Queue[object]):
    """The way in for both polling and webhook: whatever `put` accepts has been stored when it returns.

    Telegram is told that an update has arrived only after that (the next `getUpdates`, or the webhook's status 200).
    """

    def __init__(self, access: AccessControl, inbox: Inbox) -> None:
        """Ask `access`, store in `inbox`."""
        super().__init__()
        self._access, self._inbox = access, inbox
        self._bot: Bot | None = None

    def attach(self, bot: Bot) -> None:
        """Tell whose updates these are."""
        self._bot = bot

    async def put(self, item: object) -> None:
        """Take an update in, or anything else as it is.

        Raises:
            NetworkError: it could not be stored; Telegram is to deliver it again.
        """
        if isinstance(item, Update) and self._bot is not None:
            self._receive(item, self._bot)
        else:
            await super().put(item)

    def reopen(self) -> None:
        """Put in what was open when the last process ended, without deciding again who may ask."""
        for pending in self._inbox.open():
            update = Update.de_json(json.loads(pending.body), self._bot)
            self.put_nowait(update)

    def _receive(self, update: Update, bot: Bot) -> None:
        match self._access.decide(update, bot.bot, time.monotonic()):
            case Rejected() as rejected:
                self.put_nowait(rejected)
            case Decision.ACCEPTED:
                if self._stored(update):
                    self.put_nowait(update)
            case _:
                pass

    def _stored(self, update: Update) -> bool:
        """Store an update, and tell whether it is new."""
        user = update.effective_user
        try:
            return self._inbox.accept(update.update_id, user.id if user else 0, _written(update))
        except sqlite3.Error as error:
            raise NetworkError(f"not stored: {error}") from error
        except (TypeError, ValueError):  # whatever the library cannot write must not stop what comes after it
            log.exception("an update is worked on without having been stored")
            return True


def _written(update: Update) -> str:
    """Return an update as JSON that reads back as it was.

    The library leaves the date of a message that is too old as a datetime (`InaccessibleMessage`, 0).
    """
    return json.dumps(update.to_dict(), default=lambda left: int(left.timestamp()))


class UpdateProcessor(BaseUpdateProcessor):
    """Works on many chats at once, on one update at a time in each."""

    def __init__(
        self, *, queue: UpdateQueue, inbox: Inbox, sender: Sender, give_up: Callable[[Update], Awaitable[None]]
    ) -> None:
        """Take what it works with.

        Args:
            queue: where an update comes back to.
            inbox: where it is noted as done.
            sender: told which answers are repeats.
            give_up: says that an update was set aside.
        """
        super().__init__(AT_ONCE)
        self._queue, self._inbox, self._sender, self._give_up = queue, inbox, sender, give_up
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._undelivered: set[int] = set()
        self._pauses: dict[int, float] = {}
        self._closing = False

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to let go of."""

    def close(self) -> None:
        """Begin nothing more; what has not begun stays in the inbox."""
        self._closing = True

    def undelivered(self, update: Update) -> None:
        """Note that Telegram could not be reached: the update is worked on again later."""
        self._undelivered.add(update.update_id)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's turn, then work."""
        if not isinstance(update, Update):
            await coroutine
            return
        chat = update.effective_chat
        turn = self._turns.setdefault(chat.id if chat else 0, asyncio.Lock())
        async with turn:
            if self._closing:
                _drop(coroutine)
                return
            await self._work(update, coroutine)

    async def _work(self, update: Update, coroutine: Awaitable[Any]) -> None:
        begun = self._inbox.begin(update.update_id)
        if begun.repeat:
            self._sender.mark(update.update_id)
        try:
            if begun.attempts > ATTEMPTS:
                _drop(coroutine)
                log.warning("an update was set aside after %d attempts", ATTEMPTS)
                await self._give_up(update)
            else:
                await coroutine
        finally:
            self._sender.close(update.update_id)
        if update.update_id in self._undelivered:
            self._again(update)
        else:
            self._pauses.pop(update.update_id, None)
            self._inbox.done(update.update_id)

    def _again(self, update: Update) -> None:
        self._undelivered.discard(update.update_id)
        self._inbox.put_back(update.update_id)
        pause_s = self._pauses.get(update.update_id, FIRST_PAUSE_S)
        self._pauses[update.update_id] = min(2 * pause_s, LONGEST_PAUSE_S)
        asyncio.get_running_loop().call_later(pause_s, self._queue.put_nowait, update)


def _drop(coroutine: Awaitable[Any]) -> None:
    """Close a coroutine that will not be awaited."""
    if asyncio.iscoroutine(coroutine):
        coroutine.close()
