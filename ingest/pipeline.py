"""From files to a published index: the whole way, top to bottom.

::

    plan       which files are new, changed, vanished           ingest.plan
    read       file → text with pages, in child processes       ingest.readers
    clean      repair the text, remember where it came from     ingest.clean
    structure  what kind of paper, which parts, numbers, dates  ingest.structure
    passages   what search finds                                ingest.passages
    embed      vectors, tokens; only for texts not seen before  ingest.embedding, ingest.german
    write      catalogue, in batches                            ingest.index
    publish    derive both legs, verify, move the pointer       ingest.index.generation

A file that cannot be read is reported and the rest goes on; if it could be read before, that version stays. Papers
are streamed: no more than `BATCH` of them are in memory at once.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar

from ingest.deriving import Deriver
from ingest.embedding import Encoder
from ingest.errors import IndexMismatch, UsageError
from ingest.german import GERMAN_VERSION
from ingest.index.catalogue import Catalogue
from ingest.index.layout import WriterLock
from ingest.index.manifest import Fingerprint
from ingest.index.records import Change, DocumentHeader, Failure, Root, Shelved, Withdrawn
from ingest.index.shelf import Desk, Shelf
from ingest.outcomes import FileOutcome, Outcome, Progress, Report, Stage, Watcher
from ingest.passages import PASSAGES_VERSION, passages
from ingest.plan import Plan, Reading, Rejected, make_plan
from ingest.readers import ENDINGS
from ingest.reading import may_say_nonpublic, read_papers, visibility_of_failure
from ingest.types import Document, Visibility

T = TypeVar("T")
_log = logging.getLogger(__name__)

BATCH: Final = 64
"""Papers that are written, and whose passages are embedded, at once."""

WORKERS: Final = 2
"""Children that read files; each may take up to 1.5 GB for a hostile one."""


def add(
    index_dir: Path,
    paths: Sequence[Path],
    encoder: Encoder,
    *,
    confirm_removal: bool = False,
    workers: int = WORKERS,
    watch: Watcher = lambda _: None,
) -> Report:
    """Bring the index in line with the files below `paths`, or below every remembered root.

    Raises:
        UsageError: a path does not exist, or nothing is remembered and none was given.
        IndexLocked: another process is writing.
        IndexMismatch: the index is of a version that needs all files again, and a root is missing.
        IndexDamaged: what was built did not pass its verification; the index before it goes on serving.
    """
    started = time.monotonic()
    fingerprint = fingerprint_of(encoder)
    with WriterLock(index_dir) as lock, Shelf.open(index_dir, fingerprint) as shelf:
        plan = make_plan(shelf, _all_if_needed(index_dir, shelf, paths), ENDINGS, confirm_removal=confirm_removal)
        run = _Run(shelf, plan, encoder, fingerprint, watch)
        if not run.has_work:
            return run.report(started)
        lock.sign()
        with run.desk:
            run.remove(plan.vanished)
            for batch in _batches(read_papers(plan.readings, workers, run.fail, watch)):
                run.write(batch)
            run.refresh()
            run.note()
            watch(Progress(stage=Stage.PUBLISHING, done=0, total=0))
            published = run.desk.publish()
        report = run.report(started)
        if Visibility.PUBLIC in published:
            report = replace(report, generation=published[Visibility.PUBLIC].name)
        return report


def check(index_dir: Path, paths: Sequence[Path], *, workers: int = WORKERS, watch: Watcher = lambda _: None) -> Report:
    """Read everything that `add` would read and tell what it would do, writing nothing.

    Raises:
        UsageError: a path does not exist, or nothing is remembered and none was given.
    """
    started = time.monotonic()
    with Shelf.open(index_dir, None) as shelf:
        plan = make_plan(shelf, _all_if_needed(index_dir, shelf, paths), ENDINGS)
        outcomes: list[FileOutcome] = []

        def failed(reading: Reading, reason: str) -> None:
            outcomes.append(FileOutcome(path=reading.path, outcome=Outcome.FAILED, reason=reason))

        for reading, document in read_papers(plan.readings, workers, failed, watch):
            outcomes.append(_outcome(reading, document, len(passages(document))))
        outcomes += [FileOutcome(path=one.path, outcome=Outcome.FAILED, reason=one.reason) for one in plan.unreadable]
        outcomes += [_of_shelved(paper, Outcome.REMOVED) for paper in plan.vanished]
        return _report(plan, outcomes, shelf.generation, started)


def remove(index_dir: Path, headers: Sequence[DocumentHeader]) -> Report:
    """Take papers out by hand and leave nothing of them: texts, vectors, earlier generations.

    Their files stay where they are and are remembered; each comes back only when it has changed.

    Raises:
        IndexLocked: another process is writing.
        IndexDamaged: what was built did not pass its verification.
    """
    started = time.monotonic()
    wanted = {header.document_id for header in headers}
    outcomes = []
    with WriterLock(index_dir) as lock, Shelf.open(index_dir, None) as shelf:
        lock.sign()
        papers = [paper for paper in shelf.papers() if paper.document_id in wanted]
        published = {paper.visibility: shelf.stock(paper.visibility).generation for paper in papers}
        for visibility, generation in published.items():
            if generation is None:
                continue
            gone = [paper for paper in papers if paper.visibility is visibility]
            with Desk(shelf=shelf, fingerprint=generation.manifest.fingerprint) as desk:
                builder = desk.builder(visibility)
                builder.remove(paper.document_id for paper in gone)
                builder.cataloguer.withdraw(
                    Withdrawn(
                        root=paper.root,
                        relative=paper.relative,
                        file_hash=paper.state.file_hash,
                        sidecar_hash=paper.state.sidecar_hash,
                    )
                    for paper in gone
                )
                reason = "Mit „remove“ zurückgezogen."
                outcomes += [replace(_of_shelved(paper, Outcome.REMOVED), reason=reason) for paper in gone]
                builder.cataloguer.note(_changes(outcomes[-len(gone) :]))
                desk.erase.add(visibility)
                desk.publish()
    with Shelf.open(index_dir, None) as shelf:
        seconds = time.monotonic() - started
        return Report(files=tuple(outcomes), generation=shelf.generation, seconds=seconds, erased=True)


def fingerprint_of(encoder: Encoder) -> Fingerprint:
    """Return what an index built now says of itself."""
    return Fingerprint(
        encoder=encoder.name,
        encoder_fingerprint=encoder.fingerprint,
        dimensions=encoder.dimensions,
        passages_version=PASSAGES_VERSION,
        german_version=GERMAN_VERSION,
    )


class _Run:
    """One `add` between its plan and its report."""

    def __init__(self, shelf: Shelf, plan: Plan, encoder: Encoder, fingerprint: Fingerprint, watch: Watcher) -> None:
        self._shelf, self._plan, self._watch = shelf, plan, watch
        self.desk = Desk(shelf=shelf, fingerprint=fingerprint)
        self._outcomes: list[FileOutcome] = []
        self._kept: list[Shelved] = [*plan.unchanged, *plan.outside, *plan.withheld]
        self._written: list[tuple[str, Document]] = []  # root and paper, without its texts
        self._failures: dict[Visibility, list[Failure]] = {visibility: [] for visibility in Visibility}
        self._gone: set[str] = set()  # content hashes of papers that left the public index
        self._noted: dict[Visibility, list[FileOutcome]] = {visibility: [] for visibility in Visibility}
        self._deriver = Deriver(encoder, shelf.embedded)
        for rejected in plan.unreadable:
            self._note_failure(rejected)

    @property
    def has_work(self) -> bool:
        """Whether anything has to be written."""
        plan = self._plan
        return bool(
            plan.readings
            or plan.vanished
            or self._shelf.needs_repair
            or any(self._roots_of(visibility) != self._roots_now(visibility) for visibility in Visibility)
            or any(self._failures_of(visibility) != self._shelf.failures(visibility) for visibility in Visibility)
        )

    def remove(self, papers: Iterable[Shelved]) -> None:
        """Take out papers whose files are gone."""
        for paper in papers:
            self._take_out(paper)
            self._tell(_of_shelved(paper, Outcome.REMOVED), paper.visibility)

    def fail(self, reading: Reading, reason: str) -> None:
        """Report a file that cannot be read; the version of it that could be read before stays."""
        rejected = Rejected(key=reading.file.key, path=reading.path, reason=reason)
        self._note_failure(rejected)
        for paper in reading.before:
            if paper.visibility is Visibility.PUBLIC and may_say_nonpublic(reading.file.file):
                self._take_out(paper)
                self.desk.erase.add(Visibility.PUBLIC)
                _log.warning("Vorsichtshalber aus dem öffentlichen Index genommen: %s", paper.path)
            else:
                self._kept.append(paper)

    def write(self, batch: Sequence[tuple[Reading, Document]]) -> None:
        """Derive everything from a batch of papers and put them into the catalogue."""
        for reading, document in batch:
            for paper in reading.before:
                self._take_out(paper)
                if paper.visibility is Visibility.PUBLIC and document.visibility is Visibility.NONPUBLIC:
                    self.desk.erase.add(Visibility.PUBLIC)
            if document.visibility is Visibility.NONPUBLIC and reading.file.state.file_hash in self._gone:
                self.desk.erase.add(Visibility.PUBLIC)
        entries = self._deriver.entries([(document, reading) for reading, document in batch])
        for visibility in Visibility:
            chosen = [entry for entry in entries if entry.document.visibility is visibility]
            if chosen:
                self.desk.builder(visibility).put(chosen)
        for (reading, document), entry in zip(batch, entries, strict=True):
            self._tell(_outcome(reading, document, len(entry.passages)), document.visibility)
            self._written.append((reading.file.root, replace(document, text="", source="")))

    def refresh(self) -> None:
        """Rebuild what another encoder or version built, from the catalogue, without reading a file."""
        for visibility in Visibility:
            stock = self._shelf.stock(visibility)
            if stock.damaged or stock.stale:
                self.desk.builder(visibility)
            if not (stock.stale and stock.readable and stock.catalogue):
                continue
            kept = [paper for paper in self._kept if paper.visibility is visibility]
            for done, batch in enumerate(_batches(_documents(stock.catalogue, kept))):
                self._watch(Progress(stage=Stage.REFRESHING, done=done * BATCH, total=len(kept)))
                self.desk.builder(visibility).put(self._deriver.entries(batch))

    def note(self) -> None:
        """Write down roots, failures and what has changed."""
        now = {visibility: self._roots_now(visibility) for visibility in Visibility}
        for visibility in Visibility:
            failures = self._failures_of(visibility)
            news = set(failures) - set(self._shelf.failures(visibility))
            is_needed = now[visibility] != self._roots_of(visibility) or failures != self._shelf.failures(visibility)
            if not is_needed and visibility not in self.desk.builders:
                continue
            cataloguer = self.desk.builder(visibility).cataloguer
            cataloguer.remember(now[visibility])
            cataloguer.fail(failures)
            cataloguer.readmit(self._plan.readmitted)
            failed = [FileOutcome(path=one.path, outcome=Outcome.FAILED, reason=one.reason) for one in news]
            cataloguer.note(_changes(sorted([*self._noted[visibility], *failed], key=lambda one: one.path)))

    def report(self, started: float) -> Report:
        """Tell what was done."""
        report = _report(self._plan, self._outcomes, self._shelf.generation, started)
        return replace(report, embedded=self._deriver.embedded, erased=bool(self.desk.erase))

    def _take_out(self, paper: Shelved) -> None:
        self.desk.builder(paper.visibility).remove([paper.document_id])
        if paper.visibility is Visibility.PUBLIC:
            self._gone.add(paper.state.file_hash)

    def _tell(self, outcome: FileOutcome, visibility: Visibility) -> None:
        self._outcomes.append(outcome)
        self._noted[visibility].append(outcome)

    def _note_failure(self, rejected: Rejected) -> None:
        """Note a failure where its path may be read: a hidden folder's or sidecar's word keeps it from the public."""
        root, relative = rejected.key
        visibility = visibility_of_failure(Path(root), relative)
        self._failures[visibility].append(
            Failure(root=root, relative=relative, path=rejected.path, reason=rejected.reason)
        )
        self._outcomes.append(FileOutcome(path=rejected.path, outcome=Outcome.FAILED, reason=rejected.reason))

    def _failures_of(self, visibility: Visibility) -> tuple[Failure, ...]:
        """Return what is noted as unreadable after this run: files not looked at stay as they were."""
        old = [one for one in self._shelf.failures(visibility) if not self._plan.covers(one.root, one.relative)]
        return tuple(sorted([*old, *self._failures[visibility]], key=lambda one: (one.path, one.root)))

    def _roots_of(self, visibility: Visibility) -> tuple[Root, ...]:
        catalogue = self._shelf.stock(visibility).catalogue
        return catalogue.roots() if catalogue else ()

    def _roots_now(self, visibility: Visibility) -> tuple[Root, ...]:
        """Return the roots to be remembered: where their papers are, and else with the public ones."""
        have: dict[Visibility, set[str]] = {one: set() for one in Visibility}
        for paper in self._kept:
            have[paper.visibility].add(paper.root)
        for root, document in self._written:
            have[document.visibility].add(root)
        elsewhere = have[Visibility.NONPUBLIC] - have[Visibility.PUBLIC]
        return tuple(
            root
            for root in sorted(self._plan.roots, key=lambda root: (root.position, root.path))
            if root.path in have[visibility] or (visibility is Visibility.PUBLIC and root.path not in elsewhere)
        )


def _documents(catalogue: Catalogue, papers: Iterable[Shelved]) -> Iterator[tuple[Document, Shelved]]:
    for paper in papers:
        document = catalogue.document(paper.document_id)
        if document:
            yield document, paper


def _all_if_needed(index_dir: Path, shelf: Shelf, paths: Sequence[Path]) -> Sequence[Path]:
    """Return what to look at: all roots where their papers must be read again, else what was asked for."""
    roots = [Path(root.path) for root in shelf.roots()]
    if not paths and not roots:
        raise UsageError("Es ist noch kein Ordner bekannt.", "Bitte „ratslotse-ingest add ORDNER“ ausführen.")
    if not shelf.must_reread:
        return paths
    for root in roots:
        if not root.exists():
            raise IndexMismatch(
                index_dir,
                f"Der Index stammt von einer anderen Version und wird neu gelesen, aber {root} ist nicht da.",
                "Bitte den Ordner wieder einhängen und „ratslotse-ingest add“ ausführen.",
            )
    return [*roots, *paths]


def _outcome(reading: Reading, document: Document, passage_count: int) -> FileOutcome:
    return FileOutcome(
        path=document.path,
        outcome=Outcome.CHANGED if reading.before else Outcome.ADDED,
        warnings=document.warnings,
        pages=len(document.pages),
        passages=passage_count,
    )


def _of_shelved(paper: Shelved, outcome: Outcome) -> FileOutcome:
    return FileOutcome(path=paper.path, outcome=outcome, pages=paper.page_count, passages=paper.passage_count)


def _report(plan: Plan, outcomes: Iterable[FileOutcome], generation: str | None, started: float) -> Report:
    """Put a run's outcomes together with what its plan had already settled."""
    held = "Die Datei ist nicht mehr da; entfernt wird erst mit --confirm-removal."
    files = [
        *outcomes,
        *(_of_shelved(paper, Outcome.UNCHANGED) for paper in plan.unchanged),
        *(replace(_of_shelved(paper, Outcome.UNCHANGED), reason=held) for paper in plan.withheld),
        *(FileOutcome(path=one.path, outcome=Outcome.UNCHANGED, reason=one.reason) for one in plan.withdrawn),
        *(FileOutcome(path=one.path, outcome=Outcome.UNSUPPORTED, reason=one.reason) for one in plan.unsupported),
    ]
    return Report(
        files=tuple(sorted(files, key=lambda one: (one.path, one.outcome))),
        generation=generation,
        seconds=time.monotonic() - started,
        withheld=len(plan.withheld),
    )


def _changes(outcomes: Iterable[FileOutcome]) -> list[Change]:
    now = dt.datetime.now(dt.UTC)
    return [Change(time=now, path=one.path, outcome=one.outcome.value, reason=one.reason) for one in outcomes]


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    stream = iter(items)
    while batch := list(islice(stream, BATCH)):
        yield batch
