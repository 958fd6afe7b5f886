from __future__ import annotations

from pathlib import Path

import pytest

from bot.question.query import understand
from bot.reading import load_reader
from bot.retrieval import search
from bot.retrieval.langchain import CouncilRetriever
from ingest.embedding import load_encoder
from ingest.index import LiveIndex


def test_other_peoples_chains_can_use_the_search(index_dir: Path) -> None:
    encoder = load_encoder("bundled")
    with LiveIndex(index_dir / "public", encoder) as index:
        retriever = CouncilRetriever(index=index, encoder=encoder, reader=load_reader("none"), k=3)
        found = retriever.invoke("Was kostet die elektronische Akte?")

    assert len(found) == 3
    assert found[0].metadata["path"] == "vorlage-9202.html"
    assert "1,4 Mio. €" in found[0].page_content


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("asdf qwer", "no word that any paper knows, whatever its letters resemble"),
        ("1 2 3 4", "nothing to look for"),
        ("0999/1999", "a number that no paper bears, and no word"),
    ],
)
def test_junk_finds_nothing(index_dir: Path, question: str, reason: str) -> None:
    encoder = load_encoder("bundled")
    with LiveIndex(index_dir / "public", encoder) as index, index.reader() as reader:
        assert search(understand(question), reader, encoder).hits == (), reason


def test_a_paper_named_by_its_number_stands_first_with_those_of_its_matter_behind(index_dir: Path) -> None:
    encoder = load_encoder("bundled")
    with LiveIndex(index_dir / "public", encoder) as index, index.reader() as reader:
        hits = search(understand("Was kostet laut 9202/2022 die Zulage in den Bürgerbüros?"), reader, encoder).hits

    assert hits[0].document.path == "vorlage-9202.html"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_no_stretch_is_shown_twice_and_each_is_verbatim(index_dir: Path) -> None:
    encoder = load_encoder("bundled")
    with LiveIndex(index_dir / "public", encoder) as index, index.reader() as reader:
        hits = search(understand("Stellen und Termine in den Bürgerbüros"), reader, encoder).hits
        texts = {hit.passage.document_id: reader.document(hit.passage.document_id).text for hit in hits}

    assert len({hit.passage.passage_id for hit in hits}) == len(hits)
    assert all(hit.passage.span.of(texts[hit.passage.document_id]) == hit.passage.text for hit in hits)
