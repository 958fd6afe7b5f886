from __future__ import annotations

import pytest

from ingest.readers.titles import declared_title


@pytest.mark.parametrize(
    ("declared", "title"),
    [
        ("Parkgebühren am Marktplatz", "Parkgebühren am Marktplatz"),
        ("Microsoft Word - Bericht zum Stadtarchiv", "Bericht zum Stadtarchiv"),  # the printer's prefix
        ("(Microsoft Word - Niederschrift der 3. Sitzung)", "Niederschrift der 3. Sitzung"),
        ("  Haushaltsplan \n 2026 ", "Haushaltsplan 2026"),
        ("untitled", ""),  # what programs write
        ("Microsoft Word - Dokument1", ""),
        ("PowerPoint-Präsentation", ""),
        ("Folie 1", ""),
        ("Layout 1", ""),
        ("Vorlage_45_2025_final.docx", ""),  # a file's name
        ("C:\\Daten\\Amt 20\\Vorlage Hundesteuer", ""),
        ("BV_2025_0123_Anlage", ""),  # only machines write words like this
        ("12.03.2025", ""),  # no word in it
        ("Bericht", ""),  # its kind alone
        ("Bericht Freibad", ""),  # the name of this file, said again
        ("x" * 301, ""),
        ("", ""),
    ],
)
def test_a_declared_title_counts_if_it_is_one(declared: str, title: str) -> None:
    assert declared_title(declared, "bericht_freibad") == title
