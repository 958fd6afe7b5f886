"""Whatever happens to the files, and whenever a run is killed: the next run ends like a clean build."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.index.verification import damages
from ingest.types import Visibility
from tests.ingest.made_corpus import bring_in, contents, folder_of, write_corpus, write_paper

CRASH_RUNS = int(os.environ.get("RATSLOTSE_CRASH_RUNS", "4"))


"""Kills in the crash test; `make crash` asks for more."""


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
