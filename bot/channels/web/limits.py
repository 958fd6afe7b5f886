"""How much one client may ask for. Buckets in memory, refilled evenly; a restart forgets them."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MOST_CLIENTS: Final = 10_000
"""Buckets remembered; beyond this the longest unused is forgotten (about 2 MB)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many at once, and then one each so many seconds."""

    burst: int
    every_s: float


REQUESTS: Final = Rate(burst=300, every_s=0.1)
"""A visit takes about 3 requests; an intake behind one address with 50 people browsing stays below 10 a second."""
QUESTIONS: Final = Rate(burst=60, every_s=1.0)
"""A question takes 35 ms of a core (measured on 1,401 papers): one client a second takes 4 % of it; 60 at once is a
whole council that asks from one address."""
DRAWINGS: Final = Rate(burst=40, every_s=0.5)
"""A page takes 0.3 s of a core; people leaf through less than two pages a second."""
SIGN_INS: Final = Rate(burst=5, every_s=180.0)
"""Five attempts, then one in three minutes: 485 guesses a day and address."""


UPLOADS: Final = Rate(burst=20, every_s=20.0)
"""Reading one on trial takes 1.5 s of a core and keeps up to 20 MB for a day."""


class Limiter:
    """Token buckets, one a client. Thread-safe."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens left, and when that was so

    def allows(self, client: str) -> bool:
        """Take one from a client's bucket; False if it is empty."""
        with self._lock:
            now = self._clock()
            tokens, since = self._buckets.pop(client, (float(self._rate.burst), now))
            tokens = min(self._rate.burst, tokens + (now - since) / self._rate.every_s)
            allowed = tokens >= 1
            self._buckets[client] = (tokens - allowed, now)
            if len(self._buckets) > MOST_CLIENTS:
                self._buckets.popitem(last=False)
            return allowed

    def give_back(self, client: str) -> None:
        """Put what `allows` took last into a client's bucket again; what was taken before stays taken."""
        with self._lock:
            if client in self._buckets:
                tokens, since = self._buckets[client]
                self._buckets[client] = (min(self._rate.burst, tokens + 1), since)
