"""Leaves a language model alone that failed several times in a row, so that nobody waits for it in vain."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

FAILURES = 3
"""In a row, before the model is left alone: one may be chance, and each costs a councillor up to the deadline."""

PAUSE_S = 30.0
"""Until one question tries again; a local server is back within that after a restart."""


class Breaker:
    """Counts failures in a row (the circuit breaker of M. Nygard, "Release It!", 2007). Thread-safe."""

    def __init__(
        self, *, failures: int = FAILURES, pause_s: float = PAUSE_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin with trust.

        Args:
            failures: in a row that open it.
            pause_s: how long it stays open before one call is let through.
            clock: seconds, rising.
        """
        self._limit = failures
        self._pause_s = pause_s
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether a call would be refused now; asking changes nothing."""
        with self._lock:
            return self._failed >= self._limit and self._clock() < self._until

    def admits(self) -> bool:
        """Say whether a call may be made; after the pause the first to ask is the probe, the others wait on."""
        with self._lock:
            if self._failed < self._limit:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + self._pause_s
            return True

    def succeeded(self) -> None:
        """Note an answer of the model, whatever it was worth."""
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        """Note that the model gave none."""
        with self._lock:
            self._failed += 1
            if self._failed >= self._limit:
                self._until = self._clock() + self._pause_s
