"""The command line, called as a program would be, with an index and a corpus of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest import cli
from tests.fakes import WordHashEncoder
from tests.ingest.made_corpus import write_corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a call left: exit code and both streams."""

    code: int
    out: str
    err: str


Call = Callable[..., Answer]
"""Takes the arguments of the command line, as strings or paths."""


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


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    def run(*arguments: str | Path) -> Answer:
        monkeypatch.setattr(sys, "argv", ["ratslotse-ingest", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        streams = capsys.readouterr()
        return Answer(code=int(left.value.code or 0), out=streams.out, err=streams.err)

    return run
