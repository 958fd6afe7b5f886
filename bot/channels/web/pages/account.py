"""Signing in and out, and the language."""

from __future__ import annotations

import asyncio
import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.web.context import allow, context_of, page, posted, visitor_of, words_of
from bot.types import Language

log = logging.getLogger(__name__)


async def sign_in_form(request: Request) -> Response:
    """Show the form."""
    if not context_of(request).staff.hashes:
        raise HTTPException(404)
    return page(request, "sign_in.html", problem="")


async def sign_in(request: Request) -> Response:
    """Check name and password; both take the same time whether or not there is such a name."""
    context, client = context_of(request), visitor_of(request).client
    form = await posted(request)
    name, password = form.text("name", 60), form.fields.get("password")
    allow(request, context.limits.sign_ins)
    known = isinstance(password, str) and await asyncio.to_thread(context.staff.knows, name, password[:200])
    if not known:
        log.warning("sign-in refused")
        return page(request, "sign_in.html", 403, problem=words_of(request).account.wrong_password)
    context.limits.sign_ins.give_back(
        client
    )  # not more: whoever has a password of their own may not try others' for it
    language = request.session.get("language")
    request.session.clear()  # nothing that was in the browser before becomes part of the signed-in session
    request.session["ticket"] = await asyncio.to_thread(context.state.sign_in, name)
    if language:
        request.session["language"] = language
    return RedirectResponse("/verwaltung", 303)


async def sign_out(request: Request) -> Response:
    """End a session for good, in this browser and everywhere its cookie may be."""
    await posted(request)
    ticket = request.session.get("ticket")
    if isinstance(ticket, str):
        await asyncio.to_thread(context_of(request).state.sign_out, ticket)
    request.session.clear()
    return RedirectResponse("/", 303)


async def speak(request: Request) -> Response:
    """Change the language of everything around the quotes."""
    await posted(request)
    other = Language.EN if visitor_of(request).language is Language.DE else Language.DE
    request.session["language"] = other.value
    return RedirectResponse("/", 303)
