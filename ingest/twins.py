"""Papers of the same text in both roots of an index: which must move so that none is public and non-public at once.

Must not know how papers are read or written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.types import Document, Ground, Visibility
from ingest.visibility.deciding import is_twin_warning, twin_warning


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A paper as it will be in the index.

    Attributes:
        text_key: see `ingest.visibility.text_keys`.
    """

    document_id: str
    path: str
    visibility: Visibility
    ground: Ground
    text_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A paper that must change sides, or whose reason to be non-public has another name now.

    Attributes:
        other: path of the non-public paper of the same text; empty where there is none any more.
    """

    paper: Placement
    other: str


def moves(papers: Iterable[Placement]) -> tuple[Move, ...]:
    """Return what must move, by path; a paper that is non-public for a reason of its own hides all of its text."""
    papers = sorted((paper for paper in papers if paper.text_key), key=lambda paper: (paper.path, paper.document_id))
    hiding: dict[str, str] = {}
    for paper in papers:
        if paper.visibility is Visibility.NONPUBLIC and paper.ground is not Ground.TWIN:
            hiding.setdefault(paper.text_key, paper.path)
    return tuple(
        Move(paper=paper, other=hiding.get(paper.text_key, ""))
        for paper in papers
        if paper.ground is Ground.TWIN or (paper.visibility is Visibility.PUBLIC and paper.text_key in hiding)
    )


def moved(document: Document, other: str) -> Document:
    """Return a paper as it is beside a non-public one of the same text, or again without one.

    Args:
        document: public of itself.
        other: path of the non-public one; empty if there is none.
    """
    warnings = tuple(sentence for sentence in document.warnings if not is_twin_warning(sentence))
    if not other:
        return replace(document, visibility=Visibility.PUBLIC, ground=Ground.NOTHING, warnings=warnings)
    return replace(
        document,
        visibility=Visibility.NONPUBLIC,
        ground=Ground.TWIN,
        warnings=(*warnings, twin_warning(document.path, other)),
    )
