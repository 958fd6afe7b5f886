"""Ratslotsen that do not simply answer."""

from __future__ import annotations

import threading
from collections.abc import Callable

from bot.service import Ratslotse
from bot.types import Question, Reply


class Odd(Ratslotse):
    """Does something first."""

    def __init__(self, real: Ratslotse, first: Callable[[Question], None]) -> None:
        self._indexes, self._encoder, self._first, self._real = real._indexes, real._encoder, first, real

    def ask(self, question: Question) -> Reply:
        """Do it, then answer."""
        self._first(question)
        return self._real.ask(question)


class Held(Odd):
    """Answers nothing before it is let go; `begun` tells that it was asked."""

    def __init__(self, real: Ratslotse) -> None:
        super().__init__(real, self._hold)
        self.begun, self.let_go = threading.Event(), threading.Event()

    def _hold(self, _: Question) -> None:
        self.begun.set()
        self.let_go.wait(10)
