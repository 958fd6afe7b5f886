"""The command line as staff and other programs meet it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from chromadb.errors import InternalError

from ingest import cli
from ingest.cli import _interruptible
from ingest.index.cataloguing import Cataloguer
from ingest.index.layout import WriterLock, read_pointer
from ingest.index.lexical import LexicalIndex
from tests.fakes import WordHashEncoder
from tests.ingest.made_corpus import state_of, write_corpus, write_paper


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder without `.env`, with an index of its own and an encoder that loads at once."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setenv("RATSLOTSE_INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.setenv("RATSLOTSE_CORPUS_DIR", str(tmp_path / "corpus"))
    monkeypatch.setattr("ingest.embedding.load_encoder", lambda name: WordHashEncoder(name=name))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path / "corpus", 3)


class Answer:
    """What a call left: exit code and both streams."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def run(*arguments: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["ratslotse-ingest", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        streams = capsys.readouterr()
        return Answer(int(left.value.code or 0), streams.out, streams.err)

    return run


def test_json_is_one_object_a_line_with_the_keys_of_the_contract(corpus: Path, call) -> None:  # type: ignore[no-untyped-def]
    write_paper(corpus, "tabelle.csv", "a;b")
    answer = call("add", corpus, "--json")
    *files, last = [json.loads(line) for line in answer.out.splitlines()]

    assert answer.code == 0
    assert {file["path"]: file["outcome"] for file in files}["tabelle.csv"] == "unsupported"
    assert all(set(file) == {"path", "outcome", "reason", "warnings", "pages", "passages"} for file in files)
    assert files[0] == {
        "path": "papier0.txt", "outcome": "added", "reason": None, "warnings": [], "pages": 1, "passages": 1,
    }  # fmt: skip
    summary = last["summary"]
    assert [summary[name] for name in ("added", "changed", "removed", "unchanged", "failed", "unsupported")] == [
        3, 0, 0, 0, 0, 1,
    ]  # fmt: skip
    assert summary["generation"].startswith("000001-")
    assert isinstance(summary["seconds"], float)


