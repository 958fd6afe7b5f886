"""The vocabulary of council papers: plain frozen values, no behaviour beyond arithmetic on spans.

Glossary (German council terms and the English word used in code):

=====================  =====================================================================
Antrag, Anfrage        `motion`: what councillors ask for; never a decision
Niederschrift          `protocol`: what was said and decided in a session
Vorlage, Stellungnahme,
Bericht                `report`: what the administration writes
Tagesordnungspunkt     `agenda_item` (TOP)
Stand                  `as_of`: the date a statement refers to
Drucksache             `number`: of the matter; several papers may share it
Vorgang                `procedure`: ties the papers of one matter together
Gremium                `body`: the committee
Betreff                `subject`
=====================  =====================================================================

Coordinates: a `Document` has two texts. `source` is the text as its reader gave it, pages joined by
a form feed; `text` is the cleaned one that everybody works with. Every span is half-open and counts
characters of `text`; `Document.source_span` maps it to `source`, and a page is always computed from
that, never carried along. All text is NFC.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a paper is, in council terms."""

    MOTION = "motion"
    PROTOCOL = "protocol"
    REPORT = "report"
    OTHER = "other"


class Visibility(StrEnum):
    """Which index root a paper belongs to."""

    PUBLIC = "public"
    NONPUBLIC = "nonpublic"


class Ground(StrEnum):
    """Why a paper is not public (see `ingest.visibility`); `NOTHING` for one that is."""

    NOTHING = "nothing"
    FOLDER = "folder"
    SETTLED = "settled"
    SIDECAR = "sidecar"
    SIGN = "sign"
    TWIN = "twin"


class DateBasis(StrEnum):
    """Where a date comes from, best first."""

    SENTENCE = "sentence"
    PAPER = "paper"
    SESSION = "session"
    LISTED = "listed"


