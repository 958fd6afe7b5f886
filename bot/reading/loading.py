"""Loading the reader that the settings name."""

from __future__ import annotations

import functools

from bot.reading.bundled import BUNDLED, BundledReader
from bot.reading.likeness import WordVectors
from bot.reading.types import Reader
from bot.reading.word_likeness import NONE, WordLikeness
from ingest.embedding import BUNDLED as BUNDLED_ENCODER
from ingest.embedding import load_encoder


def load_reader(name: str) -> Reader:
    """Load a reader: "bundled", "none", or a sentence-transformers CrossEncoder by name or path.

    Raises:
        ReaderUnavailable: it cannot be loaded; no other is taken in its place.
    """
    if name == BUNDLED:
        return bundled_reader()
    if name == NONE:
        return WordLikeness(WordVectors(load_encoder(BUNDLED_ENCODER)))
    from bot.reading.cross_encoder import CrossEncoderReader  # torch takes seconds to import

    return CrossEncoderReader(name)


@functools.lru_cache(maxsize=1)
def bundled_reader() -> BundledReader:
    """Load the shipped reader once a process."""
    return BundledReader()
