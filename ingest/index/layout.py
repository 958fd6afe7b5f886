"""Where things lie in an index, how the pointer is moved, and who may write or still reads.

::

    <index>/.lock                      one writer at a time (flock)
    <index>/public/CURRENT             name of the published generation
    <index>/public/<generation>/       see `ingest.index.generation`
    <index>/nonpublic/…                the same, only there if there are such papers

A reader holds a shared flock on the folder of the generation it is using. A writer moves the pointer first and
removes an old generation only once nobody uses it, so a question that has begun can always be finished.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ingest.errors import IndexLocked
from ingest.types import Visibility

CURRENT: Final = "CURRENT"
LOCK: Final = ".lock"
BUILDING: Final = ".building-"

PATIENCE_S: Final = 10.0
"""How long a writer waits for questions still using a generation that must go: far longer than any search takes."""

_POLL_S: Final = 0.02
"""Between two looks at a lock: short beside a search, long beside a system call."""
_GENERATION: Final = re.compile(r"(\d{6,})-[0-9a-f]{12}")


def root_of(index_dir: Path, visibility: Visibility) -> Path:
    """Return the index root for papers of a visibility."""
    return index_dir / visibility.value


def read_pointer(root: Path) -> str | None:
    """Return the name of the published generation, None if nothing has been published or the pointer is damaged."""
    try:
        name = (root / CURRENT).read_text("utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None
    return name if _GENERATION.fullmatch(name) else None


def write_pointer(root: Path, name: str) -> None:
    """Point to another generation, atomically and for good: after a power cut it is the old name or the new one."""
    fresh = root / f".{CURRENT}-{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as stream:
        stream.write(name + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(root / CURRENT)
    sync_folder(root)


def generation_names(root: Path) -> list[str]:
    """List the generations under a root, oldest first."""
    if not root.is_dir():
        return []
    names = [entry.name for entry in root.iterdir() if entry.is_dir() and _GENERATION.fullmatch(entry.name)]
    return sorted(names, key=_count)


def next_name(root: Path, content_hash: str) -> str:
    """Name a new generation: a number that only grows, and the beginning of its content hash."""
    counts = [_count(name) for name in generation_names(root)]
    return f"{max(counts, default=0) + 1:06d}-{content_hash[:12]}"


def leftovers(root: Path) -> list[Path]:
    """List what a killed writer left behind; only the holder of the lock may ask, for others it may be in use."""
    return sorted(root.glob(f"{BUILDING}*")) + sorted(root.glob(f".{CURRENT}-*"))


def sync_folder(folder: Path) -> None:
    """Make a folder's entries survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Make all files and folders below `folder` survive a power cut."""
    for path in folder.rglob("*"):
        if path.is_dir():
            sync_folder(path)
        elif path.is_file():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
    sync_folder(folder)


@contextlib.contextmanager
def in_use(folder: Path) -> Iterator[None]:
    """Keep a generation from being removed while the block runs.

    Raises:
        FileNotFoundError: it has been removed already.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        if not (folder / "manifest.json").exists():
            raise FileNotFoundError(folder)
        yield
    finally:
        os.close(handle)


def remove_generation(folder: Path, *, patience_s: float = PATIENCE_S) -> None:
    """Remove a generation that nothing points to, when nobody uses it any more or patience has run out."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return
    try:
        deadline = time.monotonic() + patience_s
        while not _try_lock(handle) and time.monotonic() < deadline:
            time.sleep(_POLL_S)
        shutil.rmtree(folder)
    finally:
        os.close(handle)


class WriterLock:
    """The right to write to an index, held by one process at a time and freed by its death.

    `sign` writes the process id into the lock file, so that others can be told who is writing; it is not done on
    taking the lock, because a run that finds nothing to do must leave the index as it was.
    """

    def __init__(self, index_dir: Path) -> None:
        self._index_dir = index_dir
        self._path = index_dir / LOCK
        self._handle = -1

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            IndexLocked: another process holds it.
        """
        self._index_dir.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        if not _try_lock(self._handle):
            text = os.pread(self._handle, 32, 0).decode("ascii", "replace").strip()
            os.close(self._handle)
            raise IndexLocked(self._index_dir, int(text) if text.isdigit() else None)
        return self

    def sign(self) -> None:
        """Say in the lock file who is writing."""
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, f"{os.getpid()}\n".encode("ascii"), 0)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the lock."""
        if os.fstat(self._handle).st_size:
            os.ftruncate(self._handle, 0)
        os.close(self._handle)


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _count(name: str) -> int:
    return int(name.split("-")[0])
