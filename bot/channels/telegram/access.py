"""Who may ask and how often: allow-list and rate limit. Knows updates, but neither papers nor answers.

Who was refused and how fast somebody writes is kept in memory only: nothing is stored about it.
"""

from __future__ import annotations

import math
import re
from collections import OrderedDict, deque
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from telegram import Update, User

from bot.channels.telegram.mentions import is_for_us
from ingest.errors import UsageError

K = TypeVar("K")
V = TypeVar("V")

RATE: Final = 20
"""Messages and presses a person within `WINDOW_S`: more than anybody types, less than Telegram's own 20 answers a
minute in a group (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""

WINDOW_S: Final = 60.0

DAY_S: Final = 86_400.0
"""Between two refusals for the same reason."""

USERS: Final = 10_000
"""Remembered at once; the one not heard of for longest is dropped first."""


class Decision(StrEnum):
    """What becomes of an update."""

    ACCEPTED = "accepted"
    NOT_ALLOWED = "not_allowed"
    ANONYMOUS = "anonymous"
    TOO_FAST = "too_fast"
    NOT_FOR_US = "not_for_us"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """An update that gets one polite sentence, if any, and is not worked on.

    Attributes:
        wait_s: after how many seconds to come back.
        quiet: this was said already; only a press is answered, for Telegram wants that.
    """

    update: Update
    decision: Decision
    wait_s: int = 0
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedUsers:
    """Who may ask: numeric user ids, which nobody can choose, unlike names."""

    everybody: bool = False
    ids: frozenset[int] = frozenset()

    def __contains__(self, user_id: int) -> bool:
        """Tell whether somebody may ask."""
        return self.everybody or user_id in self.ids


def allowed_users(setting: str) -> AllowedUsers:
    """Read `TELEGRAM_ALLOWED_USERS`: ids with commas or spaces between, `*` for everybody, nothing for nobody.

    Raises:
        UsageError: a part is no number.
    """
    if setting.strip() == "*":
        return AllowedUsers(everybody=True)
    parts = [part for part in re.split(r"[\s,;]+", setting.strip()) if part]
    for part in parts:
        if not re.fullmatch("[0-9]{1,19}", part):
            raise UsageError(
                f"RATSLOTSE_TELEGRAM_ALLOWED_USERS: „{part}“ ist keine Nummer.",
                "Gebraucht werden Telegram-Nummern mit Kommas dazwischen, oder * für alle.",
            )
    return AllowedUsers(ids=frozenset(map(int, parts)))


class AccessControl:
    """Accepts updates or rejects them."""

    def __init__(self, allowed: AllowedUsers, *, rate: int = RATE, window_s: float = WINDOW_S) -> None:
        """Let in who is allowed.

        Args:
            allowed: who may ask.
            rate: updates a person within the window.
            window_s: its length in seconds.
        """
        self._allowed = allowed
        self._rate, self._window_s = rate, window_s
        self._recent: OrderedDict[int, deque[float]] = OrderedDict()
        self._told: OrderedDict[tuple[int, Decision], float] = OrderedDict()

    def decide(self, update: Update, bot: User, now_s: float) -> Decision | Rejected:
        """Say what becomes of an update; `now_s` is any clock that only goes forward, in seconds."""
        user = update.effective_user
        if user is None or not is_for_us(update, bot):
            return Decision.NOT_FOR_US
        if update.message is not None and update.message.sender_chat is not None:
            # a hidden admin or a channel: all of them share one number, so none can be allowed, or be forgotten
            return self._rejected(update, update.message.sender_chat.id, Decision.ANONYMOUS, now_s)
        if user.is_bot:
            return Decision.NOT_FOR_US
        if user.id not in self._allowed:
            return self._rejected(update, user.id, Decision.NOT_ALLOWED, now_s)
        wait_s = self._wait_s(user.id, now_s)
        if wait_s:
            quiet = not self._tell(user.id, Decision.TOO_FAST, wait_s, now_s)
            return Rejected(update=update, decision=Decision.TOO_FAST, wait_s=math.ceil(wait_s), quiet=quiet)
        return Decision.ACCEPTED

    def _rejected(self, update: Update, sender_id: int, decision: Decision, now_s: float) -> Rejected:
        return Rejected(update=update, decision=decision, quiet=not self._tell(sender_id, decision, DAY_S, now_s))

    def _wait_s(self, user_id: int, now_s: float) -> float:
        recent = _touched(self._recent, user_id, deque())
        while recent and recent[0] <= now_s - self._window_s:
            recent.popleft()
        if len(recent) >= self._rate:
            return recent[0] + self._window_s - now_s
        recent.append(now_s)
        return 0.0

    def _tell(self, user_id: int, decision: Decision, pause_s: float, now_s: float) -> bool:
        """Tell whether it is time to say this sentence (again)."""
        if now_s < self._told.get((user_id, decision), -math.inf):
            return False
        self._told.pop((user_id, decision), None)
        _touched(self._told, (user_id, decision), now_s + pause_s)
        return True


def _touched(known: OrderedDict[K, V], key: K, fresh: V) -> V:
    value = known.setdefault(key, fresh)
    known.move_to_end(key)
    while len(known) > USERS:
        known.popitem(last=False)
    return value
