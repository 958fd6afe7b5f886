"""Building a generation aside, publishing it, and going back to an earlier one.

A generation is one folder: `manifest.json`, `catalogue.sqlite`, `dense/`, `lexical/`. It is built under another name,
verified, renamed, and then pointed to; from then on no byte of it changes (but Chroma's log, which its readers touch).
A process may die anywhere in between: what was pointed to before is still pointed to, and the next writer clears away
the rest. Only the holder of the `WriterLock` may call what is in here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ingest.errors import IndexDamaged, IndexMissing, IndexProblem
from ingest.index import layout
from ingest.index.catalogue import CATALOGUE, Catalogue
from ingest.index.cataloguing import Cataloguer, Entry, copy_catalogue
from ingest.index.dense import DenseIndex, copy_dense
from ingest.index.lexical import LexicalIndex
from ingest.index.manifest import Fingerprint, Manifest, marks, read_manifest, write_manifest
from ingest.index.verification import DERIVED, Part, file_damages, search_damages
from ingest.types import Document

KEPT: Final = 2
"""Generations kept behind the current one for `rollback`."""

DEAD_SHARE: Final = 0.1
"""Above this share of removed passages the dense index is built anew: removed vectors stay in its graph and files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """A generation that has been published."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """The folder's name, as the pointer holds it."""
        return self.folder.name

    def catalogue(self) -> Catalogue:
        """Open its catalogue."""
        return Catalogue(self.folder / CATALOGUE)


def current_generation(root: Path) -> Generation | None:
    """Return the published generation of a root, None if nothing has been published.

    Raises:
        IndexDamaged: the pointer is lost or leads nowhere, or the manifest cannot be read.
    """
    name = layout.read_pointer(root)
    if name is None and layout.generation_names(root):
        raise IndexDamaged(
            root, f"Unter {root} fehlt der Zeiger {layout.CURRENT}.", "Bitte „ratslotse-ingest add“ ausführen."
        )
    return None if name is None else _generation(root, name)


def sound_generation(root: Path) -> tuple[Generation | None, frozenset[Part]]:
    """Return the generation to build upon and which of its parts are damaged.

    That is the current one if at least its catalogue is sound, else the newest one whose catalogue is, else none.
    """
    name = layout.read_pointer(root)
    others = [other for other in reversed(layout.generation_names(root)) if other != name]
    for candidate in ([name] if name else []) + others:
        damaged = frozenset(damage.part for damage in file_damages(root / candidate))
        if damaged <= DERIVED:
            return _generation(root, candidate), damaged | (frozenset() if candidate == name else DERIVED)
    return None, frozenset()


def clear_leftovers(root: Path) -> None:
    """Remove what a killed writer left: half-built folders, unpublished generations, and those beyond `KEPT`."""
    for path in layout.leftovers(root):
        if path.is_dir():
            # a store's threads may still be tidying up their own files; what stays is left to the next writer
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()
    chain = _chain(root)
    if chain:
        for name in layout.generation_names(root):
            if name not in chain:
                layout.remove_generation(root / name)


def has_leftovers(root: Path) -> bool:
    """Tell whether `clear_leftovers` would remove anything."""
    chain = _chain(root)
    return bool(layout.leftovers(root)) or (
        bool(chain) and any(name not in chain for name in layout.generation_names(root))
    )


