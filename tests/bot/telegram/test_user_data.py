"""What is kept of a person, for how long, and that it can be forgotten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.store import FILE, Store, open_store
from bot.channels.telegram.user_data import REMEMBERED, UserData
from bot.feedback import Rated
from ingest.errors import UsageError

NOW = dt.datetime(2025, 3, 1, tzinfo=dt.UTC)
RATED = Rated(question="Frage", outcome="answered", answer="Antwort", papers=(), mode="extractive", index="x")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


def test_the_latest_questions_are_remembered_for_each_chat_alone(store: Store) -> None:
    user_data = UserData(store)
    for number in range(REMEMBERED + 2):
        user_data.keep_question(1, 10, f"Frage {number}", NOW)
    user_data.keep_question(1, -20, "in der Gruppe", NOW)
    user_data.keep_question(2, 10, "jemand anders", NOW)

    assert user_data.history(1, 10) == tuple(f"Frage {number}" for number in range(2, REMEMBERED + 2))
    assert user_data.history(1, -20) == ("in der Gruppe",)


def test_forgetting_leaves_no_trace_of_a_person_and_all_of_others(store: Store, tmp_path: Path) -> None:
    user_data, inbox = UserData(store), Inbox(store)
    for user in (1, 2):
        user_data.keep_question(user, user, f"Geheimnis von {user}", NOW)
        user_data.keep_answer(user, (), RATED)
        inbox.accept(user, user, f"Nachricht von {user}")

    store.forget(1)

    assert user_data.history(1, 1) == ()
    assert user_data.seen(1) is None
    assert user_data.history(2, 2) == ("Geheimnis von 2",)
    assert [one.update_id for one in inbox.open()] == [2]
    kept = b"".join(path.read_bytes() for path in tmp_path.glob(f"{FILE}*"))
    assert b"von 1" not in kept
    assert b"von 2" in kept


def test_what_is_too_old_goes_and_open_questions_stay(store: Store) -> None:
    user_data, inbox = UserData(store), Inbox(store)
    user_data.keep_question(1, 1, "Frage", NOW)
    answer_id = user_data.keep_answer(1, (), RATED)
    inbox.accept(5, 1, "{}")
    inbox.accept(6, 1, "{}")
    inbox.done(6)
    month = dt.timedelta(days=30)
    now = dt.datetime.now(dt.UTC)

    store.expire(now + dt.timedelta(days=29), month)
    assert user_data.kept_answer(answer_id) is not None
    store.expire(now + dt.timedelta(days=31), month)

    assert user_data.kept_answer(answer_id) is None
    assert user_data.history(1, 1) == ()
    assert user_data.seen(1) is None
    assert [one.update_id for one in inbox.open()] == [5]
    assert inbox.accept(6, 1, "{}"), "an id is forgotten long after Telegram forgot it"


def test_a_vote_is_used_once_and_what_it_was_about_is_gone(store: Store) -> None:
    user_data = UserData(store)
    answer_id = user_data.keep_answer(1, (), RATED)

    assert user_data.take_vote(answer_id)
    assert not user_data.take_vote(answer_id)
    given = user_data.kept_answer(answer_id)
    assert given is not None
    assert given.rated is None


def test_a_state_that_is_no_state_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("Das ist keine Datenbank, sondern ein längerer Text. " * 20, encoding="utf-8")

    with pytest.raises(UsageError, match="kann nicht benutzt werden"), open_store(tmp_path):
        pass


def test_only_its_owner_may_read_the_state(store: Store, tmp_path: Path) -> None:
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
