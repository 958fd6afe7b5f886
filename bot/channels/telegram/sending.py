"""Sending: split, marked where it may be a repeat, as plain text where Telegram refuses the HTML."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated, RetryAfter

from bot.channels.telegram.buttons import Rows
from bot.channels.telegram.formatting import Block, Message, block, italic, messages
from bot.channels.telegram.inbox import Inbox
from bot.phrases import telegram as phrases
from bot.types import Language

log = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where an answer goes.

    Attributes:
        thread_id: of the topic in a forum.
        reply_to: in groups, the message that is answered.
    """

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None


def address_of(update: Update) -> Address:
    """Return where to answer an update; only for those that have a chat."""
    chat, message = update.effective_chat, update.effective_message
    if chat is None or message is None:
        raise ValueError("an update without a chat cannot be answered")
    in_topic = bool(getattr(message, "is_topic_message", False))
    return Address(
        chat_id=chat.id,
        thread_id=getattr(message, "message_thread_id", None) if in_topic else None,
        reply_to=None if chat.type == ChatType.PRIVATE else message.message_id,
    )


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Return our buttons as Telegram's."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=str(button.press)) for button in row] for row in rows]
    )


class Sender:
    """Sends what answers an update, and notes that it left."""

    def __init__(self, inbox: Inbox) -> None:
        """Note in `inbox` what left."""
        self._inbox = inbox
        self._repeats: set[int] = set()

    def mark(self, update_id: int) -> None:
        """Mark what answers this update as a repeat, from now until `close`."""
        self._repeats.add(update_id)

    def close(self, update_id: int) -> None:
        """Let go of the mark."""
        self._repeats.discard(update_id)

    async def deliver(
        self, bot: Bot, update: Update, blocks: Iterable[Block], language: Language, rows: Rows = ()
    ) -> None:
        """Send an answer; the buttons stand below its last message.

        Raises:
            TelegramError: it did not leave, or not all of it.
        """
        if update.update_id in self._repeats:
            blocks = (block(italic(phrases.REPEAT[language])), *blocks)
        parts = messages(blocks)
        address = address_of(update)
        self._inbox.sending(update.update_id)
        for number, part in enumerate(parts, start=1):
            markup = keyboard(rows) if number == len(parts) else None
            try:
                address = await _send(bot, address, part, markup)
            except RetryAfter:
                if number == 1 and update.update_id not in self._repeats:
                    self._inbox.unsent(update.update_id)  # refused, so nobody has it
                raise

    async def tell(self, bot: Bot, address: Address, message: Message) -> Address:
        """Send one message that answers no update, and return where the chat is now.

        Raises:
            TelegramError: it did not leave.
        """
        return await _send(bot, address, message, None)


async def _send(bot: Bot, address: Address, message: Message, markup: InlineKeyboardMarkup | None) -> Address:
    """Send one message, and return where the chat is now: a group may have become another."""
    try:
        await _send_as(bot, address, message.html, ParseMode.HTML, markup)
    except ChatMigrated as moved:
        address = replace(address, chat_id=moved.new_chat_id, reply_to=None)
        await _send_as(bot, address, message.html, ParseMode.HTML, markup)
    except BadRequest as error:
        if "can't parse entities" not in error.message.lower():
            raise
        log.warning("Telegram refused our HTML; sent as plain text")
        await _send_as(bot, address, message.plain, None, markup)
    return address


async def _send_as(
    bot: Bot, address: Address, text: str, parse_mode: ParseMode | None, markup: InlineKeyboardMarkup | None
) -> None:
    reply = None
    if address.reply_to:
        reply = ReplyParameters(message_id=address.reply_to, allow_sending_without_reply=True)
    await bot.send_message(
        chat_id=address.chat_id,
        text=text,
        parse_mode=parse_mode,
        message_thread_id=address.thread_id,
        reply_parameters=reply,
        reply_markup=markup,
        link_preview_options=_NO_PREVIEW,
    )
