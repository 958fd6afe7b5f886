from __future__ import annotations

from dataclasses import replace

import pytest

from bot.retrieval.fusion import spread
from bot.retrieval.parts import parts_of
from bot.types import Hit
from ingest.parts import parts as cut
from tests.bot.passages import a_hit, a_paper


def with_text(text: str) -> Hit:
    return a_hit(a_paper(text))


def test_a_part_says_its_sentences_in_one_line_each_with_its_tokens() -> None:
    hit = with_text("Ja. Das gilt\nab 2024.")

    (part,) = parts_of(hit, cut(hit.passage))

    assert part.sentences == ("Ja.", "Das gilt ab 2024.")
    assert part.text == "Ja. Das gilt\nab 2024."
    assert ["2024" in tokens for tokens in part.tokens] == [False, True]


def of_papers(*papers: str) -> list[Hit]:
    hit = with_text("Ein Satz.")
    return [replace(hit, passage=replace(hit.passage, document_id=paper)) for paper in papers]


@pytest.mark.parametrize(
    ("papers", "k", "shown", "reason"),
    [
        ("aaab", 3, "aaa", "parts of one paper follow each other as they come"),
        ("aaaaaaaaab", 9, "aaaaaaaba", "the last places go to papers not shown yet; what was passed over fills up"),
        ("aaaaaaaaaaaab", 12, "aaaaaaaabaaa", "no paper has more than its share of the first places"),
        ("ab", 5, "ab", "there may be less than was asked for"),
    ],
)
def test_the_reader_sees_many_papers(papers: str, k: int, shown: str, reason: str) -> None:
    assert "".join(hit.passage.document_id for hit in spread(of_papers(*papers), k)) == shown, reason
