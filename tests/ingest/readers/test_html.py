from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import UnreadableDocument
from ingest.extraction import LeftOut, Omission
from ingest.readers import DEFAULT
from ingest.readers.html import read_page
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
    ("<table><tr><th rowspan=2>Bad<th colspan=2>Gäste<tr><th>2024<th>2025<tr><td>Nord<td>5<td>6</table>",
     "Bad\tGäste\tGäste\nBad\t2024\t2025\nNord\t5\t6", "a head stands above each of its columns"),
    ("<table><tr><th>Bad<th>Jahr<th>Gäste<tr><td rowspan=2>Nord<td>2024<td>5<tr><td>2025<td>6</table>",
     "Bad\tJahr\tGäste\nNord\t2024\t5\nNord\t2025\t6", "a cell stands in each of its rows"),
    ("<table><tr><th>Bad<th>Jahr<th>Gäste<tr><td colspan=2>Summe<td>11</table>",
     "Bad\tJahr\tGäste\nSumme\t\t11", "a cell that is no head is not repeated, columns stay in place"),
    ("<table><tr><td>a<td>b<td rowspan=2>c<tr><td>d<tr><td>e<td>f</table>",
     "a\tb\tc\nd\t\tc\ne\tf", "a cell beside a row that is too short"),
    ("<table><tr><td rowspan=9>a<br>b<td>c<tr><td>d</table>", "a\nb\nc\nd", "what lays out the page is not repeated"),
    ("Er zahlt <del>40 Euro</del> <ins>55 Euro</ins>.", "Er zahlt 55 Euro.", "deleted and inserted"),
    ("Das Bad <s>öffnet</s> bleibt <span style='text-decoration: line-through'>auf</span> zu.", "Das Bad bleibt zu.",
     "crossed out"),
    ("<del><p>weg</p><p>weg</p></del><p>da", "da", "crossed-out paragraphs"),
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
    assert read_page(markup).text == expected


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
    assert read_page("<table><tr><td>" * 200 + "innen").text == "innen"


def test_what_is_crossed_out_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<p>Er zahlt <del>40</del> <s> </s><s>50</s> 55 Euro.", encoding="utf-8")

    extraction = read_document(path, DEFAULT)

    assert extraction.left_out == (LeftOut(what=Omission.STRUCK, count=2),)
    assert extraction.warnings == ("2 durchgestrichene Stellen wurden ausgelassen.",)


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<title>Ratsinfo</title><h1>Bericht zum <b>Freibad</b></h1><p>da", "Bericht zum Freibad"),
        ("<title>Bericht zum Freibad | Stadt Auenwald</title><p>da", "Bericht zum Freibad"),  # the site's name
        ("<title>Bericht zum Freibad</title><h1>Eins</h1><h1>Zwei</h1><p>da", "Bericht zum Freibad"),  # of sections
        ("<h1 hidden>Navigation</h1><title>Untitled</title><p>da", ""),
    ],
)
def test_a_page_declares_its_title(tmp_path: Path, markup: str, title: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(markup, encoding="utf-8")

    assert read_document(path, DEFAULT).declared_title == title
