"""Searching off the event loop: a few threads, a time limit, and nobody who waits holds a thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

Result = TypeVar("Result")

THREADS: Final = 4
"""An extractive answer is pure work for a processor (0.1 s on 1,401 papers); a model's answer is waiting."""

LIMIT_S: Final = 60.0
"""Longer than the time limits of a chat model and the extractive answer after it together."""


class ThreadPool:
    """Runs calls that block."""

    def __init__(self, *, threads: int = THREADS, limit_s: float = LIMIT_S) -> None:
        """Start no thread before the first call."""
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="telegram")
        self._free = asyncio.Semaphore(threads)
        self._limit_s = limit_s

    async def run(self, work: Callable[[], Result]) -> Result:
        """Run `work` in a thread as soon as one is free.

        Raises:
            TimeoutError: it takes longer than the limit (waiting for a thread not counted); its thread goes on.
        """
        async with self._free:
            return await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(self._pool, work), self._limit_s)

    def close(self) -> None:
        """Begin nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
