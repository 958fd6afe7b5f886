"""From the papers of an index to its matters, once a generation."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Iterable, Sequence
from typing import Final

from bot.matters.types import Matter
from bot.question.types import Form
from ingest.factions import factions_in
from ingest.german import search_tokens
from ingest.index import DocumentHeader, IndexReader
from ingest.references import number_key
from ingest.types import Kind

KEPT: Final = 4
"""Generations whose matters are remembered: of two roots, put together and singly."""

_TYPES: Final = (
    (Form.AMENDMENT, re.compile(r"\b(?:änderungs|ergänzungs|zusatz)\S*antr[aä]g|\bänderungs-/", re.IGNORECASE)),
    (Form.MOTION, re.compile(r"(?<!\w)(?:\w+(?:er|es|ige)\s)?(?:\w+-?)?antr[aä]ge?\b", re.IGNORECASE)),
    (Form.INQUIRY, re.compile(r"\b\w*anfragen?\b", re.IGNORECASE)),
    (Form.PROTOCOL, re.compile(r"niederschrift|protokoll", re.IGNORECASE)),
    (Form.PROPOSAL, re.compile(r"vorlage|drucksache|\bGRDrs\b", re.IGNORECASE)),
    (Form.REPORT, re.compile(r"stellungnahme|\bbericht\b", re.IGNORECASE)),
)
_MOVED: Final = (Form.MOTION, Form.AMENDMENT, Form.INQUIRY)
_TITLED = re.compile(
    r"(?:^|[:.]\s+|[-–]\s+)(?:(?:Gemeinsamer?|Interfraktionelle[rn]?)\s+)?(?P<form>(?:Änderungs|Ergänzungs|Zusatz|Dringlichkeits)?-?"
    r"(?:Antrag|Anfrage|antrag))\b(?!\s+auf\b)(?P<by>[^:]*)"
)
_PERSON = re.compile(r"\bSt(?:adt)?[rR](?:[aä]t(?:in(?:nen)?)?|in|n)?\b\.?")
_BY_KIND: Final = {
    Kind.MOTION: Form.MOTION,
    Kind.PROTOCOL: Form.PROTOCOL,
    Kind.REPORT: Form.REPORT,
    Kind.OTHER: Form.PAPER,
}


class Register:
    """The matters of the indexes that are open, worked out once a generation. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[tuple[str, bool], tuple[Matter, ...]] = {}

    def matters(self, index: IndexReader, form: Form) -> tuple[Matter, ...]:
        """Return the matters of an index; where minutes or just papers are asked for, each paper by itself."""
        singly = form in (Form.PROTOCOL, Form.PAPER)
        name = (index.manifest.content_hash, singly)
        with self._lock:
            if name not in self._known:
                papers = index.all_headers()
                self._known[name] = tuple(map(_alone, papers)) if singly else matters_of(papers)
                for older in list(self._known)[:-KEPT]:
                    del self._known[older]
            return self._known[name]


def _alone(paper: DocumentHeader) -> Matter:
    return _matter(paper.document_id, [paper], paper)


def matters_of(papers: Iterable[DocumentHeader]) -> tuple[Matter, ...]:
    """Put papers together to matters, in the order of their opening papers' paths."""
    groups: dict[str, list[DocumentHeader]] = {}
    for paper in papers:
        groups.setdefault(_key(paper), []).append(paper)
    found = [matter for key, group in groups.items() for matter in _parted(key, group)]
    return tuple(sorted(found, key=lambda matter: matter.opening.path))


def _key(paper: DocumentHeader) -> str:
    """Return what papers of one matter share: the procedure, else number and kind, else nothing."""
    if paper.procedure:
        return f"procedure {paper.procedure}"
    return f"{paper.kind} {number_key(paper.number)}" if paper.number else f"paper {paper.document_id}"


