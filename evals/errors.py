"""Expected failures of an evaluation. All are wrong input: one sentence, exit code 2."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

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


def german(error: ValidationError) -> str:
    """Say in German what pydantic found first."""
    problem = error.errors()[0]
    where = ".".join(str(part) for part in problem["loc"])
    field = f"das Feld „{where}“ " if where else ""
    match problem["type"]:
        case "json_invalid":
            return "das ist kein JSON"
        case "missing":
            return f"{field}fehlt"
        case "enum":
            allowed = problem["ctx"]["expected"].replace(" or ", ", ").replace("'", "")
            return f"{field}kennt den Wert „{problem['input']}“ nicht (möglich: {allowed})"
        case "value_error":
            return str(problem["ctx"]["error"])
        case "string_too_short" | "too_short":
            return f"{field}ist leer"
        case kind:
            return f"{field or 'der Inhalt '}hat nicht die erwartete Form ({kind})"
