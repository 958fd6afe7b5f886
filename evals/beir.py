"""Retrieval sets in BEIR layout (Thakur et al. 2021, https://github.com/beir-cellar/beir).

`corpus.jsonl` (or `.jsonl.xz`) with `id` or `_id`, `title` and `text`; `queries.jsonl` with `id` or `_id` and `text`;
`qrels.tsv` (or `qrels/test.tsv`) with a head and query-id, corpus-id, score.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from evals.errors import BrokenSet
from evals.lines import read_lines
from ingest.errors import UsageError

CORPUS = ("corpus.jsonl", "corpus.jsonl.xz")
QUERIES = ("queries.jsonl", "queries.jsonl.xz")
QRELS = ("qrels.tsv", "qrels/test.tsv")


class Item(BaseModel):
    """One document or one query."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    id: str = Field(validation_alias=AliasChoices("id", "_id"), min_length=1)
    title: str = ""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalSet:
    """A set, its corpus still on disk.

    Attributes:
        queries: text by id, in the file's order; only those with a right document.
        right: gains of the right documents by query.
    """

    name: str
    corpus: Path
    queries: dict[str, str]
    right: dict[str, dict[str, float]]

    def documents(self) -> Iterator[Item]:
        """Stream the corpus.

        Raises:
            UsageError: it cannot be read.
            BrokenSet: a line is no document; names file and line.
        """
        for _, item in read_lines(self.corpus, Item, BrokenSet):
            yield item


def load_set(folder: Path) -> RetrievalSet:
    """Read queries and judgements of a set.

    Raises:
        UsageError: a file is missing or cannot be read, or there is nothing to ask.
        BrokenSet: a line is not in BEIR layout; names file and line.
    """
    corpus = _file(folder, CORPUS)
    right = _judgements(_file(folder, QRELS))
    queries = {
        item.id: item.text for _, item in read_lines(_file(folder, QUERIES), Item, BrokenSet) if item.id in right
    }
    if not queries:
        raise UsageError(f"{folder} enthält keine Frage mit richtigem Dokument.", "Passen Fragen und qrels zusammen?")
    return RetrievalSet(name=folder.resolve().name, corpus=corpus, queries=queries, right=right)


def _file(folder: Path, names: tuple[str, ...]) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise UsageError(f"In {folder} fehlt {names[0]}.", "Erwartet wird ein Ordner in BEIR-Form.")


def _judgements(path: Path) -> dict[str, dict[str, float]]:
    """Read gains by query; a first line whose score is no number is a head."""
    right: dict[str, dict[str, float]] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} kann nicht gelesen werden.", "Erwartet werden drei Spalten in UTF-8.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        fields = line.split("\t")
        try:
            query, document, gain = fields[0], fields[1], float(fields[2])
        except (IndexError, ValueError) as error:
            if number == 1:
                continue
            raise BrokenSet(path, number, "erwartet werden Frage, Dokument und eine Zahl, mit Tabulator") from error
        if gain > 0:
            right.setdefault(query, {})[document] = gain
    return right
