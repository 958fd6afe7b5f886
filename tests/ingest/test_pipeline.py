"""The whole way from files to a published index, with real readers, Chroma and tantivy."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import pipeline
from ingest.errors import IndexLocked, UsageError
from ingest.german import search_tokens
from ingest.index import layout, open_index
from ingest.index.generation import current_generation, roll_back
from ingest.index.layout import WriterLock
from ingest.index.manifest import hash_file
from ingest.index.shelf import Shelf
from ingest.index.verification import damages
from ingest.outcomes import Outcome
from ingest.types import Visibility
from tests.fakes import WordHashEncoder
from tests.ingest.made_corpus import bring_in, contents, outcomes, state_of, write_corpus, write_paper

CRASH_RUNS = int(os.environ.get("RATSLOTSE_CRASH_RUNS", "4"))
"""Kills in the crash test; `make crash` asks for more."""


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus")


def folder_of(index: Path, visibility: Visibility = Visibility.PUBLIC) -> Path:
    generation = current_generation(layout.root_of(index, visibility))
    assert generation is not None
    return generation.folder


def test_a_second_run_embeds_nothing_and_leaves_every_byte_as_it_was(corpus: Path, index: Path) -> None:
    encoder = WordHashEncoder()
    first = bring_in(index, corpus, encoder=encoder)
    before, embedded = state_of(index), encoder.encoded
    second = bring_in(index, encoder=encoder)

    assert first.count(Outcome.ADDED) == 4
    assert set(outcomes(second).values()) == {"unchanged"}
    assert second.generation == first.generation
    assert encoder.encoded == embedded > 0
    assert state_of(index) == before


def test_new_changed_renamed_touched_and_deleted_files_are_brought_in_line(corpus: Path, index: Path) -> None:
    bring_in(index, corpus)
    write_paper(corpus, "neu.txt", "Ein neuer Antrag zu Bäumen.")
    write_paper(corpus, "papier0.txt", "Ganz neu gefasst.")
    (corpus / "papier1.txt").rename(corpus / "umbenannt.txt")
    (corpus / "papier1.txt.meta.yaml").rename(corpus / "umbenannt.txt.meta.yaml")
    os.utime(corpus / "papier2.txt", ns=(1, 1))
    (corpus / "papier3.txt").unlink()
    report = bring_in(index, corpus)

    assert outcomes(report) == {
        "neu.txt": "added",
        "papier0.txt": "changed",
        "papier1.txt": "removed",
        "umbenannt.txt": "added",
        "papier2.txt": "unchanged",
        "papier3.txt": "removed",
    }
    bring_in(index.with_name("clean"), corpus)
    assert contents(index) == contents(index.with_name("clean"))
    assert damages(folder_of(index)) == ()


def test_a_changed_sidecar_is_read_again_and_embeds_only_what_it_changed(corpus: Path, index: Path) -> None:
    encoder = WordHashEncoder()
    bring_in(index, corpus, encoder=encoder)
    before = encoder.encoded
    sidecar = corpus / "papier0.txt.meta.yaml"
    sidecar.write_text(sidecar.read_text() + "\nbody: Gemeinderat\n")
    report = bring_in(index, corpus, encoder=encoder)

    assert outcomes(report)["papier0.txt"] == "changed"
    assert encoder.encoded == before
    with closing(open_index(index / "public", encoder)) as reader:
        assert reader.find("papier0.txt")[0].body == "Gemeinderat"


def test_what_is_no_paper_is_left_aside_and_other_formats_are_named(corpus: Path, index: Path) -> None:
    for name in (".versteckt.txt", "README.md", "sub/readme.txt", "~$papier.docx", ".git/x.txt"):
        write_paper(corpus, name, "Kein Papier")
    write_paper(corpus, "tabelle.csv", "a;b")
    write_paper(corpus, "ohne", "a")
    report = bring_in(index, corpus)

    assert report.count(Outcome.ADDED) == 4
    assert {file.path: file.reason for file in report.files if file.outcome is Outcome.UNSUPPORTED} == {
        "tabelle.csv": "Das Format „.csv“ wird nicht unterstützt.",
        "ohne": "Die Datei hat keine Endung.",
    }
    assert report.is_complete


def test_an_unreadable_file_keeps_its_last_good_version_and_the_others_go_on(corpus: Path, index: Path) -> None:
    bring_in(index, corpus)
    good = contents(index)["papier0.txt"]
    (corpus / "papier0.txt.meta.yaml").write_text("title: [offen")
    write_paper(corpus, "neu.txt", "Neu")
    (corpus / "kaputt.pdf").write_bytes(b"kein PDF")
    report = bring_in(index, corpus)

    assert outcomes(report)["papier0.txt"] == outcomes(report)["kaputt.pdf"] == "failed"
    assert outcomes(report)["neu.txt"] == "added"
    assert not report.is_complete
    assert contents(index)["papier0.txt"] == good
    assert "kaputt.pdf" not in contents(index)


def test_a_file_that_goes_on_failing_is_told_every_time_but_noted_once(corpus: Path, index: Path) -> None:
    (corpus / "kaputt.pdf").write_bytes(b"kein PDF")
    first = bring_in(index, corpus)
    before = state_of(index / "public")
    second = bring_in(index, corpus)

    assert outcomes(first)["kaputt.pdf"] == outcomes(second)["kaputt.pdf"] == "failed"
    assert second.generation == first.generation
    assert state_of(index / "public") == before
    with closing(current_generation(index / "public").catalogue()) as catalogue:  # type: ignore[union-attr]
        assert [failure.path for failure in catalogue.failures()] == ["kaputt.pdf"]
    (corpus / "kaputt.pdf").unlink()
    bring_in(index, corpus)
    with closing(current_generation(index / "public").catalogue()) as catalogue:  # type: ignore[union-attr]
        assert catalogue.failures() == ()


def test_many_vanished_papers_stay_until_their_removal_is_confirmed(tmp_path: Path, index: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", 25)
    bring_in(index, corpus)
    shutil.rmtree(corpus)
    held = bring_in(index)

    assert held.withheld == 25
    assert not held.is_complete
    assert {file.outcome for file in held.files} == {Outcome.UNCHANGED}
    assert all("--confirm-removal" in (file.reason or "") for file in held.files)
    assert len(contents(index)) == 25
    removed = bring_in(index, confirm=True)
    assert removed.count(Outcome.REMOVED) == 25
    assert contents(index) == {}


def test_moved_papers_do_not_count_as_vanished(tmp_path: Path, index: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", 25)
    bring_in(index, corpus)
    (corpus / "archiv").mkdir()
    for path in list(corpus.glob("papier*")):
        path.rename(corpus / "archiv" / path.name)
    encoder = WordHashEncoder()
    report = bring_in(index, corpus, encoder=encoder)

    assert (report.withheld, report.count(Outcome.REMOVED), report.count(Outcome.ADDED)) == (0, 25, 25)
    assert encoder.encoded == 0


def test_roots_are_remembered_and_do_not_touch_each_other(tmp_path: Path, index: Path) -> None:
    for name in ("a", "b"):
        write_paper(tmp_path / name, "x.txt", f"Papier aus {name}")
    bring_in(index, tmp_path / "a")
    bring_in(index, tmp_path / "b")
    assert set(contents(index)) == {"x.txt", "b/x.txt"}
    (tmp_path / "a" / "x.txt").unlink()
    write_paper(tmp_path / "b", "x.txt", "Neu aus b")

    assert outcomes(bring_in(index, tmp_path / "b")) == {"b/x.txt": "changed"}
    assert outcomes(bring_in(index)) == {"x.txt": "removed", "b/x.txt": "unchanged"}


def test_a_folder_inside_a_root_brings_only_that_part_in_line(corpus: Path, index: Path) -> None:
    write_paper(corpus, "sub/y.txt", "Unten")
    bring_in(index, corpus)
    write_paper(corpus, "sub/y.txt", "Unten, neu")
    write_paper(corpus, "papier0.txt", "Oben, neu")

    assert outcomes(bring_in(index, corpus / "sub")) == {"sub/y.txt": "changed"}
    assert outcomes(bring_in(index, corpus / "papier0.txt")) == {"papier0.txt": "changed"}
    assert len(contents(index)) == 5


def test_a_single_file_is_a_root_of_its_own_and_its_neighbours_stay_out(corpus: Path, index: Path) -> None:
    assert outcomes(bring_in(index, corpus / "papier1.txt")) == {"papier1.txt": "added"}
    assert outcomes(bring_in(index)) == {"papier1.txt": "unchanged"}
    assert set(contents(index)) == {"papier1.txt"}


def test_a_root_around_a_remembered_root_leaves_it_its_papers(tmp_path: Path, index: Path) -> None:
    write_paper(tmp_path / "alles" / "teil", "x.txt", "Innen")
    write_paper(tmp_path / "alles", "y.txt", "Außen")
    bring_in(index, tmp_path / "alles" / "teil")
    bring_in(index, tmp_path / "alles")

    assert set(contents(index)) == {"x.txt", "y.txt"}


def test_links_in_a_circle_end(corpus: Path, index: Path) -> None:
    (corpus / "kreis").symlink_to(corpus, target_is_directory=True)

    assert bring_in(index, corpus).count(Outcome.ADDED) == 4


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path, index: Path) -> None:
    with pytest.raises(UsageError, match="gibt es nicht"):
        bring_in(index, tmp_path / "nirgends")
    with pytest.raises(UsageError, match="noch kein Ordner bekannt"):
        bring_in(index)


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
    _refuse(monkeypatch, "kanarie.txt")
    report = bring_in(index, corpus)

    assert outcomes(report)["kanarie.txt"] == "failed"
    assert "kanarie.txt" not in contents(index)
    assert b"anarie" not in b"".join(content for _, content in state_of(index / "public").values())


def test_another_encoder_keeps_papers_whose_files_cannot_be_opened(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(index, corpus)
    before = contents(index)
    os.utime(corpus / "papier0.txt", (1, 1))
    _refuse(monkeypatch, "papier0.txt")
    bring_in(index, corpus, encoder=WordHashEncoder(name="anders"))

    assert contents(index) == before


def test_a_file_name_too_long_for_a_sidecar_is_read_without_one(corpus: Path, index: Path) -> None:
    name = "a" * 250 + ".txt"
    write_paper(corpus, name, "Die Stadt baut ein Bad.")

    assert outcomes(bring_in(index, corpus))[name] == "added"


def test_a_folder_that_can_be_listed_but_not_entered_keeps_its_papers(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_paper(corpus, "zu/x.txt", "Das Bad ist offen.")
    bring_in(index, corpus)
    write_paper(corpus, "neu.txt", "Die Stadt baut.")
    is_dir = Path.is_dir

    def closed(path: Path) -> bool:
        if path.parent.name == "zu":
            raise PermissionError(13, "Permission denied", str(path))
        return is_dir(path)

    monkeypatch.setattr(Path, "is_dir", closed)
    told = outcomes(bring_in(index, corpus))

    assert (told["zu"], told["neu.txt"]) == ("failed", "added")
    assert "zu/x.txt" in contents(index)


def _refuse(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let one file be closed to its reader; permissions say nothing to an administrator."""

    def hashed(file: Path) -> str:
        if file.name == name:
            raise PermissionError(13, "Permission denied", str(file))
        return hash_file(file)

    monkeypatch.setattr("ingest.corpus.hash_file", hashed)


