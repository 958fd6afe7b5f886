"""What staff are told: a report of a run, a paper as it was understood, the state of the index. Text in, nothing out.

Lines fit 80 columns where their content allows; German throughout.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Final

from ingest.index.generation import Generation
from ingest.outcomes import FileOutcome, Outcome, Report
from ingest.types import DateBasis, Document, Kind, SectionRole, Visibility

WIDTH: Final = 80
EXCERPT: Final = 160
"""Characters shown of a point or decision."""

ROOT_LABELS: Final = {Visibility.PUBLIC: "Öffentlich", Visibility.NONPUBLIC: "Nichtöffentlich"}
"""How the two index roots are called."""

_KINDS: Final = {
    Kind.MOTION: "Antrag/Anfrage",
    Kind.PROTOCOL: "Niederschrift",
    Kind.REPORT: "Vorlage/Bericht",
    Kind.OTHER: "Sonstiges",
}
_BASES: Final = {
    DateBasis.SENTENCE: "aus einem Satz",
    DateBasis.PAPER: "Datum des Papiers",
    DateBasis.SESSION: "Sitzungstag",
    DateBasis.LISTED: "Tag der Veröffentlichung",
}
_ROLES: Final = {
    SectionRole.HEADER: "Kopf",
    SectionRole.SUMMARY: "Zusammenfassung",
    SectionRole.REQUEST: "Antrag/Fragen",
    SectionRole.DECISION: "Beschluss",
    SectionRole.VOTE: "Abstimmung",
    SectionRole.REASONS: "Begründung",
    SectionRole.REPORT: "Bericht",
    SectionRole.DEBATE: "Aussprache",
    SectionRole.FINANCES: "Finanzen",
    SectionRole.CLOSING: "Schluss",
    SectionRole.BODY: "Text",
}
_WORDS: Final = {
    Outcome.ADDED: "neu",
    Outcome.CHANGED: "geändert",
    Outcome.REMOVED: "entfernt",
    Outcome.UNCHANGED: "unverändert",
    Outcome.FAILED: "fehlgeschlagen",
    Outcome.UNSUPPORTED: "nicht unterstützt",
}


def printable(line: str) -> str:
    r"""Replace what a terminal would obey: a file may be called anything, also `\x1b[2J`."""
    return "".join(character if character.isprintable() else "\ufffd" for character in line)


def report_lines(report: Report, *, only_checked: bool = False) -> Iterator[str]:
    """Give one line a file that needs attention, and a summary."""
    for file in report.files:
        yield from _attention(file)
    if report.withheld:
        yield from _wrapped(
            f"{report.withheld} Papiere sind aus ihrem Ordner verschwunden. Das sind so viele, dass nichts entfernt "
            "wurde: Ist der Ordner eingehängt? Sonst bitte mit --confirm-removal wiederholen."
        )
    parts = [f"{report.count(outcome)} {word}" for outcome, word in _WORDS.items() if report.count(outcome)]
    yield from _wrapped(
        ("Prüfung, nichts geschrieben: " if only_checked else "") + (", ".join(parts) or "keine Dateien")
    )
    if report.erased:
        yield from _wrapped(
            "Frühere Stände wurden gelöscht, damit nichts von zurückgezogenen Papieren bleibt; „rollback“ ist bis zum "
            "nächsten „add“ nicht möglich."
        )
    if not only_checked:
        yield f"Index {report.generation or '–'}, {report.seconds:.1f} s"


def file_values(file: FileOutcome) -> dict[str, Any]:
    """Give what became of a file as the contract spells it."""
    return {
        "path": file.path,
        "outcome": file.outcome.value,
        "reason": file.reason,
        "warnings": list(file.warnings),
        "pages": file.pages,
        "passages": file.passages,
    }


def summary_values(report: Report) -> dict[str, Any]:
    """Give the summary as the contract spells it."""
    counts: dict[str, Any] = {outcome.value: report.count(outcome) for outcome in Outcome}
    return counts | {
        "withheld": report.withheld,
        "embedded": report.embedded,
        "generation": report.generation,
        "seconds": round(report.seconds, 3),
    }


def account_of(document: Document, passage_count: int) -> str:
    """Tell what was understood of a paper."""
    lines = [document.title, "=" * min(len(document.title), WIDTH)]
    lines += [f"{name + ':':<21}{value}" for name, value in _facts(document, passage_count) if value]
    lines += _titled("Abschnitte", _sections(document))
    lines += _titled("Tagesordnung", [f"TOP {item.number}  {item.title}" for item in document.agenda_items])
    lines += _titled("Punkte", [f"{point.number}. {_excerpt(point.text)}" for point in document.points])
    lines += _titled("Beschlüsse", _decisions(document))
    lines += _titled("Verweise", [_joined(one.label, one.version, one.date) for one in document.references])
    lines += _titled("Seiten", [f"{page.number}: Lesbarkeit {page.quality:.2f}" for page in document.pages])
    lines += _titled("Weitere Angaben", [f"{key}: {value}" for key, value in document.extras.items()])
    lines += _titled("Hinweise", list(document.warnings))
    return "\n".join(map(printable, lines)) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The state of one index root, for people and for programs."""

    text: str
    values: dict[str, Any]


