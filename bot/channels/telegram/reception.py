"""Who is let in, in which chats, and how often. Knows updates, but neither papers nor answers.

People who were not let in and how fast somebody writes are kept in memory only: nothing is stored about them.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import OrderedDict, deque
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from telegram import Message, MessageEntity, Update, User
from telegram.constants import ChatType

from ingest.errors import UsageError

K = TypeVar("K")
V = TypeVar("V")

RATE: Final = 20
"""Messages and presses a person within `WINDOW_S`: more than anybody types, less than Telegram's own 20 answers a
minute in a group (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""

WINDOW_S: Final = 60.0

PEOPLE: Final = 10_000
"""Remembered at once; the one not heard of for longest is dropped first."""


class Errand(StrEnum):
    """What becomes of an update."""

    WORK = "work"
    STRANGER = "stranger"
    TOO_FAST = "too_fast"
    NOT_FOR_US = "not_for_us"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """An update that gets one polite sentence, if any, and is not worked on.

    Attributes:
        wait_s: after how many seconds to come back.
        quiet: this was said already; only a press is answered, for Telegram wants that.
    """

    update: Update
    errand: Errand
    wait_s: int = 0
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Guests:
    """Who may ask: numeric user ids, which nobody can choose, unlike names."""

    everybody: bool = False
    ids: frozenset[int] = frozenset()

    def __contains__(self, user_id: int) -> bool:
        """Tell whether somebody may ask."""
        return self.everybody or user_id in self.ids


def guests(setting: str) -> Guests:
    """Read `TELEGRAM_ALLOWED_USERS`: ids with commas or spaces between, `*` for everybody, nothing for nobody.

    Raises:
        UsageError: a part is no number.
    """
    if setting.strip() == "*":
        return Guests(everybody=True)
    parts = [part for part in re.split(r"[\s,;]+", setting.strip()) if part]
    for part in parts:
        if not re.fullmatch("[0-9]{1,19}", part):
            raise UsageError(
                f"RATSLOTSE_TELEGRAM_ALLOWED_USERS: „{part}“ ist keine Nummer.",
                "Gebraucht werden Telegram-Nummern mit Kommas dazwischen, oder * für alle.",
            )
    return Guests(ids=frozenset(map(int, parts)))


class Reception:
    """Sorts what comes in."""

    def __init__(self, allowed: Guests, *, rate: int = RATE, window_s: float = WINDOW_S) -> None:
        """Let in who is allowed.

        Args:
            allowed: who may ask.
            rate: updates a person within the window.
            window_s: its length in seconds.
        """
        self._allowed = allowed
        self._rate, self._window_s = rate, window_s
        self._recent: OrderedDict[int, deque[float]] = OrderedDict()
        self._told: OrderedDict[tuple[int, Errand], float] = OrderedDict()

    def sort(self, update: Update, bot: User, now_s: float) -> Errand | Turned:
        """Say what becomes of an update; `now_s` is any clock that only goes forward, in seconds."""
        user = update.effective_user
        if user is None or user.is_bot or not _for_us(update, bot):
            return Errand.NOT_FOR_US
        if user.id not in self._allowed:
            day_s = dt.timedelta(days=1).total_seconds()
            return Turned(
                update=update, errand=Errand.STRANGER, quiet=not self._tell(user.id, Errand.STRANGER, day_s, now_s)
            )
        wait_s = self._wait_s(user.id, now_s)
        if wait_s:
            quiet = not self._tell(user.id, Errand.TOO_FAST, wait_s, now_s)
            return Turned(update=update, errand=Errand.TOO_FAST, wait_s=math.ceil(wait_s), quiet=quiet)
        return Errand.WORK

    def _wait_s(self, user_id: int, now_s: float) -> float:
        recent = _touched(self._recent, user_id, deque())
        while recent and recent[0] <= now_s - self._window_s:
            recent.popleft()
        if len(recent) >= self._rate:
            return recent[0] + self._window_s - now_s
        recent.append(now_s)
        return 0.0

    def _tell(self, user_id: int, errand: Errand, pause_s: float, now_s: float) -> bool:
        """Tell whether it is time to say this sentence (again)."""
        if now_s < self._told.get((user_id, errand), -math.inf):
            return False
        self._told.pop((user_id, errand), None)
        _touched(self._told, (user_id, errand), now_s + pause_s)
        return True


def _touched(known: OrderedDict[K, V], key: K, fresh: V) -> V:
    value = known.setdefault(key, fresh)
    known.move_to_end(key)
    while len(known) > PEOPLE:
        known.popitem(last=False)
    return value


def is_private(message: Message) -> bool:
    """Tell whether a chat has one person."""
    return message.chat.type == ChatType.PRIVATE


def _for_us(update: Update, bot: User) -> bool:
    if update.callback_query:
        return True
    message = update.message
    return message is not None and (is_private(message) or _addressed(message, bot))


def _addressed(message: Message, bot: User) -> bool:
    """Tell whether somebody in a group named the bot or answered it."""
    original = message.reply_to_message
    if original and original.from_user and original.from_user.id == bot.id:
        return True
    name = f"@{bot.username}".lower()
    found = {
        **message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION, MessageEntity.BOT_COMMAND]),
        **message.parse_caption_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION]),
    }
    for entity, text in found.items():
        if entity.type == MessageEntity.TEXT_MENTION:
            if entity.user and entity.user.id == bot.id:
                return True
        elif text.lower().endswith(name) and text.lower().removesuffix(name) == text.lower().partition("@")[0]:
            return True
    return False


def question_of(text: str, bot_name: str) -> str:
    """Return a message without the bot's name in it."""
    return " ".join(re.sub(rf"@{re.escape(bot_name)}\b", " ", text, flags=re.IGNORECASE).split(" ")).strip()
