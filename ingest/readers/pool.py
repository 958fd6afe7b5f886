"""Reading many files at once, each in a limited process that may die without harm to the others.

Workers are kept and reused (a start takes 0.1 s), started only when there is something to read, spawned and never
forked, with next to no environment. Whatever a file does to its worker, its answer is one sentence.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import select
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, TypeVar

from ingest.errors import UnreadableDocument, UnsupportedFormat
from ingest.extraction import Extraction, LeftOut, Omission
from ingest.readers.frames import HEADER, pack
from ingest.readers.limits import DEFAULT, Limits
from ingest.readers.worker import TOO_MUCH_MEMORY

Key = TypeVar("Key")

_LOOK_AHEAD = 16
"""Files under way or read but not yet asked for, per worker: keeps workers busy, memory constant."""
_START_S = 60.0
"""For a start that takes 0.1 s on a free machine."""
_ANSWER_BYTES_PER_CHAR = 12
"""JSON writes a character beyond the Basic Multilingual Plane as two escapes of six bytes."""
_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from ingest.readers.worker import serve; serve()"
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}


def worker_command() -> tuple[str, ...]:
    """Return how a worker is started: this Python, isolated, with the package from where it is now."""
    return (sys.executable, "-I", "-B", "-c", _BOOT, str(Path(__file__).resolve().parents[2]))


class ReaderPool:
    """Reads files in worker processes; use as a context manager.

    Safe to use from several threads. Nothing is started before the first file.
    """

    def __init__(self, workers: int = 2, limits: Limits = DEFAULT, command: tuple[str, ...] | None = None) -> None:
        """Set up a pool.

        Args:
            workers: how many files are read at once, at least 1.
            limits: for each file.
            command: starts a worker that speaks `frames`; the real one if left out.
        """
        self._limits = limits
        self._look_ahead = workers * _LOOK_AHEAD
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._workers = tuple(_Worker(command or worker_command(), limits) for _ in range(workers))
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="reader")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop at once: files not yet begun are dropped, workers and what they started are killed."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.interrupt()
        self._threads.shutdown(wait=True)
        for worker in self._workers:
            worker.close()

    def read(self, path: Path) -> Extraction:
        """Read one file.

        Raises:
            UnreadableDocument: in one German sentence, why not.
            UnsupportedFormat: the ending is none that can be read.
        """
        worker = self._idle.get()
        try:
            answer = worker.ask(path)
        finally:
            self._idle.put(worker)
        if "extraction" in answer:
            return _extraction(answer["extraction"])
        raise (UnsupportedFormat if answer.get("unsupported") else UnreadableDocument)(path, answer["reason"])

    def read_many(self, items: Iterable[tuple[Key, Path]]) -> Iterator[tuple[Key, Extraction | UnreadableDocument]]:
        """Read files as a stream, in the order given, a bounded number ahead of the consumer.

        Args:
            items: what a file is called by the caller, and where it is; taken one by one.

        Yields:
            The caller's name of the file and its text, or why there is none.
        """
        ahead: deque[tuple[Key, Future[Extraction | UnreadableDocument]]] = deque()
        try:
            for key, path in items:
                ahead.append((key, self._threads.submit(self._outcome, path)))
                if len(ahead) >= self._look_ahead:
                    first, future = ahead.popleft()
                    yield first, future.result()
            while ahead:
                first, future = ahead.popleft()
                yield first, future.result()
        finally:
            for _, future in ahead:
                future.cancel()

    def _outcome(self, path: Path) -> Extraction | UnreadableDocument:
        try:
            return self.read(path)
        except UnreadableDocument as error:
            return error


class _WorkerDied(Exception):
    """The process ended or was killed over a file; the reason is for staff."""

    def __init__(self, reason: str, *, retry: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry = retry


class _Worker:
    """One process, replaced whenever it dies. Used by one thread at a time."""

    def __init__(self, command: tuple[str, ...], limits: Limits) -> None:
        self._command = command
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0  # that this process has been given
        self._closed = False

    def ask(self, path: Path) -> dict[str, Any]:
        """Return the worker's answer; one that says why there is no text if it dies."""
        while True:
            try:
                answer = self._ask_once(path)
            except _WorkerDied as death:
                self._kill()
                # files before this one may have worn the process out: ask a fresh one before blaming the file
                if death.retry and self._files > 1 and not self._closed:
                    continue
                return {"reason": death.reason}
            if answer["spent"]:
                self._kill()
                if answer.get("memory") and self._files > 1 and not self._closed:
                    continue
            return answer

    def interrupt(self) -> None:
        """Kill the process from another thread; an `ask` under way ends, none begins again."""
        self._closed = True
        process = self._process
        if process is not None and process.returncode is None:
            _signal_group(process)

    def close(self) -> None:
        """Kill the process and let go of its pipes; no `ask` may be under way."""
        self._closed = True
        self._kill()

    def _ask_once(self, path: Path) -> dict[str, Any]:
        if self._process is None:
            self._process = self._start()
            self._files = 0
            if self._closed:  # interrupted while it started: `interrupt` has not seen this process
                raise _WorkerDied("Das Lesen wurde abgebrochen.", retry=False)
        self._files += 1
        deadline = time.monotonic() + self._limits.wall_s
        return self._exchange(self._process, {"path": os.fspath(path.absolute())}, deadline)

    def _start(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise _WorkerDied("Das Lesen wurde abgebrochen.", retry=False)
        process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd="/",
            bufsize=0,
            start_new_session=True,
        )
        try:
            self._exchange(process, asdict(self._limits), time.monotonic() + _START_S)
        except _WorkerDied as death:
            _kill_group(process)
            raise RuntimeError(f"worker does not start: {' '.join(self._command)}") from death
        return process

    def _exchange(self, process: subprocess.Popen[bytes], message: dict[str, Any], deadline: float) -> dict[str, Any]:
        assert process.stdin is not None, "opened with a pipe"
        assert process.stdout is not None, "opened with a pipe"
        try:
            process.stdin.write(pack(message))
            (length,) = HEADER.unpack(_read_exactly(process.stdout, HEADER.size, deadline))
            if length > self._limits.text_chars * _ANSWER_BYTES_PER_CHAR:
                raise _WorkerDied("Der Text ist zu lang.", retry=False)
            answer: dict[str, Any] = json.loads(_read_exactly(process.stdout, length, deadline))
        except TimeoutError:
            reason = f"Das Lesen dauerte länger als {self._limits.wall_s:g} Sekunden und wurde abgebrochen."
            raise _WorkerDied(reason, retry=False) from None
        except (EOFError, OSError, ValueError):
            raise self._death(process) from None
        return answer

    def _death(self, process: subprocess.Popen[bytes]) -> _WorkerDied:
        """Say why a process is gone, from the signal that ended it."""
        try:
            status = -process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            status = 0
        if self._closed:
            return _WorkerDied("Das Lesen wurde abgebrochen.", retry=False)
        if status == signal.SIGXCPU:
            reason = f"Das Lesen brauchte mehr als {self._limits.cpu_s} Sekunden Rechenzeit und wurde abgebrochen."
            return _WorkerDied(reason, retry=False)
        if status == signal.SIGKILL:
            return _WorkerDied(TOO_MUCH_MEMORY, retry=True)
        return _WorkerDied(
            "Das Leseprogramm ist an dieser Datei abgestürzt; sie ist beschädigt oder braucht zu viel Arbeitsspeicher.",
            retry=True,
        )

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            _kill_group(process)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a worker and what it started, and collect it."""
    _signal_group(process)
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def _signal_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _read_exactly(stream: IO[bytes], length: int, deadline: float) -> bytes:
    """Read from a pipe until so many bytes are there.

    Raises:
        TimeoutError: the deadline (monotonic clock) passed.
        EOFError: the writer has gone.
    """
    pieces = bytearray()
    poll = select.poll()
    poll.register(stream, select.POLLIN)
    while len(pieces) < length:
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError
        piece = os.read(stream.fileno(), min(length - len(pieces), 1 << 20))
        if not piece:
            raise EOFError
        pieces += piece
    return bytes(pieces)


def _extraction(answer: dict[str, Any]) -> Extraction:
    return Extraction(
        pages=tuple(answer["pages"]),
        paged=answer["paged"],
        reader=answer["reader"],
        warnings=tuple(answer["warnings"]),
        left_out=tuple(LeftOut(what=Omission(one["what"]), count=one["count"]) for one in answer["left_out"]),
        declared_title=answer["declared_title"],
        page_headers=tuple(answer["page_headers"]),
        hidden=tuple(answer["hidden"]),
        page_labels=tuple(answer["page_labels"]),
    )
