"""Learn the weights of the signals by which parts of passages are ranked.

From gold questions with their index, and from sets in BEIR layout that are indexed for it; each set counts the same,
however many questions it has. A part is right if it stands in a right paper and holds the evidence (or, of a set, the
beginning of an answer in `answers.jsonl`); where no part holds it, every part of a right paper is. Printed first is how
often something right comes first, second, … by cross-validation over papers.

    python -m evals.fit_parts --index INDEX --gold GOLD.jsonl --beir DIR [--beir DIR …] > signal_weights.py
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict

from bot.answering.verify import fold
from bot.conversation import context_of
from bot.retrieval.query import Query, understand
from bot.retrieval.reading import signals_in
from bot.retrieval.search import candidates
from bot.retrieval.signals import SIGNALS
from evals.beir import load_set
from evals.errors import BrokenSet
from evals.gold import load_gold
from evals.lines import read_lines
from evals.listwise import Case, Matrix, first_right, fit, held_out
from evals.scratch import scratch_index
from evals.texts import paper_name
from ingest.embedding import Encoder, load_encoder
from ingest.index import IndexReader, open_index
from ingest.types import Visibility

L2 = 0.02
"""By cross-validation, .01 / .02 / .05: karlsruhe-qa-dev nDCG@10 .758 / .755 / .749, covid-faq .552 / .553 / .553."""

BEGINNING = 60
"""Characters of a folded answer that tell it from others, as the official score counts."""


class _Answers(BaseModel):
    """A line of `answers.jsonl`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    answers: tuple[str, ...]


def case_of(
    query: Query, papers: frozenset[str], quotes: Sequence[str], index: IndexReader, encoder: Encoder
) -> Case | None:
    """Read for a question and mark what is right; None where nothing is found.

    Args:
        query: as understood.
        papers: names of the right ones.
        quotes: folded.
        index: searched.
        encoder: the one that built it.
    """
    found = candidates(query, index, encoder)
    parts, signals = signals_in(query, found.hits, found.weights, index)
    if not parts:
        return None
    of_paper = np.array([paper_name(part.hit.document.path) in papers for part in parts])
    holds = np.array([any(quote in fold(part.text) for quote in quotes) for part in parts])
    right = of_paper & holds if (of_paper & holds).any() else of_paper
    return Case(papers=papers, features=signals, right=right)


def of_gold(gold: Path, index: IndexReader, encoder: Encoder) -> Iterator[Case]:
    """Yield the cases of a gold file's answerable questions."""
    for question in load_gold(gold).questions:
        if question.evidence:
            quotes = [fold(entry.quote) for entry in question.evidence if entry.quote]
            query = understand(question.question, context_of(question.question, question.history))
            case = case_of(query, frozenset(entry.file for entry in question.evidence), quotes, index, encoder)
            if case:
                yield replace(case, papers=frozenset(question.papers) or case.papers)


def of_set(folder: Path, index: IndexReader, encoder: Encoder) -> Iterator[Case]:
    """Yield the cases of a retrieval set."""
    task = load_set(folder)
    answers: dict[str, tuple[str, ...]] = {}
    if (folder / "answers.jsonl").is_file():
        answers = {line.id: line.answers for _, line in read_lines(folder / "answers.jsonl", _Answers, BrokenSet)}
    for name, text in task.queries.items():
        quotes = [fold(answer)[:BEGINNING] for answer in answers.get(name, ())]
        papers = frozenset(paper_name(paper) for paper in task.right[name])
        case = case_of(understand(text), papers, quotes, index, encoder)
        if case:
            yield case


def learn(cases: Sequence[Case]) -> Matrix:
    """Return the weights of the signals."""
    return fit(cases, L2)


def main() -> None:
    """Fit, tell the cross-validated figures on stderr, write `signal_weights.py` to stdout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, action="append", default=[])
    parser.add_argument("--gold", type=Path, action="append", default=[], help="one for each --index")
    parser.add_argument("--beir", type=Path, action="append", default=[])
    arguments = parser.parse_args()
    encoder = load_encoder("bundled")
    sets: list[tuple[str, list[Case]]] = []
    for folder, gold in zip(arguments.index, arguments.gold, strict=True):
        with closing(open_index(folder / Visibility.PUBLIC, encoder)) as index:
            sets.append((gold.parent.name, _shared_out(of_gold(gold, index, encoder))))
    for folder in arguments.beir:
        with scratch_index(load_set(folder).documents(), encoder) as index:
            sets.append((folder.name, _shared_out(of_set(folder, index, encoder))))
    cases = [case for _, some in sets for case in some]
    scores = held_out(cases, learn)
    for name, some in sets:
        of_set_ = [scores.pop(0) for _ in some]
        told = ", ".join(f"{k}: {first_right(some, of_set_, k):.3f}" for k in (1, 5, 10))
        sys.stderr.write(f"{name}, something right among the first, by cross-validation: {told}\n")
    lines = [f'    "{name}": {weight:.3f},' for name, weight in zip(SIGNALS, learn(cases), strict=True)]
    head = '"""Weights of the signals, learned by `python -m evals.fit_parts`. Don\'t edit by hand."""'
    body = "\n".join(lines)
    sys.stdout.write(
        f"{head}\n\nfrom __future__ import annotations\n\nSIGNAL_WEIGHTS: dict[str, float] = {{\n{body}\n}}\n"
    )


def _shared_out(cases: Iterable[Case]) -> list[Case]:
    """Give the cases of one set a weight of 1 together."""
    some = list(cases)
    return [replace(case, weight=1 / len(some)) for case in some]


if __name__ == "__main__":
    main()