def _parted(key: str, group: Sequence[DocumentHeader]) -> list[Matter]:
    """Part a procedure that ties several motions together: each is a matter, and what answers belongs to all.

    Where the council's system gives every file the type of its matter, the procedure is one matter.
    """
    papers = sorted(group, key=lambda paper: (paper.date or dt.date.max, paper.path))
    types = {paper.paper_type for paper in papers}
    moved = [paper for paper in papers if paper.kind is Kind.MOTION]
    openings = list({_identity(paper): paper for paper in reversed(moved)}.values())[::-1]
    if (len(types) == 1 and types != {None}) or len(openings) <= 1:
        return [_matter(key, papers, _opening(papers))]
    others = [paper for paper in papers if paper.kind is not Kind.MOTION]
    return [
        _matter(
            f"{key} {_identity(opening)}",
            sorted(
                [paper for paper in moved if _identity(paper) == _identity(opening)] + others,
                key=lambda paper: (paper.date or dt.date.max, paper.path),
            ),
            opening,
        )
        for opening in openings
    ]


def _identity(paper: DocumentHeader) -> str:
    return number_key(paper.number) if paper.number else paper.title.casefold()


def _opening(papers: Sequence[DocumentHeader]) -> DocumentHeader:
    """Return the motion, else the Vorlage, else the oldest paper."""
    order = {Kind.MOTION: 0, Kind.REPORT: 1, Kind.OTHER: 2, Kind.PROTOCOL: 3}
    return min(papers, key=lambda paper: (order[paper.kind], paper.date or dt.date.max, paper.path))


def _matter(key: str, papers: Sequence[DocumentHeader], opening: DocumentHeader) -> Matter:
    titled = _TITLED.search(opening.title)
    form = _form(opening, papers, titled)
    factions: tuple[str, ...] = ()
    if form in _MOVED:
        said = opening.factions or (factions_in(titled["by"]) if titled else ())
        factions = said or tuple(dict.fromkeys(name for paper in papers for name in _movers(paper)))
    titles = {paper.title for paper in papers if paper.kind is not Kind.PROTOCOL} or {opening.title}
    return Matter(
        key=key,
        form=form,
        opening=opening,
        papers=tuple(papers),
        factions=factions,
        signatories=tuple(name for name in opening.signatories if name not in opening.title) if form in _MOVED else (),
        bodies=tuple(dict.fromkeys(body for paper in papers for body in bodies_of(paper))),
        words=frozenset(token for title in titles for token in search_tokens(title)),
    )


def _movers(paper: DocumentHeader) -> tuple[str, ...]:
    return () if paper.kind is Kind.PROTOCOL else paper.factions


def bodies_of(paper: DocumentHeader) -> tuple[str, ...]:
    """Return the committees that a paper names as its own: "Verwaltungsausschuss, Gemeinderat" are two."""
    if not paper.body:
        return ()
    return tuple(
        part.strip() for part in re.split(r",\s+(?=[A-ZÄÖÜ]\S*(?:aussch|rat\b|beirat))", paper.body) if part.strip()
    )


def _form(opening: DocumentHeader, papers: Sequence[DocumentHeader], titled: re.Match[str] | None) -> Form:
    """Return what a matter is: by its type, by its title where it names who moves it, else by its kind.

    Older systems call every paper a Vorlage; "Antrag SPD: …" is a motion all the same.
    """
    named = opening.paper_type or ""
    if len(papers) == 1 and opening.kind is Kind.PROTOCOL:
        return Form.PROTOCOL
    by_type = next((form for form, pattern in _TYPES if pattern.search(named)), None)
    if by_type in _MOVED:
        return by_type
    if titled and (opening.kind is Kind.MOTION or factions_in(titled["by"]) or _PERSON.search(titled["by"])):
        return next(form for form, pattern in _TYPES if pattern.search(titled["form"]))
    if by_type is not None:
        return by_type
    if opening.kind is Kind.MOTION:
        said = f"{opening.title} {opening.path.rpartition('/')[2]}"
        return next((form for form in (Form.AMENDMENT, Form.INQUIRY) if dict(_TYPES)[form].search(said)), Form.MOTION)
    if opening.kind is Kind.REPORT and not named:
        said = f"{opening.title} {opening.number or ''} {opening.path.rpartition('/')[2]}"
        return Form.PROPOSAL if dict(_TYPES)[Form.PROPOSAL].search(said) else Form.REPORT
    if opening.kind is Kind.OTHER and any(paper.kind is Kind.REPORT for paper in papers):
        return Form.PROPOSAL
    return _BY_KIND[opening.kind]
