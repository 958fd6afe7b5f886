"""Train the bundled static encoder. Run as `python -m ingest.training.train --data DIR --lessons FILE.npz --out DIR`.

One vector a word piece, a text is the mean of its pieces, near is the cosine: the shape of sentence-transformers'
`StaticEmbedding`. It learns twice. First what a larger model says about words and sentences
(`ingest.training.teacher`): general German. Then, with the lessons going on beside it, which texts of a council belong
together, with in-batch negatives (multiple negatives ranking loss, https://arxiv.org/abs/1705.00652). The frequency of
a piece needs no weight of its own: its vector's length is that weight and is learned.

Only this module needs torch (extra `encoders`).
"""

import argparse
import itertools
import json
import logging
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from ingest.training.pairs import all_pairs
from ingest.training.pieces import UNKNOWN, Pieces, cut, make_tokenizer, sides, training_texts
from ingest.training.store import save_model
from ingest.training.teacher import load_lessons, principal

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What can be chosen; the defaults are the shipped model. Measurements: README beside this module.

    Attributes:
        lesson_epochs: times that all lessons are seen before the pairs.
        lesson_weight: of the lessons' loss beside the pairs' loss.
        epochs: times that all pairs are seen.
        scale: of cosines in a loss.
    """

    vocabulary: int = 32_000
    dimensions: int = 256
    batch: int = 2048
    lesson_batch: int = 1024
    lesson_epochs: int = 3
    lesson_rate: float = 0.01
    lesson_weight: float = 2.0
    epochs: int = 2
    rate: float = 0.01
    warm_up: float = 0.1
    scale: float = 20.0
    start_spread: float = 0.1
    seed: int = 0
    threads: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Imitation:
    """Texts to imitate: text i of `pieces` should have the direction of row i of `vectors`, (n, dimensions) float32."""

    pieces: Pieces
    vectors: NDArray[np.float32]


def ranking_loss(left: torch.Tensor, right: torch.Tensor, scale: float) -> torch.Tensor:
    """Ask each left side to find its right side among all of the batch, and the other way round."""
    scores = scale * torch.nn.functional.normalize(left) @ torch.nn.functional.normalize(right).T
    target = torch.arange(len(scores))
    ways = (torch.nn.functional.cross_entropy(scores, target), torch.nn.functional.cross_entropy(scores.T, target))
    return (ways[0] + ways[1]) / 2


def lesson_loss(own: torch.Tensor, taught: torch.Tensor, scale: float) -> torch.Tensor:
    """Ask each text for the teacher's direction, and to be told apart from the batch's others by it."""
    return 5 * (1 - torch.nn.functional.cosine_similarity(own, taught).mean()) + ranking_loss(own, taught, scale) / 2


class Learner:
    """The table while it learns."""

    def __init__(self, vocabulary: int, recipe: Recipe) -> None:
        """Start from small random vectors."""
        torch.manual_seed(recipe.seed)
        torch.set_num_threads(recipe.threads)
        self._recipe = recipe
        self._rng = np.random.default_rng(recipe.seed)
        self._table = torch.nn.EmbeddingBag(vocabulary, recipe.dimensions, mode="mean")
        torch.nn.init.normal_(self._table.weight, std=recipe.start_spread)

    def imitate(self, lessons: Imitation) -> None:
        """Learn the lessons alone."""
        usable = np.flatnonzero(lessons.pieces.lengths() > 0)
        size = min(2 * self._recipe.lesson_batch, len(usable))
        steps = self._recipe.lesson_epochs * (len(usable) // size)
        batches = self._batches(usable, size)
        self._descend(lambda: self._lesson_loss(lessons, next(batches)), steps, self._recipe.lesson_rate)

    def learn(self, pairs: Pieces, lessons: Imitation | None) -> None:
        """Learn which texts belong together (texts 2i and 2i + 1), beside the lessons where there are any.

        Raises:
            ValueError: fewer than two pairs hold a known piece on both sides.
        """
        lengths = pairs.lengths()
        usable = np.flatnonzero((lengths[0::2] > 0) & (lengths[1::2] > 0))
        size = min(self._recipe.batch, len(usable))
        if size < 2:
            raise ValueError("at least two pairs are needed: each is the other's wrong answer")
        batches = self._batches(usable, size)
        lesson_batches: Iterator[NDArray[np.int64]] = iter(())
        if lessons is not None:
            taught = np.flatnonzero(lessons.pieces.lengths() > 0)
            lesson_batches = self._batches(taught, min(self._recipe.lesson_batch, len(taught)))

        def loss() -> torch.Tensor:
            chosen = next(batches)
            left, right = self._vectors(pairs, 2 * chosen), self._vectors(pairs, 2 * chosen + 1)
            together = ranking_loss(left, right, self._recipe.scale)
            if lessons is None:
                return together
            return together + self._recipe.lesson_weight * self._lesson_loss(lessons, next(lesson_batches))

        self._descend(loss, self._recipe.epochs * (len(usable) // size), self._recipe.rate)

    def vectors(self) -> NDArray[np.float32]:
        """Give the table as it is now: (vocabulary, dimensions)."""
        table: NDArray[np.float32] = self._table.weight.detach().numpy().astype(np.float32)
        return table

    def _vectors(self, pieces: Pieces, which: NDArray[np.int64]) -> torch.Tensor:
        ids, starts = pieces.bag(which)
        return self._table(torch.from_numpy(ids), torch.from_numpy(starts))

    def _lesson_loss(self, lessons: Imitation, which: NDArray[np.int64]) -> torch.Tensor:
        own = self._vectors(lessons.pieces, which)
        return lesson_loss(own, torch.from_numpy(lessons.vectors[which]), self._recipe.scale)

    def _batches(self, usable: NDArray[np.int64], size: int) -> Iterator[NDArray[np.int64]]:
        """Yield batches without end, shuffled anew for each epoch; an epoch's incomplete last batch is left out."""
        while True:
            order = self._rng.permutation(usable)
            yield from (order[i : i + size] for i in range(0, len(order) - size + 1, size))

    def _descend(self, loss: Callable[[], torch.Tensor], steps: int, rate: float) -> None:
        """Take so many steps of Adam, the rate rising at first and then falling to zero in a straight line."""
        optimizer = torch.optim.Adam(self._table.parameters(), lr=rate)
        warm = max(1, round(self._recipe.warm_up * steps))
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
        )
        running = math.nan
        for step in range(steps):
            now = loss()
            optimizer.zero_grad()
            now.backward()
            optimizer.step()
            schedule.step()
            running = now.item() if math.isnan(running) else 0.98 * running + 0.02 * now.item()
            if step % 50 == 0:
                logger.info("step %d of %d, loss %.3f", step, steps, running)


