"""The web page as it runs: uvicorn on loopback, papers of an invented town."""

from __future__ import annotations

import asyncio
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import bcrypt
import pytest
from pydantic import SecretStr

from bot.app import build, open_motions
from bot.channels.web.app import make_app
from bot.channels.web.context import Context, Ledger, Limits
from bot.channels.web.limits import Limiter, Rate
from bot.channels.web.server import listen, open_context, server
from ingest.embedding import load_encoder
from ingest.index.generation import current_generation
from ingest.index.layout import root_of
from ingest.pipeline import add
from ingest.settings import Settings
from ingest.types import Visibility
from tests.bot.web.client import Client
from tests.bot.web.town import build_town

NAME, PASSWORD = "Erika", "neunundneunzig Ballons"
FREE = Rate(burst=10**9, every_s=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running page."""

    port: int
    context: Context
    corpus: Path
    index: Path
    state: Path

    def client(self, source: str = "127.0.0.1") -> Client:
        return Client(port=self.port, source=source)

    def staff(self) -> Client:
        client = self.client()
        assert client.sign_in(NAME, PASSWORD).status == 303
        return client

    def document_id(self, path_ends: str, visibility: Visibility = Visibility.PUBLIC) -> str:
        generation = current_generation(root_of(self.index, visibility))
        assert generation is not None
        catalogue = generation.catalogue()
        try:
            return next(one.document_id for one in catalogue.all_headers() if one.path.endswith(path_ends))
        finally:
            catalogue.close()


@pytest.fixture(scope="session")
def hashed() -> str:
    """Return a hash that is quickly compared: it is not what these tests are about, and 80 of them sign in."""
    return bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode("ascii")


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return corpus and index of the town."""
    corpus, index = tmp_path_factory.mktemp("papiere"), tmp_path_factory.mktemp("index")
    build_town(corpus)
    report = add(index, [corpus], load_encoder("bundled"))
    assert [file.path for file in report.files if file.outcome == "failed"] == ["nichtoeffentlich/kaputt.pdf"]
    return corpus, index


@contextmanager
def running(context: Context) -> Iterator[int]:
    """Serve a page as it is, in a thread of its own; return its port."""
    at = listen("127.0.0.1", 0)
    page = server(make_app(context))
    thread = threading.Thread(target=lambda: asyncio.run(page.serve(sockets=[at])))
    thread.start()
    try:
        while not page.started and thread.is_alive():
            time.sleep(0.01)
        yield at.getsockname()[1]
    finally:
        page.should_exit = True
        thread.join(20)
        at.close()


def open_site(
    corpus: Path, index: Path, state: Path, *, serve: bool = False, free: bool = True, **values: Any
) -> Context:
    """Open the page from settings; without limits of rate unless asked for."""
    settings = Settings(_env_file=None, corpus_dir=corpus, index_dir=index, state_dir=state, **values)
    context = open_context(
        settings,
        index,
        lambda access: build(index_dir=index, encoder_name="bundled", access=access),
        may_open_nonpublic=not serve,
    )
    unlimited = Limits(
        requests=Limiter(FREE),
        questions=Limiter(FREE),
        drawings=Limiter(FREE),
        sign_ins=Limiter(FREE),
        uploads=Limiter(FREE),
    )
    return replace(context, limits=unlimited) if free else context


@contextmanager
def site_of(corpus: Path, index: Path, state: Path, **values: Any) -> Iterator[Site]:
    """Run a page of its own."""
    context = open_site(corpus, index, state, **values)
    with running(context) as port:
        yield Site(port=port, context=context, corpus=corpus, index=index, state=state)


@pytest.fixture(scope="session")
def site(town: tuple[Path, Path], hashed: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run a page whose staff may see everything; its papers stay as they are."""
    corpus, index = town
    staff = SecretStr(f"{NAME}:{hashed}")
    with site_of(corpus, index, tmp_path_factory.mktemp("zustand"), web_staff=staff, web_nonpublic=True) as site:
        yield site


@contextmanager
def site_with(ledger: Ledger, town: tuple[Path, Path], state: Path) -> Iterator[Site]:
    """Run a page with a ledger."""
    context = replace(open_site(*town, state), motions=ledger)
    with running(context) as port:
        yield Site(port=port, context=context, corpus=town[0], index=town[1], state=state)


@pytest.fixture(scope="session")
def motions_site(town: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run a page that knows what has become of the motions."""
    state = tmp_path_factory.mktemp("zustand")
    ledger = open_motions(Settings(_env_file=None, index_dir=town[1], state_dir=state))
    with site_with(ledger, town, state) as site:
        yield site


@pytest.fixture
def own_town(town: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """Return a corpus and an index that a test may change."""
    corpus, index = tmp_path / "papiere", tmp_path / "index"
    shutil.copytree(town[0], corpus, ignore=shutil.ignore_patterns("bericht-*"))  # they only fill lists
    add(index, [corpus], load_encoder("bundled"))
    return corpus, index


@pytest.fixture
def own_site(own_town: tuple[Path, Path], hashed: str, tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Return a function that runs a page over papers that a test may change."""
    with ExitStack() as stack:

        def start(**values: Any) -> Site:
            given = {"web_staff": SecretStr(f"{NAME}:{hashed}"), "web_nonpublic": True} | values
            return stack.enter_context(site_of(*own_town, tmp_path / "zustand", **given))

        yield start
