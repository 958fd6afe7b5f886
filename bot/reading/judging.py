"""From vectors to numbers: how near texts come to a question, and what the heads of the reader say of them.

The same arithmetic as in learning (`evals.learning.losses`), in numpy. Late interaction: every piece of the question
with its nearest piece of the text (ColBERT, https://arxiv.org/abs/2004.12832).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.reading.pieces import Numbers

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionVectors:
    """A question after the lower layers.

    Attributes:
        pieces: (n, hidden).
        asked: (n - 1, hidden) unit rows: without the mark of the beginning.
        mean: (hidden,) of unit length, over all pieces.
    """

    pieces: Vectors
    asked: Vectors
    mean: Vectors

    @classmethod
    def of(cls, pieces: Vectors) -> QuestionVectors:
        """Prepare the vectors of a question's pieces."""
        return cls(pieces=pieces, asked=unit(pieces[1:]), mean=unit(pieces.mean(axis=0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """How near a part comes to a question.

    Attributes:
        mean: cosine of the two means.
        late: mean over the question's pieces of the best cosine.
        sentences: (s,) of each sentence: cosine of its mean, and its own late interaction, added.
    """

    mean: float
    late: float
    sentences: Vectors


def nearness(question: QuestionVectors, part: Vectors, sentence: Numbers, count: int) -> Nearness:
    """Compare a part with a question.

    Args:
        question: after the lower layers.
        part: (n, hidden), likewise.
        sentence: (n,) of each piece.
        count: of sentences.
    """
    alike = question.asked @ unit(part).T
    sentences = np.zeros(count, dtype=np.float32)
    for number in range(count):
        own = sentence == number
        if own.any():
            mean = float(unit(part[own].mean(axis=0)) @ question.mean)
            sentences[number] = mean + float(alike[:, own].max(axis=1).mean())
    return Nearness(
        mean=float(unit(part.mean(axis=0)) @ question.mean),
        late=float(alike.max(axis=1).mean()),
        sentences=sentences,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the heads say of a part that was read together with the question: logits.

    Attributes:
        part: whether it answers.
        sentences: (s,) whether each sentence does; very low where the part was cut before it.
        statuses: (s, 3) what became of a motion's point, if this sentence answers it: answered, partly, open.
    """

    part: float
    sentences: Vectors
    statuses: Vectors


UNREAD = -30.0
"""Logit of a sentence that the reader did not see."""


def verdict(
    heads: Mapping[str, Vectors], question: Vectors, part: Vectors, sentence: Numbers, near: Nearness
) -> Verdict:
    """Judge a part.

    Args:
        heads: weights by name.
        question: (m, hidden) after the upper layers read both.
        part: (n, hidden), likewise.
        sentence: (n,) of each piece.
        near: of the part, after the lower layers.
    """
    asked = question.mean(axis=0)
    whole = part.mean(axis=0)
    count = len(near.sentences)
    there = np.array([bool((sentence == number).any()) for number in range(count)], dtype=bool)
    means = np.array(
        [part[sentence == number].mean(axis=0) if there[number] else np.zeros_like(whole) for number in range(count)],
        dtype=np.float32,
    ).reshape(count, -1)
    rows = np.broadcast_to(asked, means.shape)
    sentences = _judge(heads, "sentence", rows, means, near.sentences)
    both = np.concatenate([rows, means, np.broadcast_to(whole, means.shape)], axis=1)
    statuses = np.maximum(both @ heads["status.0.weight"].T + heads["status.0.bias"], 0.0)
    statuses = statuses @ heads["status.2.weight"].T + heads["status.2.bias"]
    part_logit = _judge(heads, "part", asked[None], whole[None], np.array([near.mean + near.late]))
    return Verdict(
        part=float(part_logit[0]),
        sentences=np.where(there, sentences, UNREAD).astype(np.float32),
        statuses=statuses.astype(np.float32),
    )


def _judge(heads: Mapping[str, Vectors], name: str, question: Vectors, text: Vectors, likeness: Vectors) -> Vectors:
    both = np.concatenate([question, text, question * text], axis=1)
    hidden = np.maximum(both @ heads[f"{name}.first.weight"].T + heads[f"{name}.first.bias"], 0.0)
    logits: Vectors = hidden @ heads[f"{name}.second.weight"][0] + heads[f"{name}.second.bias"][0]
    return logits + heads[f"{name}.likeness"] * likeness + heads[f"{name}.bias"]


def unit(vectors: Vectors) -> Vectors:
    """Return vectors of length 1; zeros stay zeros."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    divided: Vectors = vectors / np.maximum(length, 1e-12)
    return divided
