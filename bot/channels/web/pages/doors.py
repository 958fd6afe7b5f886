"""Signing in and out, the language, the state of the service, and the pages that only say something."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import uuid

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from bot.channels.web.guard import UPLOAD_BYTES
from bot.channels.web.house import allow, house_of, page, posted, visitor_of, words_of
from bot.types import Language
from ingest.errors import IndexMissing, IndexProblem, RatslotseError

log = logging.getLogger(__name__)


async def sign_in_form(request: Request) -> Response:
    """Show the form."""
    if not house_of(request).staff.hashes:
        raise HTTPException(404)
    return page(request, "sign_in.html", problem="")


async def sign_in(request: Request) -> Response:
    """Check name and password; both take the same time whether or not there is such a name."""
    house, client = house_of(request), visitor_of(request).client
    form = await posted(request)
    name, password = form.text("name", 60), form.fields.get("password")
    allow(request, house.limits.sign_ins)
    known = isinstance(password, str) and await asyncio.to_thread(house.staff.knows, name, password[:200])
    if not known:
        log.warning("sign-in refused")
        return page(request, "sign_in.html", 403, problem=words_of(request).wrong_password)
    house.limits.sign_ins.forgive(client)
    language = request.session.get("language")
    request.session.clear()  # nothing that was in the browser before becomes part of the signed-in session
    request.session["ticket"] = await asyncio.to_thread(house.state.sign_in, name)
    if language:
        request.session["language"] = language
    return RedirectResponse("/verwaltung", 303)


async def sign_out(request: Request) -> Response:
    """End a session for good, in this browser and everywhere its cookie may be."""
    await posted(request)
    ticket = request.session.get("ticket")
    if isinstance(ticket, str):
        await asyncio.to_thread(house_of(request).state.sign_out, ticket)
    request.session.clear()
    return RedirectResponse("/", 303)


async def speak(request: Request) -> Response:
    """Change the language of everything around the quotes."""
    await posted(request)
    other = Language.EN if visitor_of(request).language is Language.DE else Language.DE
    request.session["language"] = other.value
    return RedirectResponse("/", 303)


async def health(request: Request) -> Response:
    """Tell a monitor: generation and age of the public index, state of the model. 503 without an index."""
    house = house_of(request)
    try:
        state = (await asyncio.to_thread(house.public.library.states))[0]
    except IndexProblem as error:
        return JSONResponse({"status": type(error).__name__, "model": house.public.model}, 503)
    age_s = (dt.datetime.now(dt.UTC) - state.created).total_seconds()
    index = {"generation": state.generation, "created": state.created.isoformat(), "age_seconds": round(age_s)}
    return JSONResponse({"status": "ok", "index": index, "documents": state.documents, "model": house.public.model})


async def robots(request: Request) -> Response:
    """Ask search engines to stay away: the papers are at the council's own site."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


async def refused(request: Request, error: Exception) -> Response:
    """Say in one sentence why a request was not answered."""
    assert isinstance(error, HTTPException)
    words = words_of(request)
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
    return page(request, "message.html", error.status_code, title=title, more=more)


async def no_papers(request: Request, error: Exception) -> Response:
    """Say that the papers cannot be reached; what exactly is wrong goes to the log."""
    assert isinstance(error, RatslotseError)
    log.warning("%s: %s", type(error).__name__, error)
    words = words_of(request)
    if isinstance(error, IndexMissing):
        return page(request, "message.html", 503, title=words.no_index, more=words.no_index_more)
    return page(request, "message.html", 503, title=words.unavailable, more="")


async def broken(request: Request, error: Exception) -> Response:
    """Apologise for a mistake of ours, under a name by which the log has it."""
    incident = uuid.uuid4().hex[:8]
    log.error("incident=%s", incident, exc_info=error)
    return page(request, "message.html", 500, title=words_of(request).failed.format(id=incident), more="")
