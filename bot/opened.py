"""What is open for one question: papers, pages, sections and counts over whatever indexes hold them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.retrieval.search import paged
from bot.types import Citation, Hit, Searched
from ingest.index import IndexReader
from ingest.types import Document, Section


def searched_in(readers: Sequence[IndexReader]) -> Searched:
    """Say how many papers are open, and how new they are."""
    manifests = [reader.manifest for reader in readers]
    return Searched(
        documents=sum(manifest.document_count for manifest in manifests),
        until=max((manifest.corpus_date for manifest in manifests if manifest.corpus_date), default=None),
    )


def index_name(readers: Sequence[IndexReader]) -> str:
    """Name what is published under the roots that are open."""
    return "+".join(reader.manifest.content_hash[:16] for reader in readers)


def paged_hits(hits: Sequence[Hit], readers: Sequence[IndexReader]) -> list[Hit]:
    """Say on which page each part begins, whichever index holds it."""
    pages = {hit.passage.passage_id: hit for reader in readers for hit in paged(hits, reader)}
    return [pages[hit.passage.passage_id] for hit in hits]


def cited_hits(citations: Sequence[Citation], readers: Sequence[IndexReader]) -> tuple[Hit, ...]:
    """Return the passages that quotes stand in, in the order of the quotes, each once."""
    found: dict[str, Hit] = {}
    for citation in citations:
        for reader in readers:
            header = reader.headers([citation.document_id]).get(citation.document_id)
            for passage in reader.passages_of(citation.document_id) if header else ():
                if header and passage.span.start <= citation.span.start < passage.span.end:
                    hit = Hit(passage=passage, document=header, score=1.0, bm25=0.0, cosine=0.0)
                    found.setdefault(passage.passage_id, hit)
    return tuple(found.values())


def sections_of(hits: Sequence[Hit], readers: Sequence[IndexReader]) -> dict[str, tuple[Section, ...]]:
    """Return the sections of the papers found, by document id."""
    documents = [hit.passage.document_id for hit in hits]
    return {name: sections for reader in readers for name, sections in reader.sections(documents).items()}


class Papers:
    """Looks a paper up in whichever index holds it, once."""

    def __init__(self, readers: Sequence[IndexReader]) -> None:
        self._readers = readers
        self._known: dict[str, Document] = {}

    def __call__(self, document_id: str) -> Document:
        """Return a paper."""
        if document_id not in self._known:
            reader = next(reader for reader in self._readers if reader.headers([document_id]))
            self._known[document_id] = reader.document(document_id)
        return self._known[document_id]
