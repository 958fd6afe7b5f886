"""The texts of the papers that gold files and answers name, for looking up quotes.

A paper's name is its path without folder and ending. Papers are compared folded, as the contract says: NFC, no white
space, no hyphens, lower case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Protocol

from bot.answering.verify import fold
from ingest.errors import UsageError

FOLDED_KEPT = 256
"""Folded texts held at once: more than the papers of any one question, some 20 MB of council papers."""

_ENDINGS = frozenset({".txt", ".md"})


class Texts(Protocol):
    """Somewhere that papers' texts can be had from."""

    def text(self, name: str) -> str | None:
        """Return a paper's text as it was read, None if there is no such paper."""


def paper_name(path: str) -> str:
    """Return a path without folder and ending."""
    return PurePosixPath(path).stem


class FolderTexts:
    """Text files below a folder, at any depth; of two with one name the first by path counts."""

    def __init__(self, folder: Path) -> None:
        """Take a folder.

        Raises:
            UsageError: it is none.
        """
        if not folder.is_dir():
            raise UsageError(f"{folder} ist kein Ordner.", "--documents erwartet den Ordner der Texte.")
        self._folder = folder
        self._below: Mapping[str, Path] | None = None

    def text(self, name: str) -> str | None:
        """Return the text of `name.txt`, else of any text file of this name; see `Texts`."""
        path = self._folder / f"{name}.txt"
        if not path.is_file():
            if self._below is None:
                found = (path for path in self._folder.rglob("*") if path.suffix.lower() in _ENDINGS)
                self._below = {path.stem: path for path in sorted(found, reverse=True)}
            if name not in self._below:
                return None
            path = self._below[name]
        return path.read_text(encoding="utf-8", errors="replace")


class Papers:
    """Papers by name, folded: which are the same paper, and what stands in them."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._identities: dict[str, str] = {}
        self._folded = lru_cache(maxsize=FOLDED_KEPT)(self._fold)

    def identity(self, name: str) -> str:
        """Return what two names of one paper have in common: a hash of its text, or the name if there is no text."""
        if name not in self._identities:
            folded = self._folded(name)
            told = f"name:{name}" if folded is None else hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()
            self._identities[name] = told
        return self._identities[name]

    def known(self, name: str) -> bool:
        """Say whether there is such a paper."""
        return self._folded(name) is not None

    def holds(self, name: str, quote: str) -> bool:
        """Say whether a quote stands in a paper; False if there is no such paper."""
        folded = self._folded(name)
        return folded is not None and fold(quote) in folded

    def stretch(self, name: str, start: int, end: int) -> str:
        """Return characters of a paper.

        Raises:
            UsageError: there is no such paper.
        """
        text = self._texts.text(name)
        if text is None:
            raise UsageError(
                f"Der Text des Belegpapiers „{name}“ fehlt.", "Bitte mit --documents den Ordner der Texte angeben."
            )
        return text[start:end]

    def _fold(self, name: str) -> str | None:
        text = self._texts.text(name)
        return None if text is None else fold(text)
