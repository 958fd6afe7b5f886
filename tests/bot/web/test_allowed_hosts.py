"""Under which names the page answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.web.server import parse_hosts
from ingest.errors import UsageError
from tests.bot.web.conftest import Site, site_of


@pytest.fixture(scope="module")
def named(town: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run a page that answers under some names only."""
    hosts = "ratslotse.example, *.rat.example"
    with site_of(*town, tmp_path_factory.mktemp("zustand"), web_allowed_hosts=hosts) as site:
        yield site


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("ratslotse.example", 200),
        ("RATSLOTSE.example:8080", 200),
        ("www.rat.example", 200),
        ("rat.example", 400),
        ("www.ratslotse.example", 400),
        ("boese.example", 400),
        ("ratslotse.example.boese.example", 400),
        ("", 400),
    ],
)
def test_a_page_with_allowed_hosts_answers_under_these_only(named: Site, host: str, status: int) -> None:
    got = named.client().get("/", Host=host)

    assert got.status == status
    assert got.headers["x-content-type-options"] == "nosniff"


def test_a_page_without_allowed_hosts_answers_under_every_name(site: Site) -> None:
    assert site.client().get("/", Host="boese.example").status == 200


@pytest.mark.parametrize("setting", ["https://rat.example", "rat.example:80", "a*b", "rat.*", "rat example", "*a.de"])
def test_a_host_that_is_none_stops_the_start(setting: str) -> None:
    with pytest.raises(UsageError, match="RATSLOTSE_WEB_ALLOWED_HOSTS"):
        parse_hosts(f"rat.example, {setting}")


@pytest.mark.parametrize("setting", [",", " , ", ",,"])
def test_allowed_hosts_without_a_name_stop_the_start(setting: str) -> None:
    with pytest.raises(UsageError, match="RATSLOTSE_WEB_ALLOWED_HOSTS"):
        parse_hosts(setting)


@pytest.mark.parametrize(
    ("setting", "hosts"),
    [
        ("", ("*",)),
        (" ", ("*",)),
        ("rat.example,", ("rat.example",)),
        ("rats_lotse, *.rat_1.example", ("rats_lotse", "*.rat_1.example")),
    ],
)
def test_allowed_hosts_are_names_or_all(setting: str, hosts: tuple[str, ...]) -> None:
    assert parse_hosts(setting) == hosts
