from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import open_motions
from bot.channels.web.house import Ledger
from bot.channels.web.pages import motions as room
from bot.ledger.types import MotionState
from ingest.errors import UsageError
from ingest.settings import Settings
from tests.bot.web.conftest import Site, open_site, running
from tests.bot.web.town import CANARY


def site_with(ledger: Ledger, town: tuple[Path, Path], state: Path) -> Iterator[Site]:
    house = replace(open_site(*town, state), motions=ledger)
    with running(house) as port:
        yield Site(port=port, house=house, corpus=town[0], index=town[1], state=state)


@pytest.fixture(scope="module")
def motions_site(town: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    state = tmp_path_factory.mktemp("zustand")
    yield from site_with(open_motions(Settings(_env_file=None, index_dir=town[1], state_dir=state)), town, state)


def test_the_motions_and_how_their_points_stand_are_shown(motions_site: Site) -> None:
    client = motions_site.client()
    listed = client.get("/antraege")
    address = listed.links("^/antraege/")[0]
    shown = client.get(address)

    assert "Mehr Online-Termine in den Bürgerbüros" in listed.seen
    assert "9101/2023 · SPD" in shown.seen
    assert "wie viele Stellen unbesetzt sind" in shown.seen
    assert '<a href="/antraege"' in client.get("/").text, "the menu has the entry"
    source = next(link for link in shown.links("^/quelle/"))
    assert client.get(source.partition("#")[0]).status == 200
    assert CANARY not in listed.text + shown.text


def test_a_motion_that_is_none_is_a_friendly_page(motions_site: Site) -> None:
    assert motions_site.client().get("/antraege/gibtsnicht").status == 404


def test_a_ledger_that_takes_its_time_keeps_nobody_waiting(
    town: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PATIENCE_S", 0.2)
    done = threading.Event()

    class Slow:
        def all(self) -> tuple[MotionState, ...]:
            done.wait(20)
            return ()

        def find(self, wanted: str) -> MotionState:
            raise UsageError(wanted)

        def refresh(self) -> object:
            return self.all()

    for site in site_with(Slow(), town, tmp_path):
        client = site.client()
        waiting = [client.get("/antraege") for _ in range(4)]
        assert {got.status for got in waiting} == {503}
        assert "wird gerade ermittelt" in waiting[0].seen
        assert client.ask("Wie viele Stellen sind unbesetzt?").status == 200, "questions do not wait for it"
        done.set()
