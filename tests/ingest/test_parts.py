from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parts import PART_CHARS, TAIL_CHARS, parts
from ingest.types import Part, Passage, SectionRole, Span

SENTENCE = "Die Stadt hat im Jahr 2023 insgesamt 412 neue Geräte für die Schulen beschafft und verteilt. "


def parts_of(text: str) -> tuple[Part, ...]:
    passage = Passage(
        passage_id="p",
        document_id="d",
        ordinal=0,
        span=Span(start=0, end=len(text)),
        text=text,
        role=SectionRole.BODY,
        heading="",
        agenda_item=None,
    )
    return parts(passage)


def test_a_short_passage_is_one_part_with_its_sentences() -> None:
    text = "Ja. Das gilt ab 2024."

    (part,) = parts_of(text)

    assert [sentence.of(text) for sentence in part.sentences] == ["Ja.", "Das gilt ab 2024."]
    assert part.span == Span(start=0, end=len(text))


def test_a_long_passage_is_cut_between_sentences() -> None:
    text = (SENTENCE * 14).strip()

    cut = parts_of(text)

    assert len(cut) == 2
    assert all(len(part.span) <= PART_CHARS + TAIL_CHARS for part in cut)
    assert all(part.span.of(text).startswith("Die Stadt") for part in cut)
    assert all(part.span.of(text).endswith("verteilt.") for part in cut)


@pytest.mark.parametrize(
    ("text", "token", "reason"),
    [
        ("Die Kosten steigen.", "kost", "words are stems, as in a question"),
        ("Kosten, Kosten, Kosten.", "kost", "each token stands once"),
        ("Der Breitbandausbau geht voran.", "ausbau", "parts of compounds are found, too"),
    ],
)
def test_a_part_knows_the_search_tokens_of_each_sentence(text: str, token: str, reason: str) -> None:
    (part,) = parts_of(text)

    assert [token in tokens for tokens in part.tokens] == [True], reason
    assert part.tokens[0].count(token) == 1, reason


@given(st.text(alphabet="Ab .?\n0²–", max_size=2000))
def test_parts_hold_every_character_in_order(text: str) -> None:
    cut = parts_of(text)

    assert "".join("".join(part.span.of(text).split()) for part in cut) == "".join(text.split())
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(cut))


@given(st.text(alphabet="Ab .?\n0²–", max_size=2000))
def test_the_sentences_of_a_part_fill_it(text: str) -> None:
    for part in parts_of(text):
        said = "".join("".join(sentence.of(text).split()) for sentence in part.sentences)
        assert said == "".join(part.span.of(text).split())
