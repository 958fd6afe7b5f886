"""What Telegram refuses, loses or delays, and what the bot makes of it."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from bot.channels.telegram.thread_pool import ThreadPool
from bot.service import Ratslotse
from bot.types import Citation, Question
from ingest.errors import IndexMissing, UsageError
from ingest.settings import Settings
from tests.bot.telegram.bot_api import FakeTelegram
from tests.bot.telegram.conftest import GEO, REPEAT, Watch, serving, settings_for
from tests.bot.telegram.odd import Held, Odd
from tests.bot.telegram.wire import TOKEN, Fault, Refused

pytestmark = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2:DeprecationWarning")
"""The library warns of its own attribute each time Telegram answers 429."""


def test_429_waits_as_long_as_it_was_told_and_answers_once(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse
) -> None:
    fake.faults.append(Fault(method="sendMessage", refused=Refused(429, "Too Many Requests", retry_after=1)))
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        fake.say(7, GEO)
        (shown,) = fake.messages_when(7, 1)

    refused, sent = [call for call in fake.calls if call.method == "sendMessage"]
    assert (refused.code, sent.code) == (429, 200)
    assert sent.at - refused.at >= 1.0
    assert REPEAT not in shown.text


def test_429_for_longer_than_the_retries_answers_later_without_calling_it_a_repeat(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.app.RETRIES", 1)
    fake.faults.append(Fault(method="sendMessage", refused=Refused(429, "Too Many Requests", retry_after=1), times=2))
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        fake.say(7, GEO)
        (shown,) = fake.messages_when(7, 1, 30)

    assert "412" in shown.text
    assert REPEAT not in shown.text


def test_403_of_one_who_blocked_the_bot_is_no_error_and_others_are_answered(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, watch: Watch
) -> None:
    fake.blocked.add(7)
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        fake.say(7, GEO)
        fake.say(8, GEO)
        fake.messages_when(8, 1)
        fake.wait(lambda: any(call.code == 403 for call in fake.calls))

    assert fake.messages(7) == []
    assert watch.errors == []
    assert sum(call.code == 403 for call in fake.calls) == 1


def test_an_answer_that_telegram_lost_on_the_way_back_is_repeated_and_marked(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse
) -> None:
    fake.faults.append(Fault(method="sendMessage", cut=True))
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        fake.say(7, GEO)
        first, again = fake.messages_when(7, 2)

    assert REPEAT not in first.text
    assert again.text.startswith(REPEAT)


def test_html_that_telegram_does_not_parse_is_sent_as_plain_text(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, watch: Watch
) -> None:
    refused = Refused(400, "Bad Request: can't parse entities: Unsupported start tag")
    fake.faults.append(Fault(method="sendMessage", refused=refused))
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        fake.say(7, GEO)
        (shown,) = fake.messages_when(7, 1)

    assert "412" in shown.text
    assert shown.entities == 0
    assert "<b>" not in shown.text
    assert watch.errors == []


def test_a_group_that_became_another_gets_the_answer_there(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse
) -> None:
    fake.faults.append(
        Fault(method="sendMessage", refused=Refused(400, "Bad Request: group upgraded", migrate_to_chat_id=-77))
    )
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        fake.say(8, "Guten Tag", chat=-77)
        fake.say(7, f"@ratslotse_bot {GEO}", chat=-7)
        (shown,) = fake.messages_when(-77, 1)

    assert "412" in shown.text


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        pytest.param(409, "Ein zweites Programm holt mit demselben Token", id="another process polls"),
        pytest.param(502, "Telegram ist nicht erreichbar", id="Telegram is down"),
    ],
)
def test_trouble_while_polling_is_told_once_and_passes(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, watch: Watch, code: int, sentence: str
) -> None:
    fake.faults.append(Fault(method="getUpdates", refused=Refused(code, "no"), times=2))
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        fake.say(7, GEO)
        fake.messages_when(7, 1, 30)

    assert sum(sentence in line for line in watch.lines) == 1
    assert watch.errors == []


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(
            Fault(method="getMe", refused=Refused(502, "Bad Gateway")), id="Telegram is down: the bot waits for it"
        ),
        pytest.param(
            Fault(method="setMyCommands", refused=Refused(400, "Bad Request: BOT_COMMAND_INVALID"), times=9),
            id="the menu is not taken: the bot goes on without one",
        ),
    ],
)
def test_trouble_at_the_start_keeps_nobody_from_asking(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, fault: Fault
) -> None:
    fake.faults.append(replace(fault))
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        fake.say(7, GEO)
        fake.messages_when(7, 1)


def test_a_refused_token_is_one_sentence_without_the_token(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse
) -> None:
    fake.token = "other"
    settings = settings_for(fake, tmp_path).model_copy(
        update={"telegram_token": type(settings_for(fake, tmp_path).telegram_token)(TOKEN)}
    )

    with pytest.raises(UsageError, match="nimmt das Token nicht an") as refused, serving(settings, ratslotse, fake):
        pass

    assert TOKEN not in repr(refused.getrepr())


def test_a_token_revoked_while_it_runs_ends_the_bot_with_the_same_sentence(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.app.PULSE_S", 0.2)
    settings = settings_for(fake, tmp_path)

    with pytest.raises(UsageError, match="nimmt das Token nicht an"):
        revoked_while_running(settings, ratslotse, fake)


def revoked_while_running(settings: Settings, ratslotse: Ratslotse, fake: FakeTelegram) -> None:
    with serving(settings, ratslotse, fake):
        fake.token = "revoked"
        fake.wait(lambda: sum(call.code == 401 for call in fake.calls) >= 2)
        time.sleep(0.5)


def test_the_token_is_in_no_log(fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, watch: Watch) -> None:
    logging.getLogger("httpx").setLevel(logging.NOTSET)
    fake.faults.append(Fault(method="sendMessage", refused=Refused(400, f"Bad Request: {TOKEN}"), chat_id=7))
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        fake.say(7, GEO)
        fake.wait(lambda: any(call.code == 400 for call in fake.calls))
        fake.say(8, GEO)
        fake.messages_when(8, 1)
        logging.getLogger("anything").warning("https://api.telegram.org/bot%s/getMe", TOKEN)

    assert any("***" in line for line in watch.lines)
    assert TOKEN not in "\n".join(watch.lines)


def test_an_index_that_cannot_be_read_is_one_polite_sentence(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, watch: Watch
) -> None:
    def missing(_: Question) -> None:
        raise IndexMissing(tmp_path)

    with serving(settings_for(fake, tmp_path), Odd(ratslotse, missing), fake):
        fake.say(7, GEO)
        (shown,) = fake.messages_when(7, 1)

    assert "Gerade kann ich die Papiere nicht lesen" in shown.text
    assert str(tmp_path) not in shown.text
    assert watch.errors == []


def test_a_button_of_a_paper_that_vanished_says_so(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, watch: Watch
) -> None:
    class Withdrawn(Odd):
        def source(self, citation: Citation) -> None:
            return None

    with serving(settings_for(fake, tmp_path), Withdrawn(ratslotse, lambda _: None), fake):
        fake.say(7, GEO)
        (shown,) = fake.messages_when(7, 1)
        told = fake.answer_when(fake.press(7, shown, shown.buttons["Quelle 1"]))

    assert "Dieses Papier ist nicht mehr da" in told
    assert len(fake.messages(7)) == 1
    assert watch.errors == []


def test_a_mistake_of_ours_is_an_apology_with_an_id_that_the_log_has(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, watch: Watch
) -> None:
    def broken(_: Question) -> None:
        raise ZeroDivisionError

    with serving(settings_for(fake, tmp_path), Odd(ratslotse, broken), fake):
        fake.say(7, GEO)
        (shown,) = fake.messages_when(7, 1)

    incident = shown.text.rstrip(".").split()[-1]
    assert any(incident in line and "ZeroDivisionError" in line for line in watch.errors)
    assert GEO not in "\n".join(watch.lines)


def test_a_search_that_takes_too_long_is_given_up(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.app.ThreadPool", lambda: ThreadPool(limit_s=0.3))
    held = Held(ratslotse)
    with serving(settings_for(fake, tmp_path), held, fake):
        fake.say(7, GEO)
        (shown,) = fake.messages_when(7, 1)
        held.let_go.set()

    assert "zu lange gedauert" in shown.text


def test_progress_is_a_draft_at_most_once_a_second_and_always_followed_by_the_answer(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse
) -> None:
    with serving(settings_for(fake, tmp_path), Odd(ratslotse, lambda _: time.sleep(2.2)), fake):
        fake.say(7, GEO)
        (shown,) = fake.messages_when(7, 1)

    times = [at for _, _, at in fake.drafts]
    assert len(times) >= 2
    assert all(later - earlier >= 0.99 for earlier, later in pairwise(times))
    assert "Ich suche in 5 Papieren" in fake.drafts[0][1]
    assert fake.calls[-1].method != "sendMessageDraft"
    assert "412" in shown.text


def test_progress_in_a_group_is_typing_and_one_message(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse
) -> None:
    with serving(settings_for(fake, tmp_path), Odd(ratslotse, lambda _: time.sleep(0.5)), fake):
        fake.say(7, f"@ratslotse_bot {GEO}", chat=-7)
        fake.messages_when(-7, 1)

    assert [call.method for call in fake.calls if call.parameters.get("chat_id") == -7] == [
        "sendChatAction",
        "sendMessage",
    ]


def test_progress_that_telegram_does_not_know_is_typing(
    fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse, watch: Watch
) -> None:
    fake.faults.append(Fault(method="sendMessageDraft", refused=Refused(404, "Not Found"), times=9))
    with serving(settings_for(fake, tmp_path), Odd(ratslotse, lambda _: time.sleep(1.0)), fake):
        fake.say(7, GEO)
        fake.messages_when(7, 1)

    assert any(call.method == "sendChatAction" for call in fake.calls)
    assert watch.errors == []


def test_a_quick_answer_needs_no_progress(fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse) -> None:
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        fake.say(7, GEO)
        fake.messages_when(7, 1)

    assert fake.drafts == []


def test_the_menu_is_set_in_both_languages(fake: FakeTelegram, tmp_path: Path, ratslotse: Ratslotse) -> None:
    with serving(settings_for(fake, tmp_path), ratslotse, fake):
        pass

    codes = [call.parameters.get("language_code") for call in fake.calls if call.method == "setMyCommands"]
    assert codes == [None, "de", "en"]
