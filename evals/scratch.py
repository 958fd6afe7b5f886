"""A retrieval set in an index of its own, made as the product would: cleaned, understood, cut, tokenised, embedded.

Each item is one paper, as if it were a text file whose sidecar tells its title and nothing else. The index lies in a
folder that goes away.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from evals.beir import Item
from ingest.batches import batched
from ingest.clean import clean
from ingest.deriving import Deriver
from ingest.embedding import Encoder
from ingest.errors import UsageError
from ingest.index import IndexReader, open_index
from ingest.index.generation import Builder
from ingest.index.records import FileState, Shelved
from ingest.pipeline import fingerprint_of
from ingest.sidecar import Sidecar
from ingest.structure import understand
from ingest.types import Document, Extraction, Visibility

BATCH: Final = 256
"""Papers at once: some 3,000 passages, 20 MB with their vectors."""

_NO_FILE: Final = FileState(size=0, mtime_ns=0, file_hash="")


@contextmanager
def scratch_index(items: Iterable[Item], encoder: Encoder) -> Iterator[IndexReader]:
    """Index items, streaming, and open the index for the length of the block; a paper's id is its item's.

    Raises:
        UsageError: two items have the same id, or there are none.
    """
    with tempfile.TemporaryDirectory(prefix="ratslotse-evals-") as folder:
        root = Path(folder) / Visibility.PUBLIC
        builder = Builder(root, fingerprint_of(encoder), None)
        deriver = Deriver(encoder, lambda _: {})
        seen: set[str] = set()
        for batch in batched(items, BATCH):
            _check(batch, seen)
            builder.put(deriver.entries([(_document(item), _origin(item)) for item in batch]))
        if not seen:
            raise UsageError("Das Korpus enthält keine Dokumente.", "Erwartet wird ein Dokument je Zeile.")
        builder.publish(run="evals")
        with closing(open_index(root, encoder)) as reader:
            yield reader


def _check(batch: Sequence[Item], seen: set[str]) -> None:
    for item in batch:
        if item.id in seen:
            raise UsageError(f"Das Dokument „{item.id}“ gibt es zweimal.", "Kennungen müssen eindeutig sein.")
        seen.add(item.id)


def _document(item: Item) -> Document:
    understood = understand(
        document_id=item.id,
        path=item.id,
        root="",
        extraction=Extraction(pages=(item.text,), paged=False, reader="beir"),
        source=item.text,
        cleaned=clean(item.text),
        pages=(),
        sidecar=Sidecar(title=item.title or None),
    )
    # A set's empty title says that there is none; one made of the file's name or first line would be noise here.
    return replace(understood, title=item.title)


def _origin(item: Item) -> Shelved:
    return Shelved(
        document_id=item.id,
        root="",
        relative=item.id,
        path=item.id,
        visibility=Visibility.PUBLIC,
        state=_NO_FILE,
        page_count=0,
        passage_count=0,
    )
