"""What staff read when the index is locked, damaged or cannot be written, and what helps then."""

from __future__ import annotations

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

from ingest.cli import _interruptible
from ingest.index.cataloguing import Cataloguer
from ingest.index.layout import WriterLock, read_pointer
from ingest.index.lexical import LexicalIndex
from tests.ingest.cli.conftest import Call
from tests.ingest.made_corpus import write_corpus, write_paper


def test_a_locked_index_says_who_is_writing(corpus: Path, tmp_path: Path, call: Call) -> None:
    with WriterLock(tmp_path / "index") as lock:
        lock.sign()
        answer = call("add", corpus)

    assert (answer.code, f"Prozess {os.getpid()}" in answer.err) == (1, True)


def test_verify_names_the_damaged_part_and_add_repairs_it(corpus: Path, tmp_path: Path, call: Call) -> None:
    call("add", corpus)
    assert call("verify").code == 0
    (meta,) = (tmp_path / "index").glob("public/*/lexical/meta.json")
    meta.write_text("{}")
    damaged = call("verify")

    assert (damaged.code, "lexical/meta.json hat" in damaged.out) == (1, True)
    assert call("add").code == 0
    assert call("verify", "--json").code == 0


LOST = ["manifest.json", "catalogue.sqlite", ""]


@pytest.mark.parametrize("part", LOST)
def test_what_a_damaged_index_advises_works(part: str, corpus: Path, tmp_path: Path, call: Call) -> None:
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
    call: Call,
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
    call: Call,
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


def test_status_tells_of_the_root_that_this_user_may_read(
    corpus: Path,
    call: Call,
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


@pytest.mark.slow
def test_ctrl_c_leaves_the_last_good_index_and_says_so(tmp_path: Path) -> None:
    """In a process of its own, with the shipped encoder; the interrupt comes while papers are read."""
    corpus = write_corpus(tmp_path / "corpus", 300)
    child = subprocess.Popen(
        [sys.executable, "-c", "import ingest.cli; ingest.cli.main()", "add", str(corpus)],
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
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
