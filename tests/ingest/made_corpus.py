"""A folder of small papers, and what is published of it, for tests of the whole way."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from ingest.index import layout
from ingest.index.generation import current_generation
from ingest.index.manifest import hash_file
from ingest.outcomes import Report
from ingest.pipeline import add
from ingest.types import Visibility
from tests.fakes import WordHashEncoder


def write_paper(folder: Path, name: str, text: str, **sidecar: str) -> Path:
    """Write a paper, with a sidecar beside it if keywords give one."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    if sidecar:
        lines = [f"{key}: '{value}'" for key, value in sidecar.items()]
        path.with_name(path.name + ".meta.yaml").write_text("\n".join(lines), "utf-8")
    return path


def write_corpus(folder: Path, count: int = 4) -> Path:
    """Write so many papers, each about a thing of its own."""
    for i in range(count):
        text = f"Antrag vom 0{i % 9 + 1}.05.2023\n\nDie Stadt soll die Sache{i} bauen.\n\n1. Was kostet die Sache{i}?"
        write_paper(folder, f"papier{i}.txt", text, title=f"Sache{i}", number=f"{i + 1}/2023")
    return folder


def bring_in(index: Path, *paths: Path, encoder: WordHashEncoder | None = None, confirm: bool = False) -> Report:
    """Run `add` with one child and the word-hash encoder."""
    return add(index, paths, encoder or WordHashEncoder(), confirm_removal=confirm, workers=1)


def outcomes(report: Report) -> dict[str, str]:
    """Return each file's outcome by its path."""
    return {file.path: file.outcome.value for file in report.files}


def contents(index: Path, visibility: Visibility = Visibility.PUBLIC) -> dict[str, str]:
    """Return path and content hash of everything published."""
    generation = current_generation(layout.root_of(index, visibility))
    if generation is None:
        return {}
    with closing(generation.catalogue()) as catalogue:
        return dict(catalogue.content_hashes())


def state_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return time of change and content of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def folder_of(index: Path, visibility: Visibility = Visibility.PUBLIC) -> Path:
    """Return the folder of the published generation."""
    generation = current_generation(layout.root_of(index, visibility))
    assert generation is not None
    return generation.folder


def close_to_its_reader(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let one file be closed to its reader; permissions say nothing to an administrator."""

    def hashed(file: Path) -> str:
        if file.name == name:
            raise PermissionError(13, "Permission denied", str(file))
        return hash_file(file)

    monkeypatch.setattr("ingest.corpus.hash_file", hashed)
