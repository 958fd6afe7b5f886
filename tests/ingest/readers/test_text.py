from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers import DEFAULT
from ingest.readers.text import decode, plain_markdown, split_pages
from ingest.readers.worker import read_document

GERMAN = "Anträge für die Straßenbahn: „Größe“ 5 €"

ENCODINGS = [
    (GERMAN.encode("utf-8"), "utf-8", "the usual one"),
    (GERMAN.encode("utf-8-sig"), "utf-8-sig", "with a mark"),
    (GERMAN.encode("utf-16"), "utf-16", "Notepad's Unicode"),
    (b"\xfe\xff" + GERMAN.encode("utf-16-be"), "utf-16", "the other byte order"),
    (GERMAN.encode("utf-16-le"), "utf-16-le", "without a mark"),
    (GERMAN.encode("utf-16-be"), "utf-16-be", "without a mark, the other byte order"),
    (GERMAN.encode("cp1252"), "cp1252", "Windows"),
    ("Gemeinderat München".encode("latin-1"), "cp1252", "Latin-1 is part of Windows-1252"),
]


@pytest.mark.parametrize(("data", "encoding", "why"), ENCODINGS, ids=[row[2] for row in ENCODINGS])
def test_the_encoding_is_found(data: bytes, encoding: str, why: str) -> None:
    text, found = decode(data)

    assert found == encoding
    assert text == (GERMAN if "M" not in text else "Gemeinderat München")


def test_a_dos_text_and_a_mac_text_keep_their_umlauts() -> None:
    text = "Anträge über Größen, Übergänge und Straßen"

    assert decode(text.encode("cp850")) == (text, "cp850")
    assert decode(text.encode("mac_roman")) == (text, "mac_roman")


def test_what_a_page_declares_wins_over_a_guess_but_not_over_valid_utf_8() -> None:
    assert decode("Čapek ž".encode("iso8859-2"), "ISO-8859-2") == ("Čapek ž", "iso8859-2")
    assert decode("Größe".encode(), "iso-8859-1") == ("Größe", "utf-8")
    assert decode("Größe".encode("cp1252"), "gibt-es-nicht") == ("Größe", "cp1252")
    assert decode("„Größe“".encode("cp1252"), "iso-8859-1") == ("„Größe“", "cp1252")


def test_one_broken_byte_does_not_turn_a_long_utf_8_text_into_gibberish(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("äöüß".encode() * 20 + b"\xff")

    extraction = read_document(path, DEFAULT)

    assert extraction.pages[0].startswith("äöüßäöüß")
    assert extraction.warnings == ("1 Zeichen konnte nicht gelesen werden.",)


@given(st.binary(max_size=300))
def test_any_bytes_give_some_text(data: bytes) -> None:
    text, encoding = decode(data)

    assert isinstance(text, str)
    assert encoding


PAGES = [
    ("a\fb\fc", ("a", "b", "c"), "form feeds"),
    ("a\fb\f", ("a", "b"), "pdftotext ends with a form feed"),
    ("\fb", ("", "b"), "an empty first page is a page"),
    ("a\n– 2 – \nb\n- 3 -\nc", ("a\n", "– 2 – \nb\n", "- 3 -\nc"), "marks head their pages"),
    ("a\nSeite 2\nb", ("a\n", "Seite 2\nb"), "said in words"),
    ("a\nSeite 2 von 3\nb\nSeite 3 von 3\nc", ("a\n", "Seite 2 von 3\nb\n", "Seite 3 von 3\nc"), "of how many"),
    ("a\nErläuterungen      Seite 2\nb", ("a\n", "Erläuterungen      Seite 2\nb"), "behind a running head"),
    ("a\nSeite 1 von 2\nb\nSeite 2 von 2\n", ("a\nSeite 1 von 2", "\nb\nSeite 2 von 2\n"), "feet, counted from 1"),
    ("Stadt\nSeite 1/2\na\nSeite 2/2\nb", ("Stadt\nSeite 1/2\na\n", "Seite 2/2\nb"), "heads, counted from 1"),
    ("a\n– 3 –\nb", (), "page 2 is missing: what is page 1?"),
    ("a\n– 2 –\nb\n– 2 –\nc", (), "two papers in one file: no page would be right"),
    ("a\n– 2 –\nb\n– 4 –\nc", (), "a gap"),
    ("a\nsiehe Seite 2\nb", (), "a mention is no mark"),
    ("a\n2\nb", (), "a bare number may be anything"),
    ("a\nSeite 2\n", (), "nothing follows: it may foot its page"),
    ("nur Text", (), "no marks"),
]


@pytest.mark.parametrize(("text", "pages"), [row[:2] for row in PAGES], ids=[row[2] for row in PAGES])
def test_pages_of_a_text_are_found(text: str, pages: tuple[str, ...]) -> None:
    assert split_pages(text) == pages


@given(st.lists(st.sampled_from(["– 2 –\n", "– 3 –\n", "Seite 1\n", "Seite 2\n", "Text\n", "\n", "x"])).map("".join))
def test_no_character_is_lost_between_pages(text: str) -> None:
    assert "".join(split_pages(text)) in ("", text)


@pytest.mark.parametrize(("text", "paged"), [("a\fb", True), ("a b", False)])
def test_only_a_text_with_pages_is_paged(tmp_path: Path, text: str, paged: bool) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")

    assert read_document(path, DEFAULT).paged is paged


MARKDOWN = [
    ("# Antrag #\ntext", "Antrag\ntext", "a heading becomes a line"),
    ("Antrag\n======\ntext", "Antrag\ntext", "an underlined heading"),
    ("1) eins\n3) drei\n\n7. sieben\n2a) zwei a", "1) eins\n3) drei\n\n7. sieben\n2a) zwei a",
     "numbers stay as written"),
    ("* eins\n+ zwei\n- drei\n  * vier", "- eins\n- zwei\n- drei\n  - vier", "bullets are all alike"),
    ("**fett** und *schräg* __auch__ _so_", "fett und schräg auch so", "emphasis"),
    ("5 * 3 * 2 snake_case_name Bürger*innen und Schüler*innen",
     "5 * 3 * 2 snake_case_name Bürger*innen und Schüler*innen", "no emphasis"),
    ("[Vorlage](https://rat.de/1 \"Titel\") ![Plan](p.png)", "Vorlage Plan", "links and pictures keep their words"),
    ("| Jahr | Euro |\n|---|---:|\n| 2023 | 5 |", "Jahr | Euro\n2023 | 5", "a table's rule and edges go"),
    ("> Zitat\n>> tief", "Zitat\ntief", "quotes"),
    ("---\ntitle: x\n---\nText", "Text", "front matter"),
    ("```\ncode\n```\n`a` <br/> <!-- weg -->\\*", "code\na  *", "code, tags, comments, escapes"),
    ("Kosten < 5 und > 3", "Kosten < 5 und > 3", "comparisons are no tags"),
    ("§ 5 Abs. 2\n\n---\n\nEnde", "§ 5 Abs. 2\n\n\n\nEnde", "a rule"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [row[:2] for row in MARKDOWN], ids=[row[2] for row in MARKDOWN])
def test_markdown_loses_its_marks_and_nothing_else(text: str, expected: str) -> None:
    assert plain_markdown(text) == expected
