"""`Ratslotse.ask`: the one way from a question to a reply, for every channel.

Reads top to bottom: understand, search each index that this caller may see, collect evidence, answer or decline.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from bot.answering import decline, extractive
from bot.answering.asked import asked_for
from bot.answering.composed import Composed, Unanswerable, Writer, compose
from bot.answering.evidence import PASSAGES, Evidence, collect
from bot.answering.office import office_named
from bot.conversation import asked_in, context_of
from bot.courtesy import courtesy_in
from bot.library import Library
from bot.retrieval import Query, search, understand
from bot.retrieval.fusion import ranked, spread
from bot.retrieval.search import HITS
from bot.types import (
    Answered,
    Citation,
    Declined,
    DeclineReason,
    Fallback,
    Hit,
    Mode,
    ModelState,
    Question,
    Reply,
    Searched,
    Statement,
    Timing,
)
from ingest.embedding import Encoder
from ingest.index import DocumentHeader, IndexReader, LiveIndex
from ingest.types import Document, Kind, Section, Span

log = logging.getLogger(__name__)

MAX_QUESTION_CHARS = 2000
"""Longer than any question; what follows is not read."""

CONTEXT_CHARS = 500
"""Before and after a quote, when its source is shown."""

CONTEXT_SHARE = 0.3
"""Of the information of a token that only an earlier question says: it helps to find the place, the follow-up's own
words the sentence. 14 follow-ups of gold-dev and the corpus, mean reciprocal rank of the right sentence: 1 / .5 / .3 /
.1 give .39 / .45 / .46 / .51."""


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

    def __init__(self, *, indexes: Sequence[LiveIndex], encoder: Encoder, writer: Writer | None = None) -> None:
        """Take what was opened at the door.

        Args:
            indexes: the roots this caller may see, public first.
            encoder: the one that built them.
            writer: the language model that words answers; None for verbatim ones.
        """
        self._indexes = tuple(indexes)
        self._encoder = encoder
        self._writer = writer
        self.library = Library(self._indexes)

    def ask(self, question: Question) -> Reply:
        """Answer a question or decline.

        Raises:
            IndexMissing, IndexMismatch: there is no index that could be asked.
        """
        started = time.perf_counter()
        question = replace(question, text=_readable(question.text), history=tuple(map(_readable, question.history)))
        with ExitStack() as stack:
            readers = [stack.enter_context(index.reader()) for index in self._indexes]
            context = context_of(question.text, question.history)
            query = understand(question.text, context)
            asks = query.tokens and courtesy_in(question.text) is None
            hits = _search(query, readers, self._encoder) if asks else []
            retrieved = time.perf_counter()
            asked = replace(question, text=asked_in(question.text, context))
            reply = self._reply(asked, query, hits, readers)
        ended = time.perf_counter()
        timing = Timing(
            retrieve=1000 * (retrieved - started), answer=1000 * (ended - retrieved), total=1000 * (ended - started)
        )
        reply = replace(reply, timing=timing)
        _log(reply)
        return reply

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

    def searched(self) -> Searched:
        """Say how many papers can be asked, and how new they are."""
        with ExitStack() as stack:
            return _searched([stack.enter_context(index.reader()) for index in self._indexes])

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

    def evidence(self, question: Question) -> list[Evidence]:
        """Return the sentences that an answer would be chosen from, best first: for measuring and learning."""
        with ExitStack() as stack:
            readers = [stack.enter_context(index.reader()) for index in self._indexes]
            context = context_of(question.text, question.history)
            query = understand(question.text, context)
            hits = _search(query, readers, self._encoder) if query.tokens else []
            asked = replace(question, text=asked_in(question.text, context))
            return self._collect(asked, query, hits, readers)

    def _collect(
        self, question: Question, query: Query, hits: Sequence[Hit], readers: Sequence[IndexReader]
    ) -> list[Evidence]:
        sections = _sections(hits, readers)
        return collect(question.text, query, hits, sections, _weights(query, readers))

    def _reply(self, question: Question, query: Query, hits: list[Hit], readers: Sequence[IndexReader]) -> Reply:
        searched = _searched(readers)
        index = "+".join(reader.manifest.content_hash[:16] for reader in readers)
        mode = Mode.EXTRACTIVE
        reason = _reason_at_once(question, searched, hits)
        if reason is None:
            evidence = self._collect(question, query, hits, readers)
            supported = evidence if decline.supports(question.text, evidence) else []
            answer = self._answer(question, hits, supported, _Papers(readers))
            if answer.statements:
                return Answered(
                    statements=answer.statements,
                    citations=answer.citations,
                    hits=tuple(hits),
                    searched=searched,
                    index=index,
                    language=question.language,
                    mode=answer.mode,
                    fallback=answer.fallback,
                )
            mode, reason = answer.mode, DeclineReason.NOT_SUPPORTED
        return Declined(
            reason=reason,
            nearest=decline.nearest(hits),
            asked=asked_for(question.text),
            office=office_named(query.tokens, hits),
            hits=tuple(hits),
            searched=searched,
            index=index,
            language=question.language,
            mode=mode,
        )

    def _answer(
        self, question: Question, hits: Sequence[Hit], supported: Sequence[Evidence], papers: _Papers
    ) -> _Answer:
        """Have the model word an answer, if there is one and something to answer from; else take sentences as is."""
        written = None
        if self._writer and supported:
            context = context_of(question.text, question.history)
            written = compose(question.text, context, hits, papers, self._writer)
        match written:
            case Composed():
                return _Answer(statements=written.statements, citations=written.citations, mode=Mode.GENERATIVE)
            case Unanswerable():
                return _Answer(statements=(), citations=(), mode=Mode.GENERATIVE)
        statements, citations = extractive.answer(supported, papers)
        return _Answer(statements=statements, citations=citations, fallback=written)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What is said, and how it came about; no statements if nothing can be said."""

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    mode: Mode = Mode.EXTRACTIVE
    fallback: Fallback | None = None


