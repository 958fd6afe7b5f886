"""Questions and answers: the same form works with a streamed reply (NDJSON) and without JavaScript (a page)."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import logging
import secrets
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from bot.access import Access
from bot.channels.web.context import Given, allow, context_of, fragment, page, posted, visitor_of, words_of
from bot.channels.web.examples import Examples
from bot.channels.web.forms import Form
from bot.channels.web.state import Linked
from bot.feedback import Channel, Fault, Feedback, Verdict, rated
from bot.phrases.decline import told
from bot.phrases.reply import holdings
from bot.question.courtesy import courtesy_in
from bot.question.understanding import MAX_QUESTION_CHARS
from bot.types import Answered, Question, Reply
from ingest.errors import IndexMissing, RatslotseError

log = logging.getLogger(__name__)

NDJSON: Final = "application/x-ndjson"
HISTORY_CHARS: Final = 2_200
"""Of earlier questions as JSON in the session cookie: with signature and tokens it stays below 4,096 bytes."""
REMEMBERED_CHARS: Final = 400
"""Of one earlier question: what follows on it leans on its words, not on its length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a page or a stream says of one question: a reply under its id, or why there is none."""

    question: str
    given_id: str
    given: Given | None
    failure: str = ""
    failure_more: str = ""
    is_expected: bool = True


async def start(request: Request) -> Response:
    """Show the form, examples, and what was asked before."""
    return await _start(request)


async def ask(request: Request) -> Response:
    """Answer a question: as a stream where the script asks for one, as a page for everybody else."""
    context, visitor = context_of(request), visitor_of(request)
    form = await posted(request)
    allow(request, context.limits.questions)
    text = form.text("question", MAX_QUESTION_CHARS)
    if not text:
        return await _start(request, status=422, problem=words_of(request).asking.empty_question)
    history = tuple(map(str, request.session.get("history", ())))
    question = Question(text=text, history=history, language=visitor.language)
    access = Access.ALL if form.text("nonpublic") and visitor.access is Access.ALL else Access.PUBLIC
    if courtesy_in(text) is None:
        request.session["history"] = _remembered((*history, text[:REMEMBERED_CHARS]))
    if NDJSON in request.headers.get("accept", ""):
        return StreamingResponse(_stream(request, question, access), media_type=NDJSON)
    shown = await _answered(request, question, access)
    return await _start(request, shown=shown, status=200 if shown.is_expected else 500)


async def forget(request: Request) -> Response:
    """Begin a new topic."""
    await posted(request)
    request.session.pop("history", None)
    return RedirectResponse("/", 303)


async def make_link(request: Request) -> Response:
    """Keep a question so that colleagues can see its answer, and lead to the page that shows it."""
    await posted(request)
    context, given = context_of(request), _given(request)
    allow(request, context.limits.questions)
    if given is None or not context.state.retention_days:
        return page(request, "message.html", 410, title=words_of(request).asking.gone_question, more="")
    link_id = await asyncio.to_thread(context.state.link, Linked(question=given.question, access=given.access))
    return RedirectResponse(f"/link/{link_id}", 303)


async def linked(request: Request) -> Response:
    """Answer a kept question again, for whoever may see what it was asked of."""
    context, visitor = context_of(request), visitor_of(request)
    allow(request, context.limits.questions)
    found = await asyncio.to_thread(context.state.linked, request.path_params["link_id"])
    if found is None or (found.access is Access.ALL and visitor.access is not Access.ALL):
        raise HTTPException(404)  # the same for both: that a link exists is nobody else's business
    shown = await _answered(request, found.question, found.access)
    address = str(request.url.replace(query=""))
    return page(request, "linked.html", shown=shown, address=address, days=context.state.retention_days)


async def judge(request: Request) -> Response:
    """Keep what somebody thinks of an answer, without who they are; nothing of answers from non-public papers."""
    form = await posted(request)
    context, given = context_of(request), _given(request)
    allow(request, context.limits.questions)
    if given is None or given.access is not Access.PUBLIC:
        return page(request, "message.html", 410, title=words_of(request).asking.gone_question, more="")
    vote = _vote(form, given)
    await asyncio.to_thread(context.votes.keep, vote)
    if NDJSON in request.headers.get("accept", ""):
        return Response(words_of(request).asking.thanks, media_type="text/plain")
    return page(request, "message.html", title=words_of(request).asking.thanks, more="")


def _vote(form: Form, given: Given) -> Feedback:
    try:
        verdict = Verdict(form.text("verdict"))
        fault = Fault(form.text("fault")) if verdict is Verdict.NOT_HELPFUL and form.text("fault") else None
    except ValueError as error:
        raise HTTPException(400) from error
    day = dt.datetime.now(dt.UTC).date()
    about = rated(given.question.text, given.reply)
    return Feedback(day=day, channel=Channel.WEB, verdict=verdict, fault=fault, rated=about)


def _given(request: Request) -> Given | None:
    given = context_of(request).answers.get(request.path_params["given_id"])
    if given is not None and given.access is Access.ALL and visitor_of(request).access is not Access.ALL:
        return None
    return given


async def _start(request: Request, shown: Shown | None = None, status: int = 200, problem: str = "") -> Response:
    context, words = context_of(request), words_of(request)
    examples: tuple[str, ...] = ()
    try:
        searched = await asyncio.to_thread(context.public.searched)
        if shown is None:
            generation = (await asyncio.to_thread(context.public.library.states))[0].generation
            tried: Examples = request.app.state.examples
            examples = await asyncio.get_running_loop().run_in_executor(context.threads, tried.now, generation)
        language = visitor_of(request).language
        lead = words.asking.lead.format(papers=holdings(searched.documents, searched.until, language))
    except RatslotseError as error:
        lead, examples = " ".join(_sentences(request, error)), ()
    history = tuple(map(str, request.session.get("history", ())))
    return page(
        request,
        "ask.html",
        status,
        lead=lead,
        examples=examples,
        earlier=history[:-1] if shown and courtesy_in(shown.question) is None else history,
        shown=shown,
        problem=problem,
    )


async def _answered(request: Request, question: Question, access: Access) -> Shown:
    context = context_of(request)
    try:
        loop = asyncio.get_running_loop()
        reply: Reply = await loop.run_in_executor(context.threads, lambda: context.ratslotse(access).ask(question))
    except RatslotseError as error:
        failure, more = _sentences(request, error)
        return Shown(question=question.text, given_id="", given=None, failure=failure, failure_more=more)
    except Exception:  # one broken question must not take the page with it
        incident = uuid.uuid4().hex[:8]
        log.exception("incident=%s", incident)
        failure = words_of(request).messages.failed.format(id=incident)
        return Shown(question=question.text, given_id="", given=None, failure=failure, is_expected=False)
    given = Given(question=question, reply=reply, access=access)
    given_id = secrets.token_urlsafe(12)
    context.answers.keep(given_id, given)
    return Shown(question=question.text, given_id=given_id, given=given)


async def _stream(request: Request, question: Question, access: Access) -> AsyncIterator[bytes]:
    """Give one JSON object a line: progress at once, then the parts of the answer, then what to announce."""
    words = words_of(request)
    yield _line(event="progress", text=words.asking.searching)
    shown = await _answered(request, question, access)
    if shown.given is None:
        yield _line(event="part", html=fragment(request, "_failure.html", shown=shown))
        yield _line(event="done", announce=shown.failure)
        return
    reply = shown.given.reply
    if reply.parts:
        yield _line(event="part", html=fragment(request, "_parts.html", shown=shown))
    elif isinstance(reply, Answered) and reply.lead:
        yield _line(event="part", html=fragment(request, "_lead.html", reply=reply))
    if isinstance(reply, Answered):
        for statement in () if reply.parts else reply.statements:
            html = fragment(request, "_statement.html", statement=statement, shown=shown)
            yield _line(event="part", into="statements", html=html)
        announced = words.asking.announced_answer.format(statements=len(reply.statements), sources=len(reply.citations))
    else:
        announced = told(reply) if reply.reason.is_courtesy else words.asking.announced_declined
    yield _line(event="part", html=fragment(request, "_rest.html", shown=shown))
    yield _line(event="done", announce=announced)


def _line(**event: Any) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode() + b"\n"


def _sentences(request: Request, error: RatslotseError) -> tuple[str, str]:
    """Say what visitors need to know; the error itself names folders and goes to the log."""
    log.warning("%s: %s", type(error).__name__, error)
    words = words_of(request).messages
    return (words.no_index, words.no_index_more) if isinstance(error, IndexMissing) else (words.unavailable, "")


def _remembered(history: tuple[str, ...]) -> list[str]:
    kept = list(history)
    while len(json.dumps(kept)) > HISTORY_CHARS:
        kept.pop(0)
    return kept
