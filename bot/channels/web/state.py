"""What the web page keeps in the state directory: links that somebody made, sign-ins, and who changed what.

One SQLite file that only its owner may read. Nothing here knows requests.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.access import Access
from bot.types import Language, Question

FILE: Final = "web.sqlite"
KEY_FILE: Final = "web.key"
SIGNED_IN: Final = dt.timedelta(hours=12)
"""A working day; then the password is asked for again."""
AUDIT_KEPT: Final = dt.timedelta(days=365)
"""Who changed which paper is looked up after months, not weeks; the README tells so."""
BUSY_TIMEOUT_S: Final = 10

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS links (
    link_id TEXT PRIMARY KEY, made TEXT NOT NULL, access TEXT NOT NULL, question TEXT NOT NULL, history TEXT NOT NULL,
    language TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tickets (hash TEXT PRIMARY KEY, name TEXT NOT NULL, until TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS audit (
    entry_id INTEGER PRIMARY KEY, time TEXT NOT NULL, name TEXT NOT NULL, action TEXT NOT NULL, path TEXT NOT NULL,
    visibility TEXT NOT NULL, outcome TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A question that can be shown again to whoever may see what it was asked of."""

    question: Question
    access: Access


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """What a member of staff did to a paper. `time` is in UTC; `visibility` says who may read of it."""

    time: dt.datetime
    name: str
    action: str
    path: str
    visibility: str
    outcome: str


class State:
    """The file behind the web page; for any number of threads and processes."""

    def __init__(self, folder: Path, *, retention_days: int) -> None:
        """Remember where to write; nothing is made before it is needed.

        Args:
            folder: the state directory.
            retention_days: how long a link is good; 0 keeps none.
        """
        self._folder = folder
        self._lock = threading.Lock()
        self.retention_days = retention_days

    def key(self) -> str:
        """Return the secret that signs session cookies, made when first asked for."""
        self._make_folder()
        path = self._folder / KEY_FILE
        if not path.exists():
            fresh = path.with_name(f".{KEY_FILE}.{secrets.token_hex(8)}")
            with os.fdopen(
                os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
            ) as stream:
                stream.write(secrets.token_hex(32))
            with contextlib.suppress(FileExistsError):  # another process was faster
                os.link(fresh, path)  # there whole or not at all: an empty key would be everybody's
            fresh.unlink()
        return path.read_text("ascii")

    def drop_old(self) -> None:
        """Drop links, sign-ins and changes that are older than they may be kept."""
        if not (self._folder / FILE).exists():
            return
        with self._connection() as connection:
            connection.execute("DELETE FROM links WHERE made <= ?", (self._oldest().isoformat(),))
            connection.execute("DELETE FROM tickets WHERE until <= ?", (_now().isoformat(),))
            connection.execute("DELETE FROM audit WHERE time <= ?", ((_now() - AUDIT_KEPT).isoformat(),))

    def link(self, linked: Linked) -> str:
        """Keep a question and return the name under which it is found again."""
        link_id = secrets.token_urlsafe(16)
        question = linked.question
        with self._connection() as connection:
            connection.execute(
                "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?)",
                (link_id, _now().isoformat(), linked.access, question.text, json.dumps(question.history),
                 question.language),
            )  # fmt: skip
        return link_id

    def linked(self, link_id: str) -> Linked | None:
        """Return what a link leads to, None if it is unknown or too old."""
        with self._connection() as connection:
            row = connection.execute(
                "SELECT access, question, history, language FROM links WHERE link_id = ? AND made > ?",
                (link_id, self._oldest().isoformat()),
            ).fetchone()
        if row is None:
            return None
        access, text, history, language = row
        return Linked(
            question=Question(text=text, history=tuple(json.loads(history)), language=Language(language)),
            access=Access(access),
        )

    def sign_in(self, name: str) -> str:
        """Note that somebody signed in and return their ticket, of which only a hash is kept."""
        ticket = secrets.token_urlsafe(32)
        with self._connection() as connection:
            until = (_now() + SIGNED_IN).isoformat()
            connection.execute("INSERT INTO tickets VALUES (?, ?, ?)", (_hashed(ticket), name, until))
        return ticket

    def signed_in(self, ticket: str) -> str | None:
        """Return whose ticket this is, None if it is none or no longer good."""
        with self._connection() as connection:
            row = connection.execute(
                "SELECT name FROM tickets WHERE hash = ? AND until > ?", (_hashed(ticket), _now().isoformat())
            ).fetchone()
        return row[0] if row else None

    def sign_out(self, ticket: str) -> None:
        """Make a ticket worthless, also for whoever copied it."""
        with self._connection() as connection:
            connection.execute("DELETE FROM tickets WHERE hash = ?", (_hashed(ticket),))

    def begin(self, entry: AuditEntry) -> int:
        """Keep what is going to be done, so that nothing is done of which no word is kept; returns the entry's id."""
        with self._connection() as connection:
            return connection.execute(
                "INSERT INTO audit (time, name, action, path, visibility, outcome) VALUES (?, ?, ?, ?, ?, ?)",
                (entry.time.isoformat(), entry.name, entry.action, entry.path, entry.visibility, entry.outcome),
            ).lastrowid or 0  # fmt: skip

    def finish(self, entry_id: int, path: str, visibility: str, outcome: str) -> None:
        """Keep what came of what was begun."""
        with self._connection() as connection:
            connection.execute(
                "UPDATE audit SET path = ?, visibility = ?, outcome = ? WHERE entry_id = ?",
                (path, visibility, outcome, entry_id),
            )

    def give_up(self, entry_id: int) -> None:
        """Drop what was begun and refused."""
        with self._connection() as connection:
            connection.execute("DELETE FROM audit WHERE entry_id = ?", (entry_id,))

    def audit(self, limit: int = 50) -> tuple[AuditEntry, ...]:
        """Return what was done, newest first."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT time, name, action, path, visibility, outcome FROM audit ORDER BY entry_id DESC LIMIT ?",
                (limit,),
            ).fetchall()
        return tuple(
            AuditEntry(
                time=dt.datetime.fromisoformat(time), name=name, action=action, path=path, visibility=visibility,
                outcome=outcome,
            )
            for time, name, action, path, visibility, outcome in rows
        )  # fmt: skip

    def _oldest(self) -> dt.datetime:
        return _now() - dt.timedelta(days=self.retention_days)

    def _make_folder(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        path = self._folder / FILE
        with self._lock:
            if not path.exists():
                self._make_folder()
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
            with closing(sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)) as connection, connection:
                connection.execute("PRAGMA secure_delete = ON")  # what was deleted stands in the file no longer
                connection.executescript(_TABLES)
                yield connection


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _hashed(ticket: str) -> str:
    return hashlib.sha256(ticket.encode()).hexdigest()
