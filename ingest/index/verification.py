"""Is a generation what its manifest says? Every part is asked in a way that its damage cannot survive.

`count()` of Chroma is no health check (a damaged store counted 40,000 and found 1), so passages are looked for by
their own vectors and words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from ingest.errors import IndexDamaged
from ingest.index.catalogue import CATALOGUE, Catalogue
from ingest.index.dense import DenseIndex
from ingest.index.lexical import LexicalIndex
from ingest.index.manifest import MANIFEST, Manifest, hash_file, read_manifest

SAMPLE: Final = 40
"""Passages looked for by themselves in each leg."""

DEPTH: Final = 50
"""Among this many hits a passage must find itself by its own words; standard sentences have many twins."""

SELF_COSINE: Final = 0.999
"""Cosine that a passage's own vector must reach; HNSW may return a twin, never something farther away."""


class Part(StrEnum):
    """The parts of a generation. All but catalogue and manifest can be rebuilt from the catalogue."""

    MANIFEST = "manifest"
    CATALOGUE = "catalogue"
    DENSE = "dense"
    LEXICAL = "lexical"


DERIVED: Final = frozenset({Part.DENSE, Part.LEXICAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """What is wrong with a part; `reason` is a German sentence for staff."""

    part: Part
    reason: str


def file_damages(folder: Path) -> tuple[Damage, ...]:
    """Compare a published generation's files with their marks, without changing a byte of it."""
    try:
        manifest = read_manifest(folder)
    except FileNotFoundError:
        return (Damage(part=Part.MANIFEST, reason=f"{MANIFEST} fehlt."),)
    except IndexDamaged as error:
        return (Damage(part=Part.MANIFEST, reason=str(error)),)
    return (*changed_files(folder, manifest, frozenset(Part)), *_log_damage(folder))


def damages(folder: Path) -> tuple[Damage, ...]:
    """Check a published generation thoroughly."""
    found = file_damages(folder)
    if found:
        return found
    manifest = read_manifest(folder)
    return search_damages(folder) + tuple(_wrong_counts(folder, manifest))


def search_damages(folder: Path, sample: int = SAMPLE) -> tuple[Damage, ...]:
    """Check catalogue and legs of a generation against each other; works before there is a manifest."""
    try:
        catalogue = Catalogue(folder / CATALOGUE)
    except IndexDamaged as error:
        return (Damage(part=Part.CATALOGUE, reason=str(error)),)
    with closing(catalogue):
        if complaints := catalogue.complaints():
            return (Damage(part=Part.CATALOGUE, reason=f"SQLite meldet: {complaints[0]}."),)
        return (*_dense_damages(folder, catalogue, sample), *_lexical_damages(folder, catalogue, sample))


def changed_files(folder: Path, manifest: Manifest, parts: frozenset[Part]) -> Iterator[Damage]:
    """Compare the files of some parts with their marks."""
    for name, mark in manifest.files.items():
        path, part = folder / name, _part_of(name)
        if part not in parts:
            continue
        if not path.is_file():
            yield Damage(part=part, reason=f"{name} fehlt.")
        elif path.stat().st_size != mark.size:
            yield Damage(part=part, reason=f"{name} hat {path.stat().st_size} statt {mark.size} Bytes.")
        elif hash_file(path) != mark.sha256:
            yield Damage(part=part, reason=f"{name} hat einen anderen Inhalt als beim Veröffentlichen.")


def _log_damage(folder: Path) -> Iterator[Damage]:
    """Look at Chroma's own file, which has no mark because readers change it, without changing it."""
    path = folder / "dense" / "chroma.sqlite3"
    if not path.is_file():
        yield Damage(part=Part.DENSE, reason=f"{path.name} fehlt.")
        return
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        answer = str(error)
    if answer != "ok":
        yield Damage(part=Part.DENSE, reason=f"{path.name}: SQLite meldet: {answer}.")


def _wrong_counts(folder: Path, manifest: Manifest) -> Iterator[Damage]:
    with closing(Catalogue(folder / CATALOGUE)) as catalogue:
        if catalogue.counts() != (manifest.document_count, manifest.passage_count, manifest.dense_count):
            yield Damage(part=Part.CATALOGUE, reason="Der Katalog zählt anders als sein Verzeichnis.")


def _dense_damages(folder: Path, catalogue: Catalogue, sample: int) -> Iterator[Damage]:
    expected = catalogue.counts()[2]
    try:
        with closing(DenseIndex.open(folder / "dense")) as dense:
            if dense.count() != expected:
                yield Damage(part=Part.DENSE, reason=f"Der Vektorindex hat {dense.count()} statt {expected} Einträge.")
                return
            for name, vector in catalogue.vectors(catalogue.sample(sample)).items():
                hits = dense.search(vector, 1)
                if not hits or hits[0][1] < SELF_COSINE or not catalogue.passages([hits[0][0]]):
                    yield Damage(part=Part.DENSE, reason=f"Der Vektorindex findet den Abschnitt {name} nicht wieder.")
                    return
    except IndexDamaged as error:
        yield Damage(part=Part.DENSE, reason=str(error))


def _lexical_damages(folder: Path, catalogue: Catalogue, sample: int) -> Iterator[Damage]:
    expected = catalogue.counts()[1]
    try:
        with closing(LexicalIndex.open(folder / "lexical")) as lexical:
            if lexical.count() != expected:
                yield Damage(
                    part=Part.LEXICAL, reason=f"Der Wortindex hat {lexical.count()} statt {expected} Einträge."
                )
                return
            for name in catalogue.sample(sample):
                tokens = catalogue.tokens(name)
                hits = lexical.search(tokens, DEPTH)
                if tokens and name not in {found for found, _ in hits} and not _all_twins(hits):
                    yield Damage(part=Part.LEXICAL, reason=f"Der Wortindex findet den Abschnitt {name} nicht wieder.")
                    return
    except IndexDamaged as error:
        yield Damage(part=Part.LEXICAL, reason=str(error))


def _all_twins(hits: list[tuple[str, float]]) -> bool:
    """Tell whether so many passages score alike that one of them may stand behind the last hit."""
    return len(hits) == DEPTH and hits[-1][1] >= hits[0][1] * SELF_COSINE


def _part_of(name: str) -> Part:
    return next((part for part in DERIVED if name.startswith(f"{part.value}/")), Part.CATALOGUE)
