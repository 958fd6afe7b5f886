"""News of motions: the button that asks for them, and the one message that each change makes.

A change is noted as told before its message leaves, so that a process that dies meanwhile tells it never rather than
twice: /antrag shows it anyway. What Telegram refused, or was never reached with, is told at the next look.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Final

from telegram import Bot, Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.channels.telegram.access import AllowedUsers
from bot.channels.telegram.buttons import follow_row, read_follow
from bot.channels.telegram.formatting import LINE, Block, Message, Run, Style, block, bold, italic, live, messages
from bot.channels.telegram.handlers import Context, language_of
from bot.channels.telegram.sending import Sender, address_of, keyboard
from bot.channels.telegram.subscriptions import Subscription, Subscriptions
from bot.channels.telegram.thread_pool import ThreadPool
from bot.ledger import Change, Motions, MotionState, changes_since, mark_of
from bot.phrases import motions as phrases
from bot.phrases import telegram as own
from bot.types import Language
from ingest.errors import UsageError

log = logging.getLogger(__name__)

POINT_CHARS: Final = 200
"""Shown of what a point asks: who follows a motion knows it."""


class MotionNews:
    """Keeps who follows a motion, and tells them."""

    def __init__(
        self,
        *,
        motions: Motions,
        subscriptions: Subscriptions,
        threads: ThreadPool,
        sender: Sender,
        allowed: AllowedUsers,
        language: Language,
    ) -> None:
        """Take what it works with; see `Handlers`. Who is not `allowed` any more is told nothing."""
        self._motions, self._subscriptions = motions, subscriptions
        self._threads, self._sender, self._allowed, self._language = threads, sender, allowed, language

    async def pressed(self, update: Update, context: Context) -> None:
        """Follow a motion from now on, or no longer."""
        query, user = update.callback_query, update.effective_user
        press = read_follow(query.data) if query else None
        if query is None or user is None or press is None or update.effective_chat is None:
            return
        language, address = language_of(update, self._language), replace(address_of(update), reply_to=None)
        try:
            motion = await self._threads.run(partial(self._motions.find, press.motion_id)) if press.follow else None
        except UsageError:
            with suppress(BadRequest):
                await query.answer(own.BUTTON_EXPIRED[language], show_alert=True)
            return
        if motion is None:
            self._subscriptions.remove(address.chat_id, press.motion_id)
        else:
            self._subscriptions.add(
                Subscription(
                    user_id=user.id,
                    address=address,
                    motion_id=motion.motion_id,
                    language=language,
                    told=mark_of(motion),
                )
            )
        with suppress(BadRequest):
            await query.answer((phrases.FOLLOWED if press.follow else phrases.UNFOLLOWED)[language], show_alert=True)
        if query.message is not None and query.message.is_accessible:
            with suppress(BadRequest):
                rows = follow_row(press.motion_id, followed=press.follow, language=language)
                await query.edit_message_reply_markup(keyboard(rows))

    async def tell(self, bot: Bot, motions: Sequence[MotionState]) -> bool:
        """Tell every chat what has changed in the motions it follows; False if somebody must be told later."""
        by_id = {motion.motion_id: motion for motion in motions}
        subscriptions = self._subscriptions.all()
        self._subscriptions.revoke({one.user_id for one in subscriptions if one.user_id not in self._allowed})
        everybody = True
        for one in subscriptions:
            motion = by_id.get(one.motion_id)
            if motion is None or not self._subscriptions.follows(one.address.chat_id, one.motion_id):
                continue  # withdrawn, perhaps for a while; or taken back just now
            changes = changes_since(one.told, motion)
            if changes:
                everybody &= await self._told(bot, one, motion, changes)
        return everybody

    async def _told(self, bot: Bot, one: Subscription, motion: MotionState, changes: Sequence[Change]) -> bool:
        self._subscriptions.told(one, mark_of(motion))
        try:
            now = await self._sender.tell(bot, one.address, news(motion, changes, one.language))
        except Forbidden:
            log.info("subscriptions dropped: the chat is closed to us")
            self._subscriptions.close(one.address.chat_id)
        except (BadRequest, TimedOut) as error:  # it will not be taken, or it may have arrived
            log.warning("news not told: %s", type(error).__name__)
        except (RetryAfter, NetworkError) as error:
            log.warning("news to be told later: %s", type(error).__name__)
            self._subscriptions.told(one, one.told)
            return False
        else:
            if now.chat_id != one.address.chat_id:
                self._subscriptions.moved(one.address.chat_id, now.chat_id)
        return True


def news(motion: MotionState, changes: Sequence[Change], language: Language) -> Message:
    """Render changes of one motion as one message; those that find no room are counted."""
    for told in range(len(changes), 0, -1):
        parts = messages(_blocks(motion, changes[:told], len(changes) - told, language))
        if len(parts) == 1:
            return parts[0]
    return messages(_blocks(motion, (), len(changes), language))[0]


def _blocks(motion: MotionState, changes: Sequence[Change], more: int, language: Language) -> Iterator[Block]:
    yield block(phrases.FOLLOWED_CHANGED[language])
    yield block(bold(motion.title[:POINT_CHARS]))
    yield block(phrases.headline(motion, language), gap=LINE)
    if motion.vote:
        yield block(phrases.vote(motion, language), gap=LINE)
    for change in changes:
        point = change.point
        yield block(bold(phrases.news_line(change, language)))
        yield block(point.heading or _short(point.text), gap=LINE)
        yield block(italic(phrases.note(motion, point, language)), gap=LINE)
        for evidence in point.evidence[:1]:
            shown = f"„{evidence.citation.quote}“\n{phrases.source(evidence, language)}"
            yield block(Run(text=shown, style=Style.QUOTE), gap=LINE)
    if more:
        yield block(phrases.more_changes(more, language))
    yield block(live(f"/antrag {motion.motion_id}"))


def _short(text: str) -> str:
    return text if len(text) <= POINT_CHARS else text[:POINT_CHARS].rpartition(" ")[0] + " …"
