"""Any sentence-transformers CrossEncoder, by name or path: it scores parts and sentences one by one.

Its scores are no probabilities until `ratslotse-evals learn --calibrate` has put a calibration beside its files.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from bot.reading.types import Inquiry, PartReading, PartText, Reading
from ingest.errors import ReaderUnavailable

READ: Final = 12
SENTENCES_OF: Final = 4
"""Best parts whose sentences are scored, too."""

CALIBRATION: Final = "ratslotse-calibration.json"
"""Beside the model's files."""


class ScoreCalibration(BaseModel):
    """How probable an answer is by the best sentence's score.

    Attributes:
        bias, weight: of the score's log odds.
        threshold: of the probability, from which on an answer is shown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    bias: float
    weight: float
    threshold: float

    def probability(self, score: float) -> float:
        """Return the probability that a question is answered whose best sentence has this score, 0 to 1."""
        return 1.0 / (1.0 + math.exp(-(self.bias + self.weight * log_odds(score))))


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
        self._calibration = _calibration(Path(name) / CALIBRATION)

    def save(self, folder: Path) -> None:
        """Write the model's files, so that a calibration can lie beside them."""
        self._model.save_pretrained(str(folder))

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
        confidence, answered = self._judged(best)
        return Reading(
            parts=tuple(
                PartReading(
                    relevance=scores[place] if place < len(chosen) else worst - 1.0 - 0.01 * place,
                    sentences=sentences.get(place),
                )
                for place in range(len(parts))
            ),
            answered=answered,
            confidence=confidence,
            read=len(chosen),
        )

    def _judged(self, best: float) -> tuple[float | None, bool]:
        """Return the probability of an answer, None without a calibration, and whether one is shown."""
        if self._calibration is None:
            return None, best >= 0.5
        probability = self._calibration.probability(best)
        return probability, probability >= self._calibration.threshold

    def _scores(self, question: str, texts: Sequence[str]) -> list[float]:
        if not texts:
            return []
        return [float(score) for score in self._model.predict([(question, text) for text in texts])]


def log_odds(score: float) -> float:
    """Return the logarithm of a score's odds, between -16 and 16."""
    bounded = min(max(score, 1e-7), 1 - 1e-7)
    return math.log(bounded / (1 - bounded))


def _calibration(path: Path) -> ScoreCalibration | None:
    """Read a calibration, None where there is none.

    Raises:
        ReaderUnavailable: it is damaged.
    """
    if not path.is_file():
        return None
    try:
        return ScoreCalibration.model_validate_json(path.read_bytes())
    except ValueError as error:
        raise ReaderUnavailable(path.parent.name, f"{path} ist beschädigt.") from error


def _plain(head: str) -> str:
    return head.removeprefix("passage: ")
