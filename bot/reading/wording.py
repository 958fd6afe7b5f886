"""How a question and a part of a paper are put before the reader: the same words when it learns and when it reads.

A part alone does not say what it is about, so its paper's title and its heading, kind and date stand in front.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.index import DocumentHeader
from ingest.types import Kind

TITLE_CHARS = 110
HEADING_CHARS = 80
SUBJECT_CHARS = 70

_KINDS = {Kind.MOTION: "Antrag", Kind.PROTOCOL: "Protokoll", Kind.REPORT: "Stellungnahme", Kind.OTHER: "Papier"}


def worded_question(question: str, context: Sequence[str]) -> str:
    """Return what the reader is asked.

    Args:
        question: as typed.
        context: the earlier questions it leans on, oldest first; the last one counts.
    """
    return " ".join(("query:", *context[-1:], question))


def worded_point(motion: str, point: str) -> str:
    """Return what the reader is asked about a point of a motion: the motion's subject, then the point."""
    return f"query: {_cut(motion, SUBJECT_CHARS)}: {' '.join(point.split())}"


def worded_head(document: DocumentHeader, heading: str) -> str:
    """Return what stands in front of a part's text."""
    title = _cut(document.title, TITLE_CHARS)
    about = _cut(heading, HEADING_CHARS)
    named = title if not about or about.casefold() in title.casefold() else f"{title}, {about}"
    month = f", {document.date:%Y-%m}" if document.date else ""
    return f"passage: {named} ({_KINDS[document.kind]}{month}): "


def _cut(text: str, limit: int) -> str:
    """Cut after a whole word."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit + 1].rpartition(" ")[0]
