"""Cut texts into word pieces: the tokenizer of the bundled encoder, and texts as rows of its numbers."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from ingest.training import sources
from ingest.training.pairs import Pair, Parts

UNKNOWN: Final = "[UNK]"

MAX_PIECES: Final = 320
"""Word pieces of a side that are used; passages of 900 characters have about 200."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Texts as word pieces: `ids` one after the other, text i is `ids[starts[i] : starts[i + 1]]`."""

    ids: NDArray[np.uint16]
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        """Count the texts."""
        return len(self.starts) - 1

    def lengths(self) -> NDArray[np.int64]:
        """Count each text's pieces: (n,)."""
        return np.diff(self.starts)

    def bag(self, which: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Gather texts as torch's `EmbeddingBag` takes them: ids of all, and where each begins."""
        spans = [self.ids[self.starts[i] : self.starts[i + 1]] for i in which]
        starts = np.concatenate(([0], np.cumsum([len(span) for span in spans], dtype=np.int64)[:-1]))
        return np.concatenate(spans).astype(np.int64), starts


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


def cut(texts: Iterable[Parts], tokenizer: Tokenizer, *, at_once: int = 8192) -> Pieces:
    """Cut texts, given as their parts, into word pieces; unknown pieces are dropped, as model2vec drops them.

    A batch is in memory at a time, and a part that it holds several times is cut once.
    """
    if tokenizer.get_vocab_size() > np.iinfo(np.uint16).max:
        raise ValueError("word pieces are kept in 16 bits: choose a smaller vocabulary")
    unknown = tokenizer.token_to_id(UNKNOWN)
    ids: list[NDArray[np.uint16]] = []
    lengths: list[int] = []
    rest = iter(texts)
    while some := list(itertools.islice(rest, at_once)):
        parts = list(dict.fromkeys(part for text in some for part in text))
        encodings = tokenizer.encode_batch_fast(parts, add_special_tokens=False)
        known = {
            part: [piece for piece in encoding.ids if piece != unknown]
            for part, encoding in zip(parts, encodings, strict=True)
        }
        for text in some:
            kept = list(itertools.chain.from_iterable(known[part] for part in text))[:MAX_PIECES]
            ids.append(np.asarray(kept, dtype=np.uint16))
            lengths.append(len(kept))
    starts = np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))
    return Pieces(ids=np.concatenate(ids) if ids else np.empty(0, np.uint16), starts=starts)


def sides(pairs: Iterable[Pair], tokenizer: Tokenizer) -> Pieces:
    """Cut both sides of each pair: pair i is texts 2i and 2i + 1."""
    return cut((text for pair in pairs for text in pair), tokenizer)
