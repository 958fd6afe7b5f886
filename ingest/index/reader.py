"""Reading a published index: the only door for the bot.

A reader belongs to one generation for its whole life; `LiveIndex` changes readers when a new one is published.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ingest.errors import IndexDamaged, IndexMismatch, IndexMissing
from ingest.german import GERMAN_VERSION
from ingest.index import layout
from ingest.index.catalogue import CATALOGUE, Catalogue
from ingest.index.dense import DenseIndex, Vector, copy_dense
from ingest.index.legs import Ranking
from ingest.index.lexical import NO_WEIGHTS, LexicalIndex
from ingest.index.manifest import INDEX_VERSION, MANIFEST, Encoding, Manifest, read_manifest
from ingest.index.records import DocumentHeader, Statistics
from ingest.index.verification import DERIVED, changed_files
from ingest.types import Decision, Document, Part, Passage, ReferenceKind, Section

_ATTEMPTS: Final = 50
"""Times the pointer is read again because its generation was replaced in that moment; twice is already rare."""


class IndexReader:
    """One generation, open for questions from any thread.

    Attributes:
        generation: its name.
        manifest: what it says about itself.
    """

    generation: str
    manifest: Manifest

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Open a generation's three parts; use `open_index` instead.

        Raises:
            IndexDamaged: a part cannot be opened.
        """
        self.generation = folder.name
        self.manifest = manifest
        self._root = folder.parent
        self._own_copy: TemporaryDirectory[str] | None = None
        self._catalogue = Catalogue(folder / CATALOGUE)
        legs = folder if all(os.access(folder / leg, os.W_OK) for leg in DERIVED) else self._copied(folder)
        self._lexical = LexicalIndex.open(legs / "lexical")
        self._dense = DenseIndex.open(legs / "dense")
        self._warm_up()

    def dense(self, vector: Vector, k: int) -> Ranking:
        """Return the `k` nearest passages with their cosine, best first, ties by id; none for a vector of zeros."""
        return self._dense.search(vector, k)

    def lexical(self, tokens: Sequence[str], k: int, weights: Mapping[str, float] = NO_WEIGHTS) -> Ranking:
        """Return the `k` best passages by BM25, best first, ties by id; see `LexicalIndex.search`."""
        return self._lexical.search(tokens, k, weights)

    def weights(self, tokens: Iterable[str]) -> dict[str, float]:
        """Return how much each search token tells (inverse document frequency over passages)."""
        return self._lexical.weights(tokens)

    def vectors(self, passage_ids: Iterable[str]) -> dict[str, Vector]:
        """Return unit vectors by passage id, in the order asked for; passages without any known word are left out."""
        return self._catalogue.vectors(passage_ids)

    def passages(self, passage_ids: Iterable[str]) -> dict[str, Passage]:
        """Return passages by id, in the order asked for; unknown ids are left out."""
        return self._catalogue.passages(passage_ids)

    def passages_of(self, document_id: str) -> tuple[Passage, ...]:
        """Return a paper's passages in their order; none for an unknown id."""
        return self._catalogue.passages_of(document_id)

    def parts(self, passage_ids: Iterable[str]) -> dict[str, tuple[Part, ...]]:
        """Return the parts of passages in their order, by passage id; unknown ids are left out."""
        return self._catalogue.parts(passage_ids)

    def sections(self, document_ids: Iterable[str]) -> dict[str, tuple[Section, ...]]:
        """Return the sections of papers in their order, by document id; unknown ids are left out."""
        return self._catalogue.sections(document_ids)

    def decisions(self, document_ids: Iterable[str]) -> dict[str, tuple[Decision, ...]]:
        """Return what papers decided, in their order, by document id; papers without a decision are left out."""
        return self._catalogue.decisions(document_ids)

    def document(self, document_id: str) -> Document:
        """Return the whole paper.

        Raises:
            KeyError: there is none of this id.
        """
        document = self._catalogue.document(document_id)
        if document is None:
            raise KeyError(document_id)
        return document

    def headers(self, document_ids: Iterable[str]) -> dict[str, DocumentHeader]:
        """Return headers by document id, in the order asked for; unknown ids are left out."""
        return self._catalogue.headers(document_ids)

    def all_headers(self) -> tuple[DocumentHeader, ...]:
        """Return the headers of all papers, by path."""
        return self._catalogue.all_headers()

    def by_number(self, number: str, kind: ReferenceKind | None = None) -> tuple[str, ...]:
        """Return the ids of papers with this number or procedure, newest first, then by path; see `Catalogue`."""
        return self._catalogue.by_number(number, kind)

    def mentioning(self, number: str) -> tuple[str, ...]:
        """Return the ids of the papers that mention a number, in its normal form, by path."""
        return self._catalogue.mentioning(number)

    def of_procedures(self, procedures: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of the papers that belong to these procedures, by path."""
        return self._catalogue.of_procedures(procedures)

    def find(self, path_or_number: str) -> tuple[DocumentHeader, ...]:
        """Return the papers that a path, the end of a path, or a number may mean, by path or newest first."""
        return self._catalogue.find(path_or_number)

    def statistics(self) -> Statistics:
        """Count papers by kind and passages, and tell the newest paper's date."""
        return self._catalogue.statistics()

    def added_since(self, time: dt.datetime) -> tuple[DocumentHeader, ...]:
        """Return the papers that were added after a time and are still there, the latest first, then by path."""
        return self._catalogue.added_since(time)

    def last_changed(self) -> dt.datetime:
        """Return when the latest change to a paper was noted; the generation's own time where none was."""
        return next((change.time for change in self._catalogue.changes(1)), self.manifest.created)

    def close(self) -> None:
        """Let go of all files."""
        self._catalogue.close()
        self._lexical.close()
        self._dense.close()
        if self._own_copy:
            self._own_copy.cleanup()

    def _copied(self, folder: Path) -> Path:
        """Copy both legs to a folder of our own, for a reader that may not write where the index lies.

        tantivy takes a lock file to open, and Chroma writes to its log (measured, 0.27.0 and 1.5.9): on a read-only
        mount, or where another user owns the index, neither opens. 18 MB for 1,401 papers.
        """
        self._own_copy = TemporaryDirectory(prefix="ratslotse-")  # for its owner only (mode 0700)
        legs = Path(self._own_copy.name) / folder.parent.name / folder.name
        legs.mkdir(parents=True)
        copy_dense(folder / "dense", legs / "dense")
        shutil.copytree(folder / "lexical", legs / "lexical", copy_function=shutil.copyfile)
        (legs / "lexical").chmod(0o755)  # as in `copy_dense`
        return legs

    def _warm_up(self) -> None:
        """Have Chroma load its graph now: the files may be gone when the first question comes."""
        for vector in self._catalogue.vectors(self._catalogue.sample(1)).values():
            self._dense.search(vector, 1)


def open_index(root: Path, encoder: Encoding) -> IndexReader:
    """Open what is published under an index root (`<index>/public` or `<index>/nonpublic`).

    Raises:
        IndexMissing: nothing has been published there.
        IndexMismatch: it was built by another encoder or for another version of the search.
        IndexDamaged: a part cannot be opened.
    """
    for _ in range(_ATTEMPTS):
        name = layout.read_pointer(root)
        if name is None:
            raise IndexMissing(root)
        try:
            with layout.in_use(root / name):
                manifest = read_manifest(root / name)
                check_fingerprint(root, manifest, encoder)
                _check_legs(root / name, manifest)
                return IndexReader(root / name, manifest)
        except FileNotFoundError as error:
            if layout.read_pointer(root) == name:
                raise IndexDamaged(
                    root,
                    f"Die Generation {name} unter {root} ist unvollständig.",
                    "Bitte „ratslotse-ingest add“ ausführen.",
                ) from error
    raise IndexMissing(root)


def open_generation(root: Path, name: str, encoder: Encoding) -> IndexReader:
    """Open a generation that is kept behind the published one.

    Raises:
        IndexMissing: it has been cleared away.
        IndexMismatch: it was built by another encoder or for another version of the search.
        IndexDamaged: a part cannot be opened.
    """
    try:
        with layout.in_use(root / name):
            manifest = read_manifest(root / name)
            check_fingerprint(root, manifest, encoder)
            _check_legs(root / name, manifest)
            return IndexReader(root / name, manifest)
    except FileNotFoundError as error:
        raise IndexMissing(root) from error


def refuse_other_encoder(root: Path, name: str) -> None:
    """Compare an encoder's name with that of the index before it is loaded, which may take minutes.

    An index that is missing or cannot be read is left for `open_index` to tell.

    Raises:
        IndexMismatch: names both.
    """
    pointer = layout.read_pointer(root)
    if pointer is None or not (root / pointer / MANIFEST).is_file():
        return
    built = read_manifest(root / pointer).fingerprint.encoder
    if built != name:
        raise IndexMismatch(
            root,
            f"Der Index unter {root} wurde mit dem Encoder „{built}“ gebaut, eingestellt ist „{name}“.",
            "Bitte „ratslotse-ingest add“ ausführen oder RATSLOTSE_ENCODER zurückstellen.",
        )


def check_fingerprint(root: Path, manifest: Manifest, encoder: Encoding) -> None:
    """Refuse an index whose vectors or tokens are not those of this program.

    How passages were cut is not compared: searching does not depend on it.

    Raises:
        IndexMismatch: names both sides.
    """
    built = manifest.fingerprint
    if (built.encoder_fingerprint, built.dimensions) != (encoder.fingerprint, encoder.dimensions):
        raise IndexMismatch(
            root,
            f"Der Index unter {root} wurde mit dem Encoder „{built.encoder}“ ({built.encoder_fingerprint}) gebaut, "
            f"eingestellt ist „{encoder.name}“ ({encoder.fingerprint}).",
            "Bitte „ratslotse-ingest add“ ausführen oder RATSLOTSE_ENCODER zurückstellen.",
        )
    if (built.index_version, built.german_version) != (INDEX_VERSION, GERMAN_VERSION):
        raise IndexMismatch(
            root,
            f"Der Index unter {root} stammt von einer anderen Version (Index {built.index_version}, Wörter "
            f"{built.german_version}; gebraucht: {INDEX_VERSION}, {GERMAN_VERSION}).",
            "Bitte „ratslotse-ingest add“ ausführen; das baut ihn aus dem Katalog neu.",
        )


def _check_legs(folder: Path, manifest: Manifest) -> None:
    """Compare the derived indexes with their marks before they are opened (60 MB: 0.05 s).

    Measured: altered HNSW files end the process (SIGSEGV) or find 1 passage instead of 10 without a word, and altered
    term files make tantivy panic. The catalogue needs no such check: SQLite reports damage as an error.

    Raises:
        IndexDamaged: a file is not as it was published.
    """
    for damage in changed_files(folder, manifest, DERIVED):
        raise IndexDamaged(
            folder.parent,
            f"Die Generation {folder.name} ist beschädigt: {damage.reason}",
            "Bitte „ratslotse-ingest add“ ausführen; das baut sie aus dem Katalog neu.",
        )
