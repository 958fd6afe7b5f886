"""General questions beside the council's: SelQA, English sections with the sentences that answer (Apache-2.0).

They keep the reader from forgetting what it knew of other matters and of English, https://arxiv.org/abs/1606.00851.
"""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.learning.examples import Example, Text
from ingest.parts import PART_CHARS

OTHERS = 6


def load_sections(path: Path) -> list[Example]:
    """Return an example for each question; other stretches of its section and other sections do not answer."""
    with lzma.open(path, "rt", encoding="utf-8") as stream:
        items = [json.loads(line) for line in stream]
    rng = random.Random(0)
    stretches = [list(_stretches(item)) for item in items]
    examples = []
    for number, (item, own) in enumerate(zip(items, stretches, strict=True)):
        answers = tuple(text for text in own if any(text.right))
        foreign = [rng.choice(stretches[rng.randrange(len(items))]) for _ in range(OTHERS)]
        others = [text for text in own if not any(text.right)]
        others += [_unmarked(text) for text in foreign if text.file != own[0].file]
        if answers:
            examples.append(
                Example(
                    id=item["id"],
                    matter=f"selqa-{number}",
                    question=f"query: {item['question']}",
                    kind="fact",
                    lang="en",
                    answers=answers,
                    others=tuple(others[:OTHERS]),
                )
            )
    return examples


def _stretches(item: dict[str, object]) -> Iterator[Text]:
    """Yield runs of sentences as long as a part."""
    sentences = item["sentences"]
    chosen = item.get("answers", item.get("candidates", ()))
    assert isinstance(sentences, list)
    assert isinstance(chosen, list)
    head = f"passage: {item['article']}, {item['section']} (Papier): "
    right = set(chosen)
    run: list[int] = []
    for number, sentence in enumerate(sentences):
        if run and sum(len(sentences[n]) + 1 for n in run) + len(sentence) > PART_CHARS:
            yield _text(head, sentences, run, right, str(item["article"]))
            run = []
        run.append(number)
    yield _text(head, sentences, run, right, str(item["article"]))


def _text(head: str, sentences: Sequence[str], run: Sequence[int], right: set[int], file: str) -> Text:
    spans = []
    at = 0
    for number in run:
        spans.append((at, at + len(sentences[number])))
        at += len(sentences[number]) + 1
    return Text(
        head=head,
        text=" ".join(sentences[number] for number in run),
        sentences=tuple(spans),
        right=tuple(number in right for number in run),
        file=file,
    )


def _unmarked(text: Text) -> Text:
    return Text(
        head=text.head, text=text.text, sentences=text.sentences, right=(False,) * len(text.right), file=text.file
    )
