"""Write an encoder's files so that model2vec and sentence-transformers load the same vectors from them.

Vectors are kept as 8-bit whole numbers with one factor a row. model2vec calls the factors `weights` and applies them to
the rows it looks up; sentence-transformers (6.2, `StaticEmbedding._fold_model2vec_weights`) multiplies them in at
loading. A plain 8-bit table would not do: torch's `EmbeddingBag` refuses it.
"""

import json
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

LARGEST: Final = 127
"""Of a signed byte, the same on both sides of zero."""

MODULES: Final = (
    {"idx": 0, "name": "0", "path": ".", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
)


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round each row to -127..127 times its own factor; returns the (n, d) numbers and the (n,) factors."""
    factors = (np.abs(vectors).max(axis=1) / LARGEST).astype(np.float32)
    safe = np.where(factors > 0, factors, 1)
    return np.rint(vectors / safe[:, None]).astype(np.int8), factors


def save_model(folder: Path, vectors: NDArray[np.float32], tokenizer: str) -> int:
    """Write table, tokenizer and configuration into `folder`; returns the bytes written.

    Args:
        folder: made where it is missing; a card in it is left alone.
        vectors: (vocabulary, d), one row a word piece, in the order of the tokenizer's ids.
        tokenizer: the tokenizer as JSON.
    """
    folder.mkdir(parents=True, exist_ok=True)
    numbers, factors = quantise(vectors)
    config = {"model_type": "model2vec", "normalize": True, "max_length": None, "embedding_dtype": "int8"}
    save_file({"embeddings": numbers, "weights": factors}, folder / "model.safetensors")
    (folder / "tokenizer.json").write_text(tokenizer, encoding="utf-8")
    (folder / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    (folder / "modules.json").write_text(json.dumps(MODULES, indent=1) + "\n", encoding="utf-8")
    names = ("model.safetensors", "tokenizer.json", "config.json", "modules.json")
    return sum((folder / name).stat().st_size for name in names)
