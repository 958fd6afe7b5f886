"""The staff's pages: take a paper in, correct it, withdraw it, see what needs attention and who changed what."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.access import Access
from bot.channels.web import sidecars
from bot.channels.web.context import Visitor, allow, context_of, page, posted, visitor_of
from bot.channels.web.forms import Form
from bot.channels.web.guard import FORM_BYTES
from bot.channels.web.intake import Draft, Intake, Refused
from bot.channels.web.state import AuditEntry
from bot.phrases import staff as words
from ingest.errors import RatslotseError, UnreadableDocument
from ingest.index.records import Change, Failure
from ingest.render import file_of
from ingest.types import Document, Visibility

log = logging.getLogger(__name__)


async def overview(request: Request) -> Response:
    """Show the upload form, what needs attention, and what was changed."""
    visitor = _staff(request)
    if visitor is None:
        return RedirectResponse("/anmelden", 303)
    return await _overview(request, visitor)


async def upload(request: Request) -> Response:
    """Read an uploaded file on trial and lead to what was understood."""
    visitor = _staff_only(request)
    allow(request, context_of(request).limits.uploads)
    form = await posted(request, files=1, most_part=FORM_BYTES)
    try:
        return await _taken(request, visitor, form)
    finally:
        await form.close()


async def _taken(request: Request, visitor: Visitor, form: Form) -> Response:
    file = form.upload("file")
    try:
        visibility = Visibility(form.text("visibility"))
    except ValueError as error:
        raise HTTPException(400) from error
    if visibility not in _visibilities(visitor):
        raise HTTPException(400)
    if file is None:
        return await _overview(request, visitor, words.NO_FILE, 422)
    try:
        draft_made = await context_of(request).intake.draft(file.filename, file.file, visibility)
    except Refused as refused:
        return await _overview(request, visitor, str(refused), 422)
    return RedirectResponse(f"/verwaltung/entwurf/{draft_made.draft_id}", 303)


async def draft(request: Request) -> Response:
    """Show what was understood of an uploaded file."""
    visitor = _staff_only(request)
    return _draft(request, _find_draft(request, visitor))


async def accept(request: Request) -> Response:
    """Take an uploaded file in, or throw it away."""
    visitor, context = _staff_only(request), context_of(request)
    form = await posted(request)
    found = _find_draft(request, visitor)
    if form.text("what") == "drop":
        await asyncio.to_thread(context.intake.drop, found)
        return RedirectResponse("/verwaltung", 303)
    if found.document is None or (found.must_be_nonpublic and Visibility.NONPUBLIC not in _visibilities(visitor)):
        return _draft(request, found, words.PREVIEW_FAILED, 422)
    try:
        values = sidecars.from_form(form)
        text = sidecars.text_of(values, None) if values else ""
        visibility = Visibility.NONPUBLIC if found.must_be_nonpublic else found.visibility
        async with _noted(request, visitor, "upload", found.file.name, visibility) as done:
            done.of(await context.intake.accept(found, text, replace=bool(form.text("replace"))))
    except (sidecars.WrongField, Refused) as problem:
        return _draft(request, found, str(problem), 422)
    return RedirectResponse("/verwaltung", 303)


async def sidecar_form(request: Request) -> Response:
    """Show what is known of a paper, to be corrected."""
    _staff_only(request)
    return _sidecar(request, await _paper(request))


async def correct(request: Request) -> Response:
    """Write a paper's sidecar and have the paper read again."""
    visitor, context = _staff_only(request), context_of(request)
    form = await posted(request)
    document = await _paper(request)
    try:
        file = file_of(document)
        text = sidecars.text_of(sidecars.from_form(form), sidecars.path_beside(file))
        async with _noted(request, visitor, "correct", document.path, document.visibility) as done:
            done.of(await context.intake.correct(file, text))
    except (sidecars.WrongField, Refused, UnreadableDocument) as problem:
        return _sidecar(request, document, str(problem), 422)
    return RedirectResponse("/verwaltung", 303)


async def settle(request: Request) -> Response:
    """Decide who may see a paper."""
    visitor, context = _staff_only(request), context_of(request)
    form = await posted(request)
    document = await _paper(request)
    try:
        chosen = Visibility(form.text("visibility"))
    except ValueError as error:
        raise HTTPException(400) from error
    if Visibility.NONPUBLIC not in _visibilities(visitor):
        raise HTTPException(400)
    # what was, or becomes, non-public must not be named where only public papers may be
    either = {document.visibility, chosen}
    named = Visibility.NONPUBLIC if Visibility.NONPUBLIC in either else Visibility.PUBLIC
    try:
        async with _noted(request, visitor, "settle", document.path, named):
            await context.intake.settle(document.document_id, chosen)
    except Refused as problem:
        return _sidecar(request, document, str(problem), 422)
    return RedirectResponse("/verwaltung", 303)


