from __future__ import annotations

from pathlib import Path

from bot.retrieval.langchain import CouncilRetriever
from ingest.embedding import load_encoder
from ingest.index import LiveIndex


def test_other_peoples_chains_can_use_the_search(index_dir: Path) -> None:
    encoder = load_encoder("bundled")
    with LiveIndex(index_dir / "public", encoder) as index:
        found = CouncilRetriever(index=index, encoder=encoder, k=3).invoke("Was kostet die elektronische Akte?")

    assert len(found) == 3
    assert found[0].metadata["path"] == "vorlage-9202.html"
    assert "1,4 Mio. €" in found[0].page_content
