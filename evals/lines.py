"""JSONL from disk, packed with xz or not, one checked object a line; used for gold files, answers and BEIR sets."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TypeVar

from pydantic import BaseModel, ValidationError

from evals.errors import BrokenLine
from ingest.errors import UsageError
from ingest.validation import german

Model = TypeVar("Model", bound=BaseModel)


def read_lines(path: Path, model: type[Model], broken: type[BrokenLine]) -> Iterator[tuple[int, Model]]:
    """Yield (1-based line number, object); empty lines are passed over, and nothing but one line is held.

    Raises:
        UsageError: the file cannot be read.
        BrokenLine: a line is not what `model` wants, as the class `broken`.
    """
    number = 0
    try:
        with _opened(path) as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield number, model.model_validate_json(line)
    except ValidationError as error:
        raise broken(path, number, german(error)) from error
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise UsageError(f"{path} kann nicht gelesen werden.", "Bitte den Pfad prüfen.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} ist nicht in UTF-8 geschrieben.", "Erwartet wird JSONL in UTF-8.") from error


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")
