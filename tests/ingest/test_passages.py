from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.passages import PASSAGE_CHARS, TAIL_CHARS, passages
from ingest.types import Document, Section, SectionRole, Span
from tests.builders import a_document
from tests.ingest.structure.papers_of import understood


def _document(text: str, sections: tuple[Section, ...] = ()) -> Document:
    return a_document(text=text, sections=sections)


def _sections(*parts: tuple[str, SectionRole, str | None]) -> Document:
    """Build a document of parts: text, role, agenda item."""
    sections, text = [], ""
    for part, role, item in parts:
        span = Span(start=len(text), end=len(text) + len(part))
        sections.append(Section(role=role, heading=role.value, span=span, agenda_item=item))
        text += part
    return _document(text, tuple(sections))


def _cut_words(text: str, document: Document) -> list[str]:
    return [p.text for p in passages(document) if p.span.end < len(text) and not text[p.span.end].isspace()]


SENTENCE = "Die Verwaltung berichtet gem. § 34 Abs. 2 Nr. 5 z. B. am 3. Mai über ca. 3,5 Mio. Euro für Schulen. "


def test_a_short_paper_is_one_passage() -> None:
    (passage,) = passages(_document("  Kurz und gut. \n"))

    assert (passage.text, passage.ordinal) == ("Kurz und gut.", 0)


def test_an_empty_paper_has_none() -> None:
    assert passages(_document("")) == ()
    assert passages(_document(" \n\f\n ")) == ()


def test_paragraphs_are_kept_whole_while_they_fit() -> None:
    paragraph = SENTENCE * 5
    text = "\n\n".join(paragraph.strip() for _ in range(6))

    assert all(passage.text.startswith("Die Verwaltung") for passage in passages(_document(text)))
    assert all(passage.text.endswith("Schulen.") for passage in passages(_document(text)))


def test_a_long_paragraph_is_cut_where_sentences_end_and_nowhere_else() -> None:
    found = passages(_document(SENTENCE * 60))

    assert len(found) > 3
    assert all(passage.text.endswith("Schulen.") for passage in found)
    assert max(len(passage.text) for passage in found) <= PASSAGE_CHARS + TAIL_CHARS


def test_only_a_word_longer_than_a_passage_is_cut() -> None:
    text = "kurz " + "x" * (PASSAGE_CHARS * 2 + 10) + " kurz " + "wort " * 600
    found = passages(_document(text))

    assert max(len(passage.text) for passage in found) <= PASSAGE_CHARS + TAIL_CHARS
    assert all(set(cut) == {"x"} for cut in _cut_words(text, _document(text)))


def test_small_neighbours_share_a_passage_with_the_role_of_the_largest() -> None:
    document = _sections(
        ("Kopf\n\n", SectionRole.HEADER, None),
        ("Ein deutlich längerer Bericht als der Kopf.\n\n", SectionRole.REPORT, None),
        ("Schluss\n", SectionRole.CLOSING, None),
    )
    (passage,) = passages(document)

    assert (passage.role, passage.heading) == (SectionRole.REPORT, "report")


def test_the_first_of_two_equals_gives_the_role() -> None:
    document = _sections(("gleich\n", SectionRole.DECISION, None), ("gleich\n", SectionRole.VOTE, None))

    assert [passage.role for passage in passages(document)] == [SectionRole.DECISION]


def test_a_substantial_section_keeps_its_passages_to_itself() -> None:
    document = _sections((SENTENCE * 9 + "\n\n", SectionRole.REQUEST, None), (SENTENCE * 9, SectionRole.REASONS, None))

    assert [passage.role for passage in passages(document)] == [SectionRole.REQUEST, SectionRole.REASONS]


def test_two_agenda_items_are_never_mixed() -> None:
    document = _sections(
        ("Punkt 1: Obst.\n\n", SectionRole.HEADER, "1"),
        ("Ja.\n\n", SectionRole.DECISION, "1"),
        ("Punkt 2: Gemüse.\n\n", SectionRole.HEADER, "2"),
    )

    assert [passage.agenda_item for passage in passages(document)] == ["1", "2"]
    assert [passage.text for passage in passages(document)] == ["Punkt 1: Obst.\n\nJa.", "Punkt 2: Gemüse."]


def test_a_short_tail_joins_what_stands_before_it() -> None:
    text = "\n\n".join(["x" * 700, "y" * 690, "Ende."])

    assert [passage.text[-5:] for passage in passages(_document(text))] == ["Ende."]


def test_ids_depend_on_document_and_span_alone() -> None:
    first, again = passages(_document(SENTENCE * 40)), passages(_document(SENTENCE * 40))
    other = passages(a_document(text=SENTENCE * 40, document_id="e"))

    assert [p.passage_id for p in first] == [p.passage_id for p in again]
    assert {p.passage_id for p in first}.isdisjoint(p.passage_id for p in other)
    assert all(len(p.passage_id) == 16 for p in first)


@given(
    parts=st.lists(
        st.tuples(
            st.text(alphabet="ab Ä.§3\n\f-", max_size=900),
            st.sampled_from(list(SectionRole)),
            st.sampled_from([None, "1", "2"]),
        ),
        max_size=8,
    )
)
def test_every_visible_character_is_in_exactly_one_passage_in_order(
    parts: list[tuple[str, SectionRole, str | None]],
) -> None:
    document = _sections(*parts)
    found = passages(document)
    spans = [Span(start=0, end=0), *(p.span for p in found), Span(start=len(document.text), end=len(document.text))]

    for before, after in pairwise(spans):
        assert before.end <= after.start
        assert not document.text[before.end : after.start].strip()
    for ordinal, passage in enumerate(found):
        assert passage.text == passage.span.of(document.text) == passage.text.strip()
        assert passage.ordinal == ordinal


@pytest.mark.parametrize("text", ["Niederschrift\n" + SENTENCE * 50, "Antrag\nWir beantragen:\n1. " + SENTENCE * 30])
def test_an_understood_paper_is_cut_without_loss(text: str) -> None:
    document = understood(text)

    assert "".join("".join(p.text.split()) for p in passages(document)) == "".join(document.text.split())
