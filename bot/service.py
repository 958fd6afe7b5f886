"""`Ratslotse.ask`: the one way from a question to a reply, for every channel.

Reads top to bottom: read the message once; answer each of its questions from the catalogue, if it is about papers
themselves, else search each index that this caller may see, read what was found, answer or decline.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from bot.answering import decline, extractive
from bot.answering.citation import cite
from bot.answering.composed import Composed, Unanswerable, Writer, compose
from bot.answering.evidence import Evidence, collect
from bot.answering.office import office_named
from bot.answering.several import joined
from bot.library import Library
from bot.matters.answering import Matters, Told
from bot.matters.points import Ledger
from bot.opened import Papers, cited_hits, index_name, paged_hits, searched_in, sections_of
from bot.question.types import Asked
from bot.question.understanding import read
from bot.reading import Reader
from bot.retrieval.ranking import NOTHING, Ranked, rank
from bot.types import (
    Answered,
    Citation,
    Declined,
    DeclineReason,
    Fallback,
    Hit,
    Language,
    Mode,
    ModelState,
    Question,
    ReadBy,
    Reply,
    Searched,
    Statement,
    Timing,
)
from ingest.embedding import Encoder
from ingest.index import DocumentHeader, IndexReader, LiveIndex
from ingest.types import Document, Kind, Span

log = logging.getLogger(__name__)

CONTEXT_CHARS = 500
"""Before and after a quote, when its source is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """A quote where it stands.

    Attributes:
        before: up to `CONTEXT_CHARS` of the paper before the quote, from the start of a word.
        after: the same behind it.
    """

    citation: Citation
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """What can be asked.

    Attributes:
        papers: number of papers by kind, every kind named.
        newest: date of the newest paper, None where no paper has one.
        changed: when a paper was last added, changed or removed.
    """

    papers: dict[Kind, int]
    newest: dt.date | None
    changed: dt.datetime