def main(arguments: list[str] | None = None) -> int:
    """Train from the data directory named on the command line and write the model files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--lessons", type=Path, default=None, help="written by ingest.training.teacher")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=None, help="use only the first so many pairs")
    for name in ("vocabulary", "dimensions", "lesson-epochs", "epochs", "batch", "threads"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Recipe(), name.replace("-", "_")))
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    recipe = Recipe(
        vocabulary=given.vocabulary,
        dimensions=given.dimensions,
        lesson_epochs=given.lesson_epochs,
        epochs=given.epochs,
        batch=given.batch,
        threads=given.threads,
    )
    tokenizer = make_tokenizer(training_texts(given.data), vocabulary=recipe.vocabulary)
    logger.info("tokenizer of %d pieces", tokenizer.get_vocab_size())
    learner = Learner(tokenizer.get_vocab_size(), recipe)
    imitation = None
    if given.lessons is not None:
        lessons = load_lessons(given.lessons)
        vectors = principal(lessons.vectors, recipe.dimensions)
        imitation = Imitation(pieces=cut(((text,) for text in lessons.texts), tokenizer), vectors=vectors)
        logger.info("%d lessons", len(lessons.texts))
        learner.imitate(imitation)
    pairs = sides(itertools.islice(all_pairs(given.data, seed=recipe.seed), given.pairs), tokenizer)
    logger.info("%d pairs, %d pieces", len(pairs) // 2, len(pairs.ids))
    learner.learn(pairs, imitation)
    vectors = learner.vectors()
    vectors[tokenizer.token_to_id(UNKNOWN)] = 0.0  # an unknown piece says nothing, in every program that loads this
    size = save_model(given.out, vectors, tokenizer.to_str())
    sys.stdout.write(json.dumps({"pairs": len(pairs) // 2, "bytes": size, "epochs": recipe.epochs}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
