"""What there is to do: files on disk compared with papers in the catalogue. Reads files only to hash them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from ingest.corpus import PaperFile, Scope, document_id_of, files_in, scopes, user_path, with_hashes
from ingest.index.records import FileState, Root, Shelved
from ingest.index.shelf import Shelf
from ingest.readers.files import why_unsupported

VANISHED_SHARE: Final = 0.05
VANISHED_COUNT: Final = 20
"""More than this share and more than this number of a root's papers gone at once is more likely a missing mount than
a decision (contract: removed only with `--confirm-removal`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A file to be read: new, or changed since `before` (all rows of it that are in the index) was read."""

    file: PaperFile
    path: str
    document_id: str
    before: tuple[Shelved, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A file that will not be read, as (root, relative), with the reason in German."""

    key: tuple[str, str]
    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything one run has to do.

    Attributes:
        roots: all that will be remembered.
        covered: what was looked at.
        vanished: papers whose files are gone.
        withheld: the same, but of a root that lost too many at once: they stay.
        outside: papers that the run does not look at.
        withdrawn: files that were taken out by hand and have not changed since.
        readmitted: those that have changed since, as (root, relative).
    """

    roots: tuple[Root, ...]
    covered: tuple[Scope, ...]
    readings: tuple[Reading, ...]
    unchanged: tuple[Shelved, ...]
    vanished: tuple[Shelved, ...]
    withheld: tuple[Shelved, ...]
    outside: tuple[Shelved, ...]
    withdrawn: tuple[Rejected, ...]
    readmitted: tuple[tuple[str, str], ...]
    unsupported: tuple[Rejected, ...]
    unreadable: tuple[Rejected, ...]

    def covers(self, root: str, relative: str) -> bool:
        """Tell whether a file lies in what was looked at."""
        return any(scope.holds(root, relative) for scope in self.covered)


def make_plan(
    shelf: Shelf,
    paths: Sequence[Path],
    endings: Collection[str],
    *,
    confirm_removal: bool = False,
    again: Collection[tuple[str, str]] = (),
) -> Plan:
    """Compare the files below `paths` (default: every remembered root) with the shelf.

    Args:
        shelf: what is in the index.
        paths: see `ingest.corpus.scopes`.
        endings: of the formats that can be read, lower case with dot.
        confirm_removal: remove vanished papers however many they are.
        again: papers, as (root, relative), that are read although their files have not changed.

    Raises:
        UsageError: a path does not exist.
    """
    roots = shelf.roots()
    covered = scopes(paths, roots)
    roots = tuple({root.path: root for root in (*roots, *(scope.root for scope in covered))}.values())
    draft = _Draft(shelf, roots, covered, endings, again)
    for scope in covered:
        found = files_in(scope, roots)
        for file in found.files:
            draft.place(file)
        for folder in found.closed:
            draft.skip(scope.root, folder)
    vanished = draft.vanished()
    withheld = () if confirm_removal else _too_many(vanished, draft)
    kept = set(withheld)
    gone = tuple(paper for paper in vanished if paper not in kept)
    return draft.plan(vanished=gone, withheld=withheld)


class _Draft:
    """A plan while the files are gone through one by one."""

    def __init__(
        self,
        shelf: Shelf,
        roots: tuple[Root, ...],
        covered: tuple[Scope, ...],
        endings: Collection[str],
        again: Collection[tuple[str, str]],
    ) -> None:
        self._again = again
        self._roots, self._covered, self._endings = roots, covered, endings
        self._by_path = {root.path: root for root in roots}
        self._papers = shelf.papers()
        self._known: dict[tuple[str, str], list[Shelved]] = {}
        for paper in self._papers:
            self._known.setdefault((paper.root, paper.relative), []).append(paper)
        withdrawn = shelf.withdrawn()
        self._withdrawn = {(paper.root, paper.relative) for paper in withdrawn}
        self._withdrawn_contents = {(paper.file_hash, paper.sidecar_hash) for paper in withdrawn}
        self._seen: dict[tuple[str, str], PaperFile] = {}
        self._waiting: list[tuple[PaperFile, tuple[Shelved, ...]]] = []
        self._unchanged: list[Shelved] = []
        self._out: list[Rejected] = []
        self._readmitted: list[tuple[str, str]] = []
        self._unsupported: list[Rejected] = []
        self._unreadable: list[Rejected] = []
        self._closed: list[Scope] = []

    def place(self, file: PaperFile) -> None:
        """Find out what is to be done with a file."""
        if file.key in self._seen:
            return
        try:
            file.relative.encode("utf-8")
        except UnicodeEncodeError:
            shown = file.relative.encode("utf-8", "backslashreplace").decode("utf-8")
            reason = "Der Dateiname ist nicht in UTF-8 geschrieben."
            self._unreadable.append(Rejected(key=(file.root, shown), path=shown, reason=reason))
            return
        ending = PurePosixPath(file.relative).suffix.lower()
        if ending not in self._endings:
            self._unsupported.append(Rejected(key=file.key, path=file.relative, reason=why_unsupported(ending)))
            return
        self._seen[file.key] = file
        before = tuple(self._known.get(file.key, ()))
        if len(before) == 1 and _same_times(file.state, before[0].state) and file.key not in self._again:
            self._unchanged.append(before[0])
            return
        try:
            file = with_hashes(file)
        except OSError as error:
            reason = f"Die Datei lässt sich nicht öffnen ({error.strerror})."
            path = before[0].path if before else file.relative
            self._unreadable.append(Rejected(key=file.key, path=path, reason=reason))
            return
        self._seen[file.key] = file
        self._compare(file, before)

    def skip(self, root: Root, folder: Path) -> None:
        """Keep what is known of a folder that cannot be opened."""
        relative = folder.relative_to(root.path).as_posix()
        self._closed.append(Scope(root=root, below="" if relative == "." else relative))
        shown = relative.encode("utf-8", "backslashreplace").decode("utf-8")
        reason = "Der Ordner lässt sich nicht öffnen; was daraus im Index ist, bleibt."
        self._unreadable.append(Rejected(key=(root.path, shown), path=shown, reason=reason))

    def vanished(self) -> tuple[Shelved, ...]:
        """Return the papers in what was looked at whose files are gone, by path."""
        return tuple(
            paper
            for paper in self._papers
            if self._covers(paper)
            and paper.key not in self._seen
            and not any(scope.holds(paper.root, paper.relative) for scope in self._closed)
        )

    def moved(self) -> set[tuple[str, str]]:
        """Return (root, content hash) and (root, name) of the new files: a vanished paper among them has only moved."""
        new = [file for file, before in self._waiting if not before]
        return {(file.root, file.state.file_hash) for file in new} | {(file.root, file.file.name) for file in new}

    def size_of(self, root: str) -> int:
        """Return how many papers of a root are in the index."""
        return sum(paper.root == root for paper in self._papers)

    def plan(self, *, vanished: tuple[Shelved, ...], withheld: tuple[Shelved, ...]) -> Plan:
        """Name the new papers and put everything together."""
        gone = set(vanished)
        taken = {paper.path for paper in self._papers if paper not in gone}
        readings = []
        for file, before in self._waiting:
            path = before[0].path if before else user_path(file.relative, self._by_path[file.root], taken)
            taken.add(path)
            readings.append(Reading(file=file, path=path, document_id=document_id_of(file, path), before=before))
        return Plan(
            roots=self._roots,
            covered=self._covered,
            readings=tuple(readings),
            unchanged=tuple(self._unchanged),
            vanished=vanished,
            withheld=withheld,
            outside=tuple(paper for paper in self._papers if not self._covers(paper)),
            withdrawn=tuple(self._out),
            readmitted=tuple(self._readmitted),
            unsupported=tuple(self._unsupported),
            unreadable=tuple(self._unreadable),
        )

    def _compare(self, file: PaperFile, before: tuple[Shelved, ...]) -> None:
        content = (file.state.file_hash, file.state.sidecar_hash)
        if len(before) == 1 and before[0].state.same_content(file.state) and file.key not in self._again:
            self._unchanged.append(before[0])
        elif (
            not before and content in self._withdrawn_contents
        ):  # under whatever name: a renamed file is the same paper
            reason = "Mit „remove“ zurückgezogen; kommt wieder, sobald sich die Datei ändert."
            self._out.append(Rejected(key=file.key, path=file.relative, reason=reason))
        else:
            self._waiting.append((file, before))
            if file.key in self._withdrawn:
                self._readmitted.append(file.key)

    def _covers(self, paper: Shelved) -> bool:
        return any(scope.holds(paper.root, paper.relative) for scope in self._covered)


def _too_many(vanished: Sequence[Shelved], draft: _Draft) -> tuple[Shelved, ...]:
    """Return the vanished papers of those roots that lost too many at once; a moved paper is not lost."""
    moved = draft.moved()
    lost: dict[str, list[Shelved]] = {}
    for paper in vanished:
        if moved.isdisjoint({(paper.root, paper.state.file_hash), (paper.root, PurePosixPath(paper.relative).name)}):
            lost.setdefault(paper.root, []).append(paper)
    return tuple(
        paper
        for root, papers in lost.items()
        if len(papers) > VANISHED_COUNT and len(papers) > VANISHED_SHARE * draft.size_of(root)
        for paper in papers
    )


def _same_times(now: FileState, then: FileState) -> bool:
    """Tell whether sizes and times are equal and old enough to be trusted."""
    times = (now.mtime_ns, now.sidecar_mtime_ns)
    return (
        0 not in times
        and times == (then.mtime_ns, then.sidecar_mtime_ns)
        and (now.size, now.sidecar_size) == (then.size, then.sidecar_size)
    )
