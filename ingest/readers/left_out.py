"""What was left out of a text, as sentences for staff: nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from ingest.extraction import LeftOut, Omission

_SENTENCES: Final = MappingProxyType(
    {
        Omission.STRUCK: (
            "Eine durchgestrichene Stelle wurde ausgelassen.",
            "{} durchgestrichene Stellen wurden ausgelassen.",
        ),
        Omission.DELETED: (
            "Eine im Änderungsmodus gelöschte Stelle wurde ausgelassen.",
            "{} im Änderungsmodus gelöschte Stellen wurden ausgelassen.",
        ),
        Omission.HIDDEN: (
            "Eine als ausgeblendet formatierte Stelle wurde ausgelassen.",
            "{} als ausgeblendet formatierte Stellen wurden ausgelassen.",
        ),
        Omission.COMMENT: ("Ein Kommentar wurde nicht gelesen.", "{} Kommentare wurden nicht gelesen."),
        Omission.ATTACHMENT: (
            "Eine in das Dokument eingebettete Datei wurde nicht gelesen.",
            "{} in das Dokument eingebettete Dateien wurden nicht gelesen.",
        ),
        Omission.SHEET: ("Ein ausgeblendetes Tabellenblatt wurde ausgelassen.",
                         "{} ausgeblendete Tabellenblätter wurden ausgelassen."),
        Omission.ROW: ("Eine ausgeblendete Zeile wurde ausgelassen.", "{} ausgeblendete Zeilen wurden ausgelassen."),
        Omission.COLUMN: (
            "Eine ausgeblendete Spalte wurde ausgelassen.",
            "{} ausgeblendete Spalten wurden ausgelassen.",
        ),
        Omission.FORMULA: (
            "Eine Formel hat keinen gespeicherten Wert; bitte die Datei in Excel öffnen und speichern.",
            "{} Formeln haben keinen gespeicherten Wert; bitte die Datei in Excel öffnen und speichern.",
        ),
        Omission.SLIDE: ("Eine ausgeblendete Folie wurde ausgelassen.", "{} ausgeblendete Folien wurden ausgelassen."),
        Omission.CHART: (
            "Ein Diagramm hat keine gespeicherten Werte; es wurde nicht gelesen.",
            "{} Diagramme haben keine gespeicherten Werte; sie wurden nicht gelesen.",
        ),
    }
)  # fmt: skip

MAX_HIDDEN: Final = 2_000
"""Lines of hidden parts that are kept; a sign of confidentiality stands in a sheet's first ones."""
MAX_CHARS: Final = 300


class HiddenLines:
    """Lines of parts that are not shown, in order; no more than are needed."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    @property
    def lines(self) -> tuple[str, ...]:
        """As they were added."""
        return tuple(self._lines)

    def add(self, line: str) -> None:
        """Keep a line, if it holds anything."""
        if line.strip() and len(self._lines) < MAX_HIDDEN:
            self._lines.append(line[:MAX_CHARS])

    def extend(self, lines: Iterable[str]) -> None:
        """Keep lines."""
        for line in lines:
            self.add(line)


def sentences_about(left_out: Iterable[LeftOut]) -> tuple[str, ...]:
    """Say what was left out, one sentence a kind, in the order given."""
    return tuple(_SENTENCES[one.what][one.count > 1].format(one.count) for one in left_out if one.count)


def counted(counts: Mapping[Omission, int]) -> tuple[LeftOut, ...]:
    """Return what was left out, without the kinds that there is none of."""
    return tuple(LeftOut(what=what, count=count) for what, count in counts.items() if count)
