"""Staff settle who may see a paper: one decision, written down with its time, and the index in line with it.

A refused decision leaves nothing behind. "Non-public" is on disk before the index is touched, so that a killed process
hides too much rather than too little; "public" only once the index has been published.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ingest.embedding import Encoder
from ingest.errors import UsageError
from ingest.index.layout import WriterLock
from ingest.index.records import DocumentHeader, Shelved
from ingest.index.settlements import Journal, Settlement, read_settlements
from ingest.index.shelf import Shelf
from ingest.outcomes import Outcome, Report, Watcher
from ingest.pipeline import WORKERS, carry_out, fingerprint_of
from ingest.plan import make_plan
from ingest.readers import ENDINGS
from ingest.reading import is_below_nonpublic
from ingest.run import Run
from ingest.types import Visibility

_REASONS: Final = {
    Visibility.PUBLIC: "Mit „settle“ als öffentlich festgelegt.",
    Visibility.NONPUBLIC: "Mit „settle“ als nichtöffentlich festgelegt.",
}


def settle(
    index_dir: Path,
    header: DocumentHeader,
    visibility: Visibility,
    encoder: Encoder,
    *,
    workers: int = WORKERS,
    watch: Watcher = lambda _: None,
) -> Report:
    """Decide who may see a paper, and every other one of the same text.

    Raises:
        UsageError: its file is gone, or it lies where the folder decides; nothing is done then.
        IndexLocked: another process is writing.
        IndexDamaged: what was built did not pass its verification; nothing is decided then.
    """
    started = time.monotonic()
    fingerprint = fingerprint_of(encoder)
    with WriterLock(index_dir) as lock, Shelf.open(index_dir, fingerprint) as shelf:
        papers = _same_papers(shelf, header)
        _check(papers, visibility)
        now = dt.datetime.now(dt.UTC)
        entries = [_settlement(paper, visibility, now) for paper in papers]
        settlements = read_settlements(index_dir).plus(entries)
        files = [_file(paper) for paper in papers]
        plan = make_plan(shelf, files, ENDINGS, again={paper.key for paper in papers})
        reason = _REASONS[visibility]
        run = Run(shelf, plan, encoder, fingerprint, watch, settlements=settlements, reason=reason)
        journal = Journal(index_dir)
        before = journal.size()
        lock.sign()
        if visibility is Visibility.NONPUBLIC:
            journal.append(entries)
        try:
            report = carry_out(run, plan, settlements, journal, workers, watch, started)
        except BaseException:
            journal.cut(before)
            raise
        if visibility is Visibility.PUBLIC and not report.count(Outcome.FAILED):
            journal.append(entries)
        return report


def _same_papers(shelf: Shelf, header: DocumentHeader) -> list[Shelved]:
    """Return a paper and all others of its text, as they stand on the shelf.

    Raises:
        UsageError: it is not there any more, or the index must be built anew first.
    """
    papers = shelf.papers()
    paper = next((paper for paper in papers if paper.document_id == header.document_id), None)
    if paper is None or shelf.is_stale:
        raise UsageError(
            f"„{header.path}“ kann so nicht festgelegt werden: Der Index ist nicht auf dem neuesten Stand.",
            "Bitte zuerst „ratslotse-ingest add“ ausführen.",
        )
    return [
        one
        for one in papers
        if one.key == paper.key
        or (paper.text_key and one.text_key == paper.text_key)
        or one.state.file_hash == paper.state.file_hash
    ]


def _check(papers: Sequence[Shelved], visibility: Visibility) -> None:
    for paper in papers:
        if not _file(paper).is_file():
            raise UsageError(
                f"Die Datei von „{paper.path}“ ist nicht mehr da.", "Bitte zuerst „ratslotse-ingest add“ ausführen."
            )
        if visibility is Visibility.PUBLIC and is_below_nonpublic(paper.root, paper.relative):
            raise UsageError(
                f"„{paper.path}“ liegt unter einem Ordner „nichtoeffentlich“; der geht jeder Entscheidung vor.",
                "Bitte die Datei in einen anderen Ordner verschieben und „ratslotse-ingest add“ ausführen.",
            )


def _settlement(paper: Shelved, visibility: Visibility, now: dt.datetime) -> Settlement:
    return Settlement(
        time=now,
        root=paper.root,
        relative=paper.relative,
        visibility=visibility,
        text_key=paper.text_key,
        file_hash=paper.state.file_hash,
        sidecar_hash=paper.state.sidecar_hash,
    )


def _file(paper: Shelved) -> Path:
    root = Path(paper.root)
    return (root.parent if root.is_file() else root) / paper.relative