class Precision(StrEnum):
    """How exactly a Stand is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class SectionRole(StrEnum):
    """What a stretch of a paper is for. A quote never loses it."""

    HEADER = "header"
    SUMMARY = "summary"
    REQUEST = "request"
    DECISION = "decision"
    VOTE = "vote"
    REASONS = "reasons"
    REPORT = "report"
    DEBATE = "debate"
    FINANCES = "finances"
    CLOSING = "closing"
    BODY = "body"


class ReferenceKind(StrEnum):
    """Numbers are counted per kind: 236/2023 may be a Drucksache and a motion."""

    REPORT = "report"
    MOTION = "motion"
    PROTOCOL = "protocol"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Half-open range of characters, `0 <= start <= end`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the characters of `text` in this span."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """The date that a statement refers to, as exactly as it is known.

    Attributes:
        day: the first day of the month or year, where no day is known.
    """

    day: dt.date
    precision: Precision = Precision.DAY

    def __str__(self) -> str:
        """Write it in ISO form, cut to what is known: "2023-12"."""
        return self.day.isoformat()[: {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[self.precision]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as its reader gave it.

    Attributes:
        number: 1-based, as counted in the file (not as printed on the page).
        span: characters of the *source* text.
        quality: 0 to 1, how much the page reads like text; see `ingest.clean.quality`.
    """

    number: int
    span: Span
    quality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OffsetMap:
    """Where the characters of a cleaned text stood in its source.

    Attributes:
        cleaned: ascending offsets into the cleaned text, the first is 0.
        source: the source offset of each of them. Between two entries both texts run in step.
        source_length: length of the source, the image of the cleaned text's end.
    """

    cleaned: tuple[int, ...] = (0,)
    source: tuple[int, ...] = (0,)
    source_length: int = 0

    def offset(self, cleaned_offset: int) -> int:
        """Return the source offset of a cleaned offset, never beyond the source's end."""
        i = bisect_right(self.cleaned, cleaned_offset) - 1
        return min(self.source[i] + cleaned_offset - self.cleaned[i], self.source_length)

    def span(self, span: Span) -> Span:
        """Return the source span that a cleaned span came from.

        The end is the place after the last character, so that what cleaning removed behind the
        span does not count as part of it.
        """
        if span.start == span.end:
            return Span(start=self.offset(span.start), end=self.offset(span.start))
        return Span(start=self.offset(span.start), end=self.offset(span.end - 1) + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A cleaned text and where its characters stood in the source (see `ingest.clean`)."""

    text: str
    offsets: OffsetMap


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """An item of a session: its number as written ("4a"), its title, and where it is dealt with."""

    number: str
    title: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch of a paper with one role and one heading.

    Sections do not overlap and together cover the text. `agenda_item` is the number of the item
    that the section belongs to, None outside protocols.
    """

    role: SectionRole
    heading: str
    span: Span
    agenda_item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One numbered request or question of a motion.

    Attributes:
        position: 1-based place in the paper; unique, unlike the number.
        number: as written, without brackets and dots ("3", "2a").
        heading: the point's own heading ("Zuständigkeitsaufteilung"), empty if it has none.
        text: heading and text, white space folded.
    """

    position: int
    number: str
    heading: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a body decided, or that it did not.

    Attributes:
        text: the decision as written, white space folded; empty where the field is empty.
        vote: the vote as written ("einstimmig", "36 JA-Stimmen, 5 Nein-Stimmen"), empty if none.
        agenda_item: number of the item decided, None if the paper has none.
    """

    text: str
    vote: str
    span: Span
    agenda_item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A mention of another paper.

    Attributes:
        number: normalised "236/2023"; with a body's name for protocols ("Verwaltungsausschuss 177").
        version: "Neufassung", "1. Ergänzung", else empty.
        label: as written in the paper.
        date: the date named with it, if any.
    """

    kind: ReferenceKind
    number: str
    label: str
    span: Span
    version: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryOf:
    """The public paper that a paper of ours retells. Shown as "Zusammenfassung von …"."""

    title: str
    number: str | None = None
    url: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What search finds: about 1,400 characters of one section.

    Attributes:
        passage_id: content hash of document id and span.
        ordinal: 0-based place in the document.
        text: `span.of(document.text)`.
        page: `document.page_of(span)`, worked out when the passage was cut.
    """

    passage_id: str
    document_id: str
    ordinal: int
    span: Span
    text: str
    role: SectionRole
    heading: str
    agenda_item: str | None
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of whole sentences of a passage; see `ingest.parts`.

    Attributes:
        span: characters of the passage's text.
        sentences: characters of the passage's text, in order; never empty.
        tokens: search tokens of each sentence, each once.
    """

    span: Span
    sentences: tuple[Span, ...]
    tokens: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper as it was understood. Everything a sidecar said is already in here.

    Attributes:
        document_id: content hash of root, path, file and sidecar: changes when either changes.
        path: POSIX path relative to its root, as users see it.
        number: as its sidecar writes it, else as read and normalised; compare by `ingest.references.number_key`.
        root: folder given to `add`, absolute.
        date: the paper's own date, else the session's, else the listed one; `date_basis` says which.
        session_date: day of the session a protocol is of, or of the first session a report is for.
        listed_date: when its source listed it; only a fallback.
        as_of: the sidecar's Stand, if it gives one.
        versions: "Neufassung", "1. Ergänzung", as the head says.
        extras: unknown keys of the sidecar, kept and shown.
        ground: why it is not public.
        text_key: equal for papers of the same text, whatever their format; empty for short ones.
        paged: whether the format has pages; without them no page is ever named.
        warnings: sentences for staff.
        reader: library and version that read the file.
    """

    document_id: str
    path: str
    root: str
    title: str
    kind: Kind
    visibility: Visibility
    text: str
    source: str
    offsets: OffsetMap
    pages: tuple[Page, ...]
    paged: bool
    reader: str
    number: str | None = None
    version: str = ""
    date: dt.date | None = None
    date_basis: DateBasis | None = None
    session_date: dt.date | None = None
    listed_date: dt.date | None = None
    as_of: Stand | None = None
    body: str | None = None
    factions: tuple[str, ...] = ()
    subject: str = ""
    signatories: tuple[str, ...] = ()
    procedure: str | None = None
    url: str | None = None
    paper_type: str | None = None
    body_city: str | None = None
    file_name: str | None = None
    summary_of: SummaryOf | None = None
    sections: tuple[Section, ...] = ()
    agenda_items: tuple[AgendaItem, ...] = ()
    points: tuple[Point, ...] = ()
    decisions: tuple[Decision, ...] = ()
    references: tuple[Reference, ...] = ()
    extras: dict[str, Any] = field(default_factory=dict)
    ground: Ground = Ground.NOTHING
    text_key: str = ""
    warnings: tuple[str, ...] = ()

    def source_span(self, span: Span) -> Span:
        """Return where a span of `text` stands in `source`."""
        return self.offsets.span(span)

    def page_of(self, span: Span) -> int | None:
        """Return the 1-based page on which a span of `text` begins, None for formats without pages."""
        if not self.paged or not self.pages:
            return None
        start = self.source_span(span).start
        i = bisect_right([page.span.start for page in self.pages], start) - 1
        return self.pages[max(i, 0)].number
