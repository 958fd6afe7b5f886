"""A matter (Vorgang): the papers that belong together, and what they say of it as a whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.question.types import Form
from ingest.index import DocumentHeader
from ingest.types import DateBasis


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A matter.

    Attributes:
        key: unique within an index.
        form: what councillors call it.
        opening: the paper that opens it: the motion, the Vorlage; else its oldest.
        papers: all of them, oldest first, then by path.
        factions: groups that moved it; empty where no paper says.
        signatories: who signed it.
        bodies: committees that its papers name.
        words: search tokens of its titles.
    """

    key: str
    form: Form
    opening: DocumentHeader
    papers: tuple[DocumentHeader, ...]
    factions: tuple[str, ...]
    signatories: tuple[str, ...]
    bodies: tuple[str, ...]
    words: frozenset[str]

    @property
    def day(self) -> dt.date | None:
        """When it was moved: the date of its opening paper."""
        return self.opening.date

    @property
    def has_own_day(self) -> bool:
        """Whether its opening paper bears its own date, not that of a session or a list."""
        return self.opening.date is not None and self.opening.date_basis is DateBasis.PAPER
