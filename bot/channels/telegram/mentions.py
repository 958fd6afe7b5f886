"""Whether a message speaks to the bot, and what it says without the bot's name."""

from __future__ import annotations

from collections.abc import Iterator

from telegram import Message, MessageEntity, Update, User
from telegram.constants import ChatType


def is_private(message: Message) -> bool:
    """Tell whether a chat has one person."""
    return message.chat.type == ChatType.PRIVATE


def is_for_us(update: Update, bot: User) -> bool:
    """Tell whether an update speaks to the bot: a press, anything in a private chat, in a group only what names it."""
    if update.callback_query:
        return True
    message = update.message
    return message is not None and (is_private(message) or _addressed(message, bot))


def _addressed(message: Message, bot: User) -> bool:
    """Tell whether somebody in a group named the bot or answered it; who passes a post on says nothing with it."""
    if message.forward_origin or message.is_automatic_forward:
        return False
    original = message.reply_to_message
    if original and original.from_user and original.from_user.id == bot.id:
        return True
    return any(True for _ in _names(message, bot))


def _names(message: Message, bot: User) -> Iterator[str]:
    """Yield the bot's name wherever a message or its caption calls it, as written; a command ("/hilfe@…") whole."""
    name = f"@{bot.username}".lower()
    found = {
        **message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION, MessageEntity.BOT_COMMAND]),
        **message.parse_caption_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION]),
    }
    for entity, text in found.items():
        if entity.user is not None:
            named = entity.user.id == bot.id
        else:
            named = text.lower().partition("@")[2] == name.removeprefix("@")
        if named:
            yield text


def question_of(message: Message, bot: User) -> str:
    """Return what a message says, without the bot's name in it."""
    text = message.text or ""
    for name in _names(message, bot):
        text = text.replace(name, " ")
    return text.strip()
