"""Expected failures, one sentence each.

Every error says what happened (`str(error)`), what to do (`hint`), and whether trying again may help
(`retryable`). Command lines print both sentences and never a traceback; anything that is not a
`RatslotseError` is a bug.

::

    RatslotseError
    ├── UsageError              wrong settings or arguments (exit 2)
    ├── UnreadableDocument      one file cannot be read; the others are
    │   ├── UnsupportedFormat
    │   └── BrokenSidecar
    ├── IndexProblem
    │   ├── IndexMissing        nothing has been published there
    │   ├── IndexMismatch       built by another encoder or version
    │   ├── IndexDamaged        verification failed
    │   ├── IndexLocked         another process is writing
    │   └── IndexUnwritable     the disk is full, or a store refuses to write
    ├── EncoderUnavailable
    ├── ReaderUnavailable
    └── ModelUnavailable
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar


class RatslotseError(Exception):
    """Root of all expected errors.

    Attributes:
        hint: one sentence that says what to do; may be empty.
        retryable: whether the same call may succeed later without a change.
        exit_code: of a command line that it ends: 2 where usage or settings must change, else 1.
    """

    retryable: ClassVar[bool] = False
    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(RatslotseError):
    """Wrong usage or settings."""


class UnreadableDocument(RatslotseError):
    """One file could not be read.

    Attributes:
        path: the file as staff know it.
        reason: the part of the sentence that says why, for `--json`.
        page: 1-based page at fault, None if it is the whole file.
    """

    def __init__(self, path: str | Path, reason: str, hint: str = "", page: int | None = None) -> None:
        where = f"{path}, Seite {page}" if page else f"{path}"
        super().__init__(f"{where}: {reason}", hint)
        self.path = str(path)
        self.reason = reason
        self.page = page


class UnsupportedFormat(UnreadableDocument):
    """The ending is none that Ratslotse reads."""


class BrokenSidecar(UnreadableDocument):
    """The `.meta.yaml` beside a file cannot be understood; that file alone fails."""


class IndexProblem(RatslotseError):
    """Something about the index as a whole.

    Attributes:
        root: the index root concerned.
    """

    def __init__(self, root: Path, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.root = root


class IndexMissing(IndexProblem):
    """Nothing has been published under this root yet."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            root,
            f"Unter {root} liegt noch kein Index.",
            "Bitte zuerst „ratslotse-ingest add ORDNER --index …“ ausführen.",
        )


class IndexMismatch(IndexProblem):
    """The index was built by another encoder or by another version of the search."""


class IndexDamaged(IndexProblem):
    """A generation failed its verification."""

    exit_code = 1


class IndexLocked(IndexProblem):
    """Another process is writing.

    Attributes:
        pid: of that process, None if it is not known.
    """

    retryable = True
    exit_code = 1

    def __init__(self, root: Path, pid: int | None) -> None:
        who = f"Prozess {pid}" if pid else "ein anderer Prozess"
        super().__init__(root, f"Am Index {root} arbeitet gerade {who}.", "Bitte später noch einmal versuchen.")
        self.pid = pid


class IndexUnwritable(IndexProblem):
    """What was being built could not be written; the index before it goes on serving."""

    retryable = True
    exit_code = 1

    def __init__(self, root: Path, reason: object) -> None:
        super().__init__(
            root,
            f"Der Index {root} konnte nicht geschrieben werden: {reason}.",
            "Ist auf dem Datenträger noch Platz? Der bisherige Index gilt weiter.",
        )


class EncoderUnavailable(RatslotseError):
    """The encoder that the settings name cannot be loaded; none is ever put in its place."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"Der Encoder „{name}“ kann nicht geladen werden: {reason}",
            "RATSLOTSE_ENCODER=bundled nutzt den mitgelieferten; andere brauchen „pip install 'ratslotse[encoders]'“.",
        )
        self.name = name


class ReaderUnavailable(RatslotseError):
    """The reader that the settings name cannot be loaded; none is ever put in its place."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"Der Leser „{name}“ kann nicht geladen werden: {reason}",
            "RATSLOTSE_READER=bundled nutzt den mitgelieferten, none verzichtet darauf; andere brauchen "
            "„pip install 'ratslotse[encoders]'“.",
        )
        self.name = name


class ModelUnavailable(RatslotseError):
    """The language model cannot be reached or gave nothing usable."""

    retryable = True