def test_without_a_path_the_corpus_of_the_settings_is_taken_and_then_remembered(  # type: ignore[no-untyped-def]
    corpus: Path, call, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "3 neu" in call("add").out
    monkeypatch.setenv("RATSLOTSE_CORPUS_DIR", "anderswo")
    assert "3 unverändert" in call("add").out


def test_a_failed_file_is_named_and_the_exit_code_is_one(corpus: Path, call) -> None:  # type: ignore[no-untyped-def]
    (corpus / "kaputt.pdf").write_bytes(b"kein PDF")
    answer = call("add", corpus)

    assert answer.code == 1
    assert "fehlgeschlagen: kaputt.pdf: " in answer.out
    assert "3 neu, 1 fehlgeschlagen" in answer.out


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["add", "nirgends"], 2, "gibt es nicht"),  # a path that is not there
        (["add", "--unsinn"], 2, "--unsinn"),  # an option that is not there
        (["status"], 2, "noch kein Index"),  # nothing published
        (["show", "1/2023"], 2, "noch kein Index"),
        (["remove", "1/2023"], 2, "noch kein Index"),
        (["verify"], 2, "noch kein Index"),
        (["rollback"], 2, "noch kein Index"),
    ],
)
def test_expected_errors_are_a_sentence_and_no_traceback(  # type: ignore[no-untyped-def]
    arguments: list[str], code: int, sentence: str, call
) -> None:
    answer = call(*arguments)

    assert answer.code == code
    assert sentence in answer.err
    assert "Traceback" not in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("WEB_PORT", "viele", "Die Einstellung RATSLOTSE_WEB_PORT ist keine ganze Zahl."),
        ("WEB_PORT", "99999", "Die Einstellung RATSLOTSE_WEB_PORT ist größer als 65535."),
        ("RETENTION_DAYS", "-1", "Die Einstellung RATSLOTSE_RETENTION_DAYS ist kleiner als 0."),
        ("WEB_NONPUBLIC", "vielleicht", "Die Einstellung RATSLOTSE_WEB_NONPUBLIC ist weder „true“ noch „false“."),
        ("LANGUAGE", "fr", "Die Einstellung RATSLOTSE_LANGUAGE kennt den angegebenen Wert nicht (möglich: de, en)."),
    ],
)
def test_a_setting_that_makes_no_sense_is_wrong_usage(
    setting: str, value: str, said: str, call, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv(f"RATSLOTSE_{setting}", value)
    answer = call("status")

    assert answer.code == 2
    assert said in answer.err


def test_a_locked_index_says_who_is_writing(corpus: Path, tmp_path: Path, call) -> None:  # type: ignore[no-untyped-def]
    with WriterLock(tmp_path / "index") as lock:
        lock.sign()
        answer = call("add", corpus)

    assert (answer.code, f"Prozess {os.getpid()}" in answer.err) == (1, True)


def test_vanished_papers_are_held_back_with_a_sentence_and_exit_code_one(tmp_path: Path, call) -> None:  # type: ignore[no-untyped-def]
    corpus = write_corpus(tmp_path / "corpus", 22)
    call("add", corpus)
    for path in corpus.iterdir():
        path.unlink()
    held, confirmed = call("add"), call("add", "--confirm-removal")

    assert (held.code, "22 Papiere sind aus ihrem Ordner verschwunden" in held.out) == (1, True)
    assert (confirmed.code, "22 entfernt" in confirmed.out) == (0, True)


def test_show_tells_what_was_understood(corpus: Path, call) -> None:  # type: ignore[no-untyped-def]
    write_paper(
        corpus,
        "vorlage.txt",
        "Stellungnahme\n\nDie Stadt prüft das.",
        title="Stellungnahme zum Radweg",
        number="99/2024",
        date="2024-03-05",
        kind="report",
        body="Gemeinderat",
        url="https://example.org/1",
        farbe="grün",
    )
    call("add", corpus)
    for wanted in ("vorlage.txt", "99/2024"):
        out = call("show", wanted).out
        for told in (
            "Stellungnahme zum Radweg", "Vorlage/Bericht", "99/2024", "2024-03-05 (Datum des Papiers)", "Gemeinderat",
            "öffentlich", "https://example.org/1", "farbe: grün", "Abschnitte",
        ):  # fmt: skip
            assert told in out


def test_an_ambiguous_removal_lists_the_candidates_and_does_nothing(corpus: Path, tmp_path: Path, call) -> None:  # type: ignore[no-untyped-def]
    write_paper(corpus, "zweites.txt", "Dieselbe Nummer", number="1/2023")
    call("add", corpus)
    before = state_of(tmp_path / "index")
    answer = call("remove", "1/2023")

    assert answer.code == 1
    assert "mehrdeutig" in answer.err
    assert "papier0.txt" in answer.err
    assert "zweites.txt" in answer.err
    assert state_of(tmp_path / "index") == before


def test_a_removed_paper_is_gone_and_status_remembers_it(corpus: Path, call) -> None:  # type: ignore[no-untyped-def]
    call("add", corpus)
    answer = call("remove", "papier1.txt")

    assert (answer.code, "1 entfernt" in answer.out) == (0, True)
    assert "Frühere Stände wurden gelöscht" in answer.out
    assert call("show", "papier1.txt").code == 1
    assert "Zurückgezogen:   papier1.txt" in call("status").out


def test_status_counts_papers_and_lists_what_cannot_be_read(corpus: Path, call) -> None:  # type: ignore[no-untyped-def]
    (corpus / "kaputt.pdf").write_bytes(b"kein PDF")
    call("add", corpus)
    text, values = call("status").out, json.loads(call("status", "--json").out)

    assert "Papiere:         3 (" in text
    assert "kaputt.pdf" in text
    assert sum(values["public"]["documents"].values()) == 3
    assert values["public"]["roots"] == [str(corpus)]
    assert [failure["path"] for failure in values["public"]["failures"]] == ["kaputt.pdf"]


def test_check_writes_nothing_and_says_so(corpus: Path, tmp_path: Path, call) -> None:  # type: ignore[no-untyped-def]
    answer = call("check", corpus)

    assert (answer.code, answer.out) == (0, "Prüfung, nichts geschrieben: 3 neu\n")
    assert not (tmp_path / "index").exists()


def test_verify_names_the_damaged_part_and_add_repairs_it(corpus: Path, tmp_path: Path, call) -> None:  # type: ignore[no-untyped-def]
    call("add", corpus)
    assert call("verify").code == 0
    (meta,) = (tmp_path / "index").glob("public/*/lexical/meta.json")
    meta.write_text("{}")
    damaged = call("verify")

    assert (damaged.code, "lexical/meta.json hat" in damaged.out) == (1, True)
    assert call("add").code == 0
    assert call("verify", "--json").code == 0


def test_rollback_goes_to_the_generation_before(corpus: Path, call) -> None:  # type: ignore[no-untyped-def]
    call("add", corpus)
    write_paper(corpus, "neu.txt", "Neu")
    call("add")
    answer = call("rollback")

    assert (answer.code, answer.out.startswith("Öffentlich: wieder auf 000001-"), "3 Papiere" in answer.out) == (
        0,
        True,
        True,
    )
    assert call("show", "neu.txt").code == 1


def test_summaries_fit_80_columns(corpus: Path, call) -> None:  # type: ignore[no-untyped-def]
    call("add", corpus)
    for answer in (call("add"), call("remove", "papier0.txt"), call("--help")):
        assert max(map(len, answer.out.splitlines())) <= 80


@pytest.mark.slow
def test_ctrl_c_leaves_the_last_good_index_and_says_so(tmp_path: Path, call) -> None:  # type: ignore[no-untyped-def]
    """In a process of its own, with the shipped encoder; the interrupt comes while papers are read."""
    corpus = write_corpus(tmp_path / "corpus", 300)
    child = subprocess.Popen(
        [sys.executable, "-c", "import ingest.cli; ingest.cli.main()", "add", str(corpus)],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        start_new_session=True,
    )
    public = tmp_path / "index" / "public"
    deadline = time.monotonic() + 60
    while not list(public.glob(".building-*/catalogue.sqlite")) and child.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)

    assert child.returncode == 130, err
    assert "Der bisherige Index gilt weiter" in err
    assert "Traceback" not in err
    assert list(public.glob("*")) == []


