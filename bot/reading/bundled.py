"""The reader that is shipped: a small transformer, fine-tuned on questions to council papers.

Parts are read in two rounds. Apart from the question, a part's words get vectors that can be kept; by them the parts
are ranked. The best are then read together with the question, which tells sentences that answer from those that only
sound alike. Its card: `bot/data/reader/README.md`.
"""

from __future__ import annotations

import hashlib
import importlib.resources
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np

from bot.reading.calibration import CALIBRATION, Calibration, read_calibration
from bot.reading.judging import Nearness, QuestionVectors, Vectors, Verdict, nearness, verdict
from bot.reading.memory import Memory
from bot.reading.pieces import Pieces
from bot.reading.transformer import Transformer
from bot.reading.types import Inquiry, PartText, Reading
from ingest.errors import ReaderUnavailable

BUNDLED: Final = "bundled"

APART: Final = 20
"""Parts read apart from the question."""

TOGETHER: Final = 6
"""Of these, parts read together with it."""

LEAST: Final = 3
"""Of either, however many questions wait."""

THREADS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the model says before anything is calibrated.

    Attributes:
        near: of the first parts, in their order.
        verdicts: by the part's place, of those that were read together with the question.
    """

    near: tuple[Nearness, ...]
    verdicts: dict[int, Verdict]


class BundledReader:
    """A model folder, ready to read; safe for threads."""

    def __init__(self, folder: Path | None = None, *, calibrated: bool = True, memory: Memory | None = None) -> None:
        """Load the model of `folder` (default: the shipped one).

        Args:
            folder: holds the model files.
            calibrated: whether it holds a calibration, too; without one there are judgements only.
            memory: of parts read before.

        Raises:
            ReaderUnavailable: a file is missing or damaged.
        """
        folder = folder or Path(str(importlib.resources.files("bot").joinpath("data", "reader")))
        try:
            self._model = Transformer(folder)
            self.calibration = read_calibration(folder / CALIBRATION) if calibrated else None
        except Exception as error:  # onnxruntime, tokenizers and safetensors each raise errors of their own
            raise ReaderUnavailable(BUNDLED, f"Die Modelldateien in {folder} sind nicht lesbar ({error}).") from error
        self._memory = memory or Memory()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="reader")
        self._waiting = 0
        self._lock = Lock()

    @property
    def name(self) -> str:
        """The model's name with its version."""
        return self._model.name

    @property
    def fingerprint(self) -> str:
        """Changes when what it says would."""
        return self._model.fingerprint

    def read(self, inquiry: Inquiry, parts: Sequence[PartText]) -> Reading:
        """Read the best parts; fewer of them while other questions wait."""
        if self.calibration is None:
            raise ReaderUnavailable(BUNDLED, "Das Modell ist nicht geeicht.")
        with self._lock:
            self._waiting += 1
            share = self._waiting
        try:
            judged = self.judge(inquiry.text, parts, max(LEAST, APART // share), max(LEAST, TOGETHER // share))
        finally:
            with self._lock:
                self._waiting -= 1
        return self.calibration.reading(judged.near, judged.verdicts, parts, inquiry.text)

    def judge(self, question: str, parts: Sequence[PartText], apart: int = APART, together: int = TOGETHER) -> Judged:
        """Read parts and return what the model says, uncalibrated.

        Args:
            question: as `bot.reading.wording` puts it.
            parts: best found first.
            apart: how many are read apart from the question.
            together: how many of them together with it.
        """
        asked = QuestionVectors.of(self._model.read_apart(self._model.cutter.question(question)))
        chosen = parts[:apart]
        pieces = [self._model.cutter.part(part.head, part.text, part.sentences) for part in chosen]
        vectors = list(self._pool.map(self._vectors, chosen, pieces))
        near = tuple(
            nearness(asked, vector, piece.sentence, len(part.sentences))
            for vector, piece, part in zip(vectors, pieces, chosen, strict=True)
        )
        calibration = self.calibration or Calibration()
        order = calibration.order_apart(near, chosen)[:together]
        verdicts = self._pool.map(lambda n: self._verdict(asked, vectors[n], pieces[n], near[n]), order)
        return Judged(near=near, verdicts=dict(zip(order, verdicts, strict=True)))

    def _vectors(self, part: PartText, pieces: Pieces) -> Vectors:
        """Return a part's vectors: in half precision also when they are fresh, so that remembering changes nothing."""
        key = hashlib.blake2b(f"{part.head}\0{part.text}".encode(), digest_size=16).hexdigest()
        half = self._memory.get(key)
        if half is None:
            half = self._model.read_apart(pieces.ids).astype(np.float16)
            self._memory.put(key, half)
        return half.astype(np.float32)

    def _verdict(self, asked: QuestionVectors, part: Vectors, pieces: Pieces, near: Nearness) -> Verdict:
        question, text = self._model.read_together(asked.pieces, part)
        return verdict(self._model.heads, question, text, pieces.sentence, near)
