"""Nothing of a non-public paper ever stands in the public root, whichever way it came or went."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.index import layout
from ingest.index.shelf import Shelf
from ingest.types import Visibility
from tests.ingest.made_corpus import (
    bring_in,
    close_to_its_reader,
    contents,
    outcomes,
    state_of,
    write_corpus,
    write_paper,
)
from tests.ingest.word_files import paragraph, write_word


@pytest.mark.parametrize("way", ["folder", "sidecar", "root", "unreadable word"])
def test_nothing_of_a_nonpublic_paper_is_in_the_public_root(way: str, tmp_path: Path, index: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", 2)
    canary = "Kanarienvogel gibt es hier viele."
    match way:
        case "folder":
            write_paper(corpus, "nichtoeffentlich/kanarie.txt", canary, title="Kanarientitel")
        case "sidecar":
            write_paper(corpus, "kanarie.txt", canary, title="Kanarientitel", visibility="nonpublic")
        case "unreadable word":
            write_paper(corpus, "kanarie.txt", canary, title="Kanarientitel", visibility="weiß nicht")
        case _:
            inner = tmp_path / "nichtoeffentlich" / "papiere"
            write_paper(inner, "kanarie.txt", canary, title="Kanarientitel")
            bring_in(index, inner)
    bring_in(index, corpus)

    public = b"".join(content for _, content in state_of(index / "public").values())
    assert b"anarie" not in public
    assert len(contents(index)) == 2
    assert len(contents(index, Visibility.NONPUBLIC)) == 1


def test_a_paper_that_becomes_nonpublic_leaves_every_public_byte(corpus: Path, index: Path) -> None:
    paper = write_paper(corpus, "kanarie.txt", "Kanarienvogel gibt es hier.", title="Kanarientitel")
    bring_in(index, corpus)
    write_paper(corpus, "weiter.txt", "Noch ein Stand.")
    bring_in(index, corpus)
    write_paper(corpus, paper.name, "Kanarienvogel gibt es hier.", title="Kanarientitel", visibility="nonpublic")
    report = bring_in(index, corpus)

    everything = b"".join(content for _, content in state_of(index / "public").values())
    assert report.erased
    assert b"Kanarienv" not in everything
    assert b"Kanarient" not in everything
    assert len(layout.generation_names(index / "public")) == 1
    assert list(contents(index, Visibility.NONPUBLIC)) == ["kanarie.txt"]


def test_papers_moved_below_the_nonpublic_folder_are_erased_too(corpus: Path, index: Path) -> None:
    write_paper(corpus, "kanarie.txt", "Kanarienvogel gibt es hier.")
    bring_in(index, corpus)
    (corpus / "nichtoeffentlich").mkdir()
    (corpus / "kanarie.txt").rename(corpus / "nichtoeffentlich" / "kanarie.txt")
    bring_in(index, corpus)

    assert b"Kanarienvogel" not in b"".join(content for _, content in state_of(index / "public").values())
    assert list(contents(index, Visibility.NONPUBLIC)) == ["nichtoeffentlich/kanarie.txt"]


def test_a_broken_sidecar_that_speaks_of_nonpublic_takes_the_paper_out_of_the_public_root(
    corpus: Path, index: Path
) -> None:
    bring_in(index, corpus)
    (corpus / "papier0.txt.meta.yaml").write_text("visibility: nonpublic\ntitle: [offen")
    report = bring_in(index, corpus)

    assert outcomes(report)["papier0.txt"] == "failed"
    assert "papier0.txt" not in contents(index)
    assert b"Sache0" not in b"".join(content for _, content in state_of(index / "public").values())


@pytest.mark.parametrize(
    "sidecar",
    [
        pytest.param("visibility: intern", id="a word that cannot be read is non-public"),
        pytest.param("Visibility: [x]", id="a value that is no word either"),
        pytest.param('visibility: "\\x6eonpublic"', id="escaped as YAML allows"),
        pytest.param("visibility: vertraulich\ntitle: [offen", id="said in a broken sidecar"),
    ],
)
def test_the_failure_of_a_file_that_may_be_nonpublic_is_not_noted_in_public(
    sidecar: str, corpus: Path, index: Path
) -> None:
    write_paper(corpus, "kanarie.pdf", "")
    (corpus / "kanarie.pdf.meta.yaml").write_text(sidecar, "utf-8")
    bring_in(index, corpus)

    assert b"kanarie" not in b"".join(content for _, content in state_of(index / "public").values())
    assert b"kanarie" in b"".join(content for _, content in state_of(index / "nonpublic").values())


@pytest.mark.parametrize("folder", ["Nichtöffentlich", "NICHTOEFFENTLICH", "nicht-öffentlich", "nichto\u0308ffentlich"])
def test_the_nonpublic_folder_counts_however_staff_spell_it(folder: str, corpus: Path, index: Path) -> None:
    write_paper(corpus, f"{folder}/kanarie.txt", "Kanarienvogel gibt es hier.")
    bring_in(index, corpus)

    assert b"Kanarienvogel" not in b"".join(content for _, content in state_of(index / "public").values())
    assert len(contents(index, Visibility.NONPUBLIC)) == 1


@pytest.mark.parametrize("link", ["a-link.txt", "z-link.txt", "a-ordner", "z-ordner"])
def test_a_link_does_not_make_a_nonpublic_paper_public(link: str, corpus: Path, index: Path) -> None:
    paper = write_paper(corpus, "nichtoeffentlich/kanarie.txt", "Kanarienvogel gibt es hier.")
    (corpus / link).symlink_to(paper if link.endswith(".txt") else paper.parent)
    bring_in(index, corpus)

    assert b"Kanarienvogel" not in b"".join(content for _, content in state_of(index / "public").values())


@pytest.mark.parametrize("name", ["", "kanarie.pdf"])
def test_a_nonpublic_root_without_papers_is_not_named_in_public(name: str, tmp_path: Path, index: Path) -> None:
    folder = write_paper(tmp_path / "nichtoeffentlich" / "kanarie", "kanarie.pdf", "").parent
    bring_in(index, folder / name)
    bring_in(index)

    assert b"kanarie" not in b"".join(content for _, content in state_of(index / "public").values())
    with Shelf.open(index, None) as shelf:
        assert [root.path for root in shelf.roots()] == [str(folder / name)]


def test_a_root_that_held_only_nonpublic_papers_stays_unnamed_in_public_when_it_empties(
    tmp_path: Path, index: Path
) -> None:
    folder = tmp_path / "kanarie"
    paper = write_paper(folder, "x.txt", "Erst geheim", visibility="nonpublic")
    bring_in(index, folder)
    paper.unlink()
    bring_in(index)

    assert b"kanarie" not in b"".join(content for _, content in state_of(index / "public").values())


@pytest.mark.parametrize("way", ["sidecar", "folder", "broken sidecar"])
def test_the_name_of_a_paper_that_becomes_nonpublic_leaves_the_public_log_too(
    way: str, corpus: Path, index: Path
) -> None:
    paper = write_paper(corpus, "kanarie.txt", "Ein Vogel.")
    bring_in(index, corpus)
    if way == "folder":
        (corpus / "nichtoeffentlich").mkdir()
        paper.rename(corpus / "nichtoeffentlich" / "vogel.txt")
    else:
        text = "visibility: nonpublic\n" + ("title: [offen" if way == "broken sidecar" else "")
        paper.with_name("kanarie.txt.meta.yaml").write_text(text, "utf-8")
    bring_in(index, corpus)

    assert b"kanarie" not in b"".join(content for _, content in state_of(index / "public").values())


def test_a_file_that_cannot_be_opened_is_hidden_when_its_sidecar_says_so(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_paper(corpus, "kanarie.txt", "Kanarienvogel gibt es hier.")
    bring_in(index, corpus)
    write_paper(corpus, "kanarie.txt", "Kanarienvogel gibt es hier.", visibility="nonpublic")
    close_to_its_reader(monkeypatch, "kanarie.txt")
    report = bring_in(index, corpus)

    assert outcomes(report)["kanarie.txt"] == "failed"
    assert "kanarie.txt" not in contents(index)
    assert b"anarie" not in b"".join(content for _, content in state_of(index / "public").values())


def test_a_file_name_too_long_for_a_sidecar_is_read_without_one(corpus: Path, index: Path) -> None:
    name = "a" * 250 + ".txt"
    write_paper(corpus, name, "Die Stadt baut ein Bad.")

    assert outcomes(bring_in(index, corpus))[name] == "added"


def test_a_paper_that_becomes_public_again_is_in_one_root_only(corpus: Path, index: Path) -> None:
    write_paper(corpus, "x.txt", "Erst geheim", visibility="nonpublic")
    bring_in(index, corpus)
    write_paper(corpus, "x.txt", "Erst geheim", visibility="public")
    bring_in(index, corpus)

    assert "x.txt" in contents(index)
    assert contents(index, Visibility.NONPUBLIC) == {}


def test_a_word_file_whose_page_header_says_so_is_nonpublic(tmp_path: Path, index: Path) -> None:
    papers = tmp_path / "papiere"
    papers.mkdir()
    write_word(
        papers / "vorlage.docx",
        paragraph("Die Stadt kauft die alte Mühle.") + '<w:sectPr><w:headerReference r:id="header1"/></w:sectPr>',
        header1=paragraph("NICHTÖFFENTLICH"),
    )
    bring_in(index, papers)

    assert contents(index) == {}
    assert list(contents(index, Visibility.NONPUBLIC)) == ["vorlage.docx"]
