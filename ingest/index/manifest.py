"""What a generation says about itself: who built it, what is in it, and which bytes must not change.

This module must not know how a generation is built or searched.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from pydantic import TypeAdapter, ValidationError

from ingest.errors import IndexDamaged

INDEX_VERSION: Final = 3
"""Raise it when the catalogue's tables change, or when files must be read and understood again."""

MANIFEST: Final = "manifest.json"

_BLOCK: Final = 1 << 20


class Encoding(Protocol):
    """The part of an encoder that tells which one it is."""

    name: str
    fingerprint: str
    dimensions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """Everything that must be equal for an index to be searched by this program.

    Attributes:
        encoder: its name as in the settings.
        encoder_fingerprint: changes when its vectors would.
        dimensions: length of a vector.
        passages_version: of the cutting into passages.
        parts_version: of the cutting into parts.
        german_version: of the search tokens.
        index_version: of the catalogue's form.
    """

    encoder: str
    encoder_fingerprint: str
    dimensions: int
    passages_version: int
    german_version: int
    index_version: int = INDEX_VERSION
    parts_version: int = 0

    def same_vectors(self, other: Fingerprint) -> bool:
        """Tell whether vectors of one can be compared with those of the other."""
        return (self.encoder_fingerprint, self.dimensions) == (other.encoder_fingerprint, other.dimensions)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMark:
    """Size in bytes and SHA-256 of a file that must not change once published."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The account of one generation.

    Attributes:
        parent: name of the generation that was current before; where `rollback` goes.
        run: marks the generations that one run published together.
        dense_count: vectors in the dense index; passages without any known word have none.
        corpus_date: date of the newest paper.
        content_hash: of documents and passages, the same however the generation came about.
        files: relative path to mark. Not `dense/chroma.sqlite3`, which readers change.
    """

    fingerprint: Fingerprint
    parent: str | None
    run: str
    created: dt.datetime
    document_count: int
    passage_count: int
    dense_count: int
    corpus_date: dt.date | None
    content_hash: str
    files: dict[str, FileMark]


_MANIFEST: Final[TypeAdapter[Manifest]] = TypeAdapter(Manifest)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a generation that is being built."""
    (folder / MANIFEST).write_bytes(_MANIFEST.dump_json(manifest, indent=1) + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a generation.

    Raises:
        FileNotFoundError: there is none.
        IndexDamaged: it cannot be understood.
    """
    raw = (folder / MANIFEST).read_bytes()
    try:
        return _MANIFEST.validate_json(raw)
    except ValidationError as error:
        raise IndexDamaged(
            folder.parent,
            f"Das Verzeichnis der Generation {folder.name} ist beschädigt ({MANIFEST}).",
            "Bitte „ratslotse-ingest add“ ausführen; das baut den Index neu.",
        ) from error


def marks(folder: Path) -> dict[str, FileMark]:
    """Mark every file of a generation that must not change from now on, by path, sorted."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and _must_not_change(name):
            found[name] = FileMark(size=path.stat().st_size, sha256=hash_file(path))
    return found


def hash_file(path: Path) -> str:
    """Hash a file's content (SHA-256, hexadecimal) without holding it in memory."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _must_not_change(name: str) -> bool:
    """Leave out what readers change: Chroma's log, tantivy's lock files, and the manifest that holds the marks."""
    return name != MANIFEST and not name.startswith(("dense/chroma.sqlite3", "lexical/."))