def test_a_paper_that_becomes_public_again_is_in_one_root_only(corpus: Path, index: Path) -> None:
    write_paper(corpus, "x.txt", "Erst geheim", visibility="nonpublic")
    bring_in(index, corpus)
    write_paper(corpus, "x.txt", "Erst geheim", visibility="public")
    bring_in(index, corpus)

    assert "x.txt" in contents(index)
    assert contents(index, Visibility.NONPUBLIC) == {}


def test_a_withdrawn_paper_stays_out_until_its_file_changes(corpus: Path, index: Path) -> None:
    bring_in(index, corpus)
    with closing(open_index(index / "public", WordHashEncoder())) as reader:
        headers = reader.find("1/2023")
    report = pipeline.remove(index, headers)
    again = bring_in(index)

    assert outcomes(report) == {"papier0.txt": "removed"}
    assert report.erased
    assert b"Sache0" not in b"".join(content for _, content in state_of(index).values())
    assert outcomes(again)["papier0.txt"] == "unchanged"
    assert "papier0.txt" not in contents(index)
    write_paper(corpus, "papier0.txt", "Berichtigt")
    assert outcomes(bring_in(index))["papier0.txt"] == "added"
    assert outcomes(bring_in(index))["papier0.txt"] == "unchanged"


def test_after_a_rollback_add_brings_the_files_in_line_again(corpus: Path, index: Path) -> None:
    bring_in(index, corpus)
    first = contents(index)
    write_paper(corpus, "neu.txt", "Neu")
    bring_in(index)
    both = contents(index)
    roll_back([index / "public"])

    assert contents(index) == first
    assert outcomes(bring_in(index))["neu.txt"] == "added"
    assert contents(index) == both


