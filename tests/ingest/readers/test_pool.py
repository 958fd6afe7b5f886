from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import UnreadableDocument, UnsupportedFormat
from ingest.extraction import Extraction
from ingest.readers import DEFAULT, ReaderPool
from ingest.readers.frames import pack, read_frame

ROGUE = (
    sys.executable,
    "-I",
    "-B",
    str(Path(__file__).with_name("rogue_worker.py")),
    str(Path(__file__).resolve().parents[3]),
)
IMPATIENT = replace(DEFAULT, wall_s=1.5, cpu_s=1, memory_bytes=512 * 1024 * 1024)


def paper(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def rogue() -> Iterator[ReaderPool]:
    with ReaderPool(1, IMPATIENT, ROGUE) as pool:
        yield pool


def reason(pool: ReaderPool, path: Path) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        pool.read(path)
    return caught.value.reason


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        ("abort", "abgestürzt"),
        ("killed", "zu viel Arbeitsspeicher"),
        ("memory", "zu viel Arbeitsspeicher"),
        ("spin", "Sekunden"),
        ("hang", "länger als 1.5 Sekunden"),
        ("write", "kann nicht gelesen werden"),
    ],
)
def test_a_file_that_ruins_its_worker_gets_one_sentence_and_the_next_file_is_read(
    tmp_path: Path, rogue: ReaderPool, deed: str, said: str
) -> None:
    sentence = reason(rogue, paper(tmp_path, "a.txt", deed))

    assert said in sentence
    assert sentence.endswith(".")
    assert rogue.read(paper(tmp_path, "b.txt", "Guter Text.")).pages == ("Guter Text.",)


def test_what_a_hanging_worker_started_is_killed_with_it(tmp_path: Path, rogue: ReaderPool) -> None:
    hanging = paper(tmp_path, "a.txt", "hang")
    reason(rogue, hanging)
    child = int(hanging.with_suffix(".pid").read_text(encoding="utf-8"))

    assert _ends(child)


def _ends(pid: int) -> bool:
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def test_a_worker_worn_out_by_earlier_files_is_not_held_against_the_file(tmp_path: Path, rogue: ReaderPool) -> None:
    first, second = paper(tmp_path, "a.txt", "worn eins"), paper(tmp_path, "b.txt", "worn zwei")

    assert rogue.read(first).pages == ("worn eins",)
    assert rogue.read(second).pages == ("worn zwei",)


def test_what_a_library_prints_does_not_disturb_the_answers(tmp_path: Path, rogue: ReaderPool) -> None:
    assert rogue.read(paper(tmp_path, "a.txt", "chatter")).pages == ("chatter",)


def test_a_worker_knows_nothing_of_our_environment(
    tmp_path: Path, rogue: ReaderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RATSLOTSE_MODEL_API_KEY", "geheim")

    names = rogue.read(paper(tmp_path, "a.txt", "environment")).pages[0].split()

    assert set(names) <= {"PATH", "LANG", "LC_CTYPE", "MALLOC_ARENA_MAX"}


def test_a_worker_that_cannot_start_is_our_fault_not_the_files(tmp_path: Path) -> None:
    command = (sys.executable, "-I", "-c", "raise SystemExit(3)")
    with ReaderPool(1, command=command) as pool, pytest.raises(RuntimeError, match="does not start"):
        pool.read(paper(tmp_path, "a.txt", "Text"))


def test_many_files_come_back_in_order_each_with_its_outcome(tmp_path: Path) -> None:
    items = [(i, paper(tmp_path, f"{i}.txt", f"Text {i}" if i % 7 else "")) for i in range(60)]
    items[5] = (5, tmp_path / "gibt-es-nicht.txt")
    items[6] = (6, tmp_path / "bild.png")

    with ReaderPool() as pool:
        outcomes = list(pool.read_many(items))

    assert [key for key, _ in outcomes] == list(range(60))
    for key, outcome in outcomes:
        if key == 6:
            assert isinstance(outcome, UnsupportedFormat)
        elif key == 5 or key % 7 == 0:
            assert isinstance(outcome, UnreadableDocument)
        else:
            assert isinstance(outcome, Extraction)
            assert outcome.pages == (f"Text {key}",)


def test_files_are_taken_only_a_bounded_number_ahead(tmp_path: Path) -> None:
    taken = []

    def items() -> Iterator[tuple[int, Path]]:
        for i in range(500):
            taken.append(i)
            yield i, paper(tmp_path, "a.txt", "Text")

    with ReaderPool(1) as pool:
        next(pool.read_many(items()))

    assert len(taken) < 40


def test_leaving_the_pool_in_the_middle_ends_what_is_under_way(tmp_path: Path) -> None:
    hanging = paper(tmp_path, "a.txt", "hang")
    begun = time.monotonic()
    with ReaderPool(1, replace(DEFAULT, wall_s=60), ROGUE) as pool:
        stream = pool.read_many([(1, paper(tmp_path, "b.txt", "Text")), *((i, hanging) for i in range(2, 40))])
        next(stream)

    assert time.monotonic() - begun < 20


def test_a_pool_that_reads_nothing_starts_nothing(tmp_path: Path) -> None:
    with ReaderPool(1, command=("/gibt/es/nicht",)) as pool:
        assert list(pool.read_many([])) == []


def test_a_batch_of_text_does_not_load_the_pdf_library(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path\n"
        "from ingest.readers.limits import DEFAULT; from ingest.readers.worker import read_document\n"
        "read_document(Path(sys.argv[2]), DEFAULT)\n"
        "sys.exit(any(m in sys.modules for m in ('pypdfium2', 'lxml', 'pypandoc', 'numpy')))"
    )
    root = str(Path(__file__).resolve().parents[3])

    status = os.spawnl(
        os.P_WAIT, sys.executable, sys.executable, "-I", "-c", code, root, str(paper(tmp_path, "a.txt", "x"))
    )

    assert status == 0


def test_frames_carry_file_names_that_are_no_unicode(tmp_path: Path) -> None:
    path = tmp_path / "frame"
    path.write_bytes(pack({"path": os.fsdecode(b"Antr\xe4ge.txt")}))

    with path.open("rb") as stream:
        assert os.fsencode(read_frame(stream)["path"]) == b"Antr\xe4ge.txt"
        with pytest.raises(EOFError):
            read_frame(stream)


def test_processor_time_is_limited_for_each_file(tmp_path: Path) -> None:
    with ReaderPool(1, replace(DEFAULT, cpu_s=1), ROGUE) as pool:
        assert "mehr als 1 Sekunden Rechenzeit" in reason(pool, paper(tmp_path, "a.txt", "spin"))
