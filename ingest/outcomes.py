"""What a run tells: about each file, about itself, and on the way. Values only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


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