async def withdraw(request: Request) -> Response:
    """Take a paper out of the index for good."""
    visitor, context = _staff_only(request), context_of(request)
    form = await posted(request)
    document = await _paper(request)
    if not form.text("sure"):
        return _sidecar(request, document, words.NEEDS_CONFIRMATION, 422)
    try:
        async with _noted(request, visitor, "withdraw", document.path, document.visibility, "removed"):
            await context.intake.withdraw(document.document_id)
    except Refused as problem:
        return _sidecar(request, document, str(problem), 422)
    return RedirectResponse("/verwaltung", 303)


async def _overview(request: Request, visitor: Visitor, problem: str = "", status: int = 200) -> Response:
    context = context_of(request)
    seen = _visibilities(visitor)
    audit = await asyncio.to_thread(context.state.audit)
    changes: tuple[Change, ...] = ()
    failures: tuple[Failure, ...] = ()
    try:
        state = await asyncio.to_thread(context.intake.corpus_state, seen)
        changes, failures = state.changes, state.failures
    except RatslotseError as error:
        problem = problem or f"{error} {error.hint}"
    return page(
        request,
        "upkeep.html",
        status,
        problem=problem,
        failures=failures,
        changes=changes,
        audit=[entry for entry in audit if entry.visibility in seen],
        visibilities=seen,
    )


def _draft(request: Request, found: Draft, problem: str = "", status: int = 200) -> Response:
    place = context_of(request).intake.place_of(found)
    allowed = not found.must_be_nonpublic or Visibility.NONPUBLIC in _visibilities(visitor_of(request))
    return page(
        request,
        "draft.html",
        status,
        draft=found,
        paper=found.document,
        name=place.name,
        exists=place.exists(),
        allowed=allowed,
        problem=problem,
        values=dict.fromkeys(words.FIELDS, ""),
        understood=sidecars.understood(found.document) if found.document else {},
        references=[],
        original="",
    )


def _sidecar(request: Request, document: Document, problem: str = "", status: int = 200) -> Response:
    try:
        values = sidecars.written(sidecars.path_beside(file_of(document)))
    except UnreadableDocument as error:
        values, problem = dict.fromkeys(words.FIELDS, ""), problem or str(error)
    return page(
        request,
        "correct.html",
        status,
        paper=document,
        problem=problem,
        values=values,
        understood=sidecars.understood(document),
        visibilities=_visibilities(visitor_of(request)),
    )


def _find_draft(request: Request, visitor: Visitor) -> Draft:
    intake: Intake = context_of(request).intake
    try:
        found = intake.find_draft(request.path_params["draft_id"])
    except Refused as error:
        raise HTTPException(404) from error
    if found.visibility not in _visibilities(visitor):
        raise HTTPException(404)
    return found


async def _paper(request: Request) -> Document:
    ratslotse = context_of(request).ratslotse(visitor_of(request).access)
    document = await asyncio.to_thread(ratslotse.library.paper, request.path_params["document_id"])
    if document is None:
        raise HTTPException(404)
    return document


class _Done:
    """What came of a change."""

    def __init__(self, path: str, outcome: str) -> None:
        self.path, self.outcome = path, outcome

    def of(self, record: dict[str, Any]) -> None:
        """Take it from what `ratslotse-ingest` said of the file."""
        self.path, self.outcome = str(record["path"]), str(record["outcome"])


@asynccontextmanager
async def _noted(
    request: Request, visitor: Visitor, action: str, path: str, visibility: Visibility, outcome: str = "changed"
) -> AsyncIterator[_Done]:
    """Keep a change together with who made it: without its entry it does not begin, refused it leaves none."""
    state = context_of(request).state
    entry = AuditEntry(
        time=dt.datetime.now(dt.UTC),
        name=visitor.name or "",
        action=action,
        path=path,
        visibility=visibility.value,
        outcome="begun",
    )
    entry_id = await asyncio.to_thread(state.begin, entry)
    done = _Done(path, outcome)
    try:
        yield done
    except Refused:
        await asyncio.to_thread(state.give_up, entry_id)
        raise
    await asyncio.to_thread(state.finish, entry_id, done.path, visibility.value, done.outcome)


def _visibilities(visitor: Visitor) -> tuple[Visibility, ...]:
    """Return the roots whose papers a member of staff may take in and see."""
    return tuple(Visibility) if visitor.access is Access.ALL else (Visibility.PUBLIC,)


def _staff(request: Request) -> Visitor | None:
    visitor = visitor_of(request)
    return visitor if visitor.name is not None else None


def _staff_only(request: Request) -> Visitor:
    visitor = _staff(request)
    if visitor is None:
        raise HTTPException(404)
    return visitor
