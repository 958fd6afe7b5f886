"""What every page needs: who is asking, what they may see, how a page is written, what is remembered for a while."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final, Generic, Protocol, TypeVar

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.access import Access
from bot.channels.web.forms import Form, web_address
from bot.channels.web.guard import TRUSTED
from bot.channels.web.intake import Intake
from bot.channels.web.limits import DRAWINGS, QUESTIONS, REQUESTS, SIGN_INS, UPLOADS, Limiter
from bot.channels.web.staff import Staff
from bot.channels.web.state import State
from bot.feedback import FeedbackStore
from bot.ledger.types import MotionState
from bot.phrases import decline as decline_phrases
from bot.phrases import model as model_phrases
from bot.phrases import motions as motion_phrases
from bot.phrases import reply as reply_phrases
from bot.phrases import staff as staff_phrases
from bot.phrases.web import WORDS, Words
from bot.record import nearest_line, source_line
from bot.service import Ratslotse
from bot.types import Answered, Citation, Language, Question, Reply
from ingest.render import Picture

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")

ASKING: Final = 8
"""Questions worked on at once. Measured on two cores: 50 questions take 1.7 s with 8 threads, as with 4 or 16."""
ANSWERS: Final = 2_000
"""Replies that can still be linked to or judged; about 20 KB each."""
PICTURES: Final = 48
"""Drawn pages kept, at most 2 MB each."""


class Ledger(Protocol):
    """What has become of the motions; `bot.ledger.Motions` is one. Over public papers only."""

    def all(self) -> tuple[MotionState, ...]:
        """Return every motion."""

    def find(self, wanted: str) -> MotionState:
        """Return the motion of an id or a number; raises `UsageError` if there is no such one."""

    def refresh(self) -> object:
        """Work the published generation out."""


class Remembered(Generic[Key, Value]):
    """The newest so many values by key. Thread-safe."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def keep(self, key: Key, value: Value) -> None:
        """Remember a value; the oldest goes if there are too many."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)

    def get(self, key: Key) -> Value | None:
        """Return what is remembered under a key, None if nothing is (any more)."""
        with self._lock:
            return self._values.get(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A reply as it was given, for the link to it and for feedback."""

    question: Question
    reply: Reply
    access: Access


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who is asking.

    Attributes:
        name: of a signed-in member of staff, None for everybody else.
        access: the most that they may see.
    """

    name: str | None
    access: Access
    language: Language
    client: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limiters of one running page."""

    requests: Limiter = field(default_factory=lambda: Limiter(REQUESTS))
    questions: Limiter = field(default_factory=lambda: Limiter(QUESTIONS))
    drawings: Limiter = field(default_factory=lambda: Limiter(DRAWINGS))
    sign_ins: Limiter = field(default_factory=lambda: Limiter(SIGN_INS))
    uploads: Limiter = field(default_factory=lambda: Limiter(UPLOADS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything that was put together at the door.

    Attributes:
        public: opens the public root only; all that a signed-out request ever reaches.
        members: gives what also opens the non-public root, for staff who signed in; None where this page never may.
        motions: without them the menu has no such entry.
        intake: where staff's changes are carried out.
        allowed_hosts: names under which the page answers; see `bot.channels.web.server.parse_hosts`.
    """

    public: Ratslotse
    members: Callable[[], Ratslotse] | None
    staff: Staff
    state: State
    votes: FeedbackStore
    intake: Intake
    language: Language = Language.DE
    motions: Ledger | None = None
    allowed_hosts: tuple[str, ...] = ("*",)
    limits: Limits = field(default_factory=Limits)
    answers: Remembered[str, Given] = field(default_factory=lambda: Remembered(ANSWERS))
    pictures: Remembered[tuple[str, int, int, int], Picture] = field(default_factory=lambda: Remembered(PICTURES))
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(ASKING, "ask"))
    ledger_threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "ledger"))
    drawing: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))

    def ratslotse(self, access: Access) -> Ratslotse:
        """Return what answers for an access: the one place where the non-public root can be reached.

        Raises:
            PermissionError: this page opens no non-public root.
        """
        if access is Access.PUBLIC:
            return self.public
        if self.members is None:
            raise PermissionError("no non-public root here")
        return self.members()


def context_of(request: Request) -> Context:
    """Return what the running page was built with."""
    context: Context = request.app.state.context
    return context


def visitor_of(request: Request) -> Visitor:
    """Tell who is asking, by their session's ticket or the trusted proxy's header."""
    known: Visitor | None = getattr(request.state, "visitor", None)
    if known is None:
        context = context_of(request)
        name = _name(request, context)
        known = Visitor(
            name=name,
            access=Access.ALL if name is not None and context.members is not None else Access.PUBLIC,
            language=_language(request.session.get("language"), context.language),
            client=request.client.host if request.client else "",
        )
        request.state.visitor = known
    return known


def words_of(request: Request) -> Words:
    """Return the words of the visitor's language."""
    return WORDS[visitor_of(request).language]


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """Write a page."""
    return HTMLResponse(fragment(request, template, **values), status)


def fragment(request: Request, template: str, **values: Any) -> str:
    """Write a page or a part of one; everything is escaped."""
    visitor = visitor_of(request)
    environment: Environment = request.app.state.environment
    return environment.get_template(template).render(
        request_path=request.url.path,
        visitor=visitor,
        w=WORDS[visitor.language],
        t=reply_phrases,
        s=staff_phrases,
        m=motion_phrases,
        language=visitor.language,
        has_staff=bool(context_of(request).staff.hashes),
        can_link=context_of(request).state.retention_days > 0,
        has_motions=context_of(request).motions is not None,
        csrf=lambda: csrf_token(request),
        **values,
    )


def environment() -> Environment:
    """Return the templates, every value escaped, every unknown name an error."""
    made = Environment(
        loader=PackageLoader("bot.channels.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "web_address": web_address,
        "source_line": source_line,
        "nearest_line": nearest_line,
        "by_source": by_source,
        "is_worth_quoting": is_worth_quoting,
        "model_notice": model_phrases.notice,
        "told": decline_phrases.told,
        "near_miss": decline_phrases.near_miss,
        "more": reply_phrases.more,
        "searched": decline_phrases.searched,
        "who_might_know": decline_phrases.who_might_know,
    }
    return made


def by_source(reply: Answered, language: Language) -> list[list[Citation]]:
    """Group the citations that name the same place of the same paper, in the order of their first number."""
    groups: dict[tuple[str, str], list[Citation]] = {}
    for citation in reply.citations:
        groups.setdefault((citation.document_id, source_line(citation, language)), []).append(citation)
    return list(groups.values())


def is_worth_quoting(citation: Citation, reply: Answered) -> bool:
    """Tell whether a quote says more than the statements above it have already said word for word."""
    return not any(statement.text in citation.quote for statement in reply.statements)


def csrf_token(request: Request) -> str:
    """Return the session's token, made when the first form is written."""
    if "csrf" not in request.session:
        request.session["csrf"] = secrets.token_urlsafe(16)
    return str(request.session["csrf"])


async def posted(request: Request, *, files: int = 0, most_part: int = 64 * 1024) -> Form:
    """Return the fields of a form that came from one of our own pages.

    Raises:
        HTTPException: 403 without the session's token, 413 if it is too large, 400 if it is no form.
    """
    form = await request.form(max_files=files, max_fields=60, max_part_size=most_part)
    known = request.session.get("csrf")
    if not known or not secrets.compare_digest(known.encode(), Form(fields=form).text("csrf").encode()):
        await form.close()
        raise HTTPException(403, "expired")
    return Form(fields=form)


def allow(request: Request, limiter: Limiter) -> None:
    """Count a request against its client.

    Raises:
        HTTPException: 429, there were too many.
    """
    if not limiter.allows(visitor_of(request).client):
        raise HTTPException(429)


def _name(request: Request, context: Context) -> str | None:
    staff = context.staff
    if staff.proxy_header and request.scope.get(TRUSTED):
        named = request.headers.getlist(staff.proxy_header)
        if len(named) == 1 and named[0].strip() in staff:  # of two, one may be the visitor's own
            return named[0].strip()
    ticket = request.session.get("ticket")
    name = context.state.signed_in(ticket) if isinstance(ticket, str) else None
    return name if name is not None and name in staff else None  # somebody may have left since


def _language(spoken: object, default: Language) -> Language:
    return next((language for language in Language if language == spoken), default)
