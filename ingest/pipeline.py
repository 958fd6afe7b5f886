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
are streamed: no more than `ingest.run.BATCH` of them are in memory at once.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from ingest.batches import batched
from ingest.embedding import Encoder
from ingest.errors import IndexMismatch, UsageError
from ingest.german import GERMAN_VERSION
from ingest.index.layout import WriterLock
from ingest.index.manifest import Fingerprint
from ingest.index.records import DocumentHeader, Withdrawn
from ingest.index.settlements import Journal, Settlements, candidate_of, read_settlements
from ingest.index.shelf import IndexWriter, Shelf
from ingest.outcomes import (
    FileOutcome,
    Outcome,
    Progress,
    Report,
    Stage,
    Watcher,
    changes_of,
    outcome_of,
    outcome_of_shelved,
    report_of,
)
from ingest.parts import PARTS_VERSION
from ingest.passages import PASSAGES_VERSION, passages
from ingest.plan import Plan, Reading, make_plan
from ingest.readers import ENDINGS
from ingest.reading import read_papers
from ingest.run import BATCH, Run
from ingest.types import Visibility

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
        settlements = read_settlements(index_dir)
        plan = make_plan(
            shelf,
            _all_if_needed(index_dir, shelf, paths),
            ENDINGS,
            confirm_removal=confirm_removal,
            again=_to_hide(shelf, settlements),
        )
        run = Run(shelf, plan, encoder, fingerprint, watch, settlements=settlements)
        if not run.has_work:
            return run.report(started)
        lock.sign()
        return carry_out(run, plan, settlements, Journal(index_dir), workers, watch, started)


def carry_out(
    run: Run,
    plan: Plan,
    settlements: Settlements,
    journal: Journal,
    workers: int,
    watch: Watcher,
    started: float,
) -> Report:
    """Read, write and publish what is planned; the writer's lock is held."""
    with run.writer:
        run.remove(plan.vanished)
        run.hide()
        for batch in batched(read_papers(plan.readings, workers, settlements, run.fail, watch), BATCH):
            run.write(batch)
        run.refresh()
        run.join_twins()
        run.note()
        if followed := run.followed():
            journal.append(followed)
        watch(Progress(stage=Stage.PUBLISHING, done=0, total=0))
        published = run.writer.publish()
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

        for reading, document in read_papers(plan.readings, workers, read_settlements(index_dir), failed, watch):
            outcomes.append(outcome_of(reading, document, len(passages(document))))
        outcomes += [FileOutcome(path=one.path, outcome=Outcome.FAILED, reason=one.reason) for one in plan.unreadable]
        outcomes += [outcome_of_shelved(paper, Outcome.REMOVED) for paper in plan.vanished]
        return report_of(plan, outcomes, shelf.generation, started)


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
            with IndexWriter(shelf=shelf, fingerprint=generation.manifest.fingerprint) as writer:
                builder = writer.builder(visibility)
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
                outcomes += [replace(outcome_of_shelved(paper, Outcome.REMOVED), reason=reason) for paper in gone]
                builder.cataloguer.note(changes_of(outcomes[-len(gone) :]))
                writer.erase.add(visibility)
                writer.publish()
    with Shelf.open(index_dir, None) as shelf:
        seconds = time.monotonic() - started
        return Report(files=tuple(outcomes), generation=shelf.generation, seconds=seconds, erased=True)


def _to_hide(shelf: Shelf, settlements: Settlements) -> set[tuple[str, str]]:
    """Return the public papers that staff have decided to hide: a writer was killed before it could."""
    if not settlements.entries:
        return set()
    return {
        paper.key
        for paper in shelf.papers()
        if paper.visibility is Visibility.PUBLIC and settlements.decided(candidate_of(paper)) is Visibility.NONPUBLIC
    }


def fingerprint_of(encoder: Encoder) -> Fingerprint:
    """Return what an index built now says of itself."""
    return Fingerprint(
        encoder=encoder.name,
        encoder_fingerprint=encoder.fingerprint,
        dimensions=encoder.dimensions,
        passages_version=PASSAGES_VERSION,
        parts_version=PARTS_VERSION,
        german_version=GERMAN_VERSION,
    )


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
