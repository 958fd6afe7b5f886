"""Papers' texts from the index that was asked, for those who have no folder of texts at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from evals.texts import paper_name
from ingest.embedding import load_encoder
from ingest.index import DocumentHeader, open_index
from ingest.types import Document, Visibility


class Shelf(Protocol):
    """The part of an index that holds papers."""

    def all_headers(self) -> Sequence[DocumentHeader]:
        """Return the headers of all papers, by path."""

    def document(self, document_id: str) -> Document:
        """Return the whole paper."""


class IndexTexts:
    """Texts of an index as their reader gave them; of two papers with one name the first by path counts."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._ids = {paper_name(header.path): header.document_id for header in reversed(shelf.all_headers())}

    def text(self, name: str) -> str | None:
        """Return a paper's text; see `evals.texts.Texts`."""
        document_id = self._ids.get(name)
        return None if document_id is None else self._shelf.document(document_id).source


@contextmanager
def open_texts(index_dir: Path, encoder_name: str) -> Iterator[IndexTexts]:
    """Open the public index for its texts.

    Raises:
        EncoderUnavailable: the encoder cannot be loaded.
        IndexMissing, IndexMismatch, IndexDamaged: it cannot be opened.
    """
    with closing(open_index(index_dir / Visibility.PUBLIC, load_encoder(encoder_name))) as reader:
        yield IndexTexts(reader)