def test_another_encoder_rebuilds_from_the_catalogue_without_the_files(corpus: Path, index: Path) -> None:
    long_ago = (1_700_000_000, 1_700_000_000)
    for path in corpus.iterdir():
        os.utime(path, long_ago)
    bring_in(index, corpus)
    before = contents(index)
    for path in corpus.glob("*.txt"):
        path.write_bytes(b"x" * path.stat().st_size)  # would give another text if it were read
        os.utime(path, long_ago)
    other = WordHashEncoder(name="anderer", dimensions=32)
    report = bring_in(index, encoder=other)

    assert set(outcomes(report).values()) == {"unchanged"}
    assert contents(index) == before
    assert other.encoded > 0
    with closing(open_index(index / "public", other)) as reader:
        assert len(reader.dense(other.encode_question("Sache1"), 4)) == 4


@pytest.mark.parametrize("part", ["dense", "lexical"])
def test_a_damaged_leg_is_rebuilt_without_embedding_again(part: str, corpus: Path, index: Path) -> None:
    encoder = WordHashEncoder()
    bring_in(index, corpus, encoder=encoder)
    for path in (folder_of(index) / part).rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            path.write_bytes(b"weg")
    embedded = encoder.encoded
    assert damages(folder_of(index)) != ()
    report = bring_in(index, encoder=encoder)

    assert set(outcomes(report).values()) == {"unchanged"}
    assert encoder.encoded == embedded
    assert damages(folder_of(index)) == ()
    with closing(open_index(index / "public", encoder)) as reader:
        assert len(reader.lexical(search_tokens("Sache1"), 4)) == 1


