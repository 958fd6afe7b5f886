"""Examples as the network takes them: token numbers, padded, with the sentence that each token belongs to."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from bot.reading.pieces import PAD, PieceCutter
from evals.learning.examples import Example, Text
from ingest.types import Span

HARD = 12
"""Best of the parts that do not answer, from which hard negatives are drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """A text as numbers.

    Attributes:
        ids: with begin and end.
        sentence: of each token, -1 for what belongs to none.
        right: of each sentence, whether it answers.
    """

    ids: tuple[int, ...]
    sentence: tuple[int, ...]
    right: tuple[bool, ...]


class Cutter:
    """Cuts texts as the reader does, each text once."""

    def __init__(self, pieces: PieceCutter) -> None:
        self._pieces = pieces
        self._known: dict[tuple[str, str, tuple[bool, ...]], Tokens] = {}

    def question(self, text: str) -> Tokens:
        """Return a question's tokens."""
        return Tokens(ids=tuple(self._pieces.question(text).tolist()), sentence=(), right=())

    def part(self, text: Text) -> Tokens:
        """Return a part's tokens."""
        key = (text.head, text.text, text.right)
        if key not in self._known:
            spans = [Span(start=start, end=end) for start, end in text.sentences]
            pieces = self._pieces.part(text.head, text.text, spans)
            self._known[key] = Tokens(
                ids=tuple(pieces.ids.tolist()), sentence=tuple(pieces.sentence.tolist()), right=text.right
            )
        return self._known[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One question with the parts that it is learned with.

    Attributes:
        parts: the first one answers, if `answerable`.
        twin: a near miss of the question, asked about the first part.
        status: of a motion's point that the first part answers, else -1.
    """

    question: Tokens
    answerable: bool
    parts: tuple[Tokens, ...]
    twin: Tokens | None = None
    status: int = -1


def groups_of(examples: Sequence[Example], cutter: Cutter, others: int, rng: random.Random) -> list[Group]:
    """Return one group for each example, in random order; near misses with a twin join the twin's group by turns."""
    misses: dict[str, list[Example]] = {}
    for example in examples:
        if example.twin:
            misses.setdefault(example.twin, []).append(example)
    known = {example.id for example in examples}
    groups = []
    for example in examples:
        twins = misses.get(example.id, ())
        if example.answers:
            drawn = rng.sample(example.others[:HARD], min(others, len(example.others[:HARD])))
            parts = (rng.choice(example.answers[:2]), *drawn)
            twin = cutter.question(rng.choice(twins).question) if twins else None
            status = -1 if example.status is None else example.status
            groups.append((cutter.question(example.question), True, parts, twin, status))
        elif example.twin not in known or rng.random() < 0.3:
            near = example.others[:1] if example.twin else ()
            rest = example.others[len(near) : HARD]
            parts = (*near, *rng.sample(rest, min(others + 1 - len(near), len(rest))))
            if parts:
                groups.append((cutter.question(example.question), False, parts, None, -1))
    rng.shuffle(groups)
    return [
        Group(question=question, answerable=answerable, parts=tuple(map(cutter.part, parts)), twin=twin, status=status)
        for question, answerable, parts, twin, status in groups
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Groups side by side.

    Attributes:
        questions: (q, length) ids; twins behind the questions.
        parts: (p, length) ids.
        sentence: (p, length) of each token, -1 for none.
        right: (p, sentences), 1.0 where a sentence answers its group's question.
        pairs: (n, 2) question and part that are read together: each group's own, twins, and each question with a part
            that answers another one.
        group: (n,) of each pair; twins and strangers have -1.
        truth: (n,) 1.0 where the part answers the question.
        gold: (q,) part that answers, -1 where none does and for twins.
        status: (q,) of a motion's point, -1 for all other questions.
        twin_of: (n,) pair that a twin's pair resembles, -1 for the others.
    """

    questions: Tensor
    parts: Tensor
    sentence: Tensor
    right: Tensor
    pairs: Tensor
    group: Tensor
    truth: Tensor
    gold: Tensor
    twin_of: Tensor
    status: Tensor


def collate(groups: Sequence[Group]) -> Batch:
    """Put groups side by side."""
    questions = [group.question for group in groups]
    parts: list[Tokens] = []
    gold: list[int] = []
    pairs: list[tuple[int, int]] = []
    of_group: list[int] = []
    truth: list[float] = []
    twins: list[tuple[int, int]] = []
    starts: list[int] = []
    for number, group in enumerate(groups):
        first = len(parts)
        starts.append(first)
        gold.append(first if group.answerable else -1)
        for offset, part in enumerate(group.parts):
            pairs.append((number, first + offset))
            of_group.append(number)
            truth.append(float(group.answerable and offset == 0))
            parts.append(part)
        if group.twin is not None:
            twins.append((len(questions), len(pairs) - len(group.parts)))
            questions.append(group.twin)
            gold.append(-1)
    twin_of = [-1] * len(pairs)
    for question, pair in twins:
        pairs.append((question, pairs[pair][1]))
        twin_of.append(pair)
    for number, first in enumerate(starts):  # what search would never find is no answer, either
        stranger = starts[(number + 1) % len(groups)]
        if parts[stranger].ids != parts[first].ids:
            pairs.append((number, stranger))
            twin_of.append(-1)
    of_group += [-1] * (len(pairs) - len(of_group))
    truth += [0.0] * (len(pairs) - len(truth))
    sentences = max(len(part.right) for part in parts)
    return Batch(
        questions=padded([question.ids for question in questions], PAD),
        parts=padded([part.ids for part in parts], PAD),
        sentence=padded([part.sentence for part in parts], -1),
        right=torch.tensor([[float(x) for x in part.right] + [0.0] * (sentences - len(part.right)) for part in parts]),
        pairs=torch.tensor(pairs),
        group=torch.tensor(of_group),
        truth=torch.tensor(truth),
        gold=torch.tensor(gold),
        twin_of=torch.tensor(twin_of),
        status=torch.tensor([*[group.status for group in groups], *[-1] * len(twins)]),
    )


def padded(rows: Sequence[Sequence[int]], value: int) -> Tensor:
    """Return rows side by side, filled up with a value."""
    length = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (length - len(row))] for row in rows])