class Builder:
    """A generation that is being built.

    Papers are put and removed as often as needed; `publish` derives the legs, verifies everything and moves the
    pointer. Without `publish` nothing happens but a folder that the next writer removes.
    """

    def __init__(self, root: Path, fingerprint: Fingerprint, base: Generation | None, *, anew: bool = False) -> None:
        """Start from a copy of `base`, or from nothing.

        Args:
            root: index root of one visibility; made if needed.
            fingerprint: of what will be put in.
            base: the generation to continue.
            anew: take nothing over from the base but its history; its papers are all put again.

        Raises:
            IndexDamaged: the base's catalogue cannot be read.
        """
        self._root, self._fingerprint, self._base = root, fingerprint, base
        self._old = base.catalogue() if base else None
        self._folder = root / f"{layout.BUILDING}{os.getpid()}"
        self._put: list[str] = []
        self._removed: list[str] = []
        self._legs_anew = anew or base is None
        root.mkdir(parents=True, exist_ok=True)
        self._folder.mkdir()
        if base:
            copy_catalogue(base.folder / CATALOGUE, self._folder / CATALOGUE)
        self.cataloguer = Cataloguer(self._folder / CATALOGUE)
        if anew and self._old:
            self.cataloguer.remove(paper.document_id for paper in self._old.shelved())

    def put(self, entries: Iterable[Entry]) -> None:
        """Add papers."""
        entries = tuple(entries)
        self.cataloguer.put(entries)
        self._put += [entry.document.document_id for entry in entries]

    def remove(self, document_ids: Iterable[str]) -> None:
        """Remove papers of the base."""
        ids = tuple(document_ids)
        if self._old:
            for document_id in ids:
                self._removed += [passage.passage_id for passage in self._old.passages_of(document_id)]
        self._put = [document_id for document_id in self._put if document_id not in set(ids)]
        self.cataloguer.remove(ids)

    def document(self, document_id: str) -> Document | None:
        """Return a paper as it will be published, None if there is none of this id."""
        with closing(Catalogue(self._folder / CATALOGUE)) as catalogue:
            return catalogue.document(document_id)

    def publish(self, *, run: str, damaged: frozenset[Part] = frozenset(), erase: bool = False) -> Generation:
        """Derive, verify, and move the pointer.

        Args:
            run: marks the generations that are published together.
            damaged: parts of the base that must not be taken over.
            erase: leave nothing of removed papers anywhere: indexes anew, catalogue rewritten, no parent, so that every
                earlier generation is cleared away (by the next writer, should this one die right after the switch).

        Raises:
            IndexDamaged: verification failed; the pointer has not been moved.
        """
        if erase:
            self.cataloguer.vacuum()
        self.cataloguer.close()
        with closing(Catalogue(self._folder / CATALOGUE)) as catalogue:
            self._derive_dense(catalogue, anew=erase or self._legs_anew or Part.DENSE in damaged)
            _derive_lexical(catalogue, self._folder / "lexical")
            manifest = self._manifest(catalogue, run, parent=None if erase or not self._base else self._base.name)
        if found := search_damages(self._folder):
            raise IndexDamaged(
                self._root,
                f"Die neue Generation hat die Prüfung nicht bestanden: {found[0].reason}",
                "Der bisherige Index gilt weiter; bitte „ratslotse-ingest add“ noch einmal ausführen.",
            )
        write_manifest(self._folder, replace(manifest, files=marks(self._folder)))
        published = self._switch(manifest.content_hash)
        self.abandon()
        clear_leftovers(self._root)
        return published

    def abandon(self) -> None:
        """Remove what has been built, if it has not been published."""
        if self._old:
            self._old.close()
            self._old = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def _derive_dense(self, catalogue: Catalogue, *, anew: bool) -> None:
        folder = self._folder / "dense"
        old_count = self._base.manifest.dense_count if self._base else 0
        if self._base and not anew and len(self._removed) <= DEAD_SHARE * old_count:
            copy_dense(self._base.folder / "dense", folder)
            dense, items = DenseIndex.open(folder), catalogue.dense_items(self._put)
        else:
            dense, items = DenseIndex.create(folder), catalogue.dense_items()
        try:
            dense.remove(self._removed if dense.count() else ())
            dense.add(items)
        finally:
            dense.finish()

    def _manifest(self, catalogue: Catalogue, run: str, parent: str | None) -> Manifest:
        documents, passages, vectors = catalogue.counts()
        told = "\n".join(f"{path} {content}" for path, content in catalogue.content_hashes())
        return Manifest(
            fingerprint=self._fingerprint,
            parent=parent,
            run=run,
            created=dt.datetime.now(dt.UTC).replace(microsecond=0),
            document_count=documents,
            passage_count=passages,
            dense_count=vectors,
            corpus_date=catalogue.statistics().newest,
            content_hash=hashlib.sha256(told.encode("utf-8")).hexdigest(),
            files={},
        )

    def _switch(self, content_hash: str) -> Generation:
        """Make the folder a generation and point to it; each step is on disk before the next one."""
        layout.sync_tree(self._folder)
        name = layout.next_name(self._root, content_hash)
        self._folder.rename(self._root / name)
        layout.sync_folder(self._root)
        layout.write_pointer(self._root, name)
        return _generation(self._root, name)


def roll_back(roots: Iterable[Path]) -> dict[Path, Generation]:
    """Point every root that the latest run published back to where it was before.

    Raises:
        IndexMissing: nothing has been published anywhere.
        IndexProblem: one of them has no earlier generation; nothing is changed then.
    """
    found = {root: generation for root in roots if (generation := current_generation(root))}
    if not found:
        raise IndexMissing(next(iter(roots), Path()))
    latest = max(found.values(), key=lambda generation: (generation.manifest.created, generation.name)).manifest.run
    targets = {}
    for root, generation in found.items():
        if generation.manifest.run != latest:
            continue
        parent = generation.manifest.parent
        if parent is None or not (root / parent).is_dir():
            raise IndexProblem(
                root,
                f"Vor der Generation {generation.name} ist keine frühere aufbewahrt.",
                "Nach „remove“ oder wenn ein Papier nichtöffentlich wird, werden frühere Stände mit Absicht gelöscht.",
            )
        targets[root] = _generation(root, parent)
    for root, generation in targets.items():
        layout.write_pointer(root, generation.name)
    return targets


def _derive_lexical(catalogue: Catalogue, folder: Path) -> None:
    """Build the lexical index anew from the tokens in the catalogue: 1 s for 40,000 passages.

    Never continued from the base: BM25 goes on counting removed passages, so that the same corpus would be ranked
    differently depending on its history.
    """
    with closing(LexicalIndex.create(folder)) as lexical:
        lexical.add(catalogue.lexical_items())


def _generation(root: Path, name: str) -> Generation:
    try:
        return Generation(folder=root / name, manifest=read_manifest(root / name))
    except FileNotFoundError as error:
        raise IndexDamaged(
            root, f"Die Generation {name} unter {root} fehlt.", "Bitte „ratslotse-ingest add“ ausführen."
        ) from error


def _chain(root: Path) -> list[str]:
    """List the current generation and those kept behind it; empty if that cannot be told."""
    chain: list[str] = []
    name = layout.read_pointer(root)
    while name and name not in chain and len(chain) <= KEPT and (root / name).is_dir():
        chain.append(name)
        try:
            name = read_manifest(root / name).parent
        except (FileNotFoundError, IndexDamaged):
            return []
    return chain
