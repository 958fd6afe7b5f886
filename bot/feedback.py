"""What people thought of an answer, kept without who they were: one store for all channels.

A vote holds the question, what was answered and the reason, never a person, a chat or a time of day. It cannot be
traced back, so `/vergessen` does not reach it; every channel says so where it asks for a reason.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from bot.record import plain_text
from bot.types import Answered, Reply
from ingest.errors import UsageError

FILE: Final = "feedback.sqlite"

BUSY_TIMEOUT_S: Final = 10
"""Two processes may vote at once; a vote is one row and takes about a millisecond."""


class Channel(StrEnum):
    """Where somebody asked and voted."""

    TELEGRAM = "telegram"
    WEB = "web"


class Verdict(StrEnum):
    """What somebody pressed."""

    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"


class Fault(StrEnum):
    """Why an answer did not help (contract: inhaltlich falsch, unvollständig, falsche Quelle, Fehler)."""

    WRONG = "wrong"
    INCOMPLETE = "incomplete"
    SOURCE = "source"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """What a vote is about.

    Attributes:
        answer: as a user would read it, without markup.
        papers: paths of the cited papers, in the order of their numbers.
        index: fingerprint of what was searched.
    """

    question: str
    outcome: str
    answer: str
    papers: tuple[str, ...]
    mode: str
    index: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One vote.

    Attributes:
        day: when it was given; no time of day, which could tell who it was.
        fault: None for a helpful answer, and where no reason was given.
    """

    day: dt.date
    channel: Channel
    verdict: Verdict
    rated: Rated
    fault: Fault | None = None


def rated(question: str, reply: Reply) -> Rated:
    """Return what a vote about this reply is about."""
    answered = isinstance(reply, Answered)
    return Rated(
        question=question,
        outcome="answered" if answered else "declined",
        answer=plain_text(reply),
        papers=tuple(dict.fromkeys(one.path for one in reply.citations)) if isinstance(reply, Answered) else (),
        mode=str(reply.mode),
        index=reply.index,
    )


class FeedbackStore:
    """Votes in one SQLite file; for any number of threads and processes."""

    def __init__(self, state_dir: Path, *, retention_days: int) -> None:
        """Remember where to write; the file is made with the first vote.

        Args:
            state_dir: the state directory.
            retention_days: votes older than this are removed with the next one.
        """
        self._path = state_dir / FILE
        self._retention = dt.timedelta(days=retention_days)
        self._lock = threading.Lock()

    def keep(self, feedback: Feedback) -> None:
        """Add a vote and let go of those that are too old."""
        oldest = feedback.day - self._retention
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock, closing(_connect(self._path)) as connection, connection:
            connection.execute("CREATE TABLE IF NOT EXISTS votes (day TEXT NOT NULL, body TEXT NOT NULL)")
            connection.execute("DELETE FROM votes WHERE day < ?", (oldest.isoformat(),))
            connection.execute("INSERT INTO votes VALUES (?, ?)", (feedback.day.isoformat(), written(feedback)))

    def all(self) -> tuple[Feedback, ...]:
        """Return all votes, oldest day first, in the order they were given.

        Raises:
            UsageError: the file is none of ours.
        """
        if not self._path.is_file():
            return ()
        try:
            with closing(_connect(self._path)) as connection:
                rows = connection.execute("SELECT body FROM votes ORDER BY day, rowid").fetchall()
        except sqlite3.DatabaseError as error:
            raise UsageError(f"{self._path} kann nicht gelesen werden: {error}.") from error
        return tuple(_VOTE.validate_json(body) for (body,) in rows)


def written(vote: Feedback) -> str:
    """Return a vote as one line of JSON."""
    return _VOTE.dump_json(vote).decode()


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)


_VOTE: Final[TypeAdapter[Feedback]] = TypeAdapter(Feedback)
