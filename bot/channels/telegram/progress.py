"""What is seen while the papers are searched: a draft (private chats), or that somebody is typing (groups).

Never in the way: what goes wrong here is nobody's concern, and no answer waits for it.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.sending import Address

log = logging.getLogger(__name__)

FIRST_FRAME_S: Final = 0.7
"""A quicker answer needs no progress; extractive ones take 0.1 s."""

FRAME_S: Final = 1.0
"""At most one frame a second in a chat (Telegram's limit for messages to one chat)."""

FRAMES_A_SECOND: Final = 10
"""Over all chats: a third of the 30 messages a second that Telegram takes from a bot; the rest is for answers."""

TYPING_S: Final = 4.5
"""Telegram shows "typing" for five seconds (https://core.telegram.org/bots/api#sendchataction)."""

GRACE_S: Final = 0.5
"""A frame on its way is let through before the answer, so that it does not come after it; but not for long."""


class Progress:
    """Shows that work goes on, in as many chats as there are."""

    def __init__(self) -> None:
        self._shown = 0

    @asynccontextmanager
    async def showing(self, bot: Bot, address: Address, text: str, *, private: bool) -> AsyncIterator[None]:
        """Show progress until the block ends."""
        over = asyncio.Event()
        show = self._drafts(bot, address, text, over) if private else _typing(bot, address, over)
        task = asyncio.create_task(show)
        self._shown += 1
        try:
            yield
        finally:
            self._shown -= 1
            over.set()
            await asyncio.wait([task], timeout=GRACE_S)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _drafts(self, bot: Bot, address: Address, text: str, over: asyncio.Event) -> None:
        draft_id = secrets.randbelow(2**31 - 1) + 1
        started = time.monotonic()
        try:
            pause_s = FIRST_FRAME_S
            while not await _wait(over, pause_s):
                frame = f"{text} {time.monotonic() - started:.0f} s"
                await bot.send_message_draft(
                    chat_id=address.chat_id, draft_id=draft_id, text=frame, message_thread_id=address.thread_id
                )
                pause_s = max(FRAME_S, self._shown / FRAMES_A_SECOND)
        except TelegramError:
            log.debug("a draft was refused")
            await _typing(bot, address, over)


async def _typing(bot: Bot, address: Address, over: asyncio.Event) -> None:
    with suppress(TelegramError):
        while not over.is_set():
            await bot.send_chat_action(
                chat_id=address.chat_id, action=ChatAction.TYPING, message_thread_id=address.thread_id
            )
            if await _wait(over, TYPING_S):
                return


async def _wait(over: asyncio.Event, seconds: float) -> bool:
    """Wait, and tell whether it is over."""
    with suppress(TimeoutError):
        await asyncio.wait_for(over.wait(), seconds)
    return over.is_set()
