from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from evals.beir import load_set
from evals.errors import BrokenSet
from ingest.errors import UsageError

CORPUS = '{"_id": "d1", "title": "Bäder", "text": "Das Bad ist offen."}\n{"id": 2, "text": "Die Messe."}\n'
QUERIES = '{"id": "q1", "text": "Welches Bad?"}\n{"_id": "q2", "text": "Nicht beurteilt"}\n'
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\t2\t0\n"


def _write(folder: Path, *, corpus: str = CORPUS, queries: str = QUERIES, qrels: str = QRELS) -> Path:
    (folder / "corpus.jsonl").write_text(corpus, encoding="utf-8")
    (folder / "queries.jsonl").write_text(queries, encoding="utf-8")
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_a_set_is_read_with_either_name_of_the_id(tmp_path: Path) -> None:
    found = load_set(_write(tmp_path))

    assert [(item.id, item.title) for item in found.documents()] == [("d1", "Bäder"), ("2", "")]
    assert found.queries == {"q1": "Welches Bad?"}
    assert found.right == {"q1": {"d1": 1.0}}


def test_a_packed_corpus_and_judgements_without_a_head_are_read(tmp_path: Path) -> None:
    _write(tmp_path, qrels="q1\td1\t2\n")
    (tmp_path / "corpus.jsonl").unlink()
    (tmp_path / "corpus.jsonl.xz").write_bytes(lzma.compress(CORPUS.encode()))
    found = load_set(tmp_path)

    assert [item.id for item in found.documents()] == ["d1", "2"]
    assert found.right == {"q1": {"d1": 2.0}}


def test_a_bad_judgement_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(BrokenSet, match=r"qrels\.tsv, Zeile 2"):
        load_set(_write(tmp_path, qrels="query-id\tcorpus-id\tscore\nq1 d1 1\n"))


def test_a_bad_document_is_named_with_its_line(tmp_path: Path) -> None:
    found = load_set(_write(tmp_path, corpus=CORPUS + '{"id": "d3"}\n'))

    with pytest.raises(BrokenSet, match=r"corpus\.jsonl, Zeile 3: das Feld „text“ fehlt"):
        list(found.documents())


def test_a_broken_archive_is_refused_in_one_sentence(tmp_path: Path) -> None:
    _write(tmp_path)
    (tmp_path / "corpus.jsonl").unlink()
    (tmp_path / "corpus.jsonl.xz").write_bytes(b"kein xz")

    with pytest.raises(UsageError, match="kann nicht gelesen werden"):
        list(load_set(tmp_path).documents())


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (_write(tmp_path) / name).unlink()

    with pytest.raises(UsageError, match=name):
        load_set(tmp_path)


def test_a_set_whose_judgements_fit_no_query_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="keine Frage"):
        load_set(_write(tmp_path, qrels="q9\td1\t1\n"))
