"""Staff settle who may see a paper, and the same text is never in both roots, whatever led there."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from ingest.errors import UsageError
from ingest.index.generation import current_generation
from ingest.index.layout import root_of
from ingest.index.records import DocumentHeader
from ingest.index.settlements import NAME, read_settlements
from ingest.settling import settle
from ingest.types import Visibility
from tests.fakes import WordHashEncoder
from tests.ingest.made_corpus import bring_in, contents, state_of, write_paper

LONG = "Die Stadt kauft die alte Brauerei am Mühlbach und baut darin ein Haus der Vereine. " * 5
"""Long enough to be compared (`ingest.visibility.text_keys.MIN_CHARS`)."""


def _header(index: Path, path: str) -> DocumentHeader:
    for visibility in Visibility:
        generation = current_generation(root_of(index, visibility))
        if generation:
            with closing(generation.catalogue()) as catalogue:
                for header in catalogue.all_headers():
                    if header.path == path:
                        return header
    raise AssertionError(path)


def _settle(index: Path, path: str, visibility: Visibility) -> None:
    settle(index, _header(index, path), visibility, WordHashEncoder(), workers=1)


def _public_bytes(index: Path) -> bytes:
    return b"".join(content for _, content in state_of(index / "public").values())


def test_a_paper_with_a_sign_becomes_public_in_one_logged_step_that_survives_a_rebuild(
    tmp_path: Path, index: Path
) -> None:
    corpus = tmp_path / "corpus"
    write_paper(corpus, "anlage.txt", f"Anlage (vertraulich)\n{LONG}")
    bring_in(index, corpus)
    assert list(contents(index, Visibility.NONPUBLIC)) == ["anlage.txt"]
    _settle(index, "anlage.txt", Visibility.PUBLIC)

    with closing(current_generation(index / "public").catalogue()) as catalogue:  # type: ignore[union-attr]
        assert catalogue.changes()[0].reason == "Mit „settle“ als öffentlich festgelegt."
    assert len(read_settlements(index).entries) == 1
    (corpus / "anlage.txt").rename(corpus / "umbenannt.txt")
    bring_in(index)
    assert list(contents(index)) == ["umbenannt.txt"]
    write_paper(corpus, "umbenannt.txt", f"Anlage (vertraulich)\n{LONG} Neuer Preis.")
    bring_in(index)
    assert contents(index) == {}  # staff have not seen this text


def test_a_paper_settled_as_nonpublic_leaves_every_public_byte_and_stays_so_however_it_changes(
    tmp_path: Path, index: Path
) -> None:
    corpus = tmp_path / "corpus"
    write_paper(corpus, "kanarie.txt", f"Kanarienvogel. {LONG}", visibility="public")
    write_paper(corpus, "bleibt.txt", "Ein anderes Papier")
    bring_in(index, corpus)
    _settle(index, "kanarie.txt", Visibility.NONPUBLIC)

    assert b"anarie" not in _public_bytes(index)
    write_paper(corpus, "kanarie.txt", f"Kanarienvogel, berichtigt. {LONG}")
    bring_in(index)
    (corpus / "kanarie.txt").rename(corpus / "neu.txt")
    bring_in(index)
    assert list(contents(index)) == ["bleibt.txt"]


def test_a_sidecar_that_says_nonpublic_later_beats_an_earlier_public_decision(tmp_path: Path, index: Path) -> None:
    corpus = tmp_path / "corpus"
    write_paper(corpus, "anlage.txt", f"Anlage (vertraulich)\n{LONG}")
    bring_in(index, corpus)
    _settle(index, "anlage.txt", Visibility.PUBLIC)
    write_paper(corpus, "anlage.txt", f"Anlage (vertraulich)\n{LONG}", visibility="nonpublic")
    bring_in(index)

    assert contents(index) == {}


def test_the_folder_refuses_a_public_decision_and_nothing_is_written_down(tmp_path: Path, index: Path) -> None:
    corpus = tmp_path / "corpus"
    write_paper(corpus, "nichtoeffentlich/a.txt", LONG)
    bring_in(index, corpus)

    with pytest.raises(UsageError, match="nichtoeffentlich"):
        _settle(index, "nichtoeffentlich/a.txt", Visibility.PUBLIC)
    assert not (index / "nonpublic" / NAME).exists()


def test_a_decision_that_was_half_written_when_the_process_died_was_never_made(tmp_path: Path, index: Path) -> None:
    corpus = tmp_path / "corpus"
    write_paper(corpus, "a.txt", LONG)
    bring_in(index, corpus)
    _settle(index, "a.txt", Visibility.NONPUBLIC)
    journal = index / "nonpublic" / NAME
    journal.write_bytes(journal.read_bytes() + b'{"time": "2029')

    assert len(read_settlements(index).entries) == 1
    _settle(index, "a.txt", Visibility.PUBLIC)
    assert len(read_settlements(index).entries) == 2
    assert list(contents(index)) == ["a.txt"]


@pytest.mark.parametrize("order", ["public first", "non-public first", "at once"])
def test_the_same_text_is_hidden_under_its_public_name_too_and_both_are_named(
    order: str, tmp_path: Path, index: Path
) -> None:
    corpus = tmp_path / "corpus"
    names = {"public first": ["a.txt", "nichtoeffentlich/b.md"], "non-public first": ["nichtoeffentlich/b.md", "a.txt"]}
    for name in names.get(order, ["a.txt", "nichtoeffentlich/b.md"]):
        write_paper(corpus, name, f"Kanarienvogel.\n\n{LONG}" if name == "a.txt" else f"KANARIENVOGEL. {LONG}")
        if order != "at once":
            bring_in(index, corpus)
    report = bring_in(index, corpus)

    assert contents(index) == {}
    assert b"anarien" not in _public_bytes(index)
    bring_in(index.with_name("clean"), corpus)
    assert contents(index, Visibility.NONPUBLIC) == contents(index.with_name("clean"), Visibility.NONPUBLIC)
    if order == "at once":
        (warning,) = next(file.warnings for file in report.files if file.path == "a.txt")
        assert "nichtoeffentlich/b.md" in warning
    (corpus / "nichtoeffentlich" / "b.md").unlink()
    bring_in(index)
    assert list(contents(index)) == ["a.txt"]


def test_a_paper_moved_within_a_scope_that_does_not_see_the_old_place_is_hidden(tmp_path: Path, index: Path) -> None:
    corpus = tmp_path / "corpus"
    write_paper(corpus, "oeffentlich/kanarie.txt", "Kanarienvogel, kurz.")
    (corpus / "nichtoeffentlich").mkdir()
    bring_in(index, corpus)
    (corpus / "oeffentlich" / "kanarie.txt").rename(corpus / "nichtoeffentlich" / "kanarie.txt")
    write_paper(corpus, "nichtoeffentlich/kanarie.txt", "Kanarienvogel, geändert.")
    bring_in(index, corpus / "nichtoeffentlich")

    assert b"anarien" not in _public_bytes(index)


def test_a_paper_moved_and_edited_at_once_is_in_no_earlier_public_generation(tmp_path: Path, index: Path) -> None:
    corpus = tmp_path / "corpus"
    write_paper(corpus, "oeffentlich/x.txt", f"Kanarienvogel. {LONG}")
    write_paper(corpus, "oeffentlich/bleibt.txt", "Ein Papier")
    bring_in(index, corpus)
    (corpus / "oeffentlich" / "x.txt").unlink()
    write_paper(corpus, "nichtoeffentlich/anders.txt", f"Kanarienvogel, neu. {LONG}")
    bring_in(index)

    assert b"anarien" not in _public_bytes(index)
