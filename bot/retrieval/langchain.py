"""Our search as a LangChain retriever, for other people's chains.

`LangChain` documents carry the passage as `page_content`; the metadata is what a citation needs.
"""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from bot.question.query import understand
from bot.reading import Reader
from bot.retrieval.ranking import rank
from bot.retrieval.search import HITS
from bot.types import Hit
from ingest.embedding import Encoder
from ingest.index import LiveIndex


class CouncilRetriever(BaseRetriever):
    """Search over a published index.

    Attributes:
        index: follows new generations by itself.
        encoder: the one that built the index.
        reader: ranks what is found.
        k: number of parts.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: LiveIndex
    encoder: Encoder
    reader: Reader
    k: int = HITS

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        with self.index.reader() as index:
            found = rank(query, (), understand(query), [index], self.encoder, self.reader, self.k)
            return [_as_langchain(hit) for hit in found.hits]


def _as_langchain(hit: Hit) -> LangChainDocument:
    metadata: dict[str, Any] = {
        "path": hit.document.path,
        "title": hit.document.title,
        "kind": str(hit.document.kind),
        "number": hit.document.number,
        "date": hit.document.date.isoformat() if hit.document.date else None,
        "url": hit.document.url,
        "agenda_item": hit.passage.agenda_item,
        "score": hit.score,
    }
    return LangChainDocument(id=hit.passage.passage_id, page_content=hit.passage.text, metadata=metadata)