def status_of(generation: Generation) -> Status:
    """Tell what is in a generation, what changed last, and which files cannot be read."""
    manifest, built = generation.manifest, generation.manifest.fingerprint
    with closing(generation.catalogue()) as catalogue:
        statistics, roots = catalogue.statistics(), catalogue.roots()
        failures, changes, withdrawn = catalogue.failures(), catalogue.changes(5), catalogue.withdrawn()
    kinds = ", ".join(f"{count} {_KINDS[kind]}" for kind, count in statistics.documents.items())
    facts = [
        ("Stand", f"{generation.name}, {_time(manifest.created)}"),
        ("Papiere", f"{statistics.document_count} ({kinds})" if kinds else "keine"),
        ("Abschnitte", str(statistics.passages)),
        ("Jüngstes Papier", statistics.newest.isoformat() if statistics.newest else "–"),
        ("Encoder", f"{built.encoder} ({built.encoder_fingerprint})"),
    ]
    lines = [f"  {name + ':':<17}{value}" for name, value in facts]
    lines += [f"  {'Ordner:':<17}{root.path}" for root in roots]
    lines += [f"  {'Zurückgezogen:':<17}{paper.relative}" for paper in withdrawn]
    lines += [f"  {'Unlesbar:':<17}{failure.path}: {failure.reason}" for failure in failures]
    lines += [f"  {_time(change.time)}  {_WORDS[Outcome(change.outcome)]}: {change.path}" for change in changes]
    values = {
        "generation": generation.name,
        "created": manifest.created.isoformat(),
        "documents": {kind.value: count for kind, count in statistics.documents.items()},
        "passages": statistics.passages,
        "newest": statistics.newest.isoformat() if statistics.newest else None,
        "encoder": built.encoder,
        "roots": [root.path for root in roots],
        "withdrawn": [paper.relative for paper in withdrawn],
        "failures": [{"path": failure.path, "reason": failure.reason} for failure in failures],
    }
    return Status(text="\n".join(map(printable, lines)), values=values)


def _facts(document: Document, passage_count: int) -> list[tuple[str, str]]:
    count = len(document.pages)
    pages = ("1 Seite" if count == 1 else f"{count} Seiten") if document.paged else "ohne Seiten"
    summary = document.summary_of
    return [
        ("Pfad", document.path),
        ("Art", _KINDS[document.kind] + (f" ({document.paper_type})" if document.paper_type else "")),
        ("Zusammenfassung von", _joined(summary.title, summary.number, summary.url) if summary else ""),
        ("Nummer", _joined(document.number, document.version)),
        ("Vorgang", document.procedure or ""),
        ("Datum", _date(document)),
        ("Sitzung", document.session_date.isoformat() if document.session_date else ""),
        ("Stand", str(document.as_of or "")),
        ("Gremium", document.body or ""),
        ("Fraktionen", ", ".join(document.factions)),
        ("Unterzeichnet", ", ".join(document.signatories)),
        ("Betreff", document.subject),
        ("Adresse", document.url or ""),
        ("Sichtbarkeit", "öffentlich" if document.visibility is Visibility.PUBLIC else "nichtöffentlich"),
        ("Umfang", f"{pages}, {len(document.text)} Zeichen, {passage_count} Abschnitte zur Suche"),
        ("Gelesen mit", document.reader),
    ]


def _date(document: Document) -> str:
    if not document.date:
        return "nicht erkannt"
    return document.date.isoformat() + (f" ({_BASES[document.date_basis]})" if document.date_basis else "")


def _sections(document: Document) -> list[str]:
    lines = []
    for section in document.sections:
        page = document.page_of(section.span)
        where = _joined(f"TOP {section.agenda_item}" if section.agenda_item else "", f"S. {page}" if page else "")
        lines.append(_joined(_ROLES[section.role], section.heading, f"({where})" if where else ""))
    return lines


def _decisions(document: Document) -> list[str]:
    return [
        _joined(
            f"TOP {one.agenda_item}:" if one.agenda_item else "",
            _excerpt(one.text) or "(leer)",
            f"[{one.vote}]" if one.vote else "",
        )
        for one in document.decisions
    ]


def _attention(file: FileOutcome) -> Iterator[str]:
    if file.outcome in (Outcome.FAILED, Outcome.UNSUPPORTED):
        yield printable(f"{_WORDS[file.outcome]}: {file.path}: {file.reason}")
    for warning in file.warnings:
        yield printable(f"Hinweis: {file.path}: {warning}")


def _titled(title: str, items: list[str]) -> list[str]:
    lines = ["", f"{title} ({len(items)})"] if items else []
    for item in items:
        lines += textwrap.wrap(item, WIDTH, initial_indent="  ", subsequent_indent="    ") or ["  "]
    return lines


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH)


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else text[: EXCERPT - 1].rstrip() + "…"


def _joined(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part)


def _time(time: dt.datetime) -> str:
    return time.astimezone().strftime("%d.%m.%Y %H:%M")
