"""The ledger on disk: one file a generation, so that what changed between two can be told.

A file is written aside and renamed; one that cannot be read, or was made by other weights, is worked out anew.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from bot.ledger.table import Table
from bot.ledger.types import Evidence, MotionState, PointState

log = logging.getLogger(__name__)

RULES: Final = 4
"""Raise it when the same weights would judge otherwise than before."""

KEPT: Final = 10
"""Generations whose ledger is kept: a few weeks of daily `add`; a file for 381 motions has 1.5 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The ledger of one generation.

    Attributes:
        made_by: rules and weights; see `maker`.
        documents: ids of all papers of the generation, ascending.
        motions: by path.
    """

    generation: str
    made_by: str
    documents: tuple[str, ...]
    motions: tuple[MotionState, ...]


_PAGE: Final[TypeAdapter[Page]] = TypeAdapter(Page)


def maker(table: Table, reader: str) -> str:
    """Return what two ledgers have in common that judge alike: rules, weights, and the reader's name."""
    told = repr((RULES, reader, table.model_dump_json()))
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:16]


def without_what_is_gone(older: Page, newer: Page) -> Page:
    """Return a page without the motions and quotes of papers that are gone: what was withdrawn stays nowhere.

    The states of the points stay, so that what changed since then can still be told.
    """
    documents = set(newer.documents)
    paths = {motion.path for motion in newer.motions}
    motions = []
    for motion in older.motions:
        if motion.document_id in documents or motion.path in paths:
            points = tuple(_with_what_is_there(point, documents) for point in motion.points)
            vote = motion.vote if motion.vote and motion.vote.evidence.citation.document_id in documents else None
            motions.append(replace(motion, points=points, vote=vote))
    return replace(older, motions=tuple(motions))


def _with_what_is_there(point: PointState, documents: Set[str]) -> PointState:
    def is_there(*quoted: Evidence) -> bool:
        return all(one.citation.document_id in documents for one in quoted)

    return replace(
        point,
        evidence=tuple(one for one in point.evidence if is_there(one)),
        contradictions=tuple(two for two in point.contradictions if is_there(two.one, two.other)),
    )


class Book:
    """The pages of one index root."""

    def __init__(self, folder: Path) -> None:
        """Take a folder; it is made when the first page is written."""
        self._folder = folder

    def page(self, generation: str, made_by: str) -> Page | None:
        """Return the ledger of a generation; None if it has to be worked out."""
        try:
            page = _PAGE.validate_json(self._path(generation).read_bytes())
        except FileNotFoundError:
            return None
        except (ValidationError, OSError):
            log.warning("ledger=unreadable generation=%s", generation)
            return None
        return page if page.made_by == made_by else None

    def latest(self, made_by: str, *, other_than: str) -> Page | None:
        """Return the newest page that is not the one named, None if there is none."""
        for generation in reversed(self.generations()):
            if generation != other_than and (page := self.page(generation, made_by)):
                return page
        return None

    def generations(self) -> tuple[str, ...]:
        """Return the generations that have a page, oldest first: their names begin with their number."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.json")))

    def write(self, page: Page) -> None:
        """Keep a page, drop the oldest beyond `KEPT`, and take out of the others what the index no longer holds."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._put(page)
        for generation in self.generations()[:-KEPT]:
            self._path(generation).unlink(missing_ok=True)
        for generation in self.generations():
            if generation == page.generation:
                continue
            older = self.page(generation, page.made_by)
            if older is None:  # of other weights, or broken: it is of no use, and may quote what is gone
                self._path(generation).unlink(missing_ok=True)
            elif (left := without_what_is_gone(older, page)) != older:
                self._put(left)

    def _put(self, page: Page) -> None:
        target = self._path(page.generation)
        aside = target.with_suffix(f".{os.getpid()}.tmp")
        aside.write_bytes(_PAGE.dump_json(page))
        aside.replace(target)

    def _path(self, generation: str) -> Path:
        return self._folder / f"{generation}.json"
