"""Cutting the vocabulary to what German, English and Turkish papers need: 250,002 pieces are 91 MB, most never met.

Kept are the pieces that text to learn from uses, then, by their score, pieces of Latin letters up to the limit. Rows of
the word embeddings follow the same order, so nothing is learned anew.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import Unigram

SPECIAL = 4
"""`<s>`, `<pad>`, `</s>`, `<unk>`: ids 0 to 3, in both vocabularies."""
UNKNOWN = 3

Pieces = Sequence[tuple[str, float]]


def make_tokenizer(pieces: Pieces) -> Tokenizer:
    """Return the tokenizer of a vocabulary: NFKC, words by white space, each begins with a mark; nothing is added."""
    tokenizer = Tokenizer(Unigram(list(pieces), unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    return tokenizer


def cut(pieces: Pieces, texts: Iterable[str], limit: int, least: int = 3) -> list[int]:
    """Return the ids that are kept, ascending, the special ones first.

    Args:
        pieces: the whole vocabulary.
        texts: what is to be read well.
        limit: of the pieces kept.
        least: times that a piece must be used to be kept for that.
    """
    tokenizer = make_tokenizer(pieces)
    used = Counter(id_ for encoding in tokenizer.encode_batch(list(texts)) for id_ in encoding.ids)
    kept = set(range(SPECIAL))
    kept.update([id_ for id_, count in used.most_common() if count >= least][: limit - SPECIAL])
    for id_, (piece, _) in enumerate(pieces):  # by score, best first, as SentencePiece orders them
        if len(kept) >= limit:
            break
        if is_latin(piece):
            kept.add(id_)
    return sorted(kept)


def is_latin(piece: str) -> bool:
    """Say whether a piece is of Latin letters, digits and signs alone."""
    return all(not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") for c in piece)


def saved(tokenizer: Tokenizer) -> bytes:
    """Return the tokenizer as a file's content: JSON without white space."""
    return json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":")).encode()
