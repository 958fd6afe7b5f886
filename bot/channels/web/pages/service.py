"""The state of the service for monitors, and the pages that only say why there is no other."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import uuid

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.channels.web.context import context_of, page, words_of
from bot.channels.web.guard import UPLOAD_BYTES
from ingest.errors import IndexMissing, IndexProblem, RatslotseError

log = logging.getLogger(__name__)


async def health(request: Request) -> Response:
    """Tell a monitor: generation and age of the public index, state of the model. 503 without an index."""
    context = context_of(request)
    try:
        state = (await asyncio.to_thread(context.public.library.states))[0]
    except IndexProblem as error:
        return JSONResponse({"status": type(error).__name__, "model": context.public.model}, 503)
    age_s = (dt.datetime.now(dt.UTC) - state.created).total_seconds()
    index = {"generation": state.generation, "created": state.created.isoformat(), "age_seconds": round(age_s)}
    told = {"status": "ok", "index": index, "documents": state.documents}
    return JSONResponse(told | {"model": context.public.model, "reader": context.public.reader})


async def robots(request: Request) -> Response:
    """Ask search engines to stay away: the papers are at the council's own site."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


async def refused(request: Request, error: Exception) -> Response:
    """Say in one sentence why a request was not answered."""
    assert isinstance(error, HTTPException)
    words = words_of(request).messages
    more = ""
    match error.status_code:
        case 404:
            title, more = words.not_found, words.not_found_more
        case 403:
            title = words.expired
        case 413:
            title = words.too_large.format(most=f"{UPLOAD_BYTES // 2**20} MB")
        case 429:
            title = words.too_many
        case _:
            title = words.bad_request
    response = page(request, "message.html", error.status_code, title=title, more=more)
    response.headers.update(error.headers or {})  # which methods are allowed
    return response


async def no_papers(request: Request, error: Exception) -> Response:
    """Say that the papers cannot be reached; what exactly is wrong goes to the log."""
    assert isinstance(error, RatslotseError)
    log.warning("%s: %s", type(error).__name__, error)
    words = words_of(request).messages
    if isinstance(error, IndexMissing):
        return page(request, "message.html", 503, title=words.no_index, more=words.no_index_more)
    return page(request, "message.html", 503, title=words.unavailable, more="")


async def broken(request: Request, error: Exception) -> Response:
    """Apologise for a mistake of ours, under a name by which the log has it."""
    incident = uuid.uuid4().hex[:8]
    log.error("incident=%s", incident, exc_info=error)
    return page(request, "message.html", 500, title=words_of(request).messages.failed.format(id=incident), more="")
