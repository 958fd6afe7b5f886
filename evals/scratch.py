"""An index for the length of a measurement, made as the product would: cut, tokenised, embedded.

It lies in a folder that goes away. A retrieval set's item becomes one paper, cleaned and understood as if it were a
text file whose sidecar tells its title and nothing else.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from evals.beir import Item
from ingest.batches import batched
from ingest.clean import clean
from ingest.deriving import Deriver
from ingest.embedding import Encoder
from ingest.errors import UsageError
from ingest.extraction import Extraction
from ingest.index import IndexReader, open_index
from ingest.index.generation import Builder
from ingest.index.records import FileState, Shelved
from ingest.pipeline import fingerprint_of
from ingest.sidecar import Sidecar
from ingest.structure import understand
from ingest.types import Document, Visibility
from ingest.visibility.deciding import EVERYBODY

BATCH: Final = 256
"""Papers at once: some 3,000 passages, 20 MB with their vectors."""

_NO_FILE: Final = FileState(size=0, mtime_ns=0, file_hash="")


@contextmanager
def index_of(papers: Iterable[Document], encoder: Encoder) -> Iterator[IndexReader]:
    """Index public papers, streaming, and open the index for the length of the block."""
    with tempfile.TemporaryDirectory(prefix="ratslotse-evals-") as folder:
        root = Path(folder) / Visibility.PUBLIC
        builder = Builder(root, fingerprint_of(encoder), None)
        deriver = Deriver(encoder, lambda _: {})
        for batch in batched(papers, BATCH):
            builder.put(deriver.entries([(paper, _origin(paper)) for paper in batch]))
        builder.publish(run="evals")
        with closing(open_index(root, encoder)) as reader:
            yield reader


def scratch_index(items: Iterable[Item], encoder: Encoder) -> AbstractContextManager[IndexReader]:
    """Index items, streaming, and open the index for the length of the block; a paper's id is its item's.

    Raises:
        UsageError: on entering the block: two items have the same id, or there are none.
    """
    return index_of(_papers(items), encoder)


def _papers(items: Iterable[Item]) -> Iterator[Document]:
    seen: set[str] = set()
    for item in items:
        if item.id in seen:
            raise UsageError(f"Das Dokument „{item.id}“ gibt es zweimal.", "Kennungen müssen eindeutig sein.")
        seen.add(item.id)
        yield _paper(item)
    if not seen:
        raise UsageError("Das Korpus enthält keine Dokumente.", "Erwartet wird ein Dokument je Zeile.")


def _paper(item: Item) -> Document:
    understood = understand(
        document_id=item.id,
        path=item.id,
        root="",
        extraction=Extraction(pages=(item.text,), paged=False, reader="beir"),
        source=item.text,
        cleaned=clean(item.text),
        pages=(),
        sidecar=Sidecar(title=item.title or None),
        verdict=EVERYBODY,
    )
    # A set's empty title says that there is none; one made of the file's name or first line would be noise here.
    return replace(understood, title=item.title)


def _origin(paper: Document) -> Shelved:
    """Say of a paper that no file of it is there."""
    return Shelved(
        document_id=paper.document_id,
        root="",
        relative=paper.path,
        path=paper.path,
        visibility=Visibility.PUBLIC,
        state=_NO_FILE,
        page_count=0,
        passage_count=0,
    )
