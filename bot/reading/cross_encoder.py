"""Any sentence-transformers CrossEncoder, by name or path: it scores parts and sentences one by one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.reading.types import Inquiry, PartReading, PartText, Reading
from ingest.errors import ReaderUnavailable

READ: Final = 12
SENTENCES_OF: Final = 4
"""Best parts whose sentences are scored, too."""


class CrossEncoderReader:
    """A model of the extra `encoders`."""

    def __init__(self, name: str) -> None:
        """Load the model.

        Raises:
            ReaderUnavailable: the packages of the extra `encoders` or the model itself are missing.
        """
        try:
            from sentence_transformers import CrossEncoder
            from torch import nn
        except ImportError as error:
            raise ReaderUnavailable(name, "Es fehlen Pakete.") from error
        try:
            self._model = CrossEncoder(name, activation_fn=nn.Sigmoid())
            self._model.predict([("Wie viele?", "Drei.")])
        except Exception as error:  # the hub, torch and the model's own code each have errors of their own
            said = str(error).strip().partition("\n")[0]
            raise ReaderUnavailable(name, f"Das Modell lässt sich nicht laden ({said}).") from error
        self.name = Path(name).name

    def read(self, inquiry: Inquiry, parts: Sequence[PartText]) -> Reading:
        """Score the first parts, then the sentences of the best of them."""
        question = inquiry.text.removeprefix("query: ")
        chosen = parts[:READ]
        scores = self._scores(question, [_plain(part.head) + part.text for part in chosen])
        order = sorted(range(len(chosen)), key=lambda place: (-scores[place], place))[:SENTENCES_OF]
        sentences: dict[int, tuple[float, ...]] = {}
        for place in order:
            part = chosen[place]
            texts = [_plain(part.head) + " ".join(span.of(part.text).split()) for span in part.sentences]
            sentences[place] = tuple(self._scores(question, texts))
        best = max((value for some in sentences.values() for value in some), default=0.0)
        worst = min(scores, default=0.0)
        return Reading(
            parts=tuple(
                PartReading(
                    relevance=scores[place] if place < len(chosen) else worst - 1.0 - 0.01 * place,
                    sentences=sentences.get(place),
                )
                for place in range(len(parts))
            ),
            answered=best >= 0.5,
            confidence=None,
            read=len(chosen),
        )

    def _scores(self, question: str, texts: Sequence[str]) -> list[float]:
        if not texts:
            return []
        return [float(score) for score in self._model.predict([(question, text) for text in texts])]


def _plain(head: str) -> str:
    return head.removeprefix("passage: ")
