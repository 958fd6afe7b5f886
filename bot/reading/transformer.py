"""The bundled transformer: word vectors with numpy, layers with onnxruntime.

Its lower layers read one text, its upper ones a question and a part together; a text is always read alone, never in a
batch with others, so that what is said of it never depends on its neighbours. Knows nothing of papers or answers.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.reading.pieces import Numbers, PieceCutter

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Vectors = NDArray[np.float32]

CONFIG, TOKENIZER, WORDS, HEADS = "config.json", "tokenizer.json", "words.safetensors", "heads.safetensors"
APART, TOGETHER = "apart.onnx", "together.onnx"
FILES = (CONFIG, TOKENIZER, WORDS, HEADS, APART, TOGETHER)


class Transformer:
    """A folder with a model, opened; safe for threads.

    Attributes:
        name: what the model is called, with its version.
        fingerprint: changes when what it says would.
        cutter: cuts texts into its pieces.
        heads: weights of what judges its vectors, by name.
    """

    def __init__(self, folder: Path) -> None:
        """Open the model files of a folder.

        Raises:
            OSError, ValueError: a file is missing or damaged; onnxruntime and safetensors raise their own errors, too.
        """
        from safetensors.numpy import load_file

        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        self.name = str(config["name"])
        self.fingerprint = _fingerprint(folder)
        self.cutter = PieceCutter.from_file(folder / TOKENIZER)
        self.heads: dict[str, Vectors] = load_file(folder / HEADS)
        words = load_file(folder / WORDS)
        self._table, self._factors = words["table"], words["factors"]
        self._positions, self._scale, self._shift = words["positions"], words["scale"], words["shift"]
        self._epsilon = float(config["epsilon"])
        self._apart = _session(folder / APART)
        self._together = _session(folder / TOGETHER)

    def read_apart(self, ids: Numbers) -> Vectors:
        """Return the (n, hidden) vectors of a text's pieces after the lower layers."""
        x = self._words(ids) + self._positions[: len(ids)]
        x -= x.mean(axis=1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=1, keepdims=True) + self._epsilon)
        return self._run(self._apart, x * self._scale + self._shift)

    def _words(self, ids: Numbers) -> Vectors:
        """Unpack (n, hidden) rows: two values of four bits a byte, each block of them with a factor."""
        halves = self._table[ids]
        values = np.stack([halves & 0x0F, halves >> 4], axis=-1).astype(np.float32) - 8
        factors = self._factors[ids].astype(np.float32)
        vectors: Vectors = (values.reshape(*factors.shape, -1) * factors[..., None]).reshape(len(ids), -1)
        return vectors

    def read_together(self, question: Vectors, part: Vectors) -> tuple[Vectors, Vectors]:
        """Return the vectors of question and part after the upper layers read both."""
        x = self._run(self._together, np.concatenate([question + self.heads["asked"], part]))
        return x[: len(question)], x[len(question) :]

    @staticmethod
    def _run(session: InferenceSession, x: Vectors) -> Vectors:
        vectors: Vectors = session.run(None, {"x": np.ascontiguousarray(x[None])})[0][0]
        return vectors


def _session(path: Path) -> InferenceSession:
    """Open a graph that uses one thread: parts are read side by side instead."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.disable_quant_qdq", "1")  # weights become float32 once, when opened
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()[:16]
