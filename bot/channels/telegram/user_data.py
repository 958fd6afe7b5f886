"""What is remembered of a person between two messages: earlier questions, how new the papers were, answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter

from bot.channels.telegram.buttons import new_id
from bot.channels.telegram.store import Store
from bot.feedback import Rated
from bot.types import Answered, Citation, Reply
from ingest.types import DateBasis, Stand

REMEMBERED: Final = 6
"""Earlier questions of a chat; as many as the terminal keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A source as an answer used it, with the Stand of what was said."""

    citation: Citation
    as_of: Stand | None
    as_of_basis: DateBasis | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """An answer that was given: its sources, and what a vote about it would say (None once somebody voted)."""

    sources: tuple[Cited, ...]
    rated: Rated | None

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of its sources."""
        return tuple(one.citation.n for one in self.sources)


def cited(reply: Reply) -> tuple[Cited, ...]:
    """Return the sources of a reply."""
    if not isinstance(reply, Answered):
        return ()
    said = {n: statement for statement in reversed(reply.statements) for n in statement.citations}
    return tuple(
        Cited(
            citation=citation,
            as_of=said[citation.n].as_of if citation.n in said else citation.as_of,
            as_of_basis=said[citation.n].as_of_basis if citation.n in said else None,
        )
        for citation in reply.citations
    )


class UserData:
    """Rows of a person; `Store.forget` deletes them."""

    def __init__(self, store: Store) -> None:
        """Keep them in `store`."""
        self._store = store

    def history(self, user_id: int, chat_id: int) -> tuple[str, ...]:
        """Return the earlier questions of somebody in a chat, oldest first."""
        sql = "SELECT question FROM turns WHERE user_id = ? AND chat_id = ? ORDER BY rowid DESC LIMIT ?"
        rows = self._store.rows(sql, user_id, chat_id, REMEMBERED)
        return tuple(row["question"] for row in reversed(rows))

    def keep_question(self, user_id: int, chat_id: int, question: str, papers_changed: dt.datetime) -> None:
        """Remember a question and how new the papers were; all but the latest questions are let go."""
        now = _now()
        self._store.run("INSERT INTO turns VALUES (?, ?, ?, ?)", user_id, chat_id, question, now)
        self._store.run(
            "DELETE FROM turns WHERE user_id = ?1 AND chat_id = ?2 AND rowid NOT IN (SELECT rowid FROM turns "
            "WHERE user_id = ?1 AND chat_id = ?2 ORDER BY rowid DESC LIMIT ?3)",
            user_id,
            chat_id,
            REMEMBERED,
        )
        sql = "INSERT OR REPLACE INTO visits VALUES (?, ?, ?)"
        self._store.run(sql, user_id, papers_changed.isoformat(), now)

    def seen(self, user_id: int) -> dt.datetime | None:
        """Return how new the papers were at somebody's last question; None if there was none."""
        rows = self._store.rows("SELECT seen FROM visits WHERE user_id = ?", user_id)
        return dt.datetime.fromisoformat(rows[0]["seen"]) if rows else None

    def keep_answer(self, user_id: int, sources: tuple[Cited, ...], rated: Rated) -> str:
        """Remember an answer and return its id."""
        answer_id = new_id()
        self._store.run(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?)",
            answer_id,
            user_id,
            _SOURCES.dump_json(sources).decode(),
            _RATED.dump_json(rated).decode(),
            _now(),
        )
        return answer_id

    def kept_answer(self, answer_id: str) -> KeptAnswer | None:
        """Return an answer; None if there is none of this id, or no longer."""
        rows = self._store.rows("SELECT body, rated FROM answers WHERE answer_id = ?", answer_id)
        if not rows:
            return None
        rated = rows[0]["rated"]
        return KeptAnswer(
            sources=_SOURCES.validate_json(rows[0]["body"]),
            rated=_RATED.validate_json(rated) if rated else None,
        )

    def take_vote(self, answer_id: str) -> bool:
        """Use up the one vote of an answer, so that nothing ties it to a person any more; False if it was used."""
        sql = "UPDATE answers SET rated = NULL WHERE answer_id = ? AND rated IS NOT NULL"
        return bool(self._store.run(sql, answer_id))


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat()


_SOURCES: Final[TypeAdapter[tuple[Cited, ...]]] = TypeAdapter(tuple[Cited, ...])
_RATED: Final[TypeAdapter[Rated]] = TypeAdapter(Rated)
