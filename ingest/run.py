"""The bookkeeping of one `add`: which papers leave, which are written, what is noted and where.

The order of its steps is told in `ingest.pipeline`. What may be seen by whom is decided here in one respect: a paper
that leaves the public index for the non-public one is erased from the public one for good.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final

from ingest.batches import batched
from ingest.deriving import Deriver
from ingest.embedding import Encoder
from ingest.errors import IndexDamaged
from ingest.index.catalogue import CATALOGUE, Catalogue
from ingest.index.layout import generation_names
from ingest.index.manifest import Fingerprint
from ingest.index.records import Failure, Root, Shelved
from ingest.index.settlements import Settleable, Settlement, Settlements
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
from ingest.reading import visibility_of_failure, visibility_of_root
from ingest.twins import Move, Placement, moved, moves
from ingest.types import Document, Ground, Visibility

_log = logging.getLogger(__name__)

BATCH: Final = 64
"""Papers that are written, and whose passages are embedded, at once."""


class Run:
    """One `add`: what it takes out, writes and cannot read, between its plan and its report.

    Attributes:
        writer: of the next generations.
    """

    def __init__(
        self,
        shelf: Shelf,
        plan: Plan,
        encoder: Encoder,
        fingerprint: Fingerprint,
        watch: Watcher,
        *,
        settlements: Settlements,
        reason: str | None = None,
    ) -> None:
        """Set up.

        Args:
            shelf: what is in the index.
            plan: what there is to do.
            encoder: makes the vectors.
            fingerprint: of what will be written.
            watch: is told how far the run is.
            settlements: what staff have decided about who may see a paper.
            reason: why papers are read that have not changed, for the log of changes.
        """
        self._shelf, self._plan, self._watch = shelf, plan, watch
        self._settlements, self._reason = settlements, reason
        self.writer = IndexWriter(shelf=shelf, fingerprint=fingerprint)
        self._outcomes: list[FileOutcome] = []
        leaving = {*plan.vanished, *(paper for reading in plan.readings for paper in reading.before)}
        self._kept: list[Shelved] = [paper for paper in shelf.papers() if paper not in leaving]
        self._written: list[tuple[Reading, Document]] = []  # papers without their texts
        self._failures: dict[Visibility, list[Failure]] = {visibility: [] for visibility in Visibility}
        self._gone: dict[str, str] = {}  # papers that left the public index: content hash → path
        self._moved: set[str] = set()  # paths of papers that changed sides with the paper of the same text
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
        hidden = {one.key for one in self._plan.unreadable if self._may_hide(*one.key)}
        for paper in [paper for paper in self._kept if paper.visibility is Visibility.PUBLIC and paper.key in hidden]:
            self._kept.remove(paper)
            self._erase(paper)

    def fail(self, reading: Reading, reason: str) -> None:
        """Report a file that cannot be read; the version of it that could be read before stays."""
        rejected = Rejected(key=reading.file.key, path=reading.path, reason=reason)
        self._note_failure(rejected)
        for paper in reading.before:
            if paper.visibility is Visibility.PUBLIC and self._may_hide(*reading.file.key):
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
            told = replace(outcome_of(reading, document, len(entry.passages)), reason=self._reason)
            self._tell(told, document.visibility)
            self._written.append((reading, replace(document, text="", source="")))

    def join_twins(self) -> None:
        """See to it that no text is public under one name and non-public under another, or in an earlier generation."""
        standing = [_standing(paper) for paper in self._kept] + [_standing(paper) for _, paper in self._written]
        for move in moves(standing):
            self._move(move)
        self._forget_earlier()

    def followed(self) -> list[Settlement]:
        """Return what staff decided about files, anew for the texts that these hold now."""
        papers = [
            Settleable(
                root=reading.file.root,
                relative=reading.file.relative,
                text_key=paper.text_key,
                file_hash=reading.file.state.file_hash,
                sidecar_hash=reading.file.state.sidecar_hash,
            )
            for reading, paper in self._written
            if paper.ground is Ground.SETTLED
        ]
        return [news for paper in papers if (news := self._settlements.news_of(paper))]

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
        unchanged = tuple(paper for paper in self._plan.unchanged if paper.path not in self._moved)
        report = report_of(replace(self._plan, unchanged=unchanged), self._outcomes, self._shelf.generation, started)
        return replace(report, embedded=self._deriver.embedded, erased=bool(self.writer.erase))

    def _may_hide(self, root: str, relative: str) -> bool:
        return visibility_of_failure(root, relative, self._settlements) is Visibility.NONPUBLIC

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

    def _move(self, move: Move) -> None:
        """Put a paper into the other root, from the catalogue; nothing if it stands where it belongs."""
        place = move.paper.visibility
        document = self._document(move.paper)
        fresh = moved(document, move.other)
        if fresh == document:
            return
        kept = next((paper for paper in self._kept if paper.document_id == move.paper.document_id), None)
        reading = next((one for one, paper in self._written if paper.document_id == move.paper.document_id), None)
        origin = kept or reading
        assert origin is not None
        self.writer.builder(place).remove([document.document_id])
        entries = self._deriver.entries([(fresh, origin)])
        self.writer.builder(fresh.visibility).put(entries)
        if place is Visibility.PUBLIC and fresh.visibility is Visibility.NONPUBLIC:
            self._conceal(document.path)
        self._replace(kept, fresh)
        self._retell(fresh, len(entries[0].passages))

    def _document(self, paper: Placement) -> Document:
        if paper.visibility in self.writer.builders:
            document = self.writer.builders[paper.visibility].document(paper.document_id)
        else:
            catalogue = self._shelf.stock(paper.visibility).catalogue
            document = catalogue.document(paper.document_id) if catalogue else None
        assert document is not None
        return document

    def _replace(self, kept: Shelved | None, fresh: Document) -> None:
        if kept is not None:
            now = replace(kept, visibility=fresh.visibility, ground=fresh.ground)
            self._kept = [now if paper is kept else paper for paper in self._kept]
        self._written = [
            (reading, replace(fresh, text="", source="") if paper.document_id == fresh.document_id else paper)
            for reading, paper in self._written
        ]

    def _retell(self, fresh: Document, passage_count: int) -> None:
        """Tell of a paper that has changed sides, instead of what was told before."""
        told = next((one for one in self._outcomes if one.path == fresh.path), None)
        for outcomes in (self._outcomes, *self._noted.values()):
            outcomes[:] = [one for one in outcomes if one.path != fresh.path]
        self._moved.add(fresh.path)
        self._tell(
            FileOutcome(
                path=fresh.path,
                outcome=told.outcome if told else Outcome.CHANGED,
                reason=told.reason if told else None,
                warnings=fresh.warnings,
                pages=len(fresh.pages),
                passages=passage_count,
            ),
            fresh.visibility,
        )

    def _forget_earlier(self) -> None:
        """Leave nothing in public generations of what is non-public now, under whatever name and in whatever wording.

        A public paper and a new non-public one in the same run, or of the same file name, may be the same paper,
        moved and edited at once: then earlier public generations go.
        """
        fresh = [(one, paper) for one, paper in self._written if paper.visibility is Visibility.NONPUBLIC]
        if not fresh:
            return
        names = {_file_name(one.file.relative) for one, _ in fresh if not one.before}
        hashes = {one.file.state.file_hash for one, _ in fresh}
        keys = {paper.text_key for _, paper in fresh} - {""}
        for paper in [paper for paper in self._kept if paper.visibility is Visibility.PUBLIC]:
            is_same = _file_name(paper.relative) in names or paper.state.file_hash in hashes
            if is_same and not self._plan.covers(*paper.key) and not (_folder(paper.root) / paper.relative).exists():
                self._kept.remove(paper)
                self._erase(paper)
        if (self._gone and names) or self._is_in_earlier(names, hashes, keys):
            self.writer.builder(Visibility.PUBLIC)
            self.writer.erase.add(Visibility.PUBLIC)

    def _is_in_earlier(self, names: set[str], hashes: set[str], keys: set[str]) -> bool:
        """Tell whether a kept public generation before the present one holds one of these papers."""
        stock = self._shelf.stock(Visibility.PUBLIC)
        present = {paper.key for paper in self._kept if paper.visibility is Visibility.PUBLIC}
        for name in generation_names(stock.root):
            if stock.generation and name == stock.generation.name:
                continue
            try:
                with closing(Catalogue(stock.root / name / CATALOGUE)) as catalogue:
                    papers = [paper for paper in catalogue.shelved() if paper.key not in present]
            except IndexDamaged:
                return True
            if any(
                _file_name(one.relative) in names or one.state.file_hash in hashes or one.text_key in keys
                for one in papers
            ):
                return True
        return False

    def _tell(self, outcome: FileOutcome, visibility: Visibility) -> None:
        self._outcomes.append(outcome)
        self._noted[visibility].append(outcome)

    def _note_failure(self, rejected: Rejected) -> None:
        """Note a failure where its path may be read: a hidden folder's or sidecar's word keeps it from the public."""
        root, relative = rejected.key
        visibility = visibility_of_failure(root, relative, self._settlements)
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
        for reading, document in self._written:
            have[document.visibility].add(reading.file.root)
        was = {one: {root.path for root in self._roots_of(one)} for one in Visibility}
        for root in self._plan.roots:
            if not any(root.path in paths for paths in have.values()):
                is_hidden = root.path in was[Visibility.NONPUBLIC] - was[Visibility.PUBLIC]
                have[Visibility.NONPUBLIC if is_hidden else visibility_of_root(Path(root.path), self._settlements)].add(
                    root.path
                )
        in_order = sorted(self._plan.roots, key=lambda root: (root.position, root.path))
        return tuple(root for root in in_order if root.path in have[visibility])


def _standing(paper: Shelved | Document) -> Placement:
    return Placement(
        document_id=paper.document_id,
        path=paper.path,
        visibility=paper.visibility,
        ground=paper.ground,
        text_key=paper.text_key,
    )


def _file_name(relative: str) -> str:
    return unicodedata.normalize("NFC", PurePosixPath(relative).name).casefold()


def _folder(root: str) -> Path:
    return Path(root).parent if Path(root).is_file() else Path(root)


def _documents(catalogue: Catalogue, papers: Iterable[Shelved]) -> Iterator[tuple[Document, Shelved]]:
    for paper in papers:
        document = catalogue.document(paper.document_id)
        if document:
            yield document, paper
