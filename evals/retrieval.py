"""Search measured on a retrieval set: the product's, and each of its legs alone beside it.

A document is as good as its best passage. What is asked is what a user would type; nothing is tuned to the set.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from bot.question.query import understand
from bot.reading import Reader
from bot.retrieval.ranking import rank
from bot.retrieval.search import HITS
from evals import ranking
from evals.beir import RetrievalSet
from evals.bootstrap import Interval, difference
from evals.measures import BY_NAME, Column, Tally, Values
from evals.results import figures
from ingest.embedding import Encoder
from ingest.errors import UsageError
from ingest.index import IndexReader

CANDIDATES: Final = 200
"""Passages of a leg: enough for ten documents unless one of them has more than 190 of the best passages."""

DEPTH_HITS: Final = 5 * HITS
"""Parts of passages asked of the product's search: as many as it shows often hold fewer than ten papers."""


class Way(StrEnum):
    """A way to rank; the value is how tables call it."""

    PRODUCT = "Ratslotse"
    WORDS = "nur BM25"
    VECTORS = "nur Encoder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """What was measured on one set.

    Attributes:
        ways: figures by way and measure.
        over_words: nDCG@10 of the product less that of BM25 alone, paired.
        values: what each query brought, by way.
    """

    name: str
    encoder: str
    documents: int
    passages: int
    index_seconds: float
    ways: dict[Way, dict[str, Interval]]
    over_words: Interval
    values: dict[Way, dict[str, dict[Column, Tally]]]


_RETRIEVAL: Final[TypeAdapter[Retrieval]] = TypeAdapter(Retrieval)


def measure(
    task: RetrievalSet,
    queries: Iterable[str],
    index: IndexReader,
    encoder: Encoder,
    reader: Reader,
    index_seconds: float,
) -> Retrieval:
    """Ask every query in every way.

    Args:
        task: texts and right documents of the queries.
        queries: their ids, in the order of asking (a progress bar may be wrapped around them).
        index: holds the set's corpus; see `evals.scratch`.
        encoder: the one that built it.
        reader: ranks what is found.
        index_seconds: how long that took.
    """
    values: dict[Way, dict[str, dict[Column, Tally]]] = {way: {} for way in Way}
    for query_id in queries:
        for way, ask in _WAYS.items():
            started = time.perf_counter()
            order = ask(task.queries[query_id], index, encoder, reader)
            values[way][query_id] = _values(order, task.right[query_id], 1000 * (time.perf_counter() - started))
    statistics = index.statistics()
    rows: dict[Way, list[Values]] = {way: list(of_way.values()) for way, of_way in values.items()}
    return Retrieval(
        name=task.name,
        encoder=encoder.name,
        documents=statistics.document_count,
        passages=statistics.passages,
        index_seconds=round(index_seconds, 1),
        ways={way: figures(rows[way]) for way in Way},
        over_words=difference(BY_NAME["ndcg10"], rows[Way.WORDS], rows[Way.PRODUCT]),
        values=values,
    )


def write_retrieval(path: Path, retrieval: Retrieval) -> None:
    """Write what was measured.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_RETRIEVAL.dump_json(retrieval, indent=1) + b"\n")
    except OSError as error:
        raise UsageError(f"{path} kann nicht geschrieben werden.", "Bitte den Pfad prüfen.") from error


def _product(text: str, index: IndexReader, encoder: Encoder, reader: Reader) -> list[str]:
    found = rank(text, (), understand(text), [index], encoder, reader, DEPTH_HITS)
    return _distinct(hit.passage.document_id for hit in found.hits)


def _words(text: str, index: IndexReader, encoder: Encoder, reader: Reader) -> list[str]:
    query = understand(text)
    return _papers(index, index.lexical(query.tokens, CANDIDATES, query.weights) if query.tokens else [])


def _vectors(text: str, index: IndexReader, encoder: Encoder, reader: Reader) -> list[str]:
    return _papers(index, index.dense(encoder.encode_question(text), CANDIDATES))


_WAYS: Final[dict[Way, Callable[[str, IndexReader, Encoder, Reader], list[str]]]] = {
    Way.PRODUCT: _product,
    Way.WORDS: _words,
    Way.VECTORS: _vectors,
}


def _papers(index: IndexReader, ranked: Sequence[tuple[str, float]]) -> list[str]:
    found = index.passages(passage_id for passage_id, _ in ranked)
    return _distinct(passage.document_id for passage in found.values())


def _distinct(documents: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(documents))


def _values(order: Sequence[str], right: dict[str, float], milliseconds: float) -> dict[Column, Tally]:
    return {
        Column.NDCG10: Tally(total=ranking.ndcg(order, right)),
        Column.MRR: Tally(total=ranking.reciprocal_rank(order, right)),
        Column.RECALL10: Tally(total=ranking.recall(order, right)),
        Column.MILLISECONDS: Tally(total=milliseconds),
    }
