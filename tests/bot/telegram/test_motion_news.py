"""Who follows a motion hears of each change exactly once, and nobody else does."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.app import build, open_motions
from bot.channels.telegram import app
from bot.channels.telegram.motion_news import news
from bot.channels.telegram.sending import Address
from bot.channels.telegram.store import FILE, LAPSE, open_store
from bot.channels.telegram.subscriptions import Subscription, Subscriptions
from bot.ledger import Change, changes_since, mark_of
from bot.types import Language
from ingest.embedding import BundledEncoder, Encoder
from ingest.settings import Settings
from tests.bot.ledger.conftest import ANSWER_ON_CARGO_BIKES, PAPERS, Town
from tests.bot.telegram.bot_api import FakeTelegram
from tests.bot.telegram.conftest import serving, settings_for
from tests.bot.telegram.wire import Fault, Refused, Shown

FOLLOW, UNFOLLOW = "Bei Änderung benachrichtigen", "Nicht mehr benachrichtigen"
NEWS = "Zu einem Antrag, dem Sie folgen"
INQUIRY = "/antrag anfrage.md"
OTHER_PAPER = ("Bericht\n\nDie Bäder öffnen im Mai.\n", "title: Bericht zu den Bädern\nkind: report\n")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return BundledEncoder()


@pytest.fixture
def papers(tmp_path: Path, encoder: Encoder) -> Town:
    return Town(tmp_path, encoder)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "LOOK_S", 0.05)


@contextmanager
def bot(papers: Town, fake: FakeTelegram, **changes: object) -> Iterator[None]:
    """Run the bot over the papers; its state stays when it ends."""
    settings = settings_for(fake, papers.state, index_dir=papers.index_dir, **changes)
    ratslotse = build(index_dir=papers.index_dir, encoder_name=settings.encoder)
    with serving(settings, ratslotse, fake, motions=open_motions(settings)):
        yield


def follow(fake: FakeTelegram, who: int, language: str = "de", said: str = INQUIRY) -> Shown:
    """Open a motion and press its button."""
    before = len(fake.messages(who))
    fake.say(who, said, language=language)
    shown = fake.messages_when(who, before + 1, 60)[-1]
    (data,) = shown.buttons.values()
    assert fake.answer_when(fake.press(who, shown, data, language))
    return shown


def told(fake: FakeTelegram, who: int) -> list[str]:
    """Return the news that somebody got."""
    return [one.text for one in fake.messages(who) if NEWS in one.text or "that you follow" in one.text]


def looked(papers: Town, fake: FakeTelegram) -> None:
    """Wait until the bot has looked at the newest papers: a witness, who is told last, has heard of a newer change."""
    witness = 990_000 + len(fake.calls)
    follow(fake, witness, said="/antrag 2031/9101")
    reply = papers.papers / "antwort.txt"
    if reply.exists():
        reply.unlink()
        reply.with_suffix(".meta.yaml").unlink()
    else:
        papers.write("antwort.txt", *PAPERS["antwort.txt"])
    papers.publish()
    fake.wait(lambda: told(fake, witness), 60)


def rows(papers: Town) -> int:
    with closing(sqlite3.connect(papers.state / FILE)) as connection:
        return int(connection.execute("SELECT count(*) FROM subscriptions").fetchone()[0])


def answer(papers: Town) -> None:
    papers.write("antwort-2.txt", *ANSWER_ON_CARGO_BIKES)
    papers.publish()


def test_a_change_is_told_once_and_not_again_after_a_restart(
    papers: Town, fake: FakeTelegram, person: Callable[[], int]
) -> None:
    who, english, other = person(), person(), person()
    with bot(papers, fake):
        follow(fake, who)
        follow(fake, english, "en")
        fake.say(other, INQUIRY)
        answer(papers)
        fake.wait(lambda: told(fake, who) and told(fake, english), 60)
        papers.write("baeder.txt", *OTHER_PAPER)
        papers.publish()
        looked(papers, fake)
    with bot(papers, fake):
        looked(papers, fake)

    (message,) = told(fake, who)
    assert "Anfrage zu Ladesäulen" in message
    assert "Punkt 1: offen → beantwortet" in message
    assert "zwölf Ladesäulen" in message
    assert "Stellungnahme zur Anfrage zu Ladesäulen für Lastenräder" in message
    (message,) = told(fake, english)
    assert "Point 1: open → answered" in message
    assert told(fake, other) == []


def test_what_changed_while_the_bot_was_down_is_told_at_the_start(
    papers: Town, fake: FakeTelegram, person: Callable[[], int]
) -> None:
    who = person()
    with bot(papers, fake):
        follow(fake, who)
    answer(papers)
    with bot(papers, fake):
        fake.wait(lambda: told(fake, who), 60)

    assert len(told(fake, who)) == 1


@pytest.mark.parametrize("ending", ["button", "/vergessen"])
def test_who_no_longer_follows_is_told_nothing(
    papers: Town, fake: FakeTelegram, person: Callable[[], int], ending: str
) -> None:
    who = person()
    with bot(papers, fake):
        shown = follow(fake, who)
        if ending == "button":
            fake.wait(lambda: UNFOLLOW in shown.buttons)
            assert "keine Nachricht mehr" in fake.answer_when(fake.press(who, shown, shown.buttons[UNFOLLOW]))
            fake.wait(lambda: FOLLOW in shown.buttons)
        else:
            fake.say(who, ending)
            fake.messages_when(who, 2)
        assert rows(papers) == 0
        answer(papers)
        looked(papers, fake)

    assert told(fake, who) == []


def test_a_non_public_paper_is_no_news(papers: Town, fake: FakeTelegram, person: Callable[[], int]) -> None:
    who = person()
    with bot(papers, fake):
        follow(fake, who)
        papers.write("nichtoeffentlich/antwort-2.txt", *ANSWER_ON_CARGO_BIKES)
        papers.write("baeder.txt", *OTHER_PAPER)
        papers.publish()
        looked(papers, fake)

    assert told(fake, who) == []


def test_a_motion_that_is_withdrawn_is_no_news_and_leaves_no_words(
    papers: Town, fake: FakeTelegram, person: Callable[[], int]
) -> None:
    who = person()
    with bot(papers, fake):
        follow(fake, who)
        fake.wait(lambda: rows(papers) == 1)
        (papers.papers / "anfrage.md").unlink()
        (papers.papers / "anfrage.meta.yaml").unlink()
        papers.publish()
        looked(papers, fake)

    assert told(fake, who) == []
    assert "Lastenräder".encode() not in (papers.state / FILE).read_bytes()


def test_a_chat_that_is_closed_to_the_bot_follows_nothing_any_more(
    papers: Town, fake: FakeTelegram, person: Callable[[], int]
) -> None:
    who = person()
    with bot(papers, fake):
        follow(fake, who)
        follow(fake, who, said="/antrag 2031/9101")
        assert rows(papers) == 2
        fake.blocked.add(who)
        answer(papers)
        fake.wait(lambda: any(call.code == 403 for call in fake.calls), 60)
        fake.wait(lambda: rows(papers) == 0)


def test_who_may_not_ask_any_more_is_told_nothing(papers: Town, fake: FakeTelegram, person: Callable[[], int]) -> None:
    who, other = person(), person()
    with bot(papers, fake):
        follow(fake, who)
        follow(fake, other)
    answer(papers)
    with bot(papers, fake, telegram_allowed_users=str(other)):
        fake.wait(lambda: told(fake, other), 60)

    assert told(fake, who) == []
    assert rows(papers) == 1


@pytest.mark.parametrize(
    ("fault", "times"),
    [
        pytest.param(Refused(502, "Bad Gateway"), 1, id="Telegram is down"),
        pytest.param(Refused(429, "Too Many Requests: retry after 0", retry_after=0), 1, id="too many at once"),
    ],
)
def test_what_could_not_be_delivered_is_told_at_the_next_look(
    papers: Town, fake: FakeTelegram, person: Callable[[], int], fault: Refused, times: int
) -> None:
    who = person()
    with bot(papers, fake):
        follow(fake, who)
        fake.faults.append(Fault(method="sendMessage", refused=fault, chat_id=who, times=times))
        answer(papers)
        fake.wait(lambda: told(fake, who), 60)
        looked(papers, fake)

    assert len(told(fake, who)) == 1


def test_a_button_of_a_motion_that_is_gone_says_so(papers: Town, fake: FakeTelegram, person: Callable[[], int]) -> None:
    who = person()
    with bot(papers, fake):
        fake.say(who, INQUIRY)
        shown = fake.messages_when(who, 1, 60)[0]

        assert "gilt nicht mehr" in fake.answer_when(fake.press(who, shown, "f:m0000000"))


def test_a_subscription_lapses_after_a_year(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        subscriptions = Subscriptions(store)
        one = Subscription(user_id=1, address=Address(chat_id=1), motion_id="m0000000", language=Language.DE, told="{}")
        subscriptions.add(one)
        now = dt.datetime.now(dt.UTC)

        store.expire(now, dt.timedelta(days=30))
        assert subscriptions.all() == (one,)
        store.expire(now + LAPSE, dt.timedelta(days=30))
        assert subscriptions.all() == ()


def test_many_changes_are_one_message_that_counts_the_rest(papers: Town) -> None:
    settings = Settings(_env_file=None, index_dir=papers.index_dir, state_dir=papers.state)
    motion = open_motions(settings).find("antrag.md")
    changes = [Change(motion=motion, point=motion.points[0], before=None)] * 60

    message = news(motion, changes, Language.DE)

    assert "weitere Punkte." in message.plain
    assert message.plain.endswith(f"/antrag {motion.motion_id}")


def test_a_mark_tells_a_new_point_from_one_that_changed(papers: Town) -> None:
    settings = Settings(_env_file=None, index_dir=papers.index_dir, state_dir=papers.state)
    motion = open_motions(settings).find("antrag.md")

    assert changes_since(mark_of(motion), motion) == ()
    assert [change.before for change in changes_since("{}", motion)] == [None] * len(motion.points)
    assert "Bürgerbüros" not in mark_of(motion)
