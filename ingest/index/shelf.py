"""Both index roots of one index, as the one who writes sees them.

Public and non-public papers lie under roots of their own; what came from which folder is known only when both are
looked at together. Only the pipeline uses this; the bot opens one root at a time and never asks here.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from ingest.index import layout
from ingest.index.catalogue import Catalogue
from ingest.index.dense import Vector
from ingest.index.generation import Builder, Generation, clear_leftovers, has_leftovers, sound_generation
from ingest.index.manifest import INDEX_VERSION, Fingerprint
from ingest.index.records import Failure, Root, Shelved, Withdrawn
from ingest.index.verification import Part
from ingest.types import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What is published under one index root.

    Attributes:
        damaged: derived parts that must be built anew.
        stale: whether another encoder or version built it.
        readable: whether its papers can be taken from the catalogue; else their files are read again.
        same_vectors: whether its vectors are those that the encoder of now would give.
    """

    root: Path
    generation: Generation | None
    catalogue: Catalogue | None
    damaged: frozenset[Part]
    stale: bool
    readable: bool
    same_vectors: bool


class Shelf:
    """The papers of both roots together."""

    def __init__(self, stocks: Mapping[Visibility, Stock], fingerprint: Fingerprint | None) -> None:
        """Use `open` instead."""
        self._stocks = stocks
        self._fingerprint = fingerprint

    @classmethod
    @contextmanager
    def open(cls, index_dir: Path, fingerprint: Fingerprint | None) -> Iterator[Self]:
        """Look at what is published, without changing anything.

        Args:
            index_dir: holds `public` and `nonpublic`.
            fingerprint: of what would be written; None where nothing new will be (`remove`, `check`).
        """
        with ExitStack() as stack:
            stocks = {}
            for visibility in Visibility:
                stock = _stock(layout.root_of(index_dir, visibility), fingerprint)
                if stock.catalogue:
                    stack.callback(stock.catalogue.close)
                stocks[visibility] = stock
            yield cls(stocks, fingerprint)

    @property
    def is_stale(self) -> bool:
        """Whether a part was built by another encoder or version."""
        return any(stock.stale for stock in self._stocks.values())

    @property
    def needs_repair(self) -> bool:
        """Whether something has to be written although no paper has changed."""
        return self.is_stale or any(stock.damaged or has_leftovers(stock.root) for stock in self._stocks.values())

    @property
    def must_reread(self) -> bool:
        """Whether papers of another version are there that cannot be taken from the catalogue."""
        return any(stock.generation and not stock.readable for stock in self._stocks.values())

    @property
    def generation(self) -> str | None:
        """Name of the published public generation."""
        found = self._stocks[Visibility.PUBLIC].generation
        return found.name if found else None

    def stock(self, visibility: Visibility) -> Stock:
        """Return what is published under one root."""
        return self._stocks[visibility]

    def papers(self) -> tuple[Shelved, ...]:
        """Return all papers whose rows can be read, by visibility and path."""
        return tuple(paper for catalogue in self._readable() for paper in catalogue.shelved())

    def lost(self) -> tuple[Path, ...]:
        """Return the index roots under which something was published of which not even a catalogue is left."""
        return tuple(
            stock.root
            for stock in self._stocks.values()
            if not stock.generation and (layout.read_pointer(stock.root) or layout.generation_names(stock.root))
        )

    def roots(self) -> tuple[Root, ...]:
        """Return the remembered roots of both, first given first."""
        found = {root.path: root for catalogue in self._catalogues() for root in catalogue.roots()}
        return tuple(sorted(found.values(), key=lambda root: (root.position, root.path)))

    def withdrawn(self) -> tuple[Withdrawn, ...]:
        """Return the papers taken out by hand."""
        return tuple(paper for catalogue in self._catalogues() for paper in catalogue.withdrawn())

    def failures(self, visibility: Visibility) -> tuple[Failure, ...]:
        """Return the files noted as unreadable under one root."""
        stock = self._stocks[visibility]
        return stock.catalogue.failures() if stock.catalogue and stock.readable else ()

    def embedded(self, hashes: Iterable[str]) -> dict[str, Vector | None]:
        """Return vectors of texts that the same encoder has embedded before, by the text's hash."""
        wanted = tuple(hashes)
        found: dict[str, Vector | None] = {}
        for stock in self._stocks.values():
            if stock.catalogue and stock.same_vectors:
                found |= stock.catalogue.embedded(wanted)
        return found

    def _catalogues(self) -> Iterator[Catalogue]:
        return (stock.catalogue for stock in self._stocks.values() if stock.catalogue)

    def _readable(self) -> Iterator[Catalogue]:
        return (stock.catalogue for stock in self._stocks.values() if stock.catalogue and stock.readable)


@dataclass(slots=True)
class IndexWriter:
    """Writes the next generation of both roots; a root that gets nothing new keeps the one it has.

    Attributes:
        builders: the generations that have been begun.
        erase: roots from which something must disappear for good.
    """

    shelf: Shelf
    fingerprint: Fingerprint
    builders: dict[Visibility, Builder] = field(default_factory=dict)
    erase: set[Visibility] = field(default_factory=set)

    def __enter__(self) -> Self:
        """Clear away what a killed writer left."""
        for visibility in Visibility:
            clear_leftovers(self.shelf.stock(visibility).root)
        return self

    def __exit__(self, *_: object) -> None:
        """Throw away what was not published, also a builder that was interrupted while it began."""
        for builder in self.builders.values():
            builder.abandon()
        for visibility in Visibility:
            clear_leftovers(self.shelf.stock(visibility).root)

    def builder(self, visibility: Visibility) -> Builder:
        """Return the next generation of a root, begun when first asked for."""
        if visibility not in self.builders:
            stock = self.shelf.stock(visibility)
            base = stock.generation if stock.readable else None
            self.builders[visibility] = Builder(stock.root, self.fingerprint, base, anew=stock.stale)
            if stock.catalogue and not base:  # of another version: read anew, but what people took out stays out
                self.builders[visibility].cataloguer.withdraw(stock.catalogue.withdrawn())
        return self.builders[visibility]

    def publish(self) -> dict[Visibility, Generation]:
        """Publish what was begun: public first, so that a paper that became non-public leaves it first.

        Raises:
            IndexDamaged: a verification failed; that root and those after it stay as they were.
        """
        run, published = secrets.token_hex(6), {}
        for visibility in Visibility:
            if visibility in self.builders:
                damaged = self.shelf.stock(visibility).damaged
                published[visibility] = self.builders[visibility].publish(
                    run=run, damaged=damaged, erase=visibility in self.erase
                )
        return published


def _stock(root: Path, fingerprint: Fingerprint | None) -> Stock:
    generation, damaged = sound_generation(root)
    if generation is None:
        return Stock(
            root=root, generation=None, catalogue=None, damaged=damaged, stale=False, readable=False, same_vectors=False
        )
    built = generation.manifest.fingerprint
    return Stock(
        root=root,
        generation=generation,
        catalogue=generation.catalogue(),
        damaged=damaged,
        stale=fingerprint is not None and built != fingerprint,
        readable=built.index_version == INDEX_VERSION,
        same_vectors=built.index_version == INDEX_VERSION
        and fingerprint is not None
        and built.same_vectors(fingerprint),
    )
