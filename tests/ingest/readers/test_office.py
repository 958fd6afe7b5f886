from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers import DEFAULT
from ingest.readers.worker import read_document
from tests.ingest.readers.papers import office

MOTION = """# Antrag

Wir beantragen:

1. Einen Bericht
   über die Straßenbahn.
2. Eine Liste:
    a) der Stellen
    b) der Kosten

Begründung^[Siehe Vorlage 12/2024.] folgt.

5. Fünftens

| Jahr | Euro |
|------|------|
| 2023 | 5    |

Bis 5 m^3^ und **fett**.
"""

EXPECTED = """Antrag

Wir beantragen:

1. Einen Bericht über die Straßenbahn.
2. Eine Liste:
  a) der Stellen
  b) der Kosten

Begründung[1] folgt.

5. Fünftens

Jahr | Euro
2023 | 5

Bis 5 m³ und fett.

[1] Siehe Vorlage 12/2024."""


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_a_motion_keeps_its_lines_numbers_tables_and_notes(tmp_path: Path, ending: str) -> None:
    extraction = read_document(office(MOTION, tmp_path / f"a.{ending}"), DEFAULT)

    assert extraction.pages == (EXPECTED,)
    assert not extraction.paged
    assert extraction.reader.startswith("pandoc 3")


def test_rich_text_keeps_umlauts_and_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    path.write_bytes(rb"{\rtf1\ansi\ansicpg1252 Antr\'e4ge\par 1) Erstens \u8222?so\u8220?\par}")

    assert read_document(path, DEFAULT).pages == ("Anträge\n\n1) Erstens „so“",)


def test_slides_are_pages(tmp_path: Path) -> None:
    path = office("# Strategie\n\n- eins\n\n- zwei\n\n# Kosten\n\nviel\n\n---\n\nohne Titel\n", tmp_path / "a.pptx")

    extraction = read_document(path, DEFAULT)

    assert extraction.paged
    assert [page.split("\n")[0] for page in extraction.pages] == ["Strategie", "Kosten", "ohne Titel"]
