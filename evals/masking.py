"""An index as it would be if nothing tied papers together: without procedures, numbers and references.

Many cities' papers come so. What is left is words: titles, subjects, repeated questions.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from ingest.batches import batched
from ingest.deriving import Deriver
from ingest.embedding import Encoder
from ingest.index import IndexReader, open_index
from ingest.index.generation import Builder
from ingest.index.records import FileState, Shelved
from ingest.pipeline import fingerprint_of
from ingest.types import Document, Visibility

BATCH: Final = 256
_NO_FILE: Final = FileState(size=0, mtime_ns=0, file_hash="")


@contextmanager
def masked(index: IndexReader, encoder: Encoder) -> Iterator[IndexReader]:
    """Index the papers of an index anew without what ties them, for the length of the block."""
    with tempfile.TemporaryDirectory(prefix="ratslotse-evals-") as folder:
        root = Path(folder) / Visibility.PUBLIC
        builder = Builder(root, fingerprint_of(encoder), None)
        deriver = Deriver(encoder, lambda _: {})
        documents = (_untied(index.document(header.document_id)) for header in index.all_headers())
        for batch in batched(documents, BATCH):
            builder.put(deriver.entries([(document, _origin(document)) for document in batch]))
        builder.publish(run="evals")
        with closing(open_index(root, encoder)) as reader:
            yield reader


def _untied(document: Document) -> Document:
    return replace(document, procedure=None, number=None, references=())


def _origin(document: Document) -> Shelved:
    return Shelved(
        document_id=document.document_id,
        root="",
        relative=document.path,
        path=document.path,
        visibility=Visibility.PUBLIC,
        state=_NO_FILE,
        page_count=0,
        passage_count=0,
    )
