"""Generations: built aside, verified, switched to, kept, gone back to, erased."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from ingest.errors import IndexDamaged, IndexLocked, IndexMissing, IndexProblem
from ingest.german import search_tokens
from ingest.index import layout, open_index
from ingest.index.generation import (
    Builder,
    clear_leftovers,
    current_generation,
    has_leftovers,
    roll_back,
    sound_generation,
)
from ingest.index.layout import WriterLock
from ingest.index.verification import DERIVED, Part, damages, file_damages, search_damages
from tests.ingest.index.papers import ENCODER, FINGERPRINT, an_entry, publish, ten_papers


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_published_before_publish(tmp_path: Path) -> None:
    builder = Builder(tmp_path, FINGERPRINT, None)
    builder.put(ten_papers())

    assert current_generation(tmp_path) is None
    with pytest.raises(IndexMissing):
        open_index(tmp_path, ENCODER)
    builder.abandon()
    assert list(tmp_path.iterdir()) == []


def test_a_generation_tells_what_is_in_it(tmp_path: Path) -> None:
    manifest = publish(tmp_path, ten_papers()).manifest

    assert (manifest.document_count, manifest.passage_count, manifest.dense_count) == (10, 10, 10)
    assert manifest.fingerprint == FINGERPRINT
    assert "catalogue.sqlite" in manifest.files
    assert "dense/chroma.sqlite3" not in manifest.files
    assert damages(tmp_path / layout.read_pointer(tmp_path)) == ()  # type: ignore[operator]


def test_what_was_changed_bit_by_bit_equals_what_was_built_at_once(tmp_path: Path) -> None:
    papers = ten_papers()
    old = an_entry("p3", "Ganz etwas anderes")
    first = publish(tmp_path / "a", [*papers[:3], old])
    second = publish(tmp_path / "a", papers[4:], base=first)
    third = publish(tmp_path / "a", [papers[3]], remove=["p3"], base=second)
    at_once = publish(tmp_path / "b", papers)

    assert third.manifest.content_hash == at_once.manifest.content_hash
    with (
        closing(open_index(tmp_path / "a", ENCODER)) as one,
        closing(open_index(tmp_path / "b", ENCODER)) as other,
    ):
        for question in ("Breitband Ausbau", "Gemeinderat", "Kita 2021", "Ganz etwas anderes"):
            tokens, vector = search_tokens(question), ENCODER.encode_question(question)
            assert one.lexical(tokens, 10) == other.lexical(tokens, 10)
            assert dict(one.dense(vector, 10)) == pytest.approx(dict(other.dense(vector, 10)))


def test_the_base_stays_byte_for_byte_but_for_the_log_of_chroma(tmp_path: Path) -> None:
    first = publish(tmp_path, ten_papers())
    before = files_of(first.folder)
    publish(tmp_path, [an_entry("neu", "Neu")], remove=["p1"], base=first)
    after = files_of(first.folder)

    assert {name for name in before if before[name] != after[name]} <= {"dense/chroma.sqlite3"}


def test_two_earlier_generations_are_kept_and_older_ones_go(tmp_path: Path) -> None:
    generation = publish(tmp_path, ten_papers())
    names = [generation.name]
    for i in range(4):
        generation = publish(tmp_path, [an_entry(f"neu{i}", f"Neu {i}")], base=generation)
        names.append(generation.name)

    assert layout.generation_names(tmp_path) == names[-3:]
    assert layout.read_pointer(tmp_path) == names[-1]


def test_rolling_back_moves_the_pointer_and_nothing_else(tmp_path: Path) -> None:
    first = publish(tmp_path, ten_papers()[:5], run="1")
    second = publish(tmp_path, ten_papers()[5:], base=first, run="2")

    assert roll_back([tmp_path])[tmp_path].name == first.name
    with closing(open_index(tmp_path, ENCODER)) as reader:
        assert reader.statistics().document_count == 5
    third = publish(tmp_path, [an_entry("neu", "Neu")], base=current_generation(tmp_path), run="3")
    assert third.manifest.parent == first.name
    assert not second.folder.exists()  # a generation that was rolled back is nobody's parent
    roll_back([tmp_path])
    with pytest.raises(IndexProblem, match="keine frühere"):
        roll_back([tmp_path])


def test_only_what_the_latest_run_published_is_rolled_back(tmp_path: Path) -> None:
    public, nonpublic = tmp_path / "public", tmp_path / "nonpublic"
    first = publish(public, ten_papers()[:1], run="1")
    publish(nonpublic, ten_papers()[1:2], run="1")
    publish(public, ten_papers()[2:3], base=first, run="2")

    assert {root.name: generation.name for root, generation in roll_back([public, nonpublic]).items()} == {
        "public": first.name
    }


def test_erasing_leaves_nothing_of_a_paper_in_any_byte(tmp_path: Path) -> None:
    secret = an_entry("geheim", "Geheimwort Kanarienvogel", title="Kanarientitel")
    first = publish(tmp_path, [*ten_papers(), secret])
    second = publish(tmp_path, [an_entry("neu", "Neu")], base=first)
    vector = secret.passages[0].vector
    assert vector is not None
    third = publish(tmp_path, remove=["geheim"], base=second, erase=True)

    everything = b"".join(files_of(tmp_path).values())
    for trace in (b"Kanarien", b"kanarien", b"Geheimwort", secret.passages[0].passage.passage_id.encode()):
        assert trace not in everything
    assert vector.tobytes() not in everything
    assert layout.generation_names(tmp_path) == [third.name]
    assert damages(third.folder) == ()


def test_a_generation_that_fails_its_verification_is_not_published(tmp_path: Path) -> None:
    first = publish(tmp_path, ten_papers())
    twice = an_entry("neu", "Neu")
    builder = Builder(tmp_path, FINGERPRINT, first)
    builder.put([twice])
    builder.cataloguer.remove(["p1"])  # behind the builder's back: the copied dense index still holds it
    with pytest.raises(IndexDamaged, match="Prüfung nicht bestanden"):
        builder.publish(run="2")
    builder.abandon()

    assert layout.read_pointer(tmp_path) == first.name
    assert not has_leftovers(tmp_path)


def test_what_a_killed_writer_left_is_cleared_away(tmp_path: Path) -> None:
    first = publish(tmp_path, ten_papers())
    (tmp_path / ".building-4711").mkdir()
    (tmp_path / ".building-4711" / "catalogue.sqlite").write_bytes(b"halb")
    (tmp_path / ".CURRENT-4711").write_text("000009-")
    unpublished = tmp_path / "000002-0123456789ab"  # renamed, but the pointer was not moved any more
    unpublished.mkdir()

    assert has_leftovers(tmp_path)
    clear_leftovers(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [first.name, "CURRENT"]


@pytest.mark.parametrize("how", ["zeros", "half", "missing", "noise"])
@pytest.mark.parametrize(
    ("pattern", "part"),
    [
        ("catalogue.sqlite", Part.CATALOGUE),
        ("dense/*/header.bin", Part.DENSE),
        ("dense/chroma.sqlite3", Part.DENSE),
        ("lexical/meta.json", Part.LEXICAL),
        ("lexical/*.term", Part.LEXICAL),
        ("manifest.json", Part.MANIFEST),
    ],
)
def test_damage_is_noticed_and_laid_to_the_right_part(pattern: str, part: Part, how: str, tmp_path: Path) -> None:
    folder = publish(tmp_path, ten_papers()).folder
    (victim,) = folder.glob(pattern)
    content = victim.read_bytes()
    match how:
        case "zeros":
            victim.write_bytes(bytes(len(content)))
        case "half":
            victim.write_bytes(content[: len(content) // 2])
        case "missing":
            victim.unlink()
        case _:
            victim.write_bytes(bytes(byte ^ 0x5A for byte in content))

    assert {damage.part for damage in file_damages(folder)} == {part}
    if part in DERIVED:
        assert sound_generation(tmp_path)[1] == {part}
    else:
        assert sound_generation(tmp_path)[0] is None


def test_a_damaged_catalogue_falls_back_to_the_generation_before(tmp_path: Path) -> None:
    first = publish(tmp_path, ten_papers())
    second = publish(tmp_path, [an_entry("neu", "Neu")], base=first)
    (second.folder / "catalogue.sqlite").write_bytes(b"weg")

    found, damaged = sound_generation(tmp_path)
    assert found is not None
    assert found.name == first.name
    assert damaged == DERIVED


def test_a_reader_refuses_a_damaged_leg_instead_of_dying_of_it(tmp_path: Path) -> None:
    folder = publish(tmp_path, ten_papers()).folder
    (graph,) = folder.glob("dense/*/link_lists.bin")
    graph.write_bytes(b"\xff" * 1000)

    with pytest.raises(IndexDamaged, match=r"link_lists\.bin"):
        open_index(tmp_path, ENCODER)


def test_a_leg_that_holds_too_little_is_noticed_by_searching(tmp_path: Path) -> None:
    folder = publish(tmp_path, ten_papers()).folder
    other = publish(tmp_path / "other", ten_papers()[:9]).folder
    for part in ("dense", "lexical"):
        (folder / part).rename(tmp_path / part)
        (other / part).rename(folder / part)

    assert {damage.part for damage in search_damages(folder)} == DERIVED


def test_one_writer_at_a_time_and_the_second_is_told_who_it_is(tmp_path: Path) -> None:
    with WriterLock(tmp_path) as lock:
        with pytest.raises(IndexLocked) as unsigned, WriterLock(tmp_path):
            pass
        lock.sign()
        with pytest.raises(IndexLocked, match=f"Prozess {os.getpid()}") as signed, WriterLock(tmp_path):
            pass

    assert (unsigned.value.pid, signed.value.pid) == (None, os.getpid())
    with WriterLock(tmp_path):
        pass
    assert (tmp_path / ".lock").read_bytes() == b""


def test_a_lock_is_freed_by_the_death_of_its_holder(tmp_path: Path) -> None:
    code = (
        "import sys, os, pathlib; from ingest.index.layout import WriterLock\n"
        "lock = WriterLock(pathlib.Path(sys.argv[1])); lock.__enter__(); lock.sign(); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False, timeout=60)
    assert (tmp_path / ".lock").read_bytes() != b""

    with WriterLock(tmp_path):
        pass


def test_a_generation_in_use_is_removed_only_afterwards(tmp_path: Path) -> None:
    folder = publish(tmp_path, ten_papers()).folder
    with layout.in_use(folder):
        remover = threading.Thread(target=layout.remove_generation, args=(folder,))
        remover.start()
        remover.join(0.1)
        assert folder.exists()
    remover.join(5)

    assert not folder.exists()


def test_patience_with_users_of_a_generation_ends(tmp_path: Path) -> None:
    folder = publish(tmp_path, ten_papers()).folder
    with layout.in_use(folder):
        layout.remove_generation(folder, patience_s=0.05)

    assert not folder.exists()
