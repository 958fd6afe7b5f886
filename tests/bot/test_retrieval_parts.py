from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.fusion import spread
from bot.retrieval.parts import PART_CHARS, parts_of
from bot.types import Hit
from tests.bot.passages import a_hit, a_paper

SENTENCE = "Die Stadt hat im Jahr 2023 insgesamt 412 neue Geräte für die Schulen beschafft und verteilt. "


def with_text(text: str) -> Hit:
    return a_hit(a_paper(text))


def test_a_short_passage_is_one_part() -> None:
    (part,) = parts_of(with_text("Ja. Das gilt ab 2024."))

    assert part.sentences == ("Ja.", "Das gilt ab 2024.")
    assert part.text == "Ja. Das gilt ab 2024."


def test_a_long_passage_is_cut_between_sentences() -> None:
    parts = parts_of(with_text((SENTENCE * 14).strip()))

    assert len(parts) == 2
    assert all(len(part.span) <= PART_CHARS + 150 for part in parts)
    assert all(part.text.startswith("Die Stadt") and part.text.endswith("verteilt.") for part in parts)


@given(st.text(alphabet="Ab .?\n0²–", max_size=2000))
def test_parts_hold_every_character_in_order(text: str) -> None:
    parts = parts_of(with_text(text))

    assert "".join("".join(part.text.split()) for part in parts) == "".join(text.split())
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(parts))


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
