"""What a run tells: about each file, about itself, and on the way."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ingest.index.records import Change, Shelved
from ingest.plan import Plan, Reading
from ingest.types import Document


class Outcome(StrEnum):
    """What became of a file."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    UNSUPPORTED = "unsupported"


class Stage(StrEnum):
    """What a run is doing."""

    READING = "Dokumente lesen"
    REFRESHING = "Index erneuern"
    PUBLISHING = "Prüfen und veröffentlichen"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """What became of one file.

    Attributes:
        path: as users see it.
        reason: German sentence, None where there is nothing to say.
        warnings: German sentences.
    """

    path: str
    outcome: Outcome
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    pages: int = 0
    passages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did.

    Attributes:
        files: by path.
        generation: name of the public generation that is published now, None if there is none.
        withheld: papers whose files are gone but that were not removed, because they are so many.
        embedded: texts that had to be embedded.
        erased: whether earlier generations were removed, so that nothing of a withdrawn paper is left.
    """

    files: tuple[FileOutcome, ...]
    generation: str | None
    seconds: float
    withheld: int = 0
    embedded: int = 0
    erased: bool = False

    def count(self, outcome: Outcome) -> int:
        """Count the files with an outcome."""
        return sum(file.outcome is outcome for file in self.files)

    @property
    def is_complete(self) -> bool:
        """Whether every file is in line now."""
        return not self.withheld and not self.count(Outcome.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is. `total` is 0 where it cannot be told."""

    stage: Stage
    done: int
    total: int


Watcher = Callable[[Progress], None]


def outcome_of(reading: Reading, document: Document, passage_count: int) -> FileOutcome:
    """Tell of a file that was read."""
    return FileOutcome(
        path=document.path,
        outcome=Outcome.CHANGED if reading.before else Outcome.ADDED,
        warnings=document.warnings,
        pages=len(document.pages),
        passages=passage_count,
    )


def outcome_of_shelved(paper: Shelved, outcome: Outcome) -> FileOutcome:
    """Tell of a paper that was in the index and was not read again."""
    return FileOutcome(path=paper.path, outcome=outcome, pages=paper.page_count, passages=paper.passage_count)


def report_of(plan: Plan, outcomes: Iterable[FileOutcome], generation: str | None, started: float) -> Report:
    """Put a run's outcomes together with what its plan had already settled.

    Args:
        plan: tells of the files that were left as they are.
        outcomes: of all other files.
        generation: the public one.
        started: when the run began, by `time.monotonic`.
    """
    held = "Die Datei ist nicht mehr da; entfernt wird erst mit --confirm-removal."
    files = [
        *outcomes,
        *(outcome_of_shelved(paper, Outcome.UNCHANGED) for paper in plan.unchanged),
        *(replace(outcome_of_shelved(paper, Outcome.UNCHANGED), reason=held) for paper in plan.withheld),
        *(FileOutcome(path=one.path, outcome=Outcome.UNCHANGED, reason=one.reason) for one in plan.withdrawn),
        *(FileOutcome(path=one.path, outcome=Outcome.UNSUPPORTED, reason=one.reason) for one in plan.unsupported),
    ]
    return Report(
        files=tuple(sorted(files, key=lambda one: (one.path, one.outcome))),
        generation=generation,
        seconds=time.monotonic() - started,
        withheld=len(plan.withheld),
    )


def changes_of(outcomes: Iterable[FileOutcome]) -> list[Change]:
    """Write outcomes as entries of the log of changes, as of now."""
    now = dt.datetime.now(dt.UTC)
    return [Change(time=now, path=one.path, outcome=one.outcome.value, reason=one.reason) for one in outcomes]
