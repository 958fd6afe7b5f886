"""Make pairs of texts that belong together, from which the bundled encoder learns what is near to what.

No label is needed: a sentence belongs to the passage it was cut from, a title to its passages, a passage to the next
one, a question to its answer, a law's heading to its section, a part of a speech to the next part.
"""

import itertools
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ingest.training import sources

MIN_SENTENCE_CHARS: Final = 40
"""Shorter ones ("Mit freundlichen Grüßen") belong to every passage."""

SENTENCES_A_PASSAGE: Final = 2
"""Sentences left out of a passage, each a pair with the rest. Two instead of one: +.01 to +.03 on the gold set
(knowledge of the first recipe: 890,000 instead of 635,000 pairs)."""

QUESTION_REPEATS: Final = 5
"""Times that a question with its answer is used in an epoch: they are few (9,000 of 1.1 million pairs) and are what the
encoder is for."""

Parts = tuple[str, ...]
"""A text as its sentences, in order: a sentence is in several pairs, and is cut into word pieces only once."""

Pair = tuple[Parts, Parts]


def all_pairs(data: Path, *, seed: int = 0) -> Iterator[Pair]:
    """Yield every training pair of the data directory; equal for equal seeds, not yet shuffled.

    Passages that occur word for word more than once (letterheads, forms) are used the first time only.
    """
    rng = random.Random(seed)
    seen: set[int] = set()
    for some in (sources.papers(data), sources.laws(data), sources.speeches(data)):
        for source in some:
            yield from source_pairs(unseen(source, seen), rng)
    for topic, question, answer in sources.questions(data):
        yield from QUESTION_REPEATS * tuple(question_pairs(topic, question, answer))


def unseen(source: sources.Source, seen: set[int]) -> sources.Source:
    """Leave out the passages whose words are in `seen`, and note the others there."""
    fresh = []
    for passage in source.passages:
        key = hash(" ".join(passage.lower().split()))
        if key not in seen:
            seen.add(key)
            fresh.append(passage)
    return sources.Source(title=source.title, passages=tuple(fresh))


def source_pairs(source: sources.Source, rng: random.Random) -> Iterator[Pair]:
    """Yield the pairs of one document: sentence and rest, title and passage, passage and next passage."""
    passages = [tuple(sources.sentences(passage)) for passage in source.passages]
    for passage in passages:
        yield from sentence_pairs(passage, rng)
        if source.title:
            yield (source.title,), passage
    yield from itertools.pairwise(passages)


def sentence_pairs(parts: Parts, rng: random.Random, *, number: int = SENTENCES_A_PASSAGE) -> Iterator[Pair]:
    """Yield up to `number` sentences of a passage, each with the rest of the passage."""
    long_enough = [i for i, part in enumerate(parts) if len(part) >= MIN_SENTENCE_CHARS]
    if len(parts) < 2:
        return
    for chosen in rng.sample(long_enough, min(number, len(long_enough))):
        yield (parts[chosen],), parts[:chosen] + parts[chosen + 1 :]


def question_pairs(topic: str, question: str, answer: str) -> Iterator[Pair]:
    """Yield a question with its answer's passages, alone and under its topic, as councillors put it."""
    for passage in sources.passages(answer):
        parts = tuple(sources.sentences(passage))
        yield (question,), parts
        if topic:
            yield (topic, question), parts