def test_a_damaged_catalogue_is_rebuilt_from_the_one_before_and_the_files(corpus: Path, index: Path) -> None:
    bring_in(index, corpus)
    write_paper(corpus, "neu.txt", "Neu")
    bring_in(index)
    expected = contents(index)
    (folder_of(index) / "catalogue.sqlite").write_bytes(b"weg")
    report = bring_in(index)

    assert outcomes(report)["neu.txt"] == "added"
    assert contents(index) == expected


def test_check_tells_what_add_would_do_and_writes_nothing(corpus: Path, index: Path) -> None:
    bring_in(index, corpus)
    write_paper(corpus, "neu.txt", "Neu")
    (corpus / "papier0.txt").unlink()
    (corpus / "kaputt.pdf").write_bytes(b"kein PDF")
    (corpus / os.fsdecode(b"stra\xdfe.txt")).write_text("Name in Latin-1")
    before = state_of(index)
    checked = pipeline.check(index, [corpus], workers=1)

    assert state_of(index) == before
    assert outcomes(checked) == outcomes(bring_in(index, corpus))
    assert [file.path for file in checked.files if file.outcome is Outcome.FAILED] == ["kaputt.pdf", "stra\\udcdfe.txt"]


def test_a_second_writer_is_turned_away(corpus: Path, index: Path) -> None:
    with WriterLock(index), pytest.raises(IndexLocked):
        bring_in(index, corpus)


