"""What is searched and what is asked, for every system alike; the right answers are not in here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from evals.beir import Item, RetrievalSet, load_set
from evals.gold import GoldSet, load_gold
from ingest.errors import UsageError
from ingest.sidecar import read_sidecar

GOLD: Final = "gold-dev"
"""The set whose questions are asked over papers; every other name is a folder in BEIR layout."""

_QUESTIONS: Final = Path(GOLD, "questions.jsonl")
_PAPERS: Final = Path("karlsruhe-small", "documents")
_SIDECAR: Final = ".meta.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What is asked.

    Attributes:
        history: earlier questions of the conversation, oldest first.
    """

    id: str
    text: str
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A set of papers, still on disk, and the questions about them.

    Attributes:
        folder: of the papers' files; None for a set in BEIR layout.
        gold: judgements for a gold set, None otherwise.
        task: corpus and judgements for a set in BEIR layout, None otherwise.
        chosen: names of the papers that take part, None for all.
    """

    name: str
    inquiries: tuple[Inquiry, ...]
    folder: Path | None = None
    gold: GoldSet | None = None
    task: RetrievalSet | None = None
    chosen: frozenset[str] | None = None

    def items(self) -> Iterator[Item]:
        """Stream the papers: name, title, text; files in the order of their names."""
        for item in self._all():
            if self.chosen is None or item.id in self.chosen:
                yield item

    def files(self, scratch: Path) -> Path:
        """Return a folder of the papers that take part, with their sidecars.

        Args:
            scratch: an empty folder, used if not all take part.
        """
        assert self.folder is not None, "only papers have files"
        if self.chosen is None:
            return self.folder
        for name in self.chosen:
            for path in (self.folder / f"{name}.txt", self.folder / f"{name}{_SIDECAR}"):
                if path.is_file():
                    shutil.copy(path, scratch)
        return scratch

    def _all(self) -> Iterator[Item]:
        if self.task is not None:
            yield from self.task.documents()
        elif self.folder is not None:
            for path in sorted(self.folder.glob("*.txt")):
                title = read_sidecar(path).title or ""
                yield Item(id=path.stem, title=title, text=path.read_text(encoding="utf-8", errors="replace"))


def load_collection(data: Path, name: str, sample: int | None = None) -> Collection:
    """Load a set by its name below the data folder.

    Args:
        data: the folder of all sets.
        name: `GOLD`, or a folder in BEIR layout.
        sample: how many papers take part: those that answer a question, and the first others up to this number.

    Raises:
        UsageError: it is not there or not readable.
    """
    whole = _gold(data) if name == GOLD else _beir(data / name)
    return whole if sample is None else _sampled(whole, sample)


def _gold(data: Path) -> Collection:
    folder = data / _PAPERS
    if not folder.is_dir():
        raise UsageError(f"{folder} fehlt.", "--data erwartet den Ordner der Testdaten (RATSLOTSE_DATA).")
    gold = load_gold(data / _QUESTIONS)
    inquiries = tuple(Inquiry(id=one.id, text=one.question, history=one.history) for one in gold.questions)
    return Collection(name=GOLD, inquiries=inquiries, folder=folder, gold=gold)


def _beir(folder: Path) -> Collection:
    task = load_set(folder)
    inquiries = tuple(Inquiry(id=key, text=text) for key, text in task.queries.items())
    return Collection(name=task.name, inquiries=inquiries, task=task)


def _sampled(whole: Collection, sample: int) -> Collection:
    if whole.gold is not None:
        needed = {entry.file for question in whole.gold.questions for entry in question.evidence}
    else:
        assert whole.task is not None, "a collection is of one of two kinds"
        needed = {name for gains in whole.task.right.values() for name in gains}
    others = (item.id for item in whole.items() if item.id not in needed)
    return replace(whole, chosen=frozenset(needed) | frozenset(islice(others, max(0, sample - len(needed)))))
