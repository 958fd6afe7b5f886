"""A sidecar that is overlooked would make its paper public."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.sidecar_path import sidecar_path
from tests.ingest.made_corpus import bring_in, contents, write_paper

SPELLINGS = [
    ("fall.txt", "fall.Meta.yaml", "other capitals"),
    ("fall.txt", "FALL.TXT.META.YAML", "capitals only"),
    ("straße-ü.txt", "straße-u\u0308.meta.yaml", "decomposed sidecar"),
    ("straße-u\u0308.txt", "straße-ü.meta.yaml", "decomposed paper"),
    ("fall .txt", "fall.meta.yaml", "a blank too many"),
    ("fall.txt", "fall.meta.yml", "the other ending"),
    ("fall.txt", "fall.meta.yaml.txt", "an editor's own ending"),
    ("fall.txt", "fall-meta.yaml", "another separator"),
    ("fall.txt", "fall.yaml", "without its middle"),
]


@pytest.mark.parametrize(("paper", "sidecar", "reason"), SPELLINGS)
def test_a_sidecar_in_another_spelling_counts(
    paper: str, sidecar: str, reason: str, tmp_path: Path, index: Path
) -> None:
    write_paper(tmp_path / "corpus", paper, "Ein Papier")
    (tmp_path / "corpus" / sidecar).write_text("visibility: nonpublic\n", "utf-8")
    bring_in(index, tmp_path / "corpus")

    assert contents(index) == {}, reason


@pytest.mark.parametrize("kind", ["folder", "pipe", "link to nowhere", "giant"])
def test_a_sidecar_that_is_no_readable_file_keeps_its_paper_out_and_is_named(
    kind: str, tmp_path: Path, index: Path
) -> None:
    paper = write_paper(tmp_path / "corpus", "x.txt", "Ein Papier")
    bring_in(index, tmp_path / "corpus")
    sidecar = paper.with_name("x.meta.yaml")
    match kind:
        case "folder":
            sidecar.mkdir()
        case "pipe":
            os.mkfifo(sidecar)
        case "link to nowhere":
            sidecar.symlink_to("/nirgends")
        case _:
            with sidecar.open("wb") as file:
                file.truncate(10 << 30)
    report = bring_in(index)

    assert contents(index) == {}
    assert [file.outcome.value for file in report.files if file.path == "x.txt"] == ["failed"]


def test_the_exact_name_wins(tmp_path: Path) -> None:
    paper = write_paper(tmp_path, "x.txt", "Ein Papier")
    (tmp_path / "X.Meta.yaml").touch()
    (tmp_path / "x.meta.yaml").touch()

    assert sidecar_path(paper) == tmp_path / "x.meta.yaml"
    assert sidecar_path(tmp_path / "y.txt") is None
