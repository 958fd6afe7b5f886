"""/antraege and /antrag, where there is a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.app import open_motions
from bot.channels.telegram.render import LISTED_MOTIONS, motion_list
from bot.ledger import Motions
from bot.service import Ratslotse
from bot.types import Language
from ingest.settings import Settings
from tests.bot.telegram.bot_api import FakeTelegram, running
from tests.bot.telegram.conftest import serving, settings_for
from tests.bot.telegram.test_canary import SECRETS, TOPICS


@pytest.fixture(scope="module")
def ledger(index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Motions:
    return open_motions(Settings(_env_file=None, index_dir=index_dir, state_dir=tmp_path_factory.mktemp("ledger")))


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory, ratslotse: Ratslotse, ledger: Motions) -> Iterator[FakeTelegram]:
    """Return a fake with a bot before it that has a ledger."""
    state_dir = tmp_path_factory.mktemp("state")
    with running(FakeTelegram()) as fake, serving(settings_for(fake, state_dir), ratslotse, fake, motions=ledger):
        yield fake


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        pytest.param("/antraege", "Mehr Online-Termine in den Bürgerbüros", id="the list names its title"),
        pytest.param("/antraege", "/antrag ", id="the list says how to open it"),
        pytest.param("/antrag 9101/2023", "9101/2023 · SPD · 1. Februar 2023", id="a motion by its number"),
        pytest.param("/antrag 9101/2023", "Durchsucht: 5 Papiere", id="what was searched"),
        pytest.param("/antrag", "Bitte mit Nummer", id="no number"),
        pytest.param("/antrag 4711/1899", "gibt es hier nicht", id="a number that is not there"),
        pytest.param("/antrag " + "9" * 3000, "gibt es hier nicht", id="a very long number"),
        pytest.param("/antrag <b>", "gibt es hier nicht", id="marks are text"),
        pytest.param("/antrag\n9101/2023", "9101/2023 · SPD · 1. Februar 2023", id="on a line of its own"),
        pytest.param("/ANTRAG  9101/2023 ", "9101/2023 · SPD · 1. Februar 2023", id="capitals and spaces"),
        pytest.param("/antrag@ratslotse_bot 9101/2023", "9101/2023 · SPD · 1. Februar 2023", id="with the bot's name"),
        pytest.param("/antrag_9101", "kenne ich nicht", id="written as one word it is another command"),
        pytest.param("/antrag 🏛️", "gibt es hier nicht", id="an emoji"),
        pytest.param("/antrag \u202e3202/1019", "gibt es hier nicht", id="right to left"),
        pytest.param("/antrag ../../etc/passwd", "gibt es hier nicht", id="a path"),
        pytest.param("/antrag ' OR 1=1 --", "gibt es hier nicht", id="a query"),
        pytest.param("/antrag %", "gibt es hier nicht", id="a wildcard"),
        pytest.param("/antrag /antrag /antrag", "gibt es hier nicht", id="itself"),
        pytest.param("/antrag " + "𝔘" * 2000, "gibt es hier nicht", id="two units a letter"),
    ],
)
def test_motions_are_shown(council: FakeTelegram, person: Callable[[], int], said: str, shown: str) -> None:
    who = person()
    council.say(who, said)

    assert shown in council.messages_when(who, 1, 60)[0].text


def test_a_motion_is_found_by_the_id_that_the_list_names(council: FakeTelegram, person: Callable[[], int]) -> None:
    who = person()
    council.say(who, "/antraege")
    listed = council.messages_when(who, 1, 60)[0].text
    council.say(who, "/antrag " + listed.split("/antrag ")[1].split()[0])

    assert "Mehr Online-Termine" in council.messages_when(who, 2, 60)[1].text


def test_in_english_an_unknown_motion_is_told_in_english(council: FakeTelegram, person: Callable[[], int]) -> None:
    who = person()
    council.say(who, "/antrag 4711", language="en")

    assert "I cannot find this motion" in council.messages_when(who, 1, 60)[0].text


def test_no_motion_of_the_non_public_root_is_named(council: FakeTelegram, person: Callable[[], int]) -> None:
    people = [person() for _ in TOPICS]
    for who, topic in zip(people, TOPICS, strict=True):
        council.say(who, f"/antrag {topic}")
    for who, topic in zip(people, TOPICS, strict=True):
        (shown,) = council.messages_when(who, 1, 60)
        said = shown.text.replace(topic, "")
        assert not any(secret in said for secret in SECRETS)


def test_a_long_list_names_the_newest_and_counts_the_rest(ledger: Motions) -> None:
    (motion,) = ledger.all()

    blocks = motion_list([motion] * (LISTED_MOTIONS + 3), Language.DE)

    assert "… und 3 weitere." in blocks[-1].runs[0].text


def test_an_empty_list_says_so() -> None:
    assert "kein Antrag" in motion_list([], Language.DE)[0].runs[0].text
