"""Runs the systems one after the other, each in a child process, and judges what they found."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evals import ranking
from evals.answers import Answer
from evals.bench.child import RECORD, Record
from evals.bench.collection import Collection
from evals.bench.systems import SYSTEMS, SystemName
from evals.bootstrap import Interval, difference, estimate
from evals.measures import BY_NAME, Column, Tally, Values
from evals.metrics import mark
from evals.texts import FolderTexts, Papers

GOLD_MEASURES: Final = ("file1", "file5", "file10", "read4500", "read9000")
BEIR_MEASURES: Final = ("ndcg10",)
TIMES: Final = ("p50ms", "p95ms")

SLOW_CHARS: Final = 10_000_000
"""A slow system takes about 12 minutes for 6.4 MB of papers on two cores; larger sets only if asked for."""

GLANCE_S: Final = 0.2
"""How often the memory of the whole process tree is looked at; the main process's own peak is exact."""

_ENVIRONMENT: Final = {
    "HF_HUB_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONWARNINGS": "ignore",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A system that has no figures here, and why, in German and English."""

    german: str
    english: str
    is_failure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A system that was measured on a set.

    Attributes:
        measures: figures by name, quality and time.
        rows: what each question brought, in the set's order.
        peak_bytes: of the process with its children.
    """

    documents: int
    passages: int
    index_seconds: float
    peak_bytes: int
    measures: dict[str, Interval]
    rows: tuple[Values, ...]


Outcome = Trial | Left


def names(collection: Collection) -> tuple[str, ...]:
    """Return the quality measures that are told of a set."""
    return GOLD_MEASURES if collection.gold is not None else BEIR_MEASURES


def main_measure(collection: Collection) -> str:
    """Return the measure in which systems are compared pair by pair."""
    return "file5" if collection.gold is not None else "ndcg10"


def run_system(
    system: SystemName, collection: Collection, data: Path, sample: int | None, *, with_slow: bool
) -> Outcome:
    """Run one system on one set, or say why not."""
    entry = SYSTEMS[system]
    if missing := entry.missing():
        packages = " ".join(missing)
        return Left(german=f"übersprungen, es fehlt: pip install {packages}", english=f"skipped: needs {packages}")
    if entry.is_slow and not with_slow and _is_large(collection):
        return Left(german="ausgelassen: zu langsam (--slow misst es)", english="left out: too slow (`--slow` runs it)")
    with tempfile.TemporaryDirectory(prefix="ratslotse-bench-") as scratch:
        out, noise = Path(scratch, "record.json"), Path(scratch, "stderr")
        told = [str(system), str(data), collection.name, "-" if sample is None else str(sample), str(out)]
        code, peak = _watched([sys.executable, "-m", "evals.bench.child", *told], noise)
        if code != 0 or not out.is_file():
            reason = _last_line(noise) or f"Exit {code}"
            return Left(german=f"gescheitert: {reason}", english=f"failed: {reason}", is_failure=True)
        return judge(RECORD.validate_json(out.read_bytes()), collection, peak)


def judge(record: Record, collection: Collection, peak_bytes: int = 0) -> Trial:
    """Work out figures from what a system found.

    Args:
        record: its hits and costs.
        collection: with the right answers.
        peak_bytes: of the process tree as it was seen from outside.
    """
    rows = tuple(_rows(record.answers, collection))
    wanted = (*names(collection), *TIMES)
    return Trial(
        documents=record.documents,
        passages=record.passages,
        index_seconds=record.index_seconds,
        peak_bytes=max(peak_bytes, record.peak_bytes),
        measures={name: estimate(BY_NAME[name], rows) for name in wanted},
        rows=rows,
    )


def lead(collection: Collection, peer: Trial, ours: Trial) -> Interval:
    """Return by how much Ratslotse is better than a peer in the set's main measure, paired over questions."""
    return difference(BY_NAME[main_measure(collection)], peer.rows, ours.rows)


def _rows(answers: Iterable[Answer], collection: Collection) -> Iterator[Values]:
    if collection.gold is not None:
        assert collection.folder is not None, "gold questions are asked over files"
        papers = Papers(FolderTexts(collection.folder))
        questions = {question.id: question for question in collection.gold.questions}
        yield from (mark(questions[answer.id], answer, papers).values for answer in answers)
    if collection.task is not None:
        yield from (_ranked(answer, collection.task.right[answer.id]) for answer in answers)


def _ranked(answer: Answer, right: Mapping[str, float]) -> Values:
    order = list(dict.fromkeys(hit.path for hit in answer.hits))
    assert answer.milliseconds is not None, "every question was timed"
    return {
        Column.NDCG10: Tally(total=ranking.ndcg(order, right)),
        Column.MILLISECONDS: Tally(total=answer.milliseconds.total),
    }


def _is_large(collection: Collection) -> bool:
    chars = 0
    for item in collection.items():
        chars += len(item.text)
        if chars > SLOW_CHARS:
            return True
    return False


def _watched(command: list[str], noise: Path) -> tuple[int, int]:
    """Run a command to its end; return its exit code and the highest memory of it and its children, in bytes."""
    peak = 0
    with (
        noise.open("wb") as stderr,
        subprocess.Popen(command, stdout=stderr, stderr=stderr, env=os.environ | _ENVIRONMENT) as process,
    ):
        try:
            while process.poll() is None:
                peak = max(peak, _tree_bytes(process.pid))
                time.sleep(GLANCE_S)
        finally:
            process.kill()  # only still alive if we were interrupted
    return process.returncode, peak


def _tree_bytes(root: int) -> int:
    """Add up the resident memory of a process and those below it; 0 where there is no /proc."""
    parents: dict[int, int] = {}
    sizes: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        parents[int(folder.name)] = int(fields[1])
        sizes[int(folder.name)] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    tree, grown = {root}, True
    while grown:
        below = {process for process, parent in parents.items() if parent in tree} - tree
        tree |= below
        grown = bool(below)
    return sum(sizes.get(process, 0) for process in tree)


def _last_line(noise: Path) -> str:
    lines = noise.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else ""
