"""Tables as text, e-mails, OpenDocument spreadsheets."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import UnreadableDocument
from ingest.extraction import Extraction, LeftOut, Omission
from ingest.readers import DEFAULT
from ingest.readers.worker import read_document


def read(tmp_path: Path, name: str, data: bytes) -> Extraction:
    path = tmp_path / name
    path.write_bytes(data)
    return read_document(path, DEFAULT)


@pytest.mark.parametrize(
    "data",
    [
        'Bad;Gäste\nNord;"1.510"\n'.encode("cp1252"),  # as Excel saves it in German
        "Bad,Gäste\r\nNord,1.510\r\n".encode("utf-8-sig"),
        "Bad\tGäste\nNord\t1.510\n".encode(),
    ],
)
def test_rows_of_a_table_carry_their_heads(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, "a.csv", data).pages == ("Bad | Gäste\nBad: Nord | Gäste: 1.510",)


def test_a_field_with_the_delimiter_in_it_stays_whole(tmp_path: Path) -> None:
    data = 'Bad;Adresse;Gäste\n"Nord; Halle 2";"Uferweg 1\nHinterhaus";510\n'

    assert read(tmp_path, "a.csv", data.encode()).pages[0].split("\n")[1].startswith("Bad: Nord; Halle 2 | Adresse: ")


MAIL = """From: Fraktion <fraktion@auenwald.example>
To: rat@auenwald.example
Date: Mon, 3 Mar 2025 10:00:00 +0100
Subject: =?utf-8?q?Anfrage_zu_Lades=C3=A4ulen?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: {kind}; charset=utf-8
Content-Transfer-Encoding: 8bit

{text}
--x
Content-Type: application/pdf
Content-Disposition: attachment; filename="a.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--x--
"""


@pytest.mark.parametrize(
    ("kind", "text"),
    [("text/plain", "Wie viele Säulen gibt es?"), ("text/html", "<p>Wie viele <s>alte</s> Säulen gibt es?</p>")],
)
def test_an_email_is_read_and_its_attachments_are_counted(tmp_path: Path, kind: str, text: str) -> None:
    extraction = read(tmp_path, "a.eml", MAIL.format(kind=kind, text=text).encode())

    assert extraction.pages[0].split("\n") == [
        "Von: Fraktion <fraktion@auenwald.example>", "An: rat@auenwald.example", "Datum: 03.03.2025 10:00",
        "Betreff: Anfrage zu Ladesäulen", "", "Wie viele Säulen gibt es?",
    ]  # fmt: skip
    assert extraction.declared_title == "Anfrage zu Ladesäulen"
    assert LeftOut(what=Omission.ATTACHMENT, count=1) in extraction.left_out


def test_what_is_no_email_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="keine E-Mail"):
        read(tmp_path, "a.eml", b"irgendein Text")


SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">
<office:automatic-styles><style:style style:name="zu" style:family="table"><style:table-properties
 table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="B\u00e4der"><table:table-column table:number-columns-repeated="3"/>
<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Bad</text:p></table:table-cell>
<table:table-cell table:number-columns-spanned="2"><text:p>G\u00e4ste</text:p></table:table-cell>
<table:covered-table-cell/></table:table-row><table:table-row><table:covered-table-cell/>
<table:table-cell office:value-type="float"><text:p>2023</text:p></table:table-cell>
<table:table-cell office:value-type="float"><text:p>2024</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Nord</text:p></table:table-cell>
<table:table-cell office:value-type="percentage"><text:p>41,2 %</text:p></table:table-cell>
<table:table-cell office:value-type="currency"><text:p>1.250,00 \u20ac</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell><text:p>geheim</text:p></table:table-cell>
</table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell
 table:number-columns-repeated="16000"/></table:table-row></table:table>
<table:table table:name="Entwurf" table:style-name="zu"><table:table-row><table:table-cell><text:p>312 Euro</text:p>
</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>"""


def test_an_open_document_spreadsheet_is_read_as_it_is_shown(tmp_path: Path) -> None:
    extraction = read(tmp_path, "a.fods", SHEET.encode())

    assert extraction.pages[0].split("\n") == [
        "Bäder", "", "Bad | Gäste | Gäste", "Bad | 2023 | 2024",
        "Bad: Nord | Gäste 2023: 41,2 % | Gäste 2024: 1.250,00 €", "",
    ]  # fmt: skip
    assert {one.what: one.count for one in extraction.left_out} == {Omission.SHEET: 1, Omission.ROW: 1}
    assert extraction.hidden == ("geheim", "Entwurf", "312 Euro")
    assert extraction.page_headers == ("Bäder",)
