from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import UnreadableDocument
from ingest.readers import DEFAULT
from ingest.readers.pieces import Slice, text_of
from ingest.readers.worker import read_document
from tests.ingest.readers.papers import pdf


def read(tmp_path: Path, data: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    extraction = read_document(path, DEFAULT)
    assert extraction.paged
    assert extraction.reader.startswith("pypdfium2 ")
    return extraction.pages, extraction.warnings


LETTER = "Der Gemeinderat beauftragt die Verwaltung.\nEs wird berichtet. Begründung: Die Bürger und Räte fragen danach."


def test_each_page_gives_its_lines(tmp_path: Path) -> None:
    pages, warnings = read(tmp_path, pdf(LETTER, "Seite zwei"))

    assert [page.split("\n") for page in pages] == [LETTER.split("\n"), ["Seite zwei"]]
    assert warnings == ()


def test_pages_without_text_are_counted(tmp_path: Path) -> None:
    pages, warnings = read(tmp_path, pdf(LETTER, "", "drei", ""))

    assert len(pages) == 4
    assert warnings == ("2 von 4 Seiten haben keinen Text (vermutlich Scans).",)
    assert read(tmp_path, pdf(LETTER, ""))[1] == ("1 von 2 Seiten hat keinen Text (vermutlich Scans).",)


def test_a_drawing_with_a_few_letters_is_read_with_a_warning(tmp_path: Path) -> None:
    assert "nur 4 Zeichen" in read(tmp_path, pdf("Plan"))[1][0]


def test_a_line_that_ended_in_a_hyphen_ends_there_again(tmp_path: Path) -> None:
    pages, _ = read(tmp_path, pdf(f"{LETTER}\nDer Haushalts-\nplan und die Nord-\nS\u00fcd-Achse"))

    assert "Haushalts-\nplan" in pages[0]
    assert "Nord-\nSüd-Achse" in pages[0]
    joined = "Indoor\ufffeSport\x02platz"
    assert text_of(joined, [Slice(start=0, end=len(joined))]) == "Indoor-\nSport-\nplatz"


def test_a_mark_behind_some_rubbish_is_still_a_pdf(tmp_path: Path) -> None:
    assert read(tmp_path, b"\n\n" + pdf(LETTER))[0]


def test_a_broken_pdf_after_an_encrypted_one_is_called_broken(tmp_path: Path) -> None:
    for data, said in ((pdf(LETTER, encrypted=True), "Kennwort"), (pdf(), "beschädigt")):
        with pytest.raises(UnreadableDocument, match=said):
            read(tmp_path, data)
