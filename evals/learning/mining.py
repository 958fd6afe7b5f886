"""Hard negatives as the reader itself ranks them: the parts that it would read closely, and that do not answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.reading import PartText
from bot.reading.bundled import BundledReader
from bot.reading.calibration import Calibration
from evals.learning.examples import Example, Text, unmarked
from ingest.types import Span

READ = 20
"""Of the parts that search found."""

BEHIND = 0.02
"""Score of search that each further place costs: the scores themselves are not kept with the examples."""


def mined(examples: Iterable[Example], reader: BundledReader) -> list[Example]:
    """Return the examples with what does not answer in the order of `reader`, which need not be calibrated.

    A near miss is asked of the parts of the question that it resembles; what is near stays first.
    """
    known = {example.id: example for example in examples}
    return [_mined(_with_parts_of_twin(example, known), reader) for example in known.values()]


def _with_parts_of_twin(example: Example, known: Mapping[str, Example]) -> Example:
    twin = known.get(example.twin or "")
    if twin is None:
        return example
    others = (*example.others[:1], *map(unmarked, twin.answers), *twin.others)
    return replace(example, others=tuple({text.text: text for text in others}.values()))


def _mined(example: Example, reader: BundledReader) -> Example:
    first = example.others[: 1 if example.twin else 0]
    parts = [_part(text, place) for place, text in enumerate(example.others[len(first) : READ])]
    near = reader.judge(example.question, parts, READ, 0).near
    order = (reader.calibration or Calibration()).order_apart(near, parts)
    return replace(example, others=(*first, *(example.others[len(first) + place] for place in order)))


def _part(text: Text, place: int) -> PartText:
    sentences = tuple(Span(start=start, end=end) for start, end in text.sentences)
    return PartText(head=text.head, text=text.text, sentences=sentences, found=-BEHIND * place)
