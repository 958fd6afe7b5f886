from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import UnreadableDocument, UnsupportedFormat
from ingest.readers import DEFAULT, check_place
from ingest.readers.worker import read_document
from tests.ingest.readers.papers import JPEG, OLE, archive, office, pdf

MIB = 1024 * 1024
ODT_LOCKED = archive(("content.xml", b"x"), ("META-INF/manifest.xml", b"<manifest:encryption-data/>"))

HOSTILE = [
    # name, content, part of the sentence
    ("a.doc", b"x", "„.doc“ wird nicht unterstützt"),
    ("a", b"x", "ohne Endung"),
    ("a.txt", b"", "ist leer"),
    ("a.pdf", b"", "ist leer"),
    ("a.txt", b"  \n\n\x0c \n", "keinen Text"),
    ("a.pdf", JPEG, "der Inhalt ist ein JPEG-Bild"),
    ("a.docx", pdf("Text"), "der Inhalt ist ein PDF"),
    ("a.txt", pdf("Text"), "der Inhalt ist ein PDF"),
    ("a.html", b"\x89PNG\r\n\x1a\n", "der Inhalt ist ein PNG-Bild"),
    ("a.pdf", archive(("word/document.xml", b"x")), "ZIP-Archiv oder Office"),
    ("a.docx", archive(("bilder/1.jpg", b"x")), "ein anderes ZIP-Archiv"),
    ("a.docx", OLE, "alten Format"),
    ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "Kennwort"),
    ("a.odt", ODT_LOCKED, "Kennwort"),
    ("a.docx", archive(("word/document.xml", b"<w/>"))[:-30], "beschädigt oder unvollständig"),
    ("a.docx", archive(("word/document.xml", b"<w:document/>")), "beschädigt oder unvollständig"),
    ("a.docx", archive(("word/document.xml", bytes(40 * MIB))), "Zip-Bombe"),
    ("a.xlsx", archive(*((f"xl/{i}", b"") for i in range(5_001))), "5001 Teile"),
    ("a.rtf", b"kein RTF", "etwas anderes"),
    ("a.txt", bytes(range(32)) * 20, "Binärdatei"),
    ("a.pdf", b"%PDF-1.7\nnichts weiter", "beschädigt oder unvollständig"),
    ("a.pdf", pdf("Ein Satz.", "Noch einer.")[:150], "beschädigt oder unvollständig"),
    ("a.pdf", pdf("Geheim", encrypted=True), "Kennwort"),
    ("a.pdf", pdf("", ""), "keinen Text, vermutlich ein Scan; eine Texterkennung (OCR)"),
    ("a.pdf", pdf(), "beschädigt oder unvollständig"),
]


@pytest.mark.parametrize(("name", "content", "said"), HOSTILE, ids=[f"{row[0]}: {row[2]}" for row in HOSTILE])
def test_a_bad_file_gets_one_sentence(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(UnreadableDocument) as caught:
        read_document(path, DEFAULT)

    assert said in caught.value.reason
    assert caught.value.reason.endswith(".")
    assert isinstance(caught.value, UnsupportedFormat) == ("unterstützt" in caught.value.reason)


def test_an_archive_that_lies_about_its_size_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    path = office("Text", tmp_path / "a.docx")
    data = bytearray(path.read_bytes())
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (400 * MIB).to_bytes(4, "little")
    path.write_bytes(data)

    with pytest.raises(UnreadableDocument, match="Zip-Bombe"):
        read_document(path, DEFAULT)


def test_an_honest_archive_of_repeated_words_is_read(tmp_path: Path) -> None:
    path = office("Der Rat tagt. " * 20_000, tmp_path / "a.docx")
    with zipfile.ZipFile(path) as file:
        assert max(entry.file_size / max(entry.compress_size, 1) for entry in file.infolist()) > 100

    assert "Der Rat tagt." in read_document(path, DEFAULT).pages[0]


@pytest.mark.parametrize(
    ("limits", "said"),
    [(replace(DEFAULT, file_bytes=MIB), "mit 2 MB zu groß; erlaubt sind 1 MB"),
     (replace(DEFAULT, text_chars=1000), "mehr als 1.000 Zeichen")],
)  # fmt: skip
def test_a_file_beyond_the_limits_is_refused(tmp_path: Path, limits: object, said: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Wort " * 420_000, encoding="utf-8")

    with pytest.raises(UnreadableDocument, match=said):
        read_document(path, limits)  # type: ignore[arg-type]


def test_a_file_that_is_not_there_and_a_pipe_are_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "c.pdf").mkdir()

    for name, said in (
        ("a.txt", "keine gewöhnliche Datei"),
        ("b.txt", "gibt es nicht"),
        ("c.pdf", "keine gewöhnliche"),
    ):
        with pytest.raises(UnreadableDocument, match=said):
            read_document(tmp_path / name, DEFAULT)


def test_a_web_page_named_txt_is_read_as_one_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("<!DOCTYPE html><p>Antrag</p><p>Betreff</p>", encoding="utf-8")

    extraction = read_document(path, DEFAULT)

    assert extraction.pages == ("Antrag\n\nBetreff",)
    assert "HTML" in extraction.warnings[0]


def test_links_are_followed_inside_the_root_only(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "a.txt").write_text("a", encoding="utf-8")
    (tmp_path / "b.txt").write_text("b", encoding="utf-8")
    (root / "inside.txt").symlink_to(root / "a.txt")
    (root / "outside.txt").symlink_to(tmp_path / "b.txt")
    (root / "nowhere.txt").symlink_to(root / "c.txt")
    (root / "loop.txt").symlink_to(root / "loop.txt")

    check_place(root / "a.txt", root)
    check_place(root / "inside.txt", root)
    for name, said in (("outside.txt", "heraus"), ("nowhere.txt", "ins Leere"), ("loop.txt", "ins Leere")):
        with pytest.raises(UnreadableDocument, match=said):
            check_place(root / name, root)
