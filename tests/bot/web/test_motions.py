from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.web.pages import motions as motions_pages
from bot.ledger.types import MotionState, Outcome, Vote
from ingest.errors import UsageError
from tests.bot.web.conftest import Site, site_with
from tests.bot.web.town import CANARY


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


def test_a_decision_stands_in_the_head_with_its_source(
    motions_site: Site, town: tuple[Path, Path], tmp_path: Path
) -> None:
    known = motions_site.context.motions
    assert known is not None
    motion = next(one for one in known.all() if one.points and one.points[0].evidence)
    vote = Vote(outcome=Outcome.REJECTED, text="6 JA, 38 Nein", evidence=motion.points[0].evidence[0])

    class Decided:
        def all(self) -> tuple[MotionState, ...]:
            return (replace(motion, vote=vote, points=()),)

        def find(self, wanted: str) -> MotionState:
            return self.all()[0]

        def refresh(self) -> object:
            return ()

    with site_with(Decided(), town, tmp_path) as site:
        listed = site.client().get("/antraege")
        shown = site.client().get(f"/antraege/{motion.motion_id}")

        assert "Abgelehnt (" in listed.seen
        assert "6 JA, 38 Nein" in listed.seen
        assert "Abgelehnt (" in shown.seen
        assert site.client().get(shown.links("^/quelle/")[0].partition("#")[0]).status == 200


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("fraktion=SPD", True),
        ("gremium=Verwaltungsausschuss", True),
        ("fraktion=CDU", False),
        ("fraktion=SPD&gremium=Kulturausschuss", False),
        ("fraktion=%22%3E%3Cscript%3E", False),
    ],
)
def test_motions_are_narrowed_to_a_faction_and_a_committee(motions_site: Site, query: str, shown: bool) -> None:
    got = motions_site.client().get(f"/antraege?{query}")

    assert ("Mehr Online-Termine" in got.seen) is shown
    assert ("Zu dieser Auswahl gibt es keinen Antrag" in got.seen) is not shown
    assert 'value="SPD"' in got.text, "the other choices stay in sight"
    assert '"><script>' not in got.text


def test_a_motion_that_is_none_is_a_friendly_page(motions_site: Site) -> None:
    assert motions_site.client().get("/antraege/gibtsnicht").status == 404


def test_a_ledger_that_takes_its_time_keeps_nobody_waiting(
    town: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(motions_pages, "PATIENCE_S", 0.2)
    done = threading.Event()

    class Slow:
        def all(self) -> tuple[MotionState, ...]:
            done.wait(20)
            return ()

        def find(self, wanted: str) -> MotionState:
            raise UsageError(wanted)

        def refresh(self) -> object:
            return self.all()

    with site_with(Slow(), town, tmp_path) as site:
        client = site.client()
        waiting = [client.get("/antraege") for _ in range(4)]
        assert {got.status for got in waiting} == {503}
        assert "wird gerade ermittelt" in waiting[0].seen
        assert client.ask("Wie viele Stellen sind unbesetzt?").status == 200, "questions do not wait for it"
        done.set()
