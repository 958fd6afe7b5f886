"""Builders for papers in tests: a text becomes a document without reader and without cleaning."""

from __future__ import annotations

from pathlib import PurePosixPath

from ingest.extraction import Extraction
from ingest.sidecar import Sidecar
from ingest.structure import understand
from ingest.types import Cleaned, Document, OffsetMap, Page, Span
from ingest.visibility.deciding import Clues, decide


def understood(text: str, *, path: str = "papier.txt", sidecar: Sidecar | None = None, declared: str = "") -> Document:
    """Understand a text as it stands, as if cleaning had found nothing to repair; `declared` is its file's title."""
    evidence = Clues(
        path=path,
        folders=PurePosixPath(path).parent.parts,
        name=PurePosixPath(path).name,
        sidecar=sidecar or Sidecar(),
        pages=(text,),
    )
    return understand(
        document_id="0123456789abcdef",
        path=path,
        root="/wurzel",
        extraction=Extraction(pages=(text,), paged=False, reader="test", declared_title=declared),
        source=text,
        cleaned=Cleaned(text=text, offsets=OffsetMap(source_length=len(text))),
        pages=(Page(number=1, span=Span(start=0, end=len(text)), quality=1.0),),
        sidecar=sidecar or Sidecar(),
        verdict=decide(evidence),
    )
