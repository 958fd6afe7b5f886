"""The whole way from files to a published index, with real readers, Chroma and tantivy."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from ingest import pipeline
from ingest.errors import IndexLocked, UsageError
from ingest.german import search_tokens
from ingest.index import open_index
from ingest.index.generation import current_generation, roll_back
from ingest.index.layout import WriterLock
from ingest.index.manifest import INDEX_VERSION, MANIFEST
from ingest.index.verification import damages
from ingest.outcomes import Outcome
from tests.fakes import WordHashEncoder
from tests.ingest.made_corpus import (
    bring_in,
    close_to_its_reader,
    contents,
    folder_of,
    outcomes,
    state_of,
    write_corpus,
    write_paper,
)


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
    write_paper(corpus, "musik.mp3", "a;b")
    write_paper(corpus, "alt.doc", "a;b")
    write_paper(corpus, "ohne", "a")
    report = bring_in(index, corpus)

    assert report.count(Outcome.ADDED) == 4
    assert {file.path: file.reason for file in report.files if file.outcome is Outcome.UNSUPPORTED} == {
        "musik.mp3": "Das Format „.mp3“ wird nicht unterstützt.",
        "alt.doc": "Das Format „.doc“ wird nicht unterstützt; bitte in Word als .docx speichern.",
        "ohne": "Eine Datei ohne Endung wird nicht unterstützt.",
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


def test_another_encoder_keeps_papers_whose_files_cannot_be_opened(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(index, corpus)
    before = contents(index)
    os.utime(corpus / "papier0.txt", (1, 1))
    close_to_its_reader(monkeypatch, "papier0.txt")
    bring_in(index, corpus, encoder=WordHashEncoder(name="anders"))

    assert contents(index) == before


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


def test_a_withdrawn_paper_stays_out_when_an_index_of_another_version_is_built_anew(corpus: Path, index: Path) -> None:
    bring_in(index, corpus)
    with closing(open_index(index / "public", WordHashEncoder())) as reader:
        pipeline.remove(index, reader.find("2/2023"))
    manifest = folder_of(index) / MANIFEST
    built = f'"index_version": {INDEX_VERSION}'
    assert built in manifest.read_text("utf-8")
    manifest.write_text(manifest.read_text("utf-8").replace(built, '"index_version": 0'), "utf-8")

    bring_in(index, corpus)
    write_paper(corpus, "papier0.txt", "Ein anderer Text.")
    bring_in(index, corpus)

    assert "papier1.txt" not in contents(index)
    assert len(contents(index)) == 3


def test_a_withdrawn_paper_stays_out_under_another_name(corpus: Path, index: Path) -> None:
    bring_in(index, corpus)
    with closing(open_index(index / "public", WordHashEncoder())) as reader:
        pipeline.remove(index, reader.find("1/2023"))
    (corpus / "papier0.txt").rename(corpus / "umbenannt.txt")
    (corpus / "papier0.txt.meta.yaml").rename(corpus / "umbenannt.txt.meta.yaml")
    again = bring_in(index)

    assert outcomes(again)["umbenannt.txt"] == "unchanged"
    assert "umbenannt.txt" not in contents(index)
    assert b"Sache0" not in b"".join(content for _, content in state_of(index).values())


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


@pytest.mark.parametrize("what", ["file", "sidecar", "folder"])
def test_a_link_that_leads_out_of_its_root_is_named_and_not_followed(
    what: str, corpus: Path, index: Path, tmp_path: Path
) -> None:
    outside = write_paper(tmp_path / "anderswo", "geheim.txt", "Kanarienvogel")
    (tmp_path / "anderswo" / "titel.yaml").write_text("title: Kanarienvogel\n", encoding="utf-8")
    match what:
        case "file":
            (corpus / "x.txt").symlink_to(outside)
        case "folder":
            (corpus / "x").symlink_to(outside.parent)
        case _:
            write_paper(corpus, "x.txt", "Ein Papier")
            (corpus / "x.meta.yaml").symlink_to(tmp_path / "anderswo" / "titel.yaml")
    report = bring_in(index, corpus)

    assert any("führt aus dem Ordner heraus" in (file.reason or "") for file in report.files)
    assert b"Kanarienvogel" not in b"".join(content for _, content in state_of(index / "public").values())


def test_a_link_within_its_root_is_a_paper_like_any_other(corpus: Path, index: Path) -> None:
    (corpus / "link.txt").symlink_to(corpus / "papier0.txt")
    bring_in(index, corpus)

    assert "link.txt" in contents(index)
