"""Long answers in pieces: whole, in order, and never cut inside a tag."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.formatting import LIMIT, LINE, Block, Run, Style, block, bold, italic, messages, units
from tests.bot.telegram.entities import parse_html
from tests.bot.telegram.entities import units as counted

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\r"), max_size=60)
RUNS = st.builds(Run, text=TEXTS, style=st.sampled_from(Style))
BLOCKS = st.lists(st.builds(Block, runs=st.lists(RUNS, max_size=4).map(tuple), gap=st.sampled_from(["\n", "\n\n"])))


@given(BLOCKS, st.integers(min_value=8, max_value=80))
def test_every_message_fits_and_its_html_shows_its_plain_text(blocks: list[Block], limit: int) -> None:
    for message in messages(blocks, limit):
        shown = parse_html(message.html).text
        assert shown == message.plain
        assert counted(shown) <= limit
        assert shown.strip()


@given(BLOCKS, st.integers(min_value=8, max_value=80))
def test_nothing_but_white_space_is_lost(blocks: list[Block], limit: int) -> None:
    given_text = "".join(run.text for piece in blocks for run in piece.runs)
    kept = "".join(message.plain for message in messages(blocks, limit))
    assert "".join(kept.split()) == "".join(given_text.split())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("a" * LIMIT, 1, id="as long as may be"),
        pytest.param("a" * (LIMIT + 1), 2, id="one letter too long"),
        pytest.param("𝔘" * (LIMIT // 2), 1, id="two units a letter: just fits"),
        pytest.param("𝔘" * (LIMIT // 2 + 1), 2, id="two units a letter: one too many"),
        pytest.param("<b>&amp;" * 512, 1, id="what looks like a tag is text, and written longer than it is shown"),
        pytest.param(" \n ", 0, id="nothing to see is nothing to send"),
    ],
)
def test_the_limit_counts_what_is_shown_in_utf_16_units(text: str, number: int) -> None:
    parts = messages([block(text)])

    assert len(parts) == number
    assert all(units(part.plain) <= LIMIT for part in parts)


def test_messages_break_between_paragraphs_before_they_break_within_one() -> None:
    parts = messages([block("a" * 30), block("b" * 30), block("c" * 30)], 70)

    assert [part.plain for part in parts] == ["a" * 30 + "\n\n" + "b" * 30, "c" * 30]


def test_a_paragraph_too_long_breaks_after_a_sentence() -> None:
    parts = messages([block("Der Rat beschließt. Die Verwaltung berichtet.")], 30)

    assert [part.plain for part in parts] == ["Der Rat beschließt. ", "Die Verwaltung berichtet."]


def test_a_style_goes_on_after_a_break() -> None:
    parts = messages([block(bold("eins zwei drei vier"), gap=LINE)], 10)

    assert all(part.html.startswith("<b>") and part.html.endswith("</b>") for part in parts)
    assert len(parts) == 2


def test_marks_in_papers_are_text() -> None:
    (part,) = messages([block(italic("<script> & „Co“"))])

    assert part.html == "<i>&lt;script&gt; &amp; „Co“</i>"
