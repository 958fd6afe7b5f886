"""What staff have decided about who may see a paper: a list that outlives generations, rebuilds and rollbacks.

It lies beside the non-public generations, one decision a line, and only ever grows: names of papers that are not for
everybody may stand in it. Must not know how else visibility is decided.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from ingest.errors import IndexDamaged
from ingest.index.layout import root_of, sync_folder
from ingest.index.records import Shelved
from ingest.types import Visibility

NAME: Final = "settled.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """One decision.

    Attributes:
        time: in UTC.
        root: folder given to `add`, absolute.
        relative: the file below it.
        visibility: as decided.
        text_key: of the paper as it was then; empty for a short text.
        file_hash: of its file.
        sidecar_hash: of what stood beside it; empty if nothing did.
    """

    time: dt.datetime
    root: str
    relative: str
    visibility: Visibility
    text_key: str
    file_hash: str
    sidecar_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settleable:
    """A paper about which something may have been decided.

    Attributes:
        text_key: empty where its text is short or not known.
        sidecar_says_nonpublic: in plain words of its key `visibility`.
        place_says_nonpublic: its name or folder does.
    """

    root: str
    relative: str
    text_key: str
    file_hash: str
    sidecar_hash: str = ""
    sidecar_says_nonpublic: bool = False
    place_says_nonpublic: bool = False


class Settlements:
    """All decisions, the newest of those that apply counts.

    "Non-public" holds for a file, whatever it comes to contain, and for its text under any other name. "Public" holds
    for the text that staff have seen, and not against a name, a folder or a sidecar that has said "non-public" since.
    """

    def __init__(self, entries: Iterable[Settlement] = ()) -> None:
        self._entries = tuple(entries)

    @property
    def entries(self) -> tuple[Settlement, ...]:
        """Oldest first."""
        return self._entries

    def plus(self, entries: Iterable[Settlement]) -> Settlements:
        """Return these and newer ones."""
        return Settlements((*self._entries, *entries))

    def news_of(self, paper: Settleable) -> Settlement | None:
        """Return the decision "non-public" about a file anew for the text that it holds now, None if that is known.

        A file that is edited and then renamed is so recognised by its new text.
        """
        if self.decided(paper) is not Visibility.NONPUBLIC or any(_is_of_text(one, paper) for one in self._entries):
            return None
        return Settlement(
            time=next(one.time for one in reversed(self._entries) if _is_of_file(one, paper)),
            root=paper.root,
            relative=paper.relative,
            visibility=Visibility.NONPUBLIC,
            text_key=paper.text_key,
            file_hash=paper.file_hash,
            sidecar_hash=paper.sidecar_hash,
        )

    def decided(self, paper: Settleable) -> Visibility | None:
        """Return what has been decided about a paper, None if nothing that still holds."""
        applying = [one for one in reversed(self._entries) if _is_of_file(one, paper) or _is_of_text(one, paper)]
        for one in applying:
            if one.visibility is Visibility.NONPUBLIC:
                return Visibility.NONPUBLIC
            if _is_of_text(one, paper):
                return Visibility.PUBLIC if self._still_holds(one, applying, paper) else None
        return None

    def _still_holds(self, decision: Settlement, applying: Iterable[Settlement], paper: Settleable) -> bool:
        seen = {one.sidecar_hash for one in applying if one.time == decision.time}
        is_overruled = paper.sidecar_says_nonpublic and paper.sidecar_hash not in seen
        is_moved = not any(_is_of_file(one, paper) for one in applying if one.time == decision.time)
        return not is_overruled and not (is_moved and paper.place_says_nonpublic)


def candidate_of(paper: Shelved) -> Settleable:
    """Return a paper in the catalogue as one about which something may have been decided."""
    return Settleable(
        root=paper.root,
        relative=paper.relative,
        text_key=paper.text_key,
        file_hash=paper.state.file_hash,
        sidecar_hash=paper.state.sidecar_hash,
    )


_LINE: Final[TypeAdapter[Settlement]] = TypeAdapter(Settlement)


def read_settlements(index_dir: Path) -> Settlements:
    """Read the list; a last line that a killed writer left unfinished was never decided.

    Raises:
        IndexDamaged: a line cannot be read.
    """
    root = root_of(index_dir, Visibility.NONPUBLIC)
    try:
        raw = (root / NAME).read_bytes()
    except FileNotFoundError:
        return Settlements()
    lines = raw.split(b"\n")[:-1]
    try:
        return Settlements(_LINE.validate_json(line) for line in lines)
    except ValidationError as error:
        raise IndexDamaged(
            root,
            f"Die Liste der Entscheidungen {root / NAME} ist beschädigt.",
            "Bitte aus der Sicherung zurückholen; ohne sie könnten nichtöffentliche Papiere öffentlich werden.",
        ) from error


class Journal:
    """The list on disk, for the one who holds the writer's lock."""

    def __init__(self, index_dir: Path) -> None:
        self._root = root_of(index_dir, Visibility.NONPUBLIC)
        self._path = self._root / NAME

    def append(self, entries: Iterable[Settlement]) -> None:
        """Add decisions; they are on disk when this returns."""
        self._root.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            whole = os.pread(handle, os.fstat(handle).st_size, 0).rpartition(b"\n")
            end = len(whole[0]) + len(whole[1])
            os.ftruncate(handle, end)
            os.pwrite(handle, b"".join(_LINE.dump_json(one) + b"\n" for one in entries), end)
            os.fsync(handle)
        finally:
            os.close(handle)
        sync_folder(self._root)

    def size(self) -> int:
        """Return where the list ends, for `cut`."""
        return self._path.stat().st_size if self._path.exists() else 0

    def cut(self, size: int) -> None:
        """Take back what was added behind `size`: a change that is refused does not happen."""
        if self._path.exists():
            os.truncate(self._path, size)


def _is_of_file(one: Settlement, paper: Settleable) -> bool:
    return (one.root, one.relative) == (paper.root, paper.relative)


def _is_of_text(one: Settlement, paper: Settleable) -> bool:
    return bool(
        (one.text_key and one.text_key == paper.text_key) or (one.file_hash and one.file_hash == paper.file_hash)
    )