def _readable(text: str) -> str:
    """Cut a question to its length limit and replace what no encoder takes (half characters, NUL)."""
    return text[:MAX_QUESTION_CHARS].encode("utf-8", "replace").decode("utf-8").replace("\0", " ")


def _search(query: Query, readers: Sequence[IndexReader], encoder: Encoder) -> list[Hit]:
    found = [search(query, reader, encoder) for reader in readers]
    if len(found) == 1:
        return found[0]
    return spread(ranked(hit for hits in found for hit in hits), HITS)


def _weights(query: Query, readers: Sequence[IndexReader]) -> dict[str, float]:
    """Return the information of each token of the question: the largest that any index gives it."""
    weights: dict[str, float] = {}
    for reader in readers:
        for token, weight in reader.weights(query.tokens).items():
            weight *= CONTEXT_SHARE if token in query.leaned_on else 1.0
            weights[token] = max(weight, weights.get(token, 0.0))
    return weights


def _sections(hits: Sequence[Hit], readers: Sequence[IndexReader]) -> dict[str, tuple[Section, ...]]:
    """Return the sections of the papers whose passages will be read, by document id."""
    documents = [hit.passage.document_id for hit in hits[:PASSAGES]]
    return {name: sections for reader in readers for name, sections in reader.sections(documents).items()}


class _Papers:
    """Looks a paper up in whichever index holds it, once."""

    def __init__(self, readers: Sequence[IndexReader]) -> None:
        self._readers = readers
        self._known: dict[str, Document] = {}

    def __call__(self, document_id: str) -> Document:
        if document_id not in self._known:
            reader = next(reader for reader in self._readers if reader.headers([document_id]))
            self._known[document_id] = reader.document(document_id)
        return self._known[document_id]


def _reason_at_once(question: Question, searched: Searched, hits: Sequence[Hit]) -> DeclineReason | None:
    if not any(character.isalnum() for character in question.text):
        return DeclineReason.EMPTY_QUESTION
    if courtesy := courtesy_in(question.text):
        return courtesy
    if not searched.documents:
        return DeclineReason.EMPTY_INDEX
    return None if hits else DeclineReason.NOTHING_FOUND


def _searched(readers: Sequence[IndexReader]) -> Searched:
    manifests = [reader.manifest for reader in readers]
    return Searched(
        documents=sum(manifest.document_count for manifest in manifests),
        until=max((manifest.corpus_date for manifest in manifests if manifest.corpus_date), default=None),
    )


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
