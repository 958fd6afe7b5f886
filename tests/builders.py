"""Small papers for tests; every builder takes what matters as keywords."""

from __future__ import annotations

from ingest.types import Document, Kind, OffsetMap, Page, Span, Visibility


def a_document(**changes: object) -> Document:
    """Build a two-page paper; keywords replace its fields."""
    values: dict[str, object] = {
        "document_id": "d",
        "path": "a.pdf",
        "root": "/corpus",
        "title": "Titel",
        "kind": Kind.REPORT,
        "visibility": Visibility.PUBLIC,
        "text": "eins zwei",
        "source": "eins\fzwei",
        "offsets": OffsetMap(cleaned=(0,), source=(0,), source_length=9),
        "pages": (
            Page(number=1, span=Span(start=0, end=4), quality=1.0),
            Page(number=2, span=Span(start=5, end=9), quality=1.0),
        ),
        "paged": True,
        "reader": "test",
    }
    return Document(**(values | changes))  # type: ignore[arg-type]