def test_help_needs_nothing_heavy() -> None:
    code = (
        "import sys, ingest.cli; heavy = {'chromadb', 'numpy', 'tantivy', 'langchain_core', 'model2vec', 'pypdfium2'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )

    assert done.stdout == "[]\n"


LOST = ["manifest.json", "catalogue.sqlite", ""]


@pytest.mark.parametrize("part", LOST)
def test_what_a_damaged_index_advises_works(part: str, corpus: Path, tmp_path: Path, call) -> None:  # type: ignore[no-untyped-def]
    call("add", corpus)
    (generation,) = (tmp_path / "index" / "public").glob("0*")
    shutil.rmtree(generation) if not part else (generation / part).unlink()

    told = call("add")
    assert told.code == 1
    assert "add ORDNER" in told.err
    assert call("add", corpus).code == 0
    assert call("verify").code == 0
    assert call("add").code == 0


@pytest.mark.parametrize("pointer", [None, b"", b"\xff\xfe\x00", b"../../etc"])
def test_a_lost_pointer_is_told_and_add_finds_the_index_again(
    pointer: bytes | None,
    corpus: Path,
    tmp_path: Path,
    call,  # type: ignore[no-untyped-def]
) -> None:
    write_paper(corpus, "nichtoeffentlich/x.txt", "Das sieht nicht jeder.")
    call("add", corpus)
    current = tmp_path / "index" / "public" / "CURRENT"
    current.unlink() if pointer is None else current.write_bytes(pointer)

    for command in (["status"], ["verify"], ["show", "1/2023"]):
        told = call(*command)
        assert told.code == 1
        assert "„ratslotse-ingest add“" in told.err
    assert call("add").code == 0
    assert call("show", "1/2023").code == 0


@pytest.mark.parametrize("store", ["dense", "lexical", "catalogue"])
def test_a_full_disk_is_one_sentence_and_leaves_the_index(
    store: str,
    corpus: Path,
    call,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    call("add", corpus)
    write_paper(corpus, "neu.txt", "Ein neues Papier.")
    with monkeypatch.context() as full:
        match store:
            case "dense":
                full.setattr("chromadb.api.models.Collection.Collection.add", _raise(InternalError("disk is full")))
            case "lexical":
                full.setattr(LexicalIndex, "_commit", _raise(ValueError("No space left on device")))
            case _:
                full.setattr(Cataloguer, "_put", _raise(sqlite3.OperationalError("database or disk is full")))
        told = call("add")

    assert told.code == 1
    assert "konnte nicht geschrieben werden" in told.err
    assert call("verify").code == 0
    assert call("add").code == 0


def _raise(error: Exception) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise error

    return refuse


def test_a_settings_file_in_another_encoding_is_wrong_usage(call) -> None:  # type: ignore[no-untyped-def]
    Path(".env").write_bytes("RATSLOTSE_LANGUAGE=de # für uns".encode("latin-1"))
    told = call("add")

    assert told.code == 2
    assert "UTF-8" in told.err


def test_an_empty_setting_means_the_default(
    corpus: Path, tmp_path: Path, call, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("RATSLOTSE_INDEX_DIR", "")
    assert call("add", corpus).code == 0
    assert Path(".ratslotse/index/public/CURRENT").exists()


@pytest.mark.parametrize("command", ["verify", "rollback"])
def test_a_mistyped_index_is_not_made(command: str, tmp_path: Path, call) -> None:  # type: ignore[no-untyped-def]
    assert call(command, "--index", tmp_path / "vertippt").code == 2
    assert not (tmp_path / "vertippt").exists()


def test_an_interrupt_that_a_library_turned_into_its_own_error_is_still_an_interrupt() -> None:
    def interrupted_library() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise ValueError("serializing failed") from None

    with pytest.raises(typer.Exit) as ended, _interruptible():
        interrupted_library()

    assert ended.value.exit_code == 130
    with pytest.raises(ValueError, match="plain"), _interruptible():
        raise ValueError("plain")


def test_what_a_terminal_would_obey_is_never_written(corpus: Path, call) -> None:  # type: ignore[no-untyped-def]
    write_paper(corpus, "loesch\x1b[2Jalles.csv", "a;b")
    write_paper(corpus, "titel.txt", "Ein Papier")
    (corpus / "titel.meta.yaml").write_text('title: "Titel\\e[2J\\x9b2J"\nfremd: "\\e[2J"\n', encoding="utf-8")
    said = call("add", corpus).out + call("show", "titel.txt").out + call("status").out

    assert "loesch\ufffd[2Jalles.csv" in said
    assert "Titel [2J 2J" in said
    assert not {"\x1b", "\x9b"} & set(said)


def test_a_broken_sidecar_is_named_itself(corpus: Path, call) -> None:  # type: ignore[no-untyped-def]
    (corpus / "papier0.txt.meta.yaml").write_text("date: gestern\n", encoding="utf-8")

    assert "papier0.txt: papier0.txt.meta.yaml: " in call("add", corpus).out


def test_status_tells_of_the_root_that_this_user_may_read(
    corpus: Path,
    call,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    call("add", corpus)

    def closed(root: Path) -> str | None:  # permissions say nothing to an administrator
        if root.name == "nonpublic":
            raise PermissionError(13, "Permission denied", str(root))
        return read_pointer(root)

    monkeypatch.setattr("ingest.index.layout.read_pointer", closed)
    told = call("status")

    assert told.code == 0
    assert "3 (3 " in told.out
    assert told.err == "Nichtöffentlich: kein Zugriff für diesen Benutzer.\n"
