"""Whatever a model writes: no citation without a paper, no quote that is not in it, no number without a source.

`make outputs` tries 10,000 random outputs; by default 300. They are made of what is dangerous: true sentences with
something changed, true quotes under wrong numbers, half a quote, two halves, invented ones.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from bot.answering.composed import Composed, compose
from bot.answering.prompt import Draft, DraftStatement, Quote
from bot.app import build
from bot.types import Hit, Question
from ingest.embedding import load_encoder
from ingest.index import IndexReader, LiveIndex
from ingest.sentences import sentences
from tests.bot.writers import RuleWriter, drafts

OUTPUTS = int(os.environ.get("RATSLOTSE_MODEL_OUTPUTS", "300"))

WORDS = {"zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zwanzig": 20}
"""Number words of the small town's papers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """What the model is given, and where it can be looked up."""

    hits: tuple[Hit, ...]
    reader: IndexReader
    lines: tuple[tuple[int, str], ...]


@pytest.fixture(scope="module")
def town(index_dir: Path) -> Iterator[Town]:
    ratslotse = build(index_dir=index_dir, encoder_name="bundled")
    hits = ratslotse.ask(Question(text="Was ist über Stellen, Termine, Geodaten, Akte und Kosten bekannt?")).hits[:8]
    lines = [
        (n, " ".join(span.of(hit.passage.text).split()))
        for n, hit in enumerate(hits, start=1)
        for span in sentences(hit.passage.text)
    ]
    with LiveIndex(index_dir / "public", load_encoder("bundled")).reader() as reader:
        yield Town(hits=hits, reader=reader, lines=tuple(lines))


def changed(draw: st.DrawFn, text: str) -> str:
    """Change a sentence the way a model that makes things up would, or not at all."""
    words = text.split()
    match draw(st.integers(0, 11)):
        case 0:
            return re.sub(r"\d+", lambda _: str(draw(st.integers(0, 10**6))), text)
        case 1:
            return re.sub(r"\d(?=\d)", "", text)
        case 2:
            return " ".join(draw(st.permutations(words)))
        case 3:
            return " ".join(words[draw(st.integers(0, len(words))) :])
        case 4:
            return " ".join(words[: draw(st.integers(0, len(words)))]) + "."
        case 5:
            return text.rstrip(".") + draw(st.sampled_from([" bis 2031.", " (77 %).", " am 3. Mai 2031.", " [7]."]))
        case 6:
            place = draw(st.integers(0, len(words)))
            return " ".join([*words[:place], draw(st.text(max_size=8)), *words[place:]])
        case 7:
            return text.replace("nicht ", "").replace("un", "")
        case _:
            return text


@st.composite
def a_quote(draw: st.DrawFn, lines: tuple[tuple[int, str], ...]) -> Quote:
    n, line = draw(st.sampled_from(lines))
    match draw(st.integers(0, 7)):
        case 0:
            line = changed(draw, line)
        case 1:
            n = draw(st.integers(-2, 12))
        case 2:
            start = draw(st.integers(0, len(line)))
            line = line[start : start + draw(st.integers(0, 60))]
        case 3:
            line = line + " " + draw(st.sampled_from(lines))[1]
        case 4:
            line = draw(st.text(max_size=40))
    return Quote(source=n, quote=line)


@st.composite
def a_statement(draw: st.DrawFn, lines: tuple[tuple[int, str], ...]) -> DraftStatement:
    n, line = draw(st.sampled_from(lines))
    quotes = draw(st.lists(a_quote(lines), max_size=3))
    if draw(st.booleans()):
        quotes.insert(0, Quote(source=n, quote=line))
    text = draw(st.text(max_size=60)) if draw(st.integers(0, 9)) == 0 else changed(draw, line)
    return DraftStatement(text=text, quotes=quotes)


def folded(text: str) -> str:
    """Fold as the contract says, written anew: NFC; white space, hyphens, soft hyphens dropped; lower case."""
    return re.sub(r"[\s\-\u00ad\u2010\u2011\ufffe]+", "", unicodedata.normalize("NFC", text)).lower()


def numbers(text: str) -> set[int]:
    digits = {int(run) for run in re.findall(r"\d+", text)}
    return digits | {value for word, value in WORDS.items() if re.search(rf"\b{word}\b", text, re.IGNORECASE)}


def check(result: Composed, town: Town) -> None:
    """Fail on what must never be shown, by means of its own."""
    by_number = {citation.n: citation for citation in result.citations}
    assert list(by_number) == list(range(1, len(result.citations) + 1))
    for citation in result.citations:
        paper = town.reader.document(citation.document_id)
        assert paper.path == citation.path
        assert folded(citation.quote) in folded(paper.source), citation.quote
        assert folded(citation.span.of(paper.text)) == folded(citation.quote)
        assert citation.page == paper.page_of(citation.span)
    for statement in result.statements:
        assert statement.citations
        quotes = " ".join(by_number[n].quote for n in statement.citations)
        assert numbers(statement.text) <= numbers(quotes), (statement.text, quotes)


@pytest.mark.timeout(1800)
def test_whatever_a_model_writes_is_shown_only_with_its_source(town: Town) -> None:
    shown = 0

    @settings(max_examples=OUTPUTS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(first=st.lists(a_statement(town.lines), max_size=5), second=st.lists(a_statement(town.lines), max_size=5))
    def outputs(first: list[DraftStatement], second: list[DraftStatement]) -> None:
        nonlocal shown
        writer = RuleWriter(drafts(*(Draft(answerable=True, statements=one) for one in (first, second))))
        result = compose("Was ist bekannt?", (), town.hits, town.reader.document, writer)
        event(type(result).__name__)
        if isinstance(result, Composed):
            shown += 1
            check(result, town)

    outputs()
    assert shown >= OUTPUTS / 20, "where nothing passes, nothing is proven"


def test_this_test_s_own_eyes_see_what_is_wrong(town: Town) -> None:
    n, line = next((n, line) for n, line in town.lines if "31 Stellen" in line)
    draft = Draft(answerable=True, statements=[DraftStatement(text=line, quotes=[Quote(source=n, quote=line)])])
    good = compose("?", (), town.hits, town.reader.document, RuleWriter(drafts(draft)))
    assert isinstance(good, Composed)
    check(good, town)

    statement, citation = good.statements[0], good.citations[0]
    for broken in (
        replace(good, statements=(replace(statement, text="Es sind 32."),)),
        replace(good, statements=(replace(statement, citations=()),)),
        replace(good, citations=(replace(citation, quote="steht nirgends"),)),
        replace(good, citations=(replace(citation, n=2),)),
    ):
        with pytest.raises((AssertionError, KeyError)):
            check(broken, town)
