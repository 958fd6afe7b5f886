"""Expected failures of an evaluation. All are wrong input: one sentence, exit code 2."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import UsageError


class BrokenLine(UsageError):
    """A line of a JSONL file cannot be used.

    Attributes:
        path: the file.
        line: 1-based.
        reason: the part of the sentence that says why.
    """

    def __init__(self, path: Path, line: int, reason: str, hint: str = "") -> None:
        super().__init__(f"{path}, Zeile {line}: {reason}.", hint)
        self.path = path
        self.line = line
        self.reason = reason


class BrokenGold(BrokenLine):
    """A line of a gold file is no gold question."""


class BrokenAnswers(BrokenLine):
    """A line of a batch output is no answer record."""


class BrokenSet(BrokenLine):
    """A line of a retrieval set is not in BEIR layout."""


class BrokenResult(UsageError):
    """A file is no result of `ratslotse-evals run`."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} ist kein Ergebnis von „ratslotse-evals run“: {reason}.", "Bitte die Auswertung neu laufen lassen."
        )
        self.path = path


class EmptySample(ValueError):
    """A measure was asked for with nothing to measure; a zero there would be a lie."""
