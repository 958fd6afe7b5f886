"""Both legs on disk, as the index uses them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import IndexDamaged
from ingest.german import search_tokens
from ingest.index.dense import DenseIndex, copy_dense
from ingest.index.legs import TokenizedPassage, ranked
from ingest.index.lexical import LexicalIndex
from tests.ingest.index.papers import ENCODER

TEXTS = {
    "b": "Breitbandausbau in Durlach",
    "a": "Breitbandausbau in Durlach",
    "c": "Der Haushalt der Stadt",
    "d": "Unbesetzte Stellen im Amt für Digitalisierung",
}


def a_dense_index(folder: Path) -> DenseIndex:
    index = DenseIndex.create(folder / "dense")
    index.add(zip(TEXTS, ENCODER.encode(list(TEXTS.values())), strict=True))
    return index


def a_lexical_index(folder: Path) -> LexicalIndex:
    index = LexicalIndex.create(folder / "lexical")
    index.add(
        TokenizedPassage(passage_id=name, title="haushalt" if name == "d" else "", body=" ".join(search_tokens(text)))
        for name, text in sorted(TEXTS.items())
    )
    return index


def test_ranking_is_a_total_order_whatever_the_order_of_the_hits() -> None:
    hits = [("b", 1.0), ("a", 1.0), ("c", 2.0)]

    assert ranked(hits) == ranked(reversed(hits)) == [("c", 2.0), ("a", 1.0), ("b", 1.0)]


def test_dense_search_gives_cosines_and_puts_equal_ones_in_the_order_of_ids(tmp_path: Path) -> None:
    question = ENCODER.encode_question("Breitbandausbau in Durlach")
    with closing(a_dense_index(tmp_path)) as index:
        found = index.search(question, 3)

    assert [name for name, _ in found[:2]] == ["a", "b"]
    assert found[0][1] == pytest.approx(1.0, abs=1e-5)
    assert found[2][1] == pytest.approx(float(ENCODER.encode([TEXTS[found[2][0]]])[0] @ question), abs=1e-5)


def test_a_question_without_direction_and_an_empty_index_find_nothing(tmp_path: Path) -> None:
    with closing(a_dense_index(tmp_path)) as index:
        assert index.search(np.zeros(ENCODER.dimensions, dtype=np.float32), 3) == []
        assert index.search(ENCODER.encode_question("Haushalt"), 0) == []
    with closing(DenseIndex.create(tmp_path / "empty")) as index:
        assert index.search(ENCODER.encode_question("Haushalt"), 3) == []


def test_removed_vectors_are_not_found_and_a_reopened_copy_agrees(tmp_path: Path) -> None:
    with closing(a_dense_index(tmp_path)) as index:
        index.remove(["a", "unbekannt"])
        before = index.search(ENCODER.encode_question("Breitbandausbau"), 9)
    copy_dense(tmp_path / "dense", tmp_path / "copy")
    with closing(DenseIndex.open(tmp_path / "copy")) as copy:
        after = copy.search(ENCODER.encode_question("Breitbandausbau"), 9)
        assert copy.count() == 3

    assert after == before
    assert "a" not in dict(after)


def test_a_sparse_file_is_not_copied(tmp_path: Path) -> None:
    a_dense_index(tmp_path).close()
    with (tmp_path / "dense" / "data_level0.bin").open("wb") as stream:
        stream.truncate(10 << 30)

    with pytest.raises(IndexDamaged, match="10737418240 Bytes"):
        copy_dense(tmp_path / "dense", tmp_path / "copy")


def test_finished_files_hold_the_vectors_and_nothing_behind_them_and_readers_leave_them_alone(tmp_path: Path) -> None:
    a_dense_index(tmp_path).finish()
    (graph,) = (tmp_path / "dense").glob("*/data_level0.bin")
    lengths = graph.with_name("length.bin")
    before = graph.read_bytes(), lengths.read_bytes()

    assert len(before[0]) % 4 == 0
    assert len(before[0]) // 4 < ENCODER.dimensions * 4 + 1_000  # Chroma's own file has room for 100 vectors
    assert len(before[1]) == 4 * 4
    with closing(DenseIndex.open(tmp_path / "dense")) as index:
        assert len(index.search(ENCODER.encode_question("Durlach"), 9)) == 4
    assert (graph.read_bytes(), lengths.read_bytes()) == before


def test_an_env_file_in_the_working_directory_says_nothing_to_chroma(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("CHROMA_SERVER_HOST=example.org\nCHROMA_API_IMPL=keine\n")
    monkeypatch.chdir(tmp_path)

    with closing(a_dense_index(tmp_path)) as index:
        assert index.count() == 4


def test_words_are_optional_and_parts_of_compounds_find_the_whole(tmp_path: Path) -> None:
    with closing(a_lexical_index(tmp_path)) as index:
        found = index.search(search_tokens("Breitband für Kitas?"), 9)

    assert [name for name, _ in found] == ["a", "b"]
    assert found[0][1] == found[1][1] > 0


def test_equal_scores_are_cut_in_the_order_of_ids(tmp_path: Path) -> None:
    with closing(a_lexical_index(tmp_path)) as index:
        assert [name for name, _ in index.search(search_tokens("Durlach"), 1)] == ["a"]


def test_a_token_counts_with_its_weight(tmp_path: Path) -> None:
    with closing(a_lexical_index(tmp_path)) as index:
        ((_, plain),) = index.search(["haushalt"], 9)
        ((_, half),) = index.search(["haushalt"], 9, {"haushalt": 0.5})

    assert half == pytest.approx(plain / 2)


@pytest.mark.parametrize(
    ("typed", "found", "reason"),
    [
        ("Digitalisirung", ["d"], "a letter left out"),
        ("Breitbadnausbau", ["a", "b"], "two letters changed over, in a long word that does not come apart"),
        ("Haushelt", ["c"], "another letter"),
        ("Ant", [], "in short words one letter makes another word: Amt"),
        ("Haus", [], "no part of a word"),
        ("Hauxhelt", [], "two slips"),
    ],
)
def test_a_mistyped_word_finds_what_differs_in_one_letter(
    typed: str, found: list[str], reason: str, tmp_path: Path
) -> None:
    with closing(a_lexical_index(tmp_path)) as index:
        assert [name for name, _ in index.search(search_tokens(typed)[:1], 10)] == found, reason


def test_a_word_that_is_known_finds_nothing_else(tmp_path: Path) -> None:
    with closing(LexicalIndex.create(tmp_path / "lexical")) as index:
        texts = {"a": "gericht", "b": "gerücht"}
        index.add(
            TokenizedPassage(passage_id=name, title="", body=" ".join(search_tokens(text)))
            for name, text in texts.items()
        )

        assert [name for name, _ in index.search(search_tokens("Gericht"), 10)] == ["a"]


def test_removed_passages_are_not_found_by_their_words(tmp_path: Path) -> None:
    with closing(a_lexical_index(tmp_path)) as index:
        index.remove(["a"])

        assert [name for name, _ in index.search(search_tokens("Durlach"), 9)] == ["b"]
        assert index.count() == 3


@pytest.mark.parametrize("leg", [DenseIndex, LexicalIndex])
def test_a_folder_that_holds_no_index_is_damage(leg: type[DenseIndex | LexicalIndex], tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="ist beschädigt"):
        leg.open(tmp_path)
