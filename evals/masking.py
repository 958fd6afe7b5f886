"""An index as it would be if nothing tied papers together: without procedures, numbers and references.

Many cities' papers come so. What is left is words: titles, subjects, repeated questions.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace

from evals.scratch import index_of
from ingest.embedding import Encoder
from ingest.index import IndexReader
from ingest.types import Document


def masked(index: IndexReader, encoder: Encoder) -> AbstractContextManager[IndexReader]:
    """Index the papers of an index anew without what ties them, for the length of the block."""
    return index_of((_untied(index.document(header.document_id)) for header in index.all_headers()), encoder)


def _untied(document: Document) -> Document:
    return replace(document, procedure=None, number=None, references=())
