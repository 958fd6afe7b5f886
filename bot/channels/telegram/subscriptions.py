"""Who wants to hear when a motion changes: rows that outlive the process.

A row is kept until it is taken back, its person has everything forgotten or may no longer ask, the chat is closed to
the bot, or `LAPSE` has passed. It names a chat, who asked for it, and a motion; what was told is kept as letters that
hold no text of the paper (`bot.ledger.watch`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bot.channels.telegram.sending import Address
from bot.channels.telegram.store import Store
from bot.types import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One chat that follows one motion.

    Attributes:
        user_id: who asked for it.
        address: where the news go; it answers no message.
        told: mark of the motion as the chat was last told.
    """

    user_id: int
    address: Address
    motion_id: str
    language: Language
    told: str


class Subscriptions:
    """The rows; `Store.forget` deletes those of a person, `Store.expire` those that have lapsed."""

    def __init__(self, store: Store) -> None:
        """Keep them in `store`."""
        self._store = store

    def add(self, subscription: Subscription) -> None:
        """Keep a subscription; one that is there already begins anew."""
        self._store.run(
            "INSERT OR REPLACE INTO subscriptions VALUES (?, ?, ?, ?, ?, ?, ?)",
            subscription.user_id,
            subscription.address.chat_id,
            subscription.address.thread_id,
            subscription.motion_id,
            subscription.language,
            subscription.told,
            dt.datetime.now(dt.UTC).isoformat(),
        )

    def remove(self, chat_id: int, motion_id: str) -> bool:
        """Take a subscription back; False if there was none."""
        sql = "DELETE FROM subscriptions WHERE chat_id = ? AND motion_id = ?"
        return bool(self._store.run(sql, chat_id, motion_id))

    def close(self, chat_id: int) -> None:
        """Drop all of a chat: nothing can be sent there any more."""
        self._store.run("DELETE FROM subscriptions WHERE chat_id = ?", chat_id)

    def revoke(self, user_ids: Iterable[int]) -> None:
        """Drop those of people who may no longer ask."""
        for user_id in user_ids:
            self._store.run("DELETE FROM subscriptions WHERE user_id = ?", user_id)

    def follows(self, chat_id: int, motion_id: str) -> bool:
        """Tell whether a chat follows a motion."""
        sql = "SELECT 1 FROM subscriptions WHERE chat_id = ? AND motion_id = ?"
        return bool(self._store.rows(sql, chat_id, motion_id))

    def told(self, subscription: Subscription, mark: str) -> None:
        """Note what a chat has been told, unless it has taken the subscription back meanwhile."""
        sql = "UPDATE subscriptions SET told = ? WHERE chat_id = ? AND motion_id = ?"
        self._store.run(sql, mark, subscription.address.chat_id, subscription.motion_id)

    def moved(self, chat_id: int, now: int) -> None:
        """Note that a group has become another chat."""
        self._store.run("UPDATE OR REPLACE subscriptions SET chat_id = ? WHERE chat_id = ?", now, chat_id)

    def all(self) -> tuple[Subscription, ...]:
        """Return all of them, the oldest first."""
        rows = self._store.rows("SELECT * FROM subscriptions ORDER BY at, chat_id, motion_id")
        return tuple(
            Subscription(
                user_id=row["user_id"],
                address=Address(chat_id=row["chat_id"], thread_id=row["thread_id"]),
                motion_id=row["motion_id"],
                language=Language(row["language"]),
                told=row["told"],
            )
            for row in rows
        )
