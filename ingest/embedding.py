"""Turn texts into vectors: the encoder that is shipped, or any other by setting.

The shipped one must load at once and with no network, so nothing here imports torch or sentence-transformers unless
`load_encoder` is asked for a model that needs them. Which encoder made an index is part of that index; a missing one
is an error, never a reason to take another. This module must not know what is encoded or where it is kept.
"""

import functools
import hashlib
import importlib.resources
from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from ingest.errors import EncoderUnavailable

if TYPE_CHECKING:
    from model2vec import StaticModel

Vectors = NDArray[np.float32]

BUNDLED: Final = "bundled"

BATCH: Final = 1024
"""Texts a batch: 1,400 characters each they need some 200 MB while their pieces are summed."""

UNIT_TOLERANCE: Final = 1e-3
"""Allowed difference of a vector's length from 1: half-precision encoders stay below it."""

QUESTION_PREFIXES: Final = (("e5", "query: ", "passage: "),)
"""Encoders that were trained with a word before the text, by a part of their name
(https://huggingface.co/intfloat/multilingual-e5-small): question prefix, passage prefix."""

_PROBES: Final = (
    "Wie viele Stellen sind im Amt für Digitalisierung unbesetzt?",
    "Der Gemeinderat beschließt die Smart-City-Strategie.",
)


class Encoder(Embeddings):
    """Encodes German texts; a LangChain `Embeddings`, so any chain can use it.

    Attributes:
        name: as in the setting `ENCODER`.
        fingerprint: changes when the vectors would; part of an index's manifest.
        dimensions: length of a vector.
    """

    name: str
    fingerprint: str
    dimensions: int

    @abstractmethod
    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode passages: (n, d) float32, unit rows; a text without a known word gives a row of zeros."""

    def encode_question(self, question: str) -> Vectors:
        """Encode a question: (d,) float32. Differs from `encode` only for encoders that were trained so."""
        vector: Vectors = self.encode([question])[0]
        return vector

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Encode passages for LangChain."""
        rows: list[list[float]] = self.encode(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """Encode a question for LangChain."""
        row: list[float] = self.encode_question(text).tolist()
        return row


class BundledEncoder(Encoder):
    """The static German encoder in `ingest/data/encoder`: a table of word-piece vectors, read with numpy alone."""

    def __init__(self, folder: Path | None = None) -> None:
        """Load the model files of `folder` (default: the shipped ones).

        Raises:
            EncoderUnavailable: a file is missing or damaged.
        """
        folder = folder or Path(str(importlib.resources.files("ingest").joinpath("data", "encoder")))
        try:
            self.fingerprint = _files_fingerprint(folder, ("model.safetensors", "tokenizer.json"))
            self._model = _read_static(folder)
        except Exception as error:  # safetensors and tokenizers raise plain Exception for a damaged file
            raise EncoderUnavailable(BUNDLED, f"Die Modelldateien in {folder} sind nicht lesbar ({error}).") from error
        self.name = BUNDLED
        self.dimensions = self._model.dim
        _check(self)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts of any length; see `Encoder.encode`."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors: Vectors = self._model.encode(list(texts), batch_size=BATCH, use_multiprocessing=False)
        return vectors


class SentenceTransformerEncoder(Encoder):
    """Any sentence-transformers model, by name or path, through LangChain's `HuggingFaceEmbeddings`."""

    def __init__(self, name: str) -> None:
        """Load the model.

        Raises:
            EncoderUnavailable: the packages of the extra `encoders` or the model itself are missing.
        """
        try:
            from langchain_huggingface import HuggingFaceEmbeddings
        except ImportError as error:
            raise EncoderUnavailable(name, "Es fehlen Pakete.") from error
        prefixes = [pair for part, *pair in QUESTION_PREFIXES if part in Path(name).name.lower()]
        self._question_prefix, self._passage_prefix = prefixes[0] if prefixes else ("", "")
        try:
            self._model = HuggingFaceEmbeddings(model_name=name, encode_kwargs={"normalize_embeddings": True})
            probe = self._embed(list(_PROBES))
        except Exception as error:  # the hub, torch and the model's own code each have errors of their own
            said = str(error).strip().partition("\n")[0]  # the hub's client adds a page of advice
            raise EncoderUnavailable(name, f"Das Modell lässt sich nicht laden ({said}).") from error
        self.name = name
        self.dimensions = probe.shape[1]
        # Rounded: another processor's last digits must not make another encoder of it.
        told = f"{name}\n{self.dimensions}\n{(np.round(probe, 2) + 0.0).tolist()}"  # + 0.0 makes -0.0 a 0.0
        self.fingerprint = hashlib.sha256(told.encode("utf-8")).hexdigest()[:16]
        _check(self)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode passages, with the prefix that the model was trained with; see `Encoder.encode`."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return self._embed([self._passage_prefix + text for text in texts])

    def encode_question(self, question: str) -> Vectors:
        """Encode a question, with the prefix that the model was trained with."""
        vector: Vectors = self._embed([self._question_prefix + question])[0]
        return vector

    def _embed(self, texts: list[str]) -> Vectors:
        """Give unit rows for texts as they are."""
        return np.asarray(self._model.embed_documents(texts), dtype=np.float32)


def load_encoder(name: str) -> Encoder:
    """Load the encoder that the setting `ENCODER` names: "bundled", or a sentence-transformers name or path.

    Raises:
        EncoderUnavailable: it cannot be loaded; no other is taken in its place.
    """
    return _bundled() if name == BUNDLED else SentenceTransformerEncoder(name)


@functools.lru_cache(maxsize=1)
def _bundled() -> BundledEncoder:
    """Load the shipped encoder once: its table takes 33 MB."""
    return BundledEncoder()


def _read_static(folder: Path) -> "StaticModel":
    """Read a model2vec folder, its 8-bit rows multiplied by their factors once.

    `StaticModel.from_pretrained` gives the same vectors, but sums texts one by one where there are factors, and takes
    three times as long to load.
    """
    from model2vec import StaticModel
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    tensors = load_file(folder / "model.safetensors")
    vectors = tensors["embeddings"].astype(np.float32)
    if "weights" in tensors:
        vectors *= tensors["weights"].astype(np.float32)[:, None]
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return StaticModel(vectors=vectors, tokenizer=tokenizer, normalize=True, max_length=None)


def _files_fingerprint(folder: Path, names: Sequence[str]) -> str:
    """Hash the content of a model's files, in the given order."""
    digest = hashlib.sha256()
    for name in names:
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()[:16]


def _check(encoder: Encoder) -> None:
    """Refuse a model whose vectors cannot be compared by cosine: not finite, or not of length 1."""
    lengths = np.linalg.norm(encoder.encode(_PROBES), axis=1)
    if not np.all(np.abs(lengths - 1) < UNIT_TOLERANCE):  # NaN fails this too
        raise EncoderUnavailable(encoder.name, "Seine Vektoren sind keine endlichen Einheitsvektoren.")
