"""The bookkeeping of one `add`: which papers leave, which are written, what is noted and where.

The order of its steps is told in `ingest.pipeline`. What may be seen by whom is decided here in one respect: a paper
that leaves the public index for the non-public one is erased from the public one for good.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from ingest.batches import batched
from ingest.deriving import Deriver
from ingest.embedding import Encoder
from ingest.index.catalogue import Catalogue
from ingest.index.manifest import Fingerprint
from ingest.index.records import Failure, Root, Shelved
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
from ingest.plan import Plan, Reading, Rejected
from ingest.reading import may_say_nonpublic, visibility_of_failure, visibility_of_root
from ingest.types import Document, Visibility

_log = logging.getLogger(__name__)

BATCH: Final = 64
"""Papers that are written, and whose passages are embedded, at once."""


class Run:
    """One `add`: what it takes out, writes and cannot read, between its plan and its report.

    Attributes:
        writer: of the next generations.
    """

    def __init__(self, shelf: Shelf, plan: Plan, encoder: Encoder, fingerprint: Fingerprint, watch: Watcher) -> None:
        self._shelf, self._plan, self._watch = shelf, plan, watch
        self.writer = IndexWriter(shelf=shelf, fingerprint=fingerprint)
        self._outcomes: list[FileOutcome] = []
        leaving = {*plan.vanished, *(paper for reading in plan.readings for paper in reading.before)}
        self._kept: list[Shelved] = [paper for paper in shelf.papers() if paper not in leaving]
        self._written: list[tuple[str, Document]] = []  # root and paper, without its texts
        self._failures: dict[Visibility, list[Failure]] = {visibility: [] for visibility in Visibility}
        self._gone: dict[str, str] = {}  # papers that left the public index: content hash → path
        self._secret: set[str] = set()  # paths of those of them that are non-public now
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
            self._tell(outcome_of_shelved(paper, Outcome.REMOVED), paper.visibility)

    def hide(self) -> None:
        """Take out public papers whose files cannot be opened while folder or sidecar now speak of non-public."""
        hidden = {one.key for one in self._plan.unreadable if visibility_of_failure(*one.key) is Visibility.NONPUBLIC}
        for paper in [paper for paper in self._kept if paper.visibility is Visibility.PUBLIC and paper.key in hidden]:
            self._kept.remove(paper)
            self._erase(paper)

    def fail(self, reading: Reading, reason: str) -> None:
        """Report a file that cannot be read; the version of it that could be read before stays."""
        rejected = Rejected(key=reading.file.key, path=reading.path, reason=reason)
        self._note_failure(rejected)
        for paper in reading.before:
            if paper.visibility is Visibility.PUBLIC and may_say_nonpublic(reading.file.file):
                self._erase(paper)
            else:
                self._kept.append(paper)

    def write(self, batch: Sequence[tuple[Reading, Document]]) -> None:
        """Derive everything from a batch of papers and put them into the catalogue."""
        for reading, document in batch:
            for paper in reading.before:
                self._take_out(paper)
                if paper.visibility is Visibility.PUBLIC and document.visibility is Visibility.NONPUBLIC:
                    self._conceal(paper.path)
            if document.visibility is Visibility.NONPUBLIC and reading.file.state.file_hash in self._gone:
                self._conceal(self._gone[reading.file.state.file_hash])
        entries = self._deriver.entries([(document, reading) for reading, document in batch])
        for visibility in Visibility:
            chosen = [entry for entry in entries if entry.document.visibility is visibility]
            if chosen:
                self.writer.builder(visibility).put(chosen)
        for (reading, document), entry in zip(batch, entries, strict=True):
            self._tell(outcome_of(reading, document, len(entry.passages)), document.visibility)
            self._written.append((reading.file.root, replace(document, text="", source="")))

    def refresh(self) -> None:
        """Rebuild what another encoder or version built, from the catalogue, without reading a file."""
        for visibility in Visibility:
            stock = self._shelf.stock(visibility)
            if stock.damaged or stock.stale:
                self.writer.builder(visibility)
            if not (stock.stale and stock.readable and stock.catalogue):
                continue
            kept = [paper for paper in self._kept if paper.visibility is visibility]
            for done, batch in enumerate(batched(_documents(stock.catalogue, kept), BATCH)):
                self._watch(Progress(stage=Stage.REFRESHING, done=done * BATCH, total=len(kept)))
                self.writer.builder(visibility).put(self._deriver.entries(batch))

    def note(self) -> None:
        """Write down roots, failures and what has changed."""
        now = {visibility: self._roots_now(visibility) for visibility in Visibility}
        for visibility in Visibility:
            failures = self._failures_of(visibility)
            news = set(failures) - set(self._shelf.failures(visibility))
            is_needed = now[visibility] != self._roots_of(visibility) or failures != self._shelf.failures(visibility)
            if not is_needed and visibility not in self.writer.builders:
                continue
            cataloguer = self.writer.builder(visibility).cataloguer
            cataloguer.remember(now[visibility])
            cataloguer.fail(failures)
            cataloguer.readmit(self._plan.readmitted)
            failed = [FileOutcome(path=one.path, outcome=Outcome.FAILED, reason=one.reason) for one in news]
            noted = [*self._noted[visibility], *failed]
            if visibility is Visibility.PUBLIC and self._secret:
                cataloguer.forget(self._secret)
                noted = [one for one in noted if one.path not in self._secret]
            cataloguer.note(changes_of(sorted(noted, key=lambda one: one.path)))

    def report(self, started: float) -> Report:
        """Tell what was done."""
        report = report_of(self._plan, self._outcomes, self._shelf.generation, started)
        return replace(report, embedded=self._deriver.embedded, erased=bool(self.writer.erase))

    def _take_out(self, paper: Shelved) -> None:
        self.writer.builder(paper.visibility).remove([paper.document_id])
        if paper.visibility is Visibility.PUBLIC:
            self._gone[paper.state.file_hash] = paper.path

    def _erase(self, paper: Shelved) -> None:
        self._take_out(paper)
        self._conceal(paper.path)
        _log.warning("Vorsichtshalber aus dem öffentlichen Index genommen: %s", paper.path)

    def _conceal(self, path: str) -> None:
        self.writer.erase.add(Visibility.PUBLIC)
        self._secret.add(path)

    def _tell(self, outcome: FileOutcome, visibility: Visibility) -> None:
        self._outcomes.append(outcome)
        self._noted[visibility].append(outcome)

    def _note_failure(self, rejected: Rejected) -> None:
        """Note a failure where its path may be read: a hidden folder's or sidecar's word keeps it from the public."""
        root, relative = rejected.key
        visibility = visibility_of_failure(root, relative)
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
        """Return the roots to be remembered: where their papers are, else where their names may be read."""
        have: dict[Visibility, set[str]] = {one: set() for one in Visibility}
        for paper in self._kept:
            have[paper.visibility].add(paper.root)
        for path, document in self._written:
            have[document.visibility].add(path)
        was = {one: {root.path for root in self._roots_of(one)} for one in Visibility}
        for root in self._plan.roots:
            if not any(root.path in paths for paths in have.values()):
                is_hidden = root.path in was[Visibility.NONPUBLIC] - was[Visibility.PUBLIC]
                have[Visibility.NONPUBLIC if is_hidden else visibility_of_root(Path(root.path))].add(root.path)
        in_order = sorted(self._plan.roots, key=lambda root: (root.position, root.path))
        return tuple(root for root in in_order if root.path in have[visibility])


def _documents(catalogue: Catalogue, papers: Iterable[Shelved]) -> Iterator[tuple[Document, Shelved]]:
    for paper in papers:
        document = catalogue.document(paper.document_id)
        if document:
            yield document, paper
