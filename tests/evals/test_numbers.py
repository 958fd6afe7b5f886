from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from evals.errors import EmptySample
from evals.numbers import missed, questions, spellings
from ingest.embedding import load_encoder
from ingest.index import open_index
from ingest.pipeline import add
from ingest.references import asked_references


@pytest.mark.parametrize(
    "number",
    ["236/2023", "24/2021", "9236/2029", "2023/0236", "2022/0957"],  # both orders, with and without zeros to fill
)
def test_every_spelling_of_a_number_is_understood(number: str) -> None:
    for written in spellings(number):
        assert [reference.number for reference in asked_references(f"Worum geht es in {written}?")] == [number]


def test_papers_are_found_by_their_number_and_a_wrong_expectation_is_told(tmp_path: Path) -> None:
    papers = tmp_path / "papiere"
    papers.mkdir()
    for name, number, subject in (
        ("a", "2029/9001", "Radwege"),
        ("b", "2029/9002", "Radwege"),
        ("c", "9236/2029", "Akte"),
    ):
        (papers / f"{name}.txt").write_text(
            f"Bericht über {subject}. Die Kosten stehen in der Anlage.", encoding="utf-8"
        )
        (papers / f"{name}.meta.yaml").write_text(f"title: {subject}\nnumber: {number}\nprocedure: v-{name}\n", "utf-8")
    encoder = load_encoder("bundled")
    add(tmp_path / "index", [papers], encoder)
    index = open_index(tmp_path / "index" / "public", encoder)
    try:
        asked = questions(index.all_headers())
        wrong = replace(asked[0], matters=frozenset({"v-x"}))

        assert [sorted(question.matters) for question in asked] == [["v-a"], ["v-b"], ["v-c"]]
        assert missed((*asked, wrong), index, encoder) == (wrong,)
    finally:
        index.close()


def test_an_index_without_numbers_cannot_be_asked_for_them() -> None:
    with pytest.raises(EmptySample):
        questions(())
