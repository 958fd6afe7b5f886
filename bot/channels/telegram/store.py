"""What the Telegram bot keeps, in one SQLite file of the state directory: see the README for what and how long.

Durable before an update is confirmed to Telegram, so every write is synced. Used from the event loop alone: a write
takes about a millisecond.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from ingest.errors import UsageError

FILE: Final = "telegram.sqlite"
LOCK: Final = "telegram.lock"

REDELIVERY: Final = dt.timedelta(days=2)
"""Telegram keeps an update for a day (https://core.telegram.org/bots/api#getupdates); ids of those done stay longer."""

LAPSE: Final = dt.timedelta(days=365)
"""A subscription outlives the retention of questions, or it would be of no use; after a year it is asked for anew."""

_SCHEMA: Final = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS updates (   -- once done, only its id stays, for a while
    update_id INTEGER PRIMARY KEY, user_id INTEGER, body TEXT NOT NULL, state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS turns (     -- earlier questions, for follow-ups
    user_id INTEGER NOT NULL, chat_id INTEGER NOT NULL, question TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS turns_by_user ON turns (user_id, chat_id);
CREATE TABLE IF NOT EXISTS visits (    -- how new the papers were at somebody's last question
    user_id INTEGER PRIMARY KEY, seen TEXT NOT NULL, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS answers (   -- what the buttons below an answer stand for
    answer_id TEXT PRIMARY KEY, user_id INTEGER NOT NULL, body TEXT NOT NULL, rated TEXT, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS subscriptions (   -- who wants to hear when a motion changes, and what was told
    user_id INTEGER NOT NULL, chat_id INTEGER NOT NULL, thread_id INTEGER, motion_id TEXT NOT NULL,
    language TEXT NOT NULL, told TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (chat_id, motion_id));
"""

_OF_A_USER: Final = ("updates", "turns", "visits", "answers", "subscriptions")


class Store:
    """The file and its lock."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use `open_store` instead."""
        self._connection = connection

    def run(self, sql: str, *values: Any) -> int:
        """Write, and return how many rows it met."""
        return self._connection.execute(sql, values).rowcount

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """Read."""
        return self._connection.execute(sql, values).fetchall()

    def forget(self, user_id: int) -> None:
        """Delete every row of a person."""
        for table in _OF_A_USER:
            self.run(f"DELETE FROM {table} WHERE user_id = ?", user_id)
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def expire(self, now: dt.datetime, retention: dt.timedelta) -> None:
        """Delete what is older than it may be; open questions are never too old."""
        for table in ("turns", "visits", "answers"):
            self.run(f"DELETE FROM {table} WHERE at < ?", (now - retention).isoformat())
        self.run("DELETE FROM subscriptions WHERE at < ?", (now - LAPSE).isoformat())
        self.run("DELETE FROM updates WHERE state = 'done' AND at < ?", (now - REDELIVERY).isoformat())


@contextmanager
def open_store(state_dir: Path) -> Iterator[Store]:
    """Open the file for one process.

    Raises:
        UsageError: another process has it, or it cannot be opened.
    """
    with ExitStack() as stack:
        try:
            state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            fcntl.flock(stack.enter_context((state_dir / LOCK).open("w")), fcntl.LOCK_EX | fcntl.LOCK_NB)
            connection = sqlite3.connect(state_dir / FILE, isolation_level=None, check_same_thread=False)
            stack.callback(connection.close)
            (state_dir / FILE).chmod(0o600)
            connection.row_factory = sqlite3.Row
            connection.executescript(_SCHEMA)
        except BlockingIOError as error:
            raise UsageError(
                f"Mit {state_dir} läuft schon ein Telegram-Bot.", "Bitte diesen zuerst beenden."
            ) from error
        except (OSError, sqlite3.DatabaseError) as error:
            raise UsageError(
                f"{state_dir} kann nicht benutzt werden: {error}.", "Bitte RATSLOTSE_STATE_DIR prüfen."
            ) from error
        yield Store(connection)
