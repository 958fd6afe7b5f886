"""What goes in and out of `Ratslotse.ask`: a question, and a reply that every channel can show.

"Not in the papers" is a value (`Declined`), never an exception. Nothing here knows a channel.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ingest.index import DocumentHeader
from ingest.types import DateBasis, Kind, Passage, Span, Stand, SummaryOf, Visibility


class Language(StrEnum):
    """Language of what surrounds the quotes; quotes stay as they are."""

    DE = "de"
    EN = "en"


class Mode(StrEnum):
    """How an answer came about."""

    EXTRACTIVE = "extractive"
    GENERATIVE = "generative"
    CATALOGUE = "catalogue"
    LEDGER = "ledger"


class Mood(StrEnum):
    """How a statement is meant: a motion is not a decision, a plan is not a fact."""

    REQUESTED = "requested"
    ASKED = "asked"
    ARGUED = "argued"
    PROPOSED = "proposed"
    PLANNED = "planned"
    DECIDED = "decided"
    REJECTED = "rejected"
    NOTED = "noted"
    REPORTED = "reported"


class Fallback(StrEnum):
    """Why an answer was put together without the language model, though one is set."""

    UNREACHABLE = "unreachable"
    OVERLOADED = "overloaded"
    REJECTED = "rejected"
    TIMED_OUT = "timed_out"
    CUT_OFF = "cut_off"
    UNUSABLE = "unusable"
    UNPROVEN = "unproven"
    BUSY = "busy"
    PAUSED = "paused"


class ModelState(StrEnum):
    """Whether a language model would be asked now."""

    NONE = "none"
    READY = "ready"
    PAUSED = "paused"


class DeclineReason(StrEnum):
    """Why there is no answer, or that none was asked for."""

    NOTHING_FOUND = "nothing_found"
    NOT_SUPPORTED = "not_supported"
    EMPTY_QUESTION = "empty_question"
    EMPTY_INDEX = "empty_index"
    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    HELP = "help"
    NO_SUCH_PAPERS = "no_such_papers"

    @property
    def is_courtesy(self) -> bool:
        """Whether nothing was asked of the papers, so that nothing was searched: see `bot.question.courtesy`."""
        return self in {DeclineReason.GREETING, DeclineReason.THANKS, DeclineReason.FAREWELL, DeclineReason.HELP}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody asked.

    Attributes:
        history: earlier questions of the same conversation, oldest first.
    """

    text: str
    history: tuple[str, ...] = ()
    language: Language = Language.DE


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that search found.

    Attributes:
        score: fused score, higher is better; comparable within one question only.
        bm25: of the lexical leg, 0.0 where only the dense leg found it.
        cosine: of the dense leg, -1 to 1, always exact.
        sentences: characters of the passage's text; none where it was not cut into parts.
        is_named: whether the question names its paper by number.
    """

    passage: Passage
    document: DocumentHeader
    score: float
    bm25: float
    cosine: float
    sentences: tuple[Span, ...] = ()
    is_named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a statement stands, word for word.

    Attributes:
        n: 1-based number within the reply.
        document_id: for looking the source up again.
        page: 1-based; None for formats without pages.
        quote: verbatim from the paper, line breaks folded to spaces.
        span: of the quote, characters of the document's `text`.
    """

    n: int
    document_id: str
    path: str
    title: str
    kind: Kind
    visibility: Visibility
    number: str | None
    date: dt.date | None
    date_basis: DateBasis | None
    page: int | None
    agenda_item: str | None
    quote: str
    span: Span
    url: str | None
    paper_type: str | None = None
    body: str | None = None
    summary_of: SummaryOf | None = None
    as_of: Stand | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence of an answer.

    Attributes:
        citations: numbers of the citations it rests on; never empty.
        as_of: the date it refers to (Stand).
        speaker: who said it, in protocols, as the protocol names them.
        mood: how it is meant; None where a protocol only tells what happened.
        is_earlier: whether it gives an older figure for what a statement before it gives a newer one for.
        contradicts: numbers of citations that give another figure for the same, of the same Stand.
        confidence: calibrated probability that it answers, None where nothing is calibrated.
    """

    text: str
    citations: tuple[int, ...]
    as_of: Stand | None = None
    as_of_basis: DateBasis | None = None
    speaker: str | None = None
    mood: Mood | None = None
    is_earlier: bool = False
    contradicts: tuple[int, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was searched.

    Attributes:
        documents: number of papers.
        until: date of the newest one, None for an empty index.
    """

    documents: int
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Milliseconds."""

    retrieve: float = 0.0
    answer: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBy:
    """Who read, and how much of what was found.

    Attributes:
        reader: name of the model, "none" where there is none.
        parts: number of parts that were read closely: fewer while many ask.
        confidence: calibrated probability that the question is answered by what is shown, None where there is none.
    """

    reader: str = "none"
    parts: int = 0
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer; every statement cites.

    Attributes:
        fallback: why no language model worded it, though one is set.
        more: further items that answer and are not shown.
        lead: what the program says before its statements: what it counted, and over what; empty in other answers.
        parts: of a message of several questions: each with its own reply; their statements and citations, numbered
            through, are those of this one.
    """

    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    searched: Searched
    index: str
    language: Language = Language.DE
    mode: Mode = Mode.EXTRACTIVE
    fallback: Fallback | None = None
    more: int = 0
    lead: str = ""
    parts: tuple[ReplyPart, ...] = ()
    read_by: ReadBy = field(default_factory=ReadBy)
    timing: Timing = field(default_factory=Timing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined:
    """An honest "dazu liegt mir nichts vor".

    Attributes:
        nearest: one hit a paper, best first: what comes closest.
        near_miss: the sentence that comes closest to an answer without being one, None where nothing does.
        office: the office that the nearest papers name most often, None where they name none.
        lead: what was looked for among the papers themselves and is not there; empty where sentences were searched.
        parts: of a message of several questions, all of them declined.
    """

    reason: DeclineReason
    nearest: tuple[Hit, ...]
    hits: tuple[Hit, ...]
    searched: Searched
    index: str
    language: Language = Language.DE
    mode: Mode = Mode.EXTRACTIVE
    near_miss: Citation | None = None
    office: str | None = None
    lead: str = ""
    parts: tuple[ReplyPart, ...] = ()
    read_by: ReadBy = field(default_factory=ReadBy)
    timing: Timing = field(default_factory=Timing)


Reply = Answered | Declined


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyPart:
    """One of several questions of a message, and its reply."""

    question: str
    reply: Reply
