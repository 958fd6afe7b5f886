"""Updates that must not be lost: stored before Telegram may forget them, open until they are answered.

::

    queued ──► sending ──► done        killed while queued: answered after the restart, as if nothing had happened
                                       killed while sending: answered once more, and marked as a repeat
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.channels.telegram.store import Store


class State(StrEnum):
    """How far an update has come."""

    QUEUED = "queued"
    SENDING = "sending"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An update that is still open; `body` is its JSON."""

    update_id: int
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Work on an update.

    Attributes:
        attempts: how often it has begun, this time included.
        repeat: an answer may have left before.
    """

    attempts: int
    repeat: bool


class Inbox:
    """The open updates."""

    def __init__(self, store: Store) -> None:
        """Keep them in `store`."""
        self._store = store

    def accept(self, update_id: int, user_id: int, body: str) -> bool:
        """Store an update; False if it is known already (Telegram delivers some twice)."""
        sql = "INSERT OR IGNORE INTO updates (update_id, user_id, body, state, at) VALUES (?, ?, ?, ?, ?)"
        now = dt.datetime.now(dt.UTC).isoformat()
        return bool(self._store.run(sql, update_id, user_id, body, State.QUEUED, now))

    def begin(self, update_id: int) -> Begun:
        """Count that work on an update begins."""
        self._store.run("UPDATE updates SET attempts = attempts + 1 WHERE update_id = ?", update_id)
        rows = self._store.rows("SELECT attempts, state FROM updates WHERE update_id = ?", update_id)
        if not rows:  # its sender has just had everything forgotten
            return Begun(attempts=1, repeat=False)
        return Begun(attempts=rows[0]["attempts"], repeat=rows[0]["state"] == State.SENDING)

    def sending(self, update_id: int) -> None:
        """Note that an answer leaves now."""
        self._store.run("UPDATE updates SET state = ? WHERE update_id = ?", State.SENDING, update_id)

    def unsent(self, update_id: int) -> None:
        """Note that nothing has left after all."""
        self._store.run("UPDATE updates SET state = ? WHERE update_id = ?", State.QUEUED, update_id)

    def put_back(self, update_id: int) -> None:
        """Keep an update open because Telegram could not be reached: not its fault, so its attempts start anew."""
        self._store.run("UPDATE updates SET attempts = 0 WHERE update_id = ?", update_id)

    def done(self, update_id: int) -> None:
        """Let go of what was asked and by whom; the id stays for a while."""
        sql = "UPDATE updates SET state = ?, body = '', user_id = NULL WHERE update_id = ?"
        self._store.run(sql, State.DONE, update_id)

    def open(self) -> tuple[Pending, ...]:
        """Return what is not done, in the order it came."""
        rows = self._store.rows("SELECT update_id, body FROM updates WHERE state != ? ORDER BY update_id", State.DONE)
        return tuple(Pending(update_id=row["update_id"], body=row["body"]) for row in rows)
