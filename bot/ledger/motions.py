"""The ledger for channels: all motions, one of them, and what is new. Public papers only, unless told otherwise.

Each generation is worked out once, when it is first asked for, and kept in the state directory. From one generation to
the next only the motions that its new, changed and vanished papers can touch are worked out again.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bot.ledger.book import Book, Page, maker
from bot.ledger.table import learned
from bot.ledger.touching import touched
from bot.ledger.types import Change, MotionState, changes_between
from bot.ledger.working import MotionExaminer, motion_id
from bot.phrases import motions as phrases
from bot.reading import Reader
from bot.types import Language, Searched
from ingest.embedding import Encoder
from ingest.errors import IndexMissing, UsageError
from ingest.index import IndexReader, LiveIndex, open_generation
from ingest.index.layout import read_pointer
from ingest.references import number_key
from ingest.types import Kind

log = logging.getLogger(__name__)


MOST_ALONE = 200
"""Motions worked out one by one that are remembered."""

MOST_SHOWN = 80
"""Characters of what was asked for that an error repeats."""


class Motions:
    """All motions of one index root and the state of their points. Thread-safe."""

    def __init__(self, *, index: LiveIndex, root: Path, encoder: Encoder, reader: Reader, state_dir: Path) -> None:
        """Take what was opened at the door.

        Args:
            index: of that root.
            root: `<index>/public`; earlier generations are looked for there.
            encoder: the one that built it.
            reader: reads papers for points.
            state_dir: where the ledger is kept, in a folder of that root's own.
        """
        self._index, self._root, self._encoder, self._reader = index, root, encoder, reader
        place = hashlib.sha256(str(root.resolve()).encode("utf-8")).hexdigest()[:8]
        self._book = Book(state_dir / "ledger" / f"{root.name}-{place}")
        self._made_by = maker(learned(), reader.name)
        self._lock = threading.Lock()
        self._page: Page | None = None
        self._alone: dict[tuple[str, str], MotionState] = {}

    def all(self) -> tuple[MotionState, ...]:
        """Return every motion, by path.

        Raises:
            IndexMissing, IndexMismatch, IndexDamaged: there is no index that could be asked.
        """
        return self._current().motions

    def find(self, wanted: str) -> MotionState:
        """Return the motion of an id, a path, the end of a path, or a number.

        Raises:
            UsageError: there is none, or there are several; names them.
        """
        motions = self.all()
        key = number_key(wanted)
        for matches in (
            [m for m in motions if wanted in (m.motion_id, m.path, m.document_id)],
            [m for m in motions if m.path.endswith(f"/{wanted}")],
            [m for m in motions if m.number and number_key(m.number) == key],
        ):
            if len(matches) == 1:
                return matches[0]
            if matches:
                names = ", ".join(f"{m.motion_id} ({m.title[:60]})" for m in matches)
                raise UsageError(phrases.AMBIGUOUS[Language.DE].format(wanted=wanted, names=names))
        shown = wanted if len(wanted) <= MOST_SHOWN else f"{wanted[:MOST_SHOWN]} …"
        raise UsageError(phrases.UNKNOWN[Language.DE].format(wanted=shown), phrases.UNKNOWN_HINT[Language.DE])

    def kept(self) -> tuple[MotionState, ...] | None:
        """Return every motion, by path, if the published generation has been worked out; None where it has not."""
        with self._lock, self._index.reader() as reader:
            if self._page is None or self._page.generation != reader.generation:
                self._page = self._book.page(reader.generation, self._made_by) or self._page
            known = self._page
            return known.motions if known and known.generation == reader.generation else None

    def one(self, document_id: str) -> MotionState | None:
        """Return the motion of a paper: as kept, else worked out alone; None if the index holds no such motion."""
        for motion in self.kept() or ():
            if motion.document_id == document_id:
                return motion
        with self._index.reader() as reader:
            header = reader.headers([document_id]).get(document_id)
            if header is None or header.kind is not Kind.MOTION:
                return None
            name = (reader.generation, document_id)
            if name not in self._alone:
                examiner = MotionExaminer(reader, self._encoder, self._reader)
                if len(self._alone) >= MOST_ALONE:
                    self._alone.clear()
                self._alone[name] = examiner.work_out(reader.document(document_id))
            return self._alone[name]

    def generation(self) -> str:
        """Return the name of the published generation, which is all that is read.

        Raises:
            IndexMissing: nothing has been published.
        """
        name = read_pointer(self._root)
        if name is None:
            raise IndexMissing(self._root)
        return name

    def refresh(self) -> tuple[Change, ...]:
        """Work out the published generation if that has not been done, and return what it changed.

        For a serving process: call it now and then; it costs next to nothing while no new generation is published.
        """
        before = self._page or self._book.latest(self._made_by, other_than="")
        now = self._current()
        if before is None or before.generation == now.generation:
            return ()
        return changes_between(before.motions, now.motions)

    def news(self, since: str | None = None) -> tuple[Change, ...]:
        """Return the points whose status changed since a generation, by default since the one before.

        Raises:
            UsageError: the state of that generation is neither kept nor can it be worked out any more.
        """
        now = self._current()
        before = self._before(now.generation) if since is None else self._of(since)
        return changes_between(before.motions, now.motions) if before else ()

    def _current(self) -> Page:
        with self._lock, self._index.reader() as reader:
            if self._page is None or self._page.generation != reader.generation:
                self._page = self._page_of(reader)
            return self._page

    def _page_of(self, reader: IndexReader) -> Page:
        known = self._book.page(reader.generation, self._made_by)
        if known is not None:
            return known
        page = self._worked_out(reader, self._book.latest(self._made_by, other_than=reader.generation))
        self._book.write(page)
        return page

    def _worked_out(self, reader: IndexReader, before: Page | None) -> Page:
        """Work a generation out, from an earlier one if there is any."""
        started = time.perf_counter()
        headers = reader.all_headers()
        documents = tuple(sorted(header.document_id for header in headers))
        asking = [header for header in headers if header.kind is Kind.MOTION]
        kept = {state.document_id: state for state in before.motions} if before else {}
        known = before.documents if before else ()
        again = touched(kept, set(documents) - set(known), set(known) - set(documents), reader, self._encoder)
        examiner = MotionExaminer(reader, self._encoder, self._reader)
        searched = Searched(documents=reader.manifest.document_count, until=reader.manifest.corpus_date)
        states = []
        worked = 0
        for header in asking:
            state = kept.get(header.document_id)
            if state is None or header.document_id in again:
                state = examiner.work_out(reader.document(header.document_id))
                worked += 1
            states.append(replace(state, searched=searched))
        log.info(
            "ledger generation=%s motions=%d worked_out=%d seconds=%.1f",
            reader.generation,
            len(states),
            worked,
            time.perf_counter() - started,
        )
        return Page(generation=reader.generation, made_by=self._made_by, documents=documents, motions=_distinct(states))

    def _before(self, generation: str) -> Page | None:
        """Return the ledger before the current one: kept, else of the generation before."""
        kept = self._book.latest(self._made_by, other_than=generation)
        if kept is not None:
            return kept
        with self._index.reader() as reader:
            parent = reader.manifest.parent
        return self._of(parent) if parent and (self._root / parent).is_dir() else None

    def _of(self, generation: str) -> Page:
        kept = self._book.page(generation, self._made_by)
        if kept is not None:
            return kept
        if generation != Path(generation).name or not (self._root / generation).is_dir():
            raise UsageError(phrases.NO_EARLIER[Language.DE].format(generation=generation))
        with closing(open_generation(self._root, generation, self._encoder)) as reader:
            page = self._worked_out(reader, None)
        self._book.write(page)
        return page


def _distinct(states: Iterable[MotionState]) -> tuple[MotionState, ...]:
    """Give motions whose short ids clash the ids of their content instead."""
    given = tuple(states)
    ids = [state.motion_id for state in given]
    return tuple(
        replace(state, motion_id=motion_id(state.path + state.document_id)) if ids.count(state.motion_id) > 1 else state
        for state in given
    )
