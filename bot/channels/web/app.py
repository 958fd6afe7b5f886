"""The routes, and everything put in front of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.channels.web.examples import Examples
from bot.channels.web.guard import UPLOAD_PATH, Envelope, Peers, Sessions
from bot.channels.web.house import House, environment
from bot.channels.web.pages import asking, doors, motions, papers, upkeep
from ingest.errors import RatslotseError

STATIC: Final = Path(__file__).parent / "static"

_ROUTES: Final[tuple[BaseRoute, ...]] = (
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
    Route("/anmelden", doors.sign_in_form, methods=["GET"]),
    Route("/anmelden", doors.sign_in, methods=["POST"]),
    Route("/abmelden", doors.sign_out, methods=["POST"]),
    Route("/sprache", doors.speak, methods=["POST"]),
    Route("/healthz", doors.health),
    Route("/robots.txt", doors.robots),
    Route("/verwaltung", upkeep.overview),
    Route(UPLOAD_PATH, upkeep.upload, methods=["POST"]),
    Route("/verwaltung/entwurf/{draft_id}", upkeep.draft, methods=["GET"]),
    Route("/verwaltung/entwurf/{draft_id}", upkeep.accept, methods=["POST"]),
    Route("/verwaltung/papier/{document_id}", upkeep.sidecar_form, methods=["GET"]),
    Route("/verwaltung/papier/{document_id}", upkeep.correct, methods=["POST"]),
    Route("/verwaltung/papier/{document_id}/zurueckziehen", upkeep.withdraw, methods=["POST"]),
)


def make_app(house: House) -> ASGIApp:
    """Return the web page as an ASGI application."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        # kept in a name: the loop itself holds tasks weakly
        ahead = asyncio.create_task(motions.work_out(house))
        yield
        ahead.cancel()
        for threads in (house.threads, house.ledger_threads):
            threads.shutdown(wait=False, cancel_futures=True)

    app = Starlette(
        routes=[*_ROUTES, Mount("/static", StaticFiles(directory=STATIC), name="static")],
        middleware=[Middleware(Sessions, key=house.state.key())],
        exception_handlers={HTTPException: doors.refused, RatslotseError: doors.no_papers},
        lifespan=lifespan,
    )
    app.add_exception_handler(Exception, doors.broken)
    app.state.house = house
    app.state.environment = environment()
    app.state.examples = Examples(house.public)
    return Peers(Envelope(app, house.limits.requests))
