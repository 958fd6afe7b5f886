"""The motions and how their points stand, as the ledger has worked it out from the public papers."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Final, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.context import Context, Ledger, context_of, page, words_of
from bot.channels.web.forms import choices
from ingest.errors import IndexProblem, UsageError

Value = TypeVar("Value")

PATIENCE_S: Final = 8.0
"""A ledger that is kept is there at once; working one out for 600 papers takes up to a minute."""


async def motions(request: Request) -> Response:
    """List the motions, newest first, with how far each is."""
    ledger = _ledger(request)
    found = await _in_time(request, ledger.all)
    if found is None:
        return _later(request)
    faction = request.query_params.get("fraktion", "")[:200]
    body = request.query_params.get("gremium", "")[:200]
    chosen = [one for one in found if (not faction or faction in one.factions) and (not body or body == one.body)]
    newest = sorted(chosen, key=lambda motion: (motion.date or dt.date.min, motion.path), reverse=True)
    headers = await asyncio.to_thread(context_of(request).public.library.headers)
    summaries = {header.document_id: header.summary_of for header in headers}
    return page(
        request,
        "motions.html",
        motions=newest,
        summaries=summaries,
        faction=faction,
        body=body,
        factions=choices(one for motion in found for one in motion.factions),
        bodies=choices(motion.body for motion in found),
    )


async def motion(request: Request) -> Response:
    """Show one motion, point by point, with the words that show its state."""
    ledger, wanted = _ledger(request), request.path_params["motion_id"]
    try:
        found = await _in_time(request, lambda: ledger.find(wanted))
    except IndexProblem:
        raise
    except UsageError as error:
        raise HTTPException(404) from error
    if found is None:
        return _later(request)
    paper = await asyncio.to_thread(context_of(request).public.library.paper, found.document_id)
    return page(request, "motion.html", motion=found, summary_of=paper.summary_of if paper else None)


async def work_out(context: Context) -> None:
    """Have the ledger of now worked out before somebody asks for it."""
    if context.motions is None:
        return
    try:
        await asyncio.get_running_loop().run_in_executor(context.ledger_threads, context.motions.refresh)
    except IndexProblem:
        return  # there are no papers yet; whoever looks is told so


async def _in_time(request: Request, work: Callable[[], Value]) -> Value | None:
    """Return what a thread gives, None if it takes too long; what has begun goes on, so that a later visitor has it."""
    running = asyncio.get_running_loop().run_in_executor(context_of(request).ledger_threads, work)
    done, _ = await asyncio.wait([running], timeout=PATIENCE_S)
    if not done:
        running.add_done_callback(lambda late: late.cancelled() or late.exception())
        running.cancel()  # if it has not begun: it waits behind the very work that it would ask for
        return None
    return running.result()


def _ledger(request: Request) -> Ledger:
    ledger = context_of(request).motions
    if ledger is None:
        raise HTTPException(404)
    return ledger


def _later(request: Request) -> Response:
    words = words_of(request).motions
    return page(request, "message.html", 503, title=words.later, more=words.later_more)
