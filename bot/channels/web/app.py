"""The routes, and everything put in front of them."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.channels.web.context import Context, environment
from bot.channels.web.examples import Examples
from bot.channels.web.guard import UPLOAD_PATH, Hardening, Peers, Sessions
from bot.channels.web.pages import account, asking, motions, papers, service, upkeep
from ingest.errors import RatslotseError

log = logging.getLogger(__name__)

STATIC: Final = Path(__file__).parent / "static"

ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route("/", asking.start, methods=["GET"]),
    Route("/", asking.ask, methods=["POST"]),
    Route("/neu", asking.forget, methods=["POST"]),
    Route("/antwort/{given_id}/link", asking.make_link, methods=["POST"]),
    Route("/antwort/{given_id}/urteil", asking.judge, methods=["POST"]),
    Route("/link/{link_id}", asking.linked),
    Route("/papiere", papers.papers),
    Route("/papier/{document_id}", papers.paper),
    Route("/papier/{document_id}/seite/{page:int}", papers.paper_page),
    Route("/papier/{document_id}/seite/{page:int}.png", papers.picture),
    Route("/quelle/{document_id}/{start:int}-{end:int}", papers.source),
    Route("/antraege", motions.motions),
    Route("/antraege/{motion_id}", motions.motion),
    Route("/anmelden", account.sign_in_form, methods=["GET"]),
    Route("/anmelden", account.sign_in, methods=["POST"]),
    Route("/abmelden", account.sign_out, methods=["POST"]),
    Route("/sprache", account.speak, methods=["POST"]),
    Route("/healthz", service.health),
    Route("/robots.txt", service.robots),
    Route("/verwaltung", upkeep.overview),
    Route(UPLOAD_PATH, upkeep.upload, methods=["POST"]),
    Route("/verwaltung/entwurf/{draft_id}", upkeep.draft, methods=["GET"]),
    Route("/verwaltung/entwurf/{draft_id}", upkeep.accept, methods=["POST"]),
    Route("/verwaltung/papier/{document_id}", upkeep.sidecar_form, methods=["GET"]),
    Route("/verwaltung/papier/{document_id}", upkeep.correct, methods=["POST"]),
    Route("/verwaltung/papier/{document_id}/festlegen", upkeep.settle, methods=["POST"]),
    Route("/verwaltung/papier/{document_id}/zurueckziehen", upkeep.withdraw, methods=["POST"]),
)


TIDY_S: Final = 3600.0


async def _keep_no_longer(context: Context) -> None:
    """Drop what is older than was promised, also while nobody comes."""
    while True:
        try:
            await asyncio.to_thread(context.state.drop_old)
        except (OSError, sqlite3.Error) as error:
            log.warning("%s while dropping old entries", type(error).__name__)
        await asyncio.sleep(TIDY_S)


def make_app(context: Context) -> ASGIApp:
    """Return the web page as an ASGI application."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # kept in a name: the loop itself holds tasks weakly
        beside = (asyncio.create_task(motions.work_out(context)), asyncio.create_task(_keep_no_longer(context)))
        yield
        for task in beside:
            task.cancel()
        for threads in (context.threads, context.ledger_threads):
            threads.shutdown(wait=False, cancel_futures=True)

    app = Starlette(
        routes=[*ROUTES, Mount("/static", StaticFiles(directory=STATIC), name="static")],
        middleware=[Middleware(Sessions, key=context.state.key())],
        exception_handlers={HTTPException: service.refused, RatslotseError: service.no_papers},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # such a redirect would lead wherever the Host header says
    app.add_exception_handler(Exception, service.broken)
    app.state.context = context
    app.state.environment = environment()
    app.state.examples = Examples(context.public)
    # no redirect to "www.": it too would lead wherever the Host header says
    named = TrustedHostMiddleware(app, context.allowed_hosts, www_redirect=False)
    return Peers(Hardening(named, context.limits.requests))
