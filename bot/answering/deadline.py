"""How long a reply may still take, and how to wait no longer than that for a call that keeps to no limit itself."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A moment after which nobody waits any more.

    Attributes:
        ends: seconds of `time.monotonic`.
    """

    ends: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """Return the moment `seconds` from now."""
        return cls(ends=time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.ends - time.monotonic())


@dataclass(frozen=True, slots=True)
class _Item(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class _End:
    error: Exception | None


def received(
    start: Callable[[], Iterable[T]], *, first_s: float, deadline: Deadline, ended: Callable[[], None]
) -> Generator[T, None, None]:
    """Yield what a call gives, piece by piece, and wait for none of it beyond the deadline.

    The call runs in a thread of its own that nothing waits for, not even the end of the program: a client that ignores
    its time limit holds up nobody. It is left at its next piece.

    Args:
        start: begins the call.
        first_s: seconds to wait for the first piece.
        deadline: for all of them.
        ended: called in that thread when the call is really over, however late.

    Raises:
        TimeoutError: the first piece or the end came too late.
        Exception: whatever the call raised.
    """
    pieces: queue.SimpleQueue[_Item[T] | _End] = queue.SimpleQueue()
    left_alone = threading.Event()

    def call() -> None:
        try:
            for piece in start():
                if left_alone.is_set():
                    break
                pieces.put(_Item(piece))
            pieces.put(_End(None))
        except Exception as error:  # handed to the caller, who knows what it means
            pieces.put(_End(error))
        finally:
            ended()

    threading.Thread(target=call, name="language-model", daemon=True).start()
    try:
        patience = min(first_s, deadline.left)
        while True:
            try:
                piece = pieces.get(timeout=patience)
            except queue.Empty:
                raise TimeoutError from None
            if isinstance(piece, _End):
                if piece.error:
                    raise piece.error
                return
            yield piece.value
            patience = deadline.left
            if not patience:
                raise TimeoutError
    finally:
        left_alone.set()
