"""One system on one set, in a process of its own: `python -m evals.bench.child SYSTEM DATA SET SAMPLE OUT`.

Writes what was found and what it cost as one JSON file; judges nothing. `SAMPLE` is a number or `-` for all papers.
"""

from __future__ import annotations

import resource
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from evals import ranking
from evals.answers import Answer, AnswerHit, Milliseconds, Outcome
from evals.bench.collection import Collection, load_collection
from evals.bench.systems import SYSTEMS, Found, System, SystemName
from ingest.errors import RatslotseError

READ_CHARS: Final = 9000
"""What a measure reads at most (`read9000`); later texts would only swell the system's memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one system did on one set.

    Attributes:
        peak_bytes: highest resident memory of the process, libraries included.
        answers: hits and time of each question, in the order of asking.
    """

    documents: int
    passages: int
    index_seconds: float
    peak_bytes: int
    answers: tuple[Answer, ...]


RECORD: Final[TypeAdapter[Record]] = TypeAdapter(Record)


def observe(system: System, collection: Collection) -> Record:
    """Load, index, and ask every question once, in order."""
    documents = sum(1 for _ in collection.items())
    system.load()
    with ExitStack() as stack:
        started = time.perf_counter()
        passages = system.index(collection, stack)
        index_seconds = time.perf_counter() - started
        answers = []
        for inquiry in collection.inquiries:
            started = time.perf_counter()
            found = system.search(inquiry)
            milliseconds = 1000 * (time.perf_counter() - started)
            answers.append(
                Answer(
                    id=inquiry.id,
                    outcome=Outcome.ANSWERED,
                    hits=_read(found) if collection.gold is not None else _ranked(found),
                    milliseconds=Milliseconds(total=milliseconds),
                )
            )
        return Record(
            documents=documents,
            passages=passages,
            index_seconds=index_seconds,
            peak_bytes=_peak_bytes(),
            answers=tuple(answers),
        )


def _ranked(found: list[Found]) -> tuple[AnswerHit, ...]:
    """Keep the first papers, each once, without a text."""
    names = dict.fromkeys(passage.path for passage in found)
    return tuple(AnswerHit(path=name, text="") for name in islice(names, ranking.DEPTH))


def _read(found: list[Found]) -> tuple[AnswerHit, ...]:
    """Keep all passages, with the texts that are read."""
    hits, read = [], 0
    for passage in found:
        hits.append(AnswerHit(path=passage.path, text=passage.text if read <= READ_CHARS else ""))
        read += len(passage.text)
    return tuple(hits)


def _peak_bytes() -> int:
    """Return this process's highest resident memory.

    Linux hands `ru_maxrss` on from the parent through fork and exec; `VmHWM` is this program's alone.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return 1024 * next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else 1024 * peak


def main() -> None:
    """Run one system; arguments are those of the module's docstring."""
    system, data, name, sample, out = sys.argv[1:]
    try:
        collection = load_collection(Path(data), name, None if sample == "-" else int(sample))
        record = observe(SYSTEMS[SystemName(system)].make(), collection)
    except RatslotseError as error:
        sys.exit(str(error))
    Path(out).write_bytes(RECORD.dump_json(record))


if __name__ == "__main__":
    main()
