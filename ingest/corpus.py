"""Which files there are, under which roots, and what they are called. Must not know what is in them.

A root is a folder, or a single file, that was given to `add`. A file belongs to the innermost root above it. Left
aside without a word: hidden files and folders, sidecars, `README*`, and the lock files of office programs.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from ingest.errors import UsageError
from ingest.index.manifest import hash_file
from ingest.index.records import FileState, Root
from ingest.sidecar import MAX_BYTES
from ingest.sidecar_path import FRESH_NS, is_sidecar, sidecar_path

_LEFT_ASIDE: Final = (".", "~$", "readme", "thumbs.db", "desktop.ini", "lost+found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A root, or the part of it that is to be brought in line.

    Attributes:
        below: path relative to the root; empty for all of it.
    """

    root: Root
    below: str = ""

    def holds(self, root: str, relative: str) -> bool:
        """Tell whether a file of a root lies in here."""
        return root == self.root.path and (
            not self.below or relative == self.below or relative.startswith(f"{self.below}/")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFile:
    """A file that may hold a paper.

    Attributes:
        root: path of the root it belongs to.
        relative: below that root, POSIX, as the file system spells it.
        file: where it is.
        state: hashes are empty until `with_hashes`.
    """

    root: str
    relative: str
    file: Path
    state: FileState

    @property
    def key(self) -> tuple[str, str]:
        """What stays the same while the file's content changes."""
        return self.root, self.relative


@dataclass(slots=True)
class Found:
    """What a look at the disk gave.

    Attributes:
        files: by relative path.
        closed: folders that could not be opened; what they hold is not known.
    """

    files: list[PaperFile] = field(default_factory=list)
    closed: list[Path] = field(default_factory=list)


def scopes(paths: Sequence[Path], roots: Sequence[Root]) -> tuple[Scope, ...]:
    """Tell what is to be brought in line: each path, or every remembered root if there are none.

    A path below a remembered root means that part of the root (it may have vanished). Any other becomes a root
    itself; remembered roots below it are brought in line too and keep their files.

    Raises:
        UsageError: a new path does not exist.
    """
    if not paths:
        return tuple(Scope(root=root) for root in roots)
    known = {root.path: root for root in roots}
    found: dict[tuple[str, str], Scope] = {}
    for path in paths:
        place = Path(os.path.abspath(path))  # noqa: PTH100 - a link that is given stays the name of its root
        for scope in _scopes_of(place, known):
            known.setdefault(scope.root.path, scope.root)
            found.setdefault((scope.root.path, scope.below), scope)
    return tuple(found.values())


def _scopes_of(place: Path, known: dict[str, Root]) -> Iterator[Scope]:
    above = [root for root in known.values() if place.is_relative_to(root.path)]
    if above:
        innermost = max(above, key=lambda root: len(root.path))
        below = place.relative_to(innermost.path).as_posix()
        yield Scope(root=innermost, below="" if below == "." else below)
    elif place.is_dir() or place.is_file():
        name = place.name if place.is_dir() else place.parent.name
        position = max((root.position for root in known.values()), default=0) + 1
        yield Scope(root=Root(path=str(place), name=name, position=position))
    else:
        raise UsageError(f"{place} gibt es nicht.", "Bitte einen Ordner oder eine Datei angeben.")
    for root in known.values():
        if Path(root.path) != place and Path(root.path).is_relative_to(place):
            yield Scope(root=root)


def files_in(scope: Scope, roots: Iterable[Root]) -> Found:
    """Look for a scope's files; there are none where the folder is gone.

    Args:
        scope: where to look.
        roots: all roots; files of one below this one are left to it.
    """
    inner = {root.path for root in roots if root.path != scope.root.path}
    top = Path(scope.root.path)
    start = top / scope.below if scope.below else top
    found = Found()
    for path in [start] if start.is_file() else _walk(start, inner, set(), found.closed):
        if not _left_aside(path.name):
            with contextlib.suppress(FileNotFoundError):  # gone since the folder was listed
                found.files.append(_paper_file(top, path))
    found.files.sort(key=lambda file: file.relative)
    return found


def with_hashes(file: PaperFile) -> PaperFile:
    """Read a file and its sidecar to tell their content.

    Raises:
        OSError: one of them cannot be read.
    """
    sidecar = sidecar_path(file.file)
    content = hash_file(file.file)
    return replace(
        file, state=replace(file.state, file_hash=content, sidecar_hash=_sidecar_hash(sidecar) if sidecar else "")
    )


def _sidecar_hash(sidecar: Path) -> str:
    """Tell the content of a sidecar; of what is too large or no file at all only that, and never by reading it."""
    status = _status(sidecar)
    if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
        return f"unreadable {stat.S_IFMT(status.st_mode):o} {status.st_size} {status.st_mtime_ns}"
    return hash_file(sidecar)


def _status(sidecar: Path) -> os.stat_result:
    try:
        return sidecar.stat()
    except OSError:  # a link to nowhere, or in a circle
        return sidecar.lstat()


def document_id_of(file: PaperFile, path: str) -> str:
    """Return the content hash of root, path, file and sidecar, 20 hexadecimal digits."""
    told = "\0".join((file.root, file.relative, path, file.state.file_hash, file.state.sidecar_hash))
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:20]


def user_path(relative: str, root: Root, taken: Collection[str]) -> str:
    """Name a new paper: its relative path, with the root's name in front if another root has the same."""
    plain = unicodedata.normalize("NFC", relative)
    path, count = plain, 1
    while path in taken:
        prefix = root.name if count == 1 else f"{root.name}-{count}"
        path, count = f"{prefix}/{plain}", count + 1
    return path


def _walk(folder: Path, inner: Collection[str], seen: set[tuple[int, int]], closed: list[Path]) -> Iterator[Path]:
    """Walk through links too, but through each folder once: links may form a circle."""
    try:
        status = folder.stat()
        entries = [(entry, entry.is_dir()) for entry in sorted(folder.iterdir())]  # may be listed but not entered
    except FileNotFoundError:
        return
    except OSError:
        closed.append(folder)
        return
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    for entry, is_folder in entries:
        if str(entry) in inner or _left_aside(entry.name):
            continue
        if is_folder:
            yield from _walk(entry, inner, seen, closed)
        elif entry.is_file():
            yield entry


def _left_aside(name: str) -> bool:
    folded = name.casefold()
    return folded.startswith(_LEFT_ASIDE) or is_sidecar(name)


def _paper_file(root: Path, path: Path) -> PaperFile:
    status, sidecar = path.stat(), sidecar_path(path)
    beside = _status(sidecar) if sidecar else None
    trusted = time.time_ns() - FRESH_NS
    return PaperFile(
        root=str(root),
        relative=path.name if path == root else path.relative_to(root).as_posix(),
        file=path,
        state=FileState(
            size=status.st_size,
            mtime_ns=status.st_mtime_ns if status.st_mtime_ns < trusted else 0,
            file_hash="",
            sidecar_size=beside.st_size if beside else -1,
            sidecar_mtime_ns=-1 if not beside else beside.st_mtime_ns if beside.st_mtime_ns < trusted else 0,
        ),
    )
