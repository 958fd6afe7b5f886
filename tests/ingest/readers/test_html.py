from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import UnreadableDocument
from ingest.readers import DEFAULT
from ingest.readers.html import visible_text
from ingest.readers.worker import read_document

PAGES = [
    ("<p>eins<p>zwei", "eins\n\nzwei", "unclosed paragraphs"),
    ("Antrag<br>vom<br><br>Mai", "Antrag\nvom\n\nMai", "br is a line break, two are a blank line"),
    ("<font size=4>in\n   der</font> <b>Stadt</b>", "in der Stadt", "white space folds as in a browser"),
    ("<ol><li>eins</li><li><p>zwei</p></li></ol>", "1. eins\n2. zwei", "ordered items get their numbers"),
    ("<ol><li>\n <font>eins</font><br>\n <ul><li>a</ul><li>zwei</ol>", "1. eins\n- a\n2. zwei", "nested, unclosed"),
    ("<ol start=3><li>drei<li value=7>sieben<li>acht</ol>", "3. drei\n7. sieben\n8. acht", "start and value"),
    ("<ol type=a><li>x<li>y</ol><ol type=I><li>z</ol>", "a. x\nb. y\n\nI. z", "letters and Roman numbers"),
    ("<table><tr><td>Jahr<td>Euro<tr><td>2023<td>5</table>", "Jahr\tEuro\n2023\t5", "cells are parted by tabs"),
    ("<table><tr><td><td>Nr. 5</table>", "Nr. 5", "an empty first cell"),
    ("<table><tr><td>a<br>b<td>c</table>", "a\nb\nc", "cells of several lines stand below each other"),
    ("<table><tr><td><table><tr><td>i<td>j</table><td>k</table>", "i\tj\tk", "a table in a table"),
    ("<p>da<p style='display: none'>weg<p hidden>weg<script>weg</script><style>weg</style>", "da", "hidden"),
    ("a<!-- weg --><?php weg ?>b", "ab", "comments"),
    ("<title>weg</title><nav>weg</nav><p>da", "da", "frame of the page"),
    ("<select><option>weg<option selected>da</select>", "da", "only the option chosen"),
    ("<pre>eins\n  zwei</pre>", "eins\nzwei", "preformatted lines stay lines"),
    ("5 m<sup>3</sup> &auml;&#132;&nbsp;&euro;", "5 m³ ä„\u00a0€", "superscripts and entities"),
    ("<b><i>falsch</b> gesetzt</i></td></tr> Ende", "falsch gesetzt Ende", "tags that do not fit"),
    ("", "", "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "expected"), [row[:2] for row in PAGES], ids=[row[2] for row in PAGES])
def test_a_page_is_read_as_it_is_seen(markup: str, expected: str) -> None:
    assert visible_text(markup) == expected


def test_a_council_page_in_an_old_encoding_keeps_its_umlauts(tmp_path: Path) -> None:
    path = tmp_path / "a.htm"
    path.write_bytes(
        "<html><head><meta http-equiv='content-type' content='text/html; charset=iso-8859-1'></head>"
        "<body>Stadträtinnen „Grüne“ 5 €</body></html>".encode("cp1252")
    )

    extraction = read_document(path, DEFAULT)

    assert extraction.pages == ("Stadträtinnen „Grüne“ 5 €",)
    assert not extraction.paged


def test_a_page_nested_beyond_all_measure_is_refused_instead_of_shortened(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<div>" * 5_000 + "Text", encoding="utf-8")

    with pytest.raises(UnreadableDocument, match="zu tief verschachtelt"):
        read_document(path, DEFAULT)


def test_deep_tables_are_read(tmp_path: Path) -> None:
    assert visible_text("<table><tr><td>" * 200 + "innen") == "innen"
