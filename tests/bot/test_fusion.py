from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.fusion import ranked, spread
from bot.types import Hit
from ingest.types import Span
from tests.bot.passages import a_hit, a_paper


def of_papers(papers: str) -> list[Hit]:
    hit = a_hit(a_paper("Ein Satz."))
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
    assert "".join(hit.passage.document_id for hit in spread(of_papers(papers), k)) == shown, reason


@given(scores=st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=8), seed=st.randoms())
def test_the_order_is_total_and_never_that_of_the_input(scores: list[float], seed: object) -> None:
    paper = a_paper("Ein Satz. " * 8)
    hits = [
        replace(a_hit(paper, span=Span(start=10 * place, end=10 * place + 9)), score=score)
        for place, score in enumerate(scores)
    ]
    mixed = list(hits)
    seed.shuffle(mixed)  # type: ignore[attr-defined]

    assert ranked(mixed) == ranked(hits)
