"""Questions for a first visit: only such as the papers of now answer, worked out once a generation."""

from __future__ import annotations

import threading
from itertools import islice
from typing import Final

from bot.phrases.web.asking import EXAMPLES
from bot.service import Ratslotse
from bot.types import Answered, Question

MOST: Final = 4


class Examples:
    """Tries the questions of `bot.phrases.web.asking` on the public papers and remembers which are answered."""

    def __init__(self, ratslotse: Ratslotse) -> None:
        self._ratslotse = ratslotse
        self._lock = threading.Lock()
        self._found: tuple[str, tuple[str, ...]] = ("", ())

    def now(self, generation: str) -> tuple[str, ...]:
        """Return up to `MOST` questions; takes up to half a second for a new generation.

        Raises:
            IndexProblem: the index cannot be opened.
        """
        with self._lock:
            if self._found[0] != generation:
                answered = (text for text in EXAMPLES if self._is_answered(text))
                self._found = (generation, tuple(islice(answered, MOST)))
            return self._found[1]

    def _is_answered(self, text: str) -> bool:
        return isinstance(self._ratslotse.ask(Question(text=text)), Answered)