def test_an_error_while_publishing_leaves_the_last_good_index_and_no_rubbish(corpus: Path, index: Path) -> None:
    class FailingEncoder(WordHashEncoder):
        def encode(self, texts):  # type: ignore[no-untyped-def]
            raise OSError("Platte voll")

    bring_in(index, corpus)
    before = contents(index)
    write_paper(corpus, "neu.txt", "Neu")
    with pytest.raises(OSError, match="Platte voll"):
        bring_in(index, encoder=FailingEncoder())

    assert contents(index) == before
    assert sorted(path.name for path in (index / "public").iterdir()) == [folder_of(index).name, "CURRENT"]


STEP = st.tuples(st.sampled_from(["write", "delete", "rename", "hide"]), st.integers(0, 3), st.integers(0, 3))


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(STEP, min_size=1, max_size=4), min_size=1, max_size=3))
def test_any_sequence_of_changes_ends_like_a_clean_build(rounds: list[list[tuple[str, int, int]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus = write_corpus(Path(folder) / "corpus", 3)
        index, clean = Path(folder) / "index", Path(folder) / "clean"
        bring_in(index, corpus)
        for steps in rounds:
            for step in steps:
                _apply(corpus, *step)
            bring_in(index, corpus)
        bring_in(clean, corpus)

        for visibility in Visibility:
            assert contents(index, visibility) == contents(clean, visibility)
        assert damages(folder_of(index)) == ()


@pytest.mark.slow
def test_a_run_killed_anywhere_is_completed_by_the_next_one(tmp_path: Path) -> None:
    """The child is killed without warning at a random moment; a reader may ask at any time in between."""
    corpus, index = write_corpus(tmp_path / "corpus", 12), tmp_path / "index"
    bring_in(index, corpus)
    luck = random.Random(4711)
    duration = 3.0
    for count in range(CRASH_RUNS):
        for i in range(12):
            write_paper(corpus, f"papier{i}.txt", f"Fassung {count} der Sache{i}.")
        before = contents(index)
        code = (
            "import sys, pathlib; from tests.ingest.made_corpus import bring_in\n"
            "bring_in(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))"
        )
        started = time.monotonic()
        child = subprocess.Popen([sys.executable, "-c", code, str(index), str(corpus)], start_new_session=True)
        try:
            child.wait(luck.uniform(0.5, duration))
            duration = max(1.0, time.monotonic() - started)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        after_kill = contents(index)
        assert damages(folder_of(index)) == ()
        bring_in(index, corpus)
        clean = tmp_path / f"clean{count}"
        bring_in(clean, corpus)

        assert after_kill in (before, contents(clean))
        assert contents(index) == contents(clean)
        assert damages(folder_of(index)) == ()
        assert not list((index / "public").glob(".building-*"))
        shutil.rmtree(clean)


def _apply(corpus: Path, what: str, which: int, how: int) -> None:
    path = corpus / f"papier{which}.txt"
    match what:
        case "write":
            write_paper(corpus, path.name, f"Fassung {how} der Sache{which}.")
        case "delete":
            path.unlink(missing_ok=True)
        case "hide":
            write_paper(corpus, path.name, "Verborgen", visibility="nonpublic" if how % 2 else "public")
        case _:
            if path.exists():
                path.rename(corpus / f"papier{how}.txt")