class Ratslotse:
    """Answers questions over one or more index roots.

    Thread-safe: every call takes its own reader, and a generation published meanwhile is noticed by the next call.
    """

    def __init__(
        self,
        *,
        indexes: Sequence[LiveIndex],
        encoder: Encoder,
        reader: Reader,
        writer: Writer | None = None,
        ledger: Ledger | None = None,
        today: Callable[[], dt.date] = lambda: dt.datetime.now().astimezone().date(),
    ) -> None:
        """Take what was opened at the door.

        Args:
            indexes: the roots this caller may see, public first.
            encoder: the one that built them.
            reader: reads what search finds.
            writer: the language model that words answers; None for verbatim ones.
            ledger: knows how motions stand; None where nobody asks for it.
            today: what "last year" counts from.
        """
        self._indexes = tuple(indexes)
        self._encoder = encoder
        self._reader = reader
        self._writer = writer
        self._matters = Matters(ledger)
        self._today = today
        self.library = Library(self._indexes)

    def ask(self, question: Question) -> Reply:
        """Answer a question or decline.

        Raises:
            IndexMissing, IndexMismatch: there is no index that could be asked.
        """
        message = read(question.text, question.history, self._today())
        with ExitStack() as stack:
            readers = [stack.enter_context(index.reader()) for index in self._indexes]
            replies = [self._reply_to(asked, question.language, readers) for asked in message.parts]
        for reply in replies:
            _log(reply)
        return replies[0] if len(replies) == 1 else joined([asked.text for asked in message.parts], replies)

    def source(self, citation: Citation) -> SourceView | None:
        """Show a citation in its context; None if its paper is no longer there."""
        with ExitStack() as stack:
            for reader in [stack.enter_context(index.reader()) for index in self._indexes]:
                if reader.headers([citation.document_id]):
                    return _view(citation, reader.document(citation.document_id))
        return None

    @property
    def model(self) -> ModelState:
        """Whether a language model would be asked now."""
        return self._writer.state if self._writer else ModelState.NONE

    @property
    def reader(self) -> str:
        """Which reader reads what search finds: its model's name, "none" where there is none."""
        return self._reader.name

    def searched(self) -> Searched:
        """Say how many papers can be asked, and how new they are."""
        with ExitStack() as stack:
            return searched_in([stack.enter_context(index.reader()) for index in self._indexes])

    def holdings(self) -> Holdings:
        """Say what there is, for people who want to know before they ask."""
        with ExitStack() as stack:
            readers = [stack.enter_context(index.reader()) for index in self._indexes]
            statistics = [reader.statistics() for reader in readers]
            return Holdings(
                papers={kind: sum(one.documents.get(kind, 0) for one in statistics) for kind in Kind},
                newest=max((one.newest for one in statistics if one.newest), default=None),
                changed=max(reader.last_changed() for reader in readers),
            )

    def last_changed(self) -> dt.datetime:
        """Return when the papers that can be asked last changed; what `added_since` takes later."""
        with ExitStack() as stack:
            return max(stack.enter_context(index.reader()).last_changed() for index in self._indexes)

    def added_since(self, time: dt.datetime) -> tuple[DocumentHeader, ...]:
        """Return the papers that came in after a time, the latest first."""
        with ExitStack() as stack:
            readers = [stack.enter_context(index.reader()) for index in self._indexes]
            return tuple(header for reader in readers for header in reader.added_since(time))

    def _reply_to(self, asked: Asked, language: Language, readers: Sequence[IndexReader]) -> Reply:
        """Answer one question: from the catalogue if it is about papers themselves, else from what search finds."""
        started = time.perf_counter()
        told = self._matters.answer(asked.papers, readers, language) if asked.papers else None
        if told is not None:
            retrieved = time.perf_counter()
            reply = self._told(told, language, readers)
        else:
            asks = asked.query.tokens and asked.courtesy is None
            found = (
                rank(asked.text, asked.context, asked.query, readers, self._encoder, self._reader) if asks else NOTHING
            )
            retrieved = time.perf_counter()
            reply = self._found(asked, found, language, readers)
        ended = time.perf_counter()
        timing = Timing(
            retrieve=1000 * (retrieved - started), answer=1000 * (ended - retrieved), total=1000 * (ended - started)
        )
        return replace(reply, timing=timing)

    def _told(self, told: Told, language: Language, readers: Sequence[IndexReader]) -> Reply:
        """Make a reply of what the catalogue or the ledger says."""
        searched, index, read_by = searched_in(readers), index_name(readers), ReadBy(reader=self._reader.name)
        if not told.statements:
            return Declined(
                reason=DeclineReason.NO_SUCH_PAPERS,
                nearest=(),
                hits=(),
                searched=searched,
                index=index,
                language=language,
                mode=told.mode,
                lead=told.lead,
                read_by=read_by,
            )
        return Answered(
            statements=told.statements,
            citations=told.citations,
            hits=cited_hits(told.citations, readers),
            searched=searched,
            index=index,
            language=language,
            mode=told.mode,
            more=told.more,
            lead=told.lead,
            read_by=read_by,
        )

    def _found(self, asked: Asked, found: Ranked, language: Language, readers: Sequence[IndexReader]) -> Reply:
        """Answer from the sentences that search found, or decline."""
        searched, index = searched_in(readers), index_name(readers)
        read_by = ReadBy(reader=self._reader.name, parts=found.reading.read, confidence=found.reading.confidence)
        mode = Mode.EXTRACTIVE
        papers = Papers(readers)
        hits = tuple(paged_hits(found.hits, readers))
        evidence = collect(found.hits, found.parts, sections_of(found.hits, readers))
        reason = _reason_at_once(asked, searched, hits)
        if reason is None:
            answer = self._answer(asked, hits, evidence if found.reading.answered else (), papers)
            if answer.statements:
                return Answered(
                    statements=answer.statements,
                    citations=answer.citations,
                    hits=hits,
                    searched=searched,
                    index=index,
                    language=language,
                    mode=answer.mode,
                    fallback=answer.fallback,
                    more=answer.more,
                    read_by=read_by,
                )
            mode, reason = answer.mode, DeclineReason.NOT_SUPPORTED
        miss = decline.near_miss(evidence) if reason is DeclineReason.NOT_SUPPORTED else None
        return Declined(
            reason=reason,
            nearest=decline.nearest(hits),
            near_miss=cite(1, papers(miss.hit.passage.document_id), miss.span) if miss else None,
            office=office_named(asked.query.tokens, hits),
            hits=hits,
            searched=searched,
            index=index,
            language=language,
            mode=mode,
            read_by=read_by,
        )

    def _answer(self, asked: Asked, hits: Sequence[Hit], evidence: Sequence[Evidence], papers: Papers) -> _Answer:
        """Have the model word an answer, if there is one and something to answer from; else take sentences as is."""
        if not evidence:
            return _Answer(statements=(), citations=())
        written = None
        if self._writer:
            written = compose(asked.text, asked.context, hits, papers, self._writer)
        match written:
            case Composed():
                return _Answer(statements=written.statements, citations=written.citations, mode=Mode.GENERATIVE)
            case Unanswerable():
                return _Answer(statements=(), citations=(), mode=Mode.GENERATIVE)
        chosen = extractive.answer(evidence, papers)
        return _Answer(statements=chosen.statements, citations=chosen.citations, fallback=written, more=chosen.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What is said, and how it came about; no statements if nothing can be said."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    mode: Mode = Mode.EXTRACTIVE
    fallback: Fallback | None = None
    more: int = 0


def _reason_at_once(asked: Asked, searched: Searched, hits: Sequence[Hit]) -> DeclineReason | None:
    if not any(character.isalnum() for character in asked.text):
        return DeclineReason.EMPTY_QUESTION
    if asked.courtesy:
        return asked.courtesy
    if not searched.documents:
        return DeclineReason.EMPTY_INDEX
    return None if hits else DeclineReason.NOTHING_FOUND


def _view(citation: Citation, document: Document) -> SourceView:
    start, end = citation.span.start, citation.span.end
    before = document.text[max(0, start - CONTEXT_CHARS) : start]
    after = document.text[end : end + CONTEXT_CHARS]
    if start > CONTEXT_CHARS:
        before = "… " + before.partition(" ")[2]
    if end + CONTEXT_CHARS < len(document.text):
        after = after.rpartition(" ")[0] + " …"
    return SourceView(citation=citation, before=before, quote=Span(start=start, end=end).of(document.text), after=after)


def _log(reply: Reply) -> None:
    """One line a question, without its text and without who asked."""
    log.info(
        "question=%s outcome=%s mode=%s fallback=%s retrieve_ms=%.1f answer_ms=%.1f hits=%s",
        uuid.uuid4().hex[:8],
        "answered" if isinstance(reply, Answered) else f"declined:{reply.reason}",
        reply.mode,
        reply.fallback if isinstance(reply, Answered) else None,
        reply.timing.retrieve,
        reply.timing.answer,
        ",".join(hit.passage.passage_id for hit in reply.hits[:5]),
    )
