"""Measure tokens and encoder on the sets of a data directory: words alone, vectors alone, and both.

Run as `python -m ingest.training.evaluate --data DIR [--encoder NAME_OR_FOLDER]`. This measures the two shipped files,
not the product: a plain BM25 in memory, passages packed from paragraphs, a document as good as its best passage. What
the product does with both legs is measured by `ratslotse-evals`.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ingest.embedding import BundledEncoder, Encoder, load_encoder
from ingest.german import search_tokens
from ingest.training import sources

K1: Final = 1.2
B: Final = 0.75
"""BM25's constants as tantivy has them built in (https://github.com/quickwit-oss/tantivy, `query/bm25.rs`)."""

PASSAGE_CHARS: Final = 1400
"""Better than 500, 900 and 2,200 on karlsruhe-small (measured for the first recipe)."""

WEIGHTS: Final = (10.0, 15.0, 20.0)
"""Weights of the cosine beside BM25 to report."""

DEPTH: Final = 10
"""Ranks that count, as in BEIR."""

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Documents, questions, and which documents are right for each question."""

    name: str
    documents: Mapping[str, tuple[str, str]]
    questions: Mapping[str, str]
    right: Mapping[str, frozenset[str]]


class Bm25:
    """BM25 over token lists, all in memory (Robertson and Zaragoza 2009, with Lucene's always positive idf)."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        """Index the texts' tokens; text i is row i of the scores."""
        found: dict[str, tuple[list[int], list[int]]] = {}
        lengths: list[int] = []
        for row, tokens in enumerate(texts):
            lengths.append(len(tokens))
            for token, times in Counter(tokens).items():
                rows, counts = found.setdefault(token, ([], []))
                rows.append(row)
                counts.append(times)
        size = np.asarray(lengths, dtype=np.float32)
        self._size = len(size)
        norm = K1 * (1 - B + B * size / max(float(size.mean()), 1.0)) if len(size) else size
        self._postings: dict[str, tuple[NDArray[np.int32], Scores]] = {}
        for token, (rows, counts) in found.items():
            where = np.asarray(rows, dtype=np.int32)
            times_here = np.asarray(counts, dtype=np.float32)
            idf = np.log(1 + (self._size - len(rows) + 0.5) / (len(rows) + 0.5))
            weight = idf * times_here * (K1 + 1) / (times_here + norm[where])
            self._postings[token] = (where, weight.astype(np.float32))

    def scores(self, tokens: Iterable[str]) -> Scores:
        """Score every text for the question's tokens: (n,) float32."""
        scores = np.zeros(self._size, dtype=np.float32)
        for token in tokens:
            if token in self._postings:
                where, weight = self._postings[token]
                scores[where] += weight
        return scores


def gold_task(data: Path) -> Task:
    """Read the answerable gold questions and the papers they were written among; right is a file with evidence."""
    folder = data / "karlsruhe-small" / "documents"
    documents = {}
    for path in sorted(folder.glob("*.txt")):
        meta = (folder / f"{path.stem}.meta.yaml").read_text(encoding="utf-8")
        title = next((line[7:].strip("'\"") for line in meta.splitlines() if line.startswith("title: ")), "")
        documents[path.stem] = (title, path.read_text(encoding="utf-8"))
    asked = [record for record in sources.lines(data / "gold-dev" / "questions.jsonl") if record["evidence"]]
    return Task(
        name="gold-dev",
        documents=documents,
        questions={record["id"]: record["question"] for record in asked},
        right={record["id"]: frozenset(item["file"] for item in record["evidence"]) for record in asked},
    )


def beir_task(folder: Path) -> Task:
    """Read a set in BEIR layout (https://github.com/beir-cellar/beir), its corpus packed or not."""
    corpus = next(path for path in (folder / "corpus.jsonl", folder / "corpus.jsonl.xz") if path.exists())
    documents = {record["id"]: (record["title"], record["text"]) for record in sources.lines(corpus)}
    right: dict[str, frozenset[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        question, document, score = line.split("\t")
        if int(score) > 0:
            right[question] = right.get(question, frozenset()) | {document}
    questions = {record["id"]: record["text"] for record in sources.lines(folder / "queries.jsonl")}
    return Task(name=folder.name, documents=documents, questions={i: questions[i] for i in right}, right=right)


def ndcg(ranked: Sequence[str], right: frozenset[str], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain of the first `depth` documents (Järvelin and Kekäläinen 2002)."""
    gains = sum(1 / np.log2(rank + 2) for rank, document in enumerate(ranked[:depth]) if document in right)
    return float(gains / sum(1 / np.log2(rank + 2) for rank in range(min(depth, len(right)))))


def recall(ranked: Sequence[str], right: frozenset[str], depth: int) -> float:
    """Say 1.0 when a right document is among the first `depth`."""
    return float(not right.isdisjoint(ranked[:depth]))


def measure(task: Task, encoder: Encoder) -> dict[str, dict[str, float]]:
    """Measure each way of ranking: its name → measure → mean over the questions."""
    owners: list[str] = []
    texts: list[str] = []
    for document, (title, text) in task.documents.items():
        for passage in sources.passages(text, max_chars=PASSAGE_CHARS):
            owners.append(document)
            texts.append(f"{title}\n{passage}")
    words = Bm25(map(search_tokens, texts))
    vectors = encoder.encode(texts)
    names = sorted(task.documents)
    number = {name: i for i, name in enumerate(names)}
    owner = np.asarray([number[name] for name in owners])
    ways: dict[str, Callable[[Scores, Scores], Scores]] = {"BM25": lambda w, _: w, "encoder": lambda _, c: c}
    for factor in WEIGHTS:
        ways[f"BM25 + {factor:g} cos"] = lambda w, c, factor=factor: w + np.float32(factor) * c  # type: ignore[misc]
    sums: dict[str, defaultdict[str, float]] = {way: defaultdict(float) for way in ways}
    for question_id, question in task.questions.items():
        by_words, by_vectors = words.scores(search_tokens(question)), vectors @ encoder.encode_question(question)
        right = task.right[question_id]
        for way, together in ways.items():
            best = np.full(len(names), -np.inf, dtype=np.float32)
            np.maximum.at(best, owner, together(by_words, by_vectors))
            ranked = [names[i] for i in np.argsort(-best, kind="stable")[:DEPTH]]
            sums[way]["ndcg@10"] += ndcg(ranked, right)
            sums[way]["first 5"] += recall(ranked, right, 5)
            sums[way]["first 10"] += recall(ranked, right, 10)
    return {way: {name: total / len(task.questions) for name, total in sums[way].items()} for way in ways}


def tasks(data: Path) -> Iterable[Task]:
    """Yield the sets that are measured, the council's own first."""
    yield gold_task(data)
    for name in ("karlsruhe-qa-dev", "covid-faq", "xquad-de"):
        yield beir_task(data / name)


def main(arguments: list[str] | None = None) -> int:
    """Print one line of JSON for each set and way of ranking."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", default="bundled", help="bundled, a folder of model files, or a model's name")
    given = parser.parse_args(arguments)
    folder = Path(given.encoder)
    encoder = BundledEncoder(folder) if (folder / "model.safetensors").exists() else load_encoder(given.encoder)
    for task in tasks(given.data):
        for way, measures in measure(task, encoder).items():
            rounded = {name: round(value, 3) for name, value in sorted(measures.items())}
            sys.stdout.write(json.dumps({"set": task.name, "way": way, **rounded}, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
