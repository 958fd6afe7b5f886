"""Train the bundled static encoder. Run as `python -m ingest.training.train --data DIR --out DIR`.

One vector a word piece, a text is the mean of its pieces, near is the cosine: the shape of sentence-transformers'
`StaticEmbedding`, trained with in-batch negatives (multiple negatives ranking loss, https://arxiv.org/abs/1705.00652)
and the same loss on the first dimensions (Matryoshka, https://arxiv.org/abs/2205.13147). The frequency of a piece
needs no weight of its own: its vector's length is that weight and is learned.

Only this module needs torch (extra `encoders`).
"""

import argparse
import itertools
import json
import logging
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from ingest.training import sources
from ingest.training.pairs import Pair, all_pairs
from ingest.training.store import save_model

logger = logging.getLogger(__name__)

UNKNOWN: Final = "[UNK]"

MAX_PIECES: Final = 320
"""Word pieces of a side that are used; passages of 900 characters have about 200."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What can be chosen; the defaults are the shipped model. Measurements: README beside this module."""

    vocabulary: int = 32_000
    dimensions: int = 256
    short_dimensions: int = 64
    batch: int = 2048
    epochs: int = 3
    rate: float = 0.015
    warm_up: float = 0.1
    scale: float = 20.0
    start_spread: float = 0.1
    seed: int = 0
    threads: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Texts as word pieces: `ids` one after the other, text i is `ids[starts[i] : starts[i + 1]]`."""

    ids: NDArray[np.uint16]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        """Count the texts."""
        return len(self.starts) - 1


def make_tokenizer(texts: Iterable[str], *, vocabulary: int) -> Tokenizer:
    """Train a WordPiece tokenizer that reads *koennten* as *könnten* and *Bürger:innen* as *Bürgerinnen*.

    The normaliser stands in `tokenizer.json`, so every program that loads the file folds alike.
    """
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN, max_input_chars_per_word=60))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\u00ad\u200b\u2060\ufeff]"), ""),
            normalizers.NFKC(),
            normalizers.Lowercase(),
            *(normalizers.Replace(*pair) for pair in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"))),
            normalizers.NFD(),
            normalizers.StripAccents(),
            normalizers.Replace(Regex(r"(?<=\p{L})(?:[*:_·]|/-?)(?=inn?(?:en)?\b)"), ""),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    trainer = trainers.WordPieceTrainer(
        vocab_size=vocabulary, special_tokens=[UNKNOWN], min_frequency=2, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def training_texts(data: Path, *, one_in: int = 3) -> Iterator[str]:
    """Yield the texts of every third source for the tokenizer; more text hardly changes its pieces."""
    everything = itertools.chain(sources.papers(data), sources.laws(data), sources.speeches(data))
    for source in itertools.islice(everything, 0, None, one_in):
        yield source.title
        yield from source.passages


def cut(texts: Iterable[str], tokenizer: Tokenizer, *, at_once: int = 4096) -> Pieces:
    """Cut texts into word pieces, a batch in memory at a time; unknown pieces are dropped, as model2vec drops them."""
    if tokenizer.get_vocab_size() > np.iinfo(np.uint16).max:
        raise ValueError("word pieces are kept in 16 bits: choose a smaller vocabulary")
    unknown = tokenizer.token_to_id(UNKNOWN)
    ids: list[NDArray[np.uint16]] = []
    lengths: list[int] = []
    rest = iter(texts)
    while some := list(itertools.islice(rest, at_once)):
        for encoding in tokenizer.encode_batch_fast(some, add_special_tokens=False):
            kept = np.asarray(encoding.ids[:MAX_PIECES], dtype=np.uint16)
            kept = kept[kept != unknown]
            ids.append(kept)
            lengths.append(len(kept))
    starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    return Pieces(ids=np.concatenate(ids) if ids else np.empty(0, np.uint16), starts=starts)


def sides(pairs: Iterable[Pair], tokenizer: Tokenizer) -> Pieces:
    """Cut both sides of each pair: pair i is texts 2i and 2i + 1."""
    return cut((text for pair in pairs for text in pair), tokenizer)


def _bag(pieces: Pieces, which: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor]:
    """Gather texts for `EmbeddingBag`: ids of all, and where each begins."""
    spans = [pieces.ids[pieces.starts[i] : pieces.starts[i + 1]] for i in which]
    lengths = np.fromiter((len(span) for span in spans), dtype=np.int64, count=len(spans))
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    return torch.from_numpy(np.concatenate(spans).astype(np.int64)), torch.from_numpy(starts)


def ranking_loss(left: torch.Tensor, right: torch.Tensor, scale: float) -> torch.Tensor:
    """Ask each left side to find its right side among all of the batch, and the other way round."""
    scores = scale * torch.nn.functional.normalize(left) @ torch.nn.functional.normalize(right).T
    target = torch.arange(len(scores))
    ways = (torch.nn.functional.cross_entropy(scores, target), torch.nn.functional.cross_entropy(scores.T, target))
    return (ways[0] + ways[1]) / 2


def train(pieces: Pieces, *, vocabulary: int, recipe: Recipe) -> NDArray[np.float32]:
    """Learn one vector a word piece from pairs (texts 2i and 2i + 1); shape (vocabulary, dimensions)."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    rng = np.random.default_rng(recipe.seed)
    table = torch.nn.EmbeddingBag(vocabulary, recipe.dimensions, mode="mean")
    torch.nn.init.normal_(table.weight, std=recipe.start_spread)
    lengths = np.diff(pieces.starts)
    usable = np.flatnonzero((lengths[0::2] > 0) & (lengths[1::2] > 0))
    batch = min(recipe.batch, len(usable))
    if batch < 2:
        raise ValueError("at least two pairs are needed: each is the other's wrong answer")
    steps = recipe.epochs * (len(usable) // batch)
    optimizer = torch.optim.Adam(table.parameters(), lr=recipe.rate)
    warm = max(1, round(recipe.warm_up * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    running = math.nan
    for step, chosen in enumerate(_batches(usable, batch, recipe.epochs, rng)):
        left = table(*_bag(pieces, 2 * chosen))
        right = table(*_bag(pieces, 2 * chosen + 1))
        short = recipe.short_dimensions
        loss = ranking_loss(left, right, recipe.scale) + ranking_loss(left[:, :short], right[:, :short], recipe.scale)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        running = loss.item() if math.isnan(running) else 0.98 * running + 0.02 * loss.item()
        if step % 50 == 0:
            logger.info("step %d of %d, loss %.3f", step, steps, running)
    vectors: NDArray[np.float32] = table.weight.detach().numpy().astype(np.float32)
    return vectors


def _batches(
    usable: NDArray[np.int64], batch: int, epochs: int, rng: np.random.Generator
) -> Iterator[NDArray[np.int64]]:
    """Shuffle anew for each epoch; the incomplete last batch of an epoch is left out."""
    for _ in range(epochs):
        order = rng.permutation(usable)
        yield from (order[i : i + batch] for i in range(0, len(order) - batch + 1, batch))


def main(arguments: list[str] | None = None) -> int:
    """Train from the data directory named on the command line and write the model files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=None, help="use only the first so many pairs")
    for name in ("vocabulary", "dimensions", "epochs", "batch", "threads"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Recipe(), name))
    given = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    recipe = Recipe(
        vocabulary=given.vocabulary,
        dimensions=given.dimensions,
        short_dimensions=min(Recipe().short_dimensions, given.dimensions),
        epochs=given.epochs,
        batch=given.batch,
        threads=given.threads,
    )
    tokenizer = make_tokenizer(training_texts(given.data), vocabulary=recipe.vocabulary)
    logger.info("tokenizer of %d pieces", tokenizer.get_vocab_size())
    pieces = sides(itertools.islice(all_pairs(given.data, seed=recipe.seed), given.pairs), tokenizer)
    logger.info("%d pairs, %d pieces", len(pieces) // 2, len(pieces.ids))
    vectors = train(pieces, vocabulary=tokenizer.get_vocab_size(), recipe=recipe)
    vectors[tokenizer.token_to_id(UNKNOWN)] = 0.0  # an unknown piece says nothing, in every program that loads this
    size = save_model(given.out, vectors, tokenizer.to_str())
    sys.stdout.write(json.dumps({"pairs": len(pieces) // 2, "bytes": size, "epochs": recipe.epochs}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
