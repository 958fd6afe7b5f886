from __future__ import annotations

from pathlib import Path

import pytest

from ingest.extraction import Extraction, Omission
from ingest.readers import DEFAULT
from ingest.readers.worker import read_document
from tests.ingest.readers.papers import office
from tests.ingest.word_files import paragraph, write_word

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


def word(tmp_path: Path, body: str, **parts: str) -> Extraction:
    """Read a Word document of a body and of headers and footers, by their names ("header1")."""
    path = tmp_path / "vorlage.docx"
    write_word(path, body, **parts)
    return read_document(path, DEFAULT)


def test_page_headers_and_footers_of_word_are_read_without_their_page_numbers(tmp_path: Path) -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/><w:headerReference w:type="first" '
        'r:id="header2"/><w:footerReference w:type="first" r:id="footer1"/><w:titlePg/></w:sectPr>'
    )
    extraction = word(
        tmp_path,
        paragraph("Wir beantragen einen Bericht.") + section,
        header1=paragraph("Antrag 87/2025, Seite 2 von 3"),
        header2=paragraph("Fraktion Die Grünen") + paragraph("NICHTÖFFENTLICH") + paragraph("Seite 1 von 3"),
        footer1=paragraph("Rathaus, Zimmer 12"),
    )

    assert extraction.pages == (
        "Fraktion Die Grünen\nNICHTÖFFENTLICH\n\nWir beantragen einen Bericht.\n\nRathaus, Zimmer 12",
    )
    assert extraction.page_headers == (
        "Antrag 87/2025", "Fraktion Die Grünen", "NICHTÖFFENTLICH", "Rathaus, Zimmer 12"
    )  # fmt: skip


def test_text_boxes_stand_behind_the_paragraph_they_hang_on_and_once(tmp_path: Path) -> None:
    def box(text: str) -> str:
        content = paragraph(text)
        return f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"

    old = f"<w:r>{box('Die Kämmerei stimmt zu.')}</w:r>"
    new = f"<w:drawing><w:txbxContent>{paragraph('Neu.')}</w:txbxContent></w:drawing>"
    twice = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{box('Neu.')}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    extraction = word(tmp_path, paragraph("Erstens.", old) + paragraph("Zweitens.", twice))

    assert extraction.pages == ("Erstens.\n\nDie Kämmerei stimmt zu.\n\nZweitens.\n\nNeu.",)


def test_changes_are_accepted_and_what_is_gone_is_counted(tmp_path: Path) -> None:
    deleted = '<w:del w:id="1" w:author="a"><w:r><w:delText>40 Euro </w:delText></w:r></w:del>'
    inserted = '<w:ins w:id="2" w:author="a"><w:r><w:t xml:space="preserve">55 Euro </w:t></w:r></w:ins>'
    extraction = word(
        tmp_path,
        paragraph("im Monat.", deleted + inserted)
        + paragraph("Alt.", properties="<w:strike/>")
        + paragraph("Geheim.", properties="<w:vanish/>")
        + f"<w:sdt><w:sdtContent>{paragraph('Aus dem Inhaltssteuerelement.')}</w:sdtContent></w:sdt>",
    )

    assert extraction.pages == ("55 Euro im Monat.\n\nAus dem Inhaltssteuerelement.",)
    assert {one.what: one.count for one in extraction.left_out} == {
        Omission.STRUCK: 1, Omission.DELETED: 1, Omission.HIDDEN: 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("markdown", "title"),
    [
        ("---\ntitle: Parkgebühren am Marktplatz\n---\n\nDer Rat stimmt zu.\n", "Parkgebühren am Marktplatz"),
        ("# Radwege im Norden\n\nText.\n\n# Kosten\n\nText.\n", "Radwege im Norden"),
        ("Stadt Auenwald\n\nText\n\nText\n\nText\n\n# Radwege im Norden\n\nText.\n", "Radwege im Norden"),
        ("Text\n\nText\n\nText\n\nText\n\n# Einleitung\n\nText\n\n# Schluss\n\nText.\n", ""),  # of sections
    ],
)
def test_a_title_is_declared_and_stays_in_the_text(tmp_path: Path, markdown: str, title: str) -> None:
    extraction = read_document(office(markdown, tmp_path / "a.docx"), DEFAULT)

    assert extraction.declared_title == title
    assert title in extraction.pages[0]


FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:master-styles><style:master-page style:name="Standard"><style:header><text:p>Vertraulich<text:tab/>Seite
<text:page-number>1</text:page-number></text:p></style:header></style:master-page></office:master-styles>
<office:body><office:text><text:h text:outline-level="1">Radwege im Norden</text:h><text:p>Der Rat stimmt zu.</text:p>
</office:text></office:body></office:document>"""


def test_a_flat_open_document_is_read_with_its_page_header(tmp_path: Path) -> None:
    path = tmp_path / "a.fodt"
    path.write_text(FLAT, encoding="utf-8")

    extraction = read_document(path, DEFAULT)

    assert extraction.pages == ("Vertraulich\n\nRadwege im Norden\n\nDer Rat stimmt zu.",)
    assert extraction.page_headers == ("Vertraulich",)
    assert extraction.declared_title == "Radwege im Norden"
