"""An index of the first version is told, brought up to date from its files, and keeps what people decided.

`version_1.tar.xz` was built by the commit 172717f from three papers below `/papiere`: `freibad.md` was withdrawn,
`grundstueck.md` calls itself confidential in a way that commit did not understand.
"""

from __future__ import annotations

import sqlite3
import tarfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.embedding import load_encoder
from ingest.errors import IndexMismatch
from ingest.index.layout import generation_names
from ingest.index.manifest import marks, read_manifest, write_manifest
from ingest.index.reader import open_index
from ingest.pipeline import add
from ingest.types import Visibility
from tests.ingest.made_corpus import contents, state_of

OLD = Path(__file__).with_name("version_1.tar.xz")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return the old index, as if its papers had lain where they lie now."""
    with tarfile.open(OLD) as archive:
        archive.extractall(tmp_path, filter="data")
    public = tmp_path / "index" / "public"
    for name in generation_names(public):
        with closing(sqlite3.connect(public / name / "catalogue.sqlite")) as catalogue, catalogue:
            for table, column in (("roots", "path"), ("documents", "root"), ("withdrawn", "root")):
                catalogue.execute(f"UPDATE {table} SET {column} = ?", (str(tmp_path / "papiere"),))
        write_manifest(public / name, replace(read_manifest(public / name), files=marks(public / name)))
    return tmp_path / "index"


def test_an_index_of_an_older_version_is_told_in_one_sentence_with_what_to_do(index: Path) -> None:
    with pytest.raises(IndexMismatch, match="stammt von einer anderen Version") as told:
        open_index(index / "public", load_encoder("bundled"))

    assert "ratslotse-ingest add" in told.value.hint


def test_what_was_withdrawn_stays_out_and_what_is_confidential_leaves_every_public_byte(index: Path) -> None:
    for _ in range(2):  # withdrawn papers came back at the second run
        add(index, [], load_encoder("bundled"))

    assert list(contents(index)) == ["oeffentlich/wasserturm.md"]
    assert list(contents(index, Visibility.NONPUBLIC)) == ["oeffentlich/grundstueck.md"]
    public = b"".join(content for _, content in state_of(index / "public").values())
    assert b"55.555" in public
    assert b"77.777" not in public
    assert b"66.666" not in b"".join(content for _, content in state_of(index).values())
