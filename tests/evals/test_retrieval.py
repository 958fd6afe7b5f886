from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.reading import load_reader
from evals.beir import Item, load_set
from evals.retrieval import Way, measure, write_retrieval
from evals.scratch import scratch_index
from ingest.errors import UsageError
from tests.evals.made_up import SMALL_SET, write_lines
from tests.fakes import WordHashEncoder

QUERIES = [
    {"id": "q1", "text": "Wann öffnet das Hallenbad?"},
    {"id": "q2", "text": "Wie viele Eichen wurden gepflanzt?"},
    {"id": "q3", "text": "???"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_lines(tmp_path / "corpus.jsonl", SMALL_SET)
    write_lines(tmp_path / "queries.jsonl", QUERIES)
    qrels = "query-id\tcorpus-id\tscore\nq1\tbad\t1\nq2\tbaum\t1\nq3\tmesse\t1\n"
    (tmp_path / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return tmp_path


def _items(*ids: str) -> Iterator[Item]:
    return (Item.model_validate(SMALL_SET[0] | {"id": key}) for key in ids)


def test_every_way_is_measured_on_the_same_questions(folder: Path) -> None:
    task = load_set(folder)
    encoder = WordHashEncoder()
    with scratch_index(task.documents(), encoder) as index:
        found = measure(task, task.queries, index, encoder, load_reader("none"), 1.0)

    assert (found.documents, found.passages, found.encoder) == (3, 3, "wort-hash")
    for way in Way:
        values = found.values[way]
        assert list(values) == ["q1", "q2", "q3"]
        assert [values[key]["mrr"].total for key in ("q1", "q2")] == [1.0, 1.0], way
        assert values["q3"]["mrr"].total == 0.0, "a question without a word finds nothing"
        assert found.ways[way]["mrr"].value == pytest.approx(2 / 3)
    assert found.over_words.value == 0.0
    write_retrieval(folder / "neu" / "suche.json", found)
    assert '"nur BM25"' in (folder / "neu" / "suche.json").read_text(encoding="utf-8")


def test_a_document_is_indexed_with_its_own_title_and_no_other(folder: Path) -> None:
    with scratch_index(load_set(folder).documents(), WordHashEncoder()) as index:
        assert {header.document_id: header.title for header in index.all_headers()} == {
            "bad": "Bäder", "messe": "Messe", "baum": ""
        }  # fmt: skip


def test_two_documents_of_one_id_are_refused() -> None:
    with (
        pytest.raises(UsageError, match="„a“ gibt es zweimal"),
        scratch_index(_items("a", "b", "a"), WordHashEncoder()),
    ):
        pass


def test_an_empty_corpus_is_refused() -> None:
    with pytest.raises(UsageError, match="keine Dokumente"), scratch_index(_items(), WordHashEncoder()):
        pass


def test_the_folder_of_the_index_goes_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with scratch_index(_items("a"), WordHashEncoder()):
        assert list(tmp_path.iterdir())

    assert list(tmp_path.iterdir()) == []
