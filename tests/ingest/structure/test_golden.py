"""Made-up papers in all true forms, each with what was understood of it in readable form beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.types import Document
from tests.ingest.structure.papers_of import understood

PAPERS = sorted((Path(__file__).parent / "papers").glob("*.txt"))


def _shown(document: Document) -> str:
    """Write a document as staff would want to read it."""
    rows = [
        f"Art: {document.kind} ({document.paper_type or '-'})",
        f"Nummer: {document.number or '-'} {document.version}".rstrip(),
        f"Titel: {document.title}",
        f"Betreff: {document.subject or '-'}",
        f"Datum: {document.date} ({document.date_basis or '-'}), Sitzung: {document.session_date}",
        f"Gremium: {document.body or '-'}",
        f"Fraktionen: {', '.join(document.factions) or '-'}",
        f"Unterzeichnet: {', '.join(document.signatories) or '-'}",
        f"Zugang: {document.visibility}",
        *(f"Hinweis: {warning}" for warning in document.warnings),
    ]
    for section in document.sections:
        item = f" TOP {section.agenda_item}" if section.agenda_item else ""
        begin = " ".join(section.span.of(document.text).split())[:60]
        rows.append(f"Abschnitt {section.role}{item} [{section.heading}]: {begin}")
    rows += [f"TOP {item.number}: {item.title}" for item in document.agenda_items]
    rows += [f"Punkt {p.position} ({p.number}) [{p.heading}]: {p.text}" for p in document.points]
    rows += [f"Entscheidung TOP {d.agenda_item}: {d.text} / {d.vote}" for d in document.decisions]
    rows += [f"Verweis {r.kind}: {r.number} {r.version} {r.date or ''}".rstrip() for r in document.references]
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_a_paper_is_understood_as_written_beside_it(paper: Path, update_golden: bool) -> None:
    shown = _shown(understood(paper.read_text(encoding="utf-8"), path=paper.name))
    expected = paper.with_suffix(".expected")
    if update_golden:
        expected.write_text(shown, encoding="utf-8")

    assert shown == expected.read_text(encoding="utf-8")


def test_there_are_papers_to_understand() -> None:
    assert len(PAPERS) >= 13


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_sections_cover_a_paper_without_overlap(paper: Path) -> None:
    document = understood(paper.read_text(encoding="utf-8"))

    ends = [0, *(section.span.end for section in document.sections)]
    assert [section.span.start for section in document.sections] == ends[:-1]
    assert ends[-1] == len(document.text)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.stem)
def test_a_request_of_the_administration_is_never_a_decision(paper: Path) -> None:
    document = understood(paper.read_text(encoding="utf-8"))

    assert not document.decisions or document.kind == "protocol"
