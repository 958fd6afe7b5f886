"""Votes of all channels, without the person."""

from __future__ import annotations

import datetime as dt
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.feedback import FILE, Channel, Fault, Feedback, FeedbackStore, Rated, Verdict, rated
from bot.service import Ratslotse
from bot.types import Question
from evals.cli import app
from ingest.errors import UsageError

DAY = dt.date(2025, 3, 1)
RATED = Rated(
    question="Was kostet die Akte?", outcome="answered", answer="320.000 €", papers=("a.pdf",), mode="x", index="i"
)


def a_vote(day: dt.date = DAY, channel: Channel = Channel.WEB, fault: Fault | None = None) -> Feedback:
    verdict = Verdict.NOT_HELPFUL if fault else Verdict.HELPFUL
    return Feedback(day=day, channel=channel, verdict=verdict, rated=RATED, fault=fault)


def test_votes_of_two_channels_come_back_as_they_were_given(tmp_path: Path) -> None:
    votes = (a_vote(channel=Channel.WEB, fault=Fault.SOURCE), a_vote(channel=Channel.TELEGRAM))
    for vote in votes:
        FeedbackStore(tmp_path, retention_days=30).keep(vote)

    assert FeedbackStore(tmp_path, retention_days=30).all() == votes


def test_a_vote_too_old_goes_with_the_next_one(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path, retention_days=30)
    for day in (DAY, DAY + dt.timedelta(days=30), DAY + dt.timedelta(days=31)):
        store.keep(a_vote(day))

    assert [vote.day for vote in store.all()] == [DAY + dt.timedelta(days=30), DAY + dt.timedelta(days=31)]


def test_many_at_once_lose_no_vote(tmp_path: Path) -> None:
    stores = [FeedbackStore(tmp_path, retention_days=30) for _ in range(2)]
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(stores[number % 2].keep, a_vote()) for number in range(20)]:
            done.result()

    assert len(stores[0].all()) == 20


def test_what_a_vote_is_about_names_the_papers_once(ratslotse: Ratslotse) -> None:
    reply = ratslotse.ask(Question(text="In wie vielen Bürgerbüros können Termine online gebucht werden?"))

    about = rated("Frage?", reply)

    assert about.outcome == "answered"
    assert about.papers.count("stellungnahme-9101.txt") == 1
    assert "sieben von zwanzig" in about.answer


def test_no_votes_are_no_error(tmp_path: Path) -> None:
    assert FeedbackStore(tmp_path, retention_days=30).all() == ()


def test_a_file_that_is_none_of_ours_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("Das ist keine Datenbank, sondern ein Text. " * 30, encoding="utf-8")

    with pytest.raises(UsageError, match=FILE):
        FeedbackStore(tmp_path, retention_days=30).all()


def test_evaluators_export_one_line_a_vote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATSLOTSE_STATE_DIR", str(tmp_path))
    FeedbackStore(tmp_path, retention_days=30).keep(a_vote(fault=Fault.WRONG))

    run = CliRunner().invoke(app, ["feedback", "--out", str(tmp_path / "votes.jsonl")])

    assert run.exit_code == 0
    (line,) = (tmp_path / "votes.jsonl").read_text(encoding="utf-8").splitlines()
    vote = json.loads(line)
    assert (vote["verdict"], vote["fault"], vote["rated"]["question"]) == ("not_helpful", "wrong", RATED.question)
    assert not {"user", "user_id", "chat", "name"} & set(vote)
