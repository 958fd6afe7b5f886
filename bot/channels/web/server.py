"""Opens the context from the settings and serves it."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
import socket
import threading
from collections.abc import Callable, Coroutine
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from bot.access import Access
from bot.channels.web.context import Context, Ledger
from bot.channels.web.intake import Intake
from bot.channels.web.staff import parse_staff
from bot.channels.web.state import State
from bot.feedback import FeedbackStore
from bot.service import Ratslotse
from bot.types import Language
from ingest.errors import UsageError
from ingest.index.layout import read_pointer, root_of
from ingest.settings import Settings
from ingest.types import Visibility

GOODBYE_S: Final = 5
"""How long answers under way may take once the service is told to end."""
MOST_CONNECTIONS: Final = 1_000
"""Beyond this a client is told to come again: far more than a council has members, far fewer than file handles."""
HEADER_BYTES: Final = 32 * 1024

_HOST: Final = re.compile(r"\*|(?:\*\.)?[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]+\]")

Companion = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
"""What runs beside the page until it is told to end: the Telegram bot in `ratslotse serve`."""


class Members:
    """Gives what signed-in members may ask: the public papers, and the non-public ones once there are any."""

    def __init__(self, public: Ratslotse, build: Callable[[Access], Ratslotse], index_dir: Path) -> None:
        self._public, self._build, self._index = public, build, index_dir
        self._lock = threading.Lock()
        self._both: Ratslotse | None = None

    def __call__(self) -> Ratslotse:
        """Return it, opened when it is first asked for."""
        with self._lock:
            if self._both is None and read_pointer(root_of(self._index, Visibility.NONPUBLIC)) is not None:
                self._both = self._build(Access.ALL)
            return self._both or self._public


def open_context(
    settings: Settings,
    index_dir: Path,
    build: Callable[[Access], Ratslotse],
    *,
    may_open_nonpublic: bool,
    motions: Ledger | None = None,
) -> Context:
    """Put together what the pages need.

    Args:
        settings: from the door.
        index_dir: holds both roots.
        build: opens what an access allows.
        may_open_nonpublic: False in `serve`, whatever the settings say.
        motions: pages of the ledger, if there is one.

    Raises:
        UsageError: `RATSLOTSE_WEB_STAFF` or `_ALLOWED_HOSTS` cannot be understood, or what they need is missing.
    """
    staff = parse_staff(settings.web_staff.get_secret_value(), settings.web_proxy_header)
    if settings.web_nonpublic and may_open_nonpublic and not staff.hashes:
        raise UsageError(
            "RATSLOTSE_WEB_NONPUBLIC ist gesetzt, aber niemand darf sich anmelden.", "Bitte RATSLOTSE_WEB_STAFF setzen."
        )
    public = build(Access.PUBLIC)
    state = State(settings.state_dir, retention_days=settings.retention_days)
    return Context(
        public=public,
        members=Members(public, build, index_dir) if settings.web_nonpublic and may_open_nonpublic else None,
        staff=staff,
        state=state,
        votes=FeedbackStore(settings.state_dir, retention_days=settings.retention_days),
        intake=Intake(
            corpus_dir=settings.corpus_dir, index_dir=index_dir, state_dir=settings.state_dir, encoder=settings.encoder
        ),
        language=Language(settings.language),
        motions=motions,
        allowed_hosts=parse_hosts(settings.web_allowed_hosts),
    )


def parse_hosts(setting: str) -> tuple[str, ...]:
    """Return the names under which the page answers: "*" (or blank) for all, "*.rat.example" for all below one.

    Raises:
        UsageError: a name cannot be one, or there is none between the commas.
    """
    hosts = tuple(filter(None, (name.strip() for name in setting.split(","))))
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise UsageError(
                f"„{host}“ in RATSLOTSE_WEB_ALLOWED_HOSTS ist kein Rechnername.",
                "Bitte Namen ohne Port und Pfad angeben, durch Kommas getrennt, zum Beispiel: ratslotse.example",
            )
    if setting.strip() and not hosts:
        raise UsageError(
            "RATSLOTSE_WEB_ALLOWED_HOSTS nennt keinen Rechnernamen.",
            "Bitte Namen angeben, durch Kommas getrennt, oder * für alle.",
        )
    return hosts or ("*",)


def listen(host: str, port: int) -> socket.socket:
    """Take the address before anything heavy is loaded.

    Raises:
        UsageError: it is in use, or none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"Unter {host}, Port {port} kann nicht gelauscht werden ({getattr(error, 'strerror', None) or error}).",
            "Läuft dort schon ein Ratslotse? Sonst bitte --port angeben.",
        ) from error


def server(app: ASGIApp) -> uvicorn.Server:
    """Return a server for the page: no access log (addresses name papers and people), no name of its own."""
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",  # the other one takes headers of any length into memory
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,  # `guard.Peers` decides whom to believe
            lifespan="on",
            ws="none",
            limit_concurrency=MOST_CONNECTIONS,
            h11_max_incomplete_event_size=HEADER_BYTES,
            timeout_graceful_shutdown=GOODBYE_S,
        )
    )


def serve(app: ASGIApp, at: socket.socket, companion: Companion | None = None) -> None:
    """Serve until interrupted.

    Args:
        app: the page.
        at: from `listen`; closed at the end.
        companion: runs in the same process until the event is set. When either of the two ends, so does the other.

    Raises:
        Exception: whatever ended the companion.
    """
    with closing(at):
        asyncio.run(_together(app, at, companion))


def address(at: socket.socket) -> str:
    """Return host and port as a browser writes them."""
    host, port = at.getsockname()[:2]
    return f"[{host}]:{port}" if at.family == socket.AF_INET6 else f"{host}:{port}"


async def _together(app: ASGIApp, at: socket.socket, companion: Companion | None) -> None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # uvicorn catches signals while it serves and raises them again afterwards: then they only end the companion
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    page = server(app)
    tasks = [asyncio.create_task(page.serve(sockets=[at]))]
    if companion is not None:
        tasks.append(asyncio.create_task(companion(stop)))
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    page.should_exit = True
    stop.set()
    await asyncio.gather(*tasks)
