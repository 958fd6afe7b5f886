from __future__ import annotations

import struct
import subprocess
import unicodedata
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import render
from ingest.clean import clean
from ingest.errors import UnreadableDocument
from ingest.readers.limits import DEFAULT
from ingest.readers.pdf import read_pdf
from ingest.readers.picture import map_text, merge
from ingest.readers.pieces import Slice
from ingest.readers.worker import read_document
from ingest.render import draw, has_pictures, paragraphs
from ingest.types import Document, Page, Section, SectionRole, Span
from tests.builders import a_document
from tests.ingest.quote_marks import folded, inside
from tests.ingest.readers.papers import at, drawn_pdf, pdf

PAGES = (
    "Stellungnahme zum Antrag 9101/2023\nIn sieben von zwanzig Bürgerbüros\nkönnen Termine gebucht werden.\nEnde.",
    "Zweite Seite\nVon den 212 Stellen sind 31 unbe-\nsetzt. Die Verwaltung berichtet.",
)


def paper_of(path: Path) -> Document:
    extraction = read_document(path, DEFAULT)
    source = "\f".join(extraction.pages)
    cleaned = clean(source)
    starts = [0, len(extraction.pages[0]) + 1]
    return a_document(
        path=path.name,
        root=str(path.parent),
        text=cleaned.text,
        source=source,
        offsets=cleaned.offsets,
        pages=tuple(
            Page(number=i + 1, span=Span(start=start, end=start + len(text)), quality=1.0)
            for i, (start, text) in enumerate(zip(starts, extraction.pages, strict=False))
        ),
    )


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("pdf") / "stellungnahme.pdf"
    path.write_bytes(pdf(*PAGES))
    return paper_of(path)


def span_of(paper: Document, quote: str) -> Span:
    start = paper.text.index(quote)
    return Span(start=start, end=start + len(quote))


@pytest.mark.parametrize(
    ("page", "quote", "lines"),
    [
        (1, "sieben von zwanzig", 1),  # within a line
        (1, "In sieben von zwanzig Bürgerbüros\nkönnen Termine gebucht werden.", 2),  # over a line's end
        (2, "31 unbesetzt.", 2),  # the cleaned text joins what a hyphen parts on the page
        (2, "Zweite Seite", 1),  # offsets of a later page
    ],
)
def test_a_quote_is_marked_where_it_stands(paper: Document, page: int, quote: str, lines: int) -> None:
    picture = draw(paper, page, span_of(paper, quote))

    assert folded(inside(render.file_of(paper), page, picture)) == folded(quote)
    assert len(picture.marks) == lines


def test_quotes_are_marked_in_columns_and_in_the_fields_of_a_form(tmp_path: Path) -> None:
    left = ("Die Halle in der Weststadt ist seit", "März wieder geöffnet und wird von", "elf Vereinen im Ort genutzt.")
    right = ("Der Zuschuss für den Ruderclub", "bleibt im kommenden Jahr bei dem", "Betrag von 7.500 Euro.")
    rows = [at(x, 700 - 13 * i, line[i]) for i in range(3) for x, line in ((50, left), (300, right))]
    field = "/Subtype /Widget /F 4 /Rect [140 596 300 612] /FT /Tx /T (f) /V (Turnverein) /DA (/F1 10 Tf 0 g)"
    path = tmp_path / "sport.pdf"
    path.write_bytes(drawn_pdf("\n".join((*rows, at(50, 600, "Antragsteller:"))), annotations=(field,)))
    paper = paper_of(path)

    quote = "wird von\nelf Vereinen im Ort genutzt."
    assert folded(inside(path, 1, draw(paper, 1, span_of(paper, quote)))) == folded(quote)
    (mark,) = draw(paper, 1, span_of(paper, "Turnverein")).marks
    assert (mark.x * 595 / mark.width / 595) == pytest.approx(140 / 160, abs=0.02), "where the field is"


def test_a_quote_on_another_page_leaves_no_mark(paper: Document) -> None:
    assert draw(paper, 1, span_of(paper, "Zweite Seite")).marks == ()


def test_the_picture_is_a_png_of_the_size_it_says(paper: Document) -> None:
    picture = draw(paper, 1)

    assert picture.png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, colour = struct.unpack(">IIBB", picture.png[16:26])
    assert (width, height, depth) == (picture.width, picture.height, 8)
    data = zlib.decompress(picture.png[picture.png.index(b"IDAT") + 4 : -16])
    assert len(data) == height * (1 + width * {0: 1, 2: 3}[colour])
    assert min(data) < 100 < max(data), "black letters on white"


def test_a_file_that_was_changed_is_not_shown(paper: Document, tmp_path: Path) -> None:
    (tmp_path / paper.path).write_bytes(pdf("Etwas ganz anderes, das niemand eingelesen hat."))

    with pytest.raises(UnreadableDocument, match="geändert, seit sie eingelesen"):
        draw(replace(paper, root=str(tmp_path)), 1)


@pytest.mark.parametrize(
    ("changes", "page", "why"),
    [
        ({}, 3, "Diese Seite gibt es nicht"),  # beyond the last
        ({}, 0, "Diese Seite gibt es nicht"),  # pages are counted from 1
        ({"path": "weg.pdf"}, 1, "nicht mehr da"),  # removed since
        ({"path": "../stellungnahme.pdf"}, 1, "nicht mehr da"),  # leads out of its root
        ({"path": "a.md"}, 1, "Diese Seite gibt es nicht"),  # has no look of its own
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(
    paper: Document, changes: dict[str, Any], page: int, why: str
) -> None:
    with pytest.raises(UnreadableDocument, match=why):
        draw(replace(paper, **changes), page)


def test_a_link_out_of_the_root_is_not_followed(paper: Document, tmp_path: Path) -> None:
    (tmp_path / paper.path).symlink_to(Path(paper.root) / paper.path)

    with pytest.raises(UnreadableDocument, match="nicht mehr da"):
        draw(replace(paper, root=str(tmp_path)), 1)


def test_a_broken_pdf_is_a_sentence_and_no_crash(paper: Document, tmp_path: Path) -> None:
    (tmp_path / paper.path).write_bytes(b"%PDF-1.4\nkaputt")

    with pytest.raises(UnreadableDocument, match="lässt sich nicht öffnen"):
        draw(replace(paper, root=str(tmp_path)), 1)


def test_a_process_that_does_not_answer_is_given_up(paper: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "_BOOT", "import time; time.sleep(60)")
    monkeypatch.setattr(render, "WALL_S", 0.3)

    with pytest.raises(UnreadableDocument, match="abgebrochen"):
        draw(paper, 1)


@pytest.mark.parametrize("answer", ["", "{", '{"width": 1}', '{"marks": [[1]], "width": 1, "height": 1}'])
def test_a_process_that_talks_nonsense_gives_no_picture(
    paper: Document, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    monkeypatch.setattr(render, "_BOOT", f"print({answer!r})")

    with pytest.raises(UnreadableDocument, match="ließ sich nicht zeichnen"):
        draw(paper, 1)


def test_the_process_limits_itself(tmp_path: Path) -> None:
    boot = (
        render._BOOT.replace("import serve; serve()", "import _limit")
        + "; import resource as r; _limit(r.RLIMIT_NOFILE, 5)"
    )
    boot += "; print(r.getrlimit(r.RLIMIT_NOFILE)); _limit(r.RLIMIT_NOFILE, 9); print(r.getrlimit(r.RLIMIT_NOFILE))"
    said = subprocess.run(
        [*render.drawing_command()[:-2], boot, render.drawing_command()[-1]], capture_output=True, text=True, check=True
    )

    assert said.stdout.split("\n")[:2] == ["(5, 5)", "(5, 5)"], "a limit is never raised again"


def test_only_a_pdf_has_a_look(paper: Document) -> None:
    assert has_pictures(paper)
    assert not has_pictures(replace(paper, path="a.docx", paged=False))


_ODD = st.text(alphabet="aä\u0308 e\u0301\r\n\ufffe\x02\f\U0001f600-ﬁ가", max_size=40)


@given(_ODD)
def test_a_mapped_text_is_what_the_reader_gives(raw: str) -> None:
    plain = raw.replace("\r\n", "\n").replace("\ufffe", "-\n").replace("\x02", "-\n").replace("\f", "\n")

    mapped = map_text(raw, [Slice(start=0, end=len(raw))])

    assert unicodedata.normalize("NFC", mapped.text) == unicodedata.normalize("NFC", plain)
    assert len(mapped.places) == len(mapped.text)
    assert list(mapped.places) == sorted(mapped.places)


def test_the_mapping_agrees_with_the_pdf_reader(paper: Document) -> None:
    pages = read_pdf(render.file_of(paper), DEFAULT).pages

    raws = [page.replace("\n", "\r\n") for page in pages]
    assert [map_text(raw, [Slice(start=0, end=len(raw))]).text for raw in raws] == list(pages)


@pytest.mark.parametrize(
    ("boxes", "merged"),
    [
        ([(0, 0, 5, 10), (5, 0, 9, 10)], [(0, 0, 9, 10)]),  # neighbours
        ([(0, 0, 5, 10), (12, 0, 20, 10)], [(0, 0, 20, 10)]),  # a blank between
        ([(0, 20, 5, 30), (0, 0, 5, 10)], [(0, 20, 5, 30), (0, 0, 5, 10)]),  # the next line
        ([(0, 0, 5, 10), (200, 0, 205, 10)], [(0, 0, 5, 10), (200, 0, 205, 10)]),  # the next column
        ([(0, 0, 0, 10)], []),  # a character without extent
    ],
)
def test_marks_are_one_a_line(boxes: list[Any], merged: list[Any]) -> None:
    assert merge(boxes) == merged


TEXT = "Überschrift\n\nErster Satz. Zweiter\nSatz.\n\nDritter Satz."
ALL = Span(start=0, end=10_000)
MARKED = Span(start=TEXT.index("Zweiter"), end=TEXT.index("Satz.\n\nDritter") + 5)


def test_paragraphs_mark_the_quote_and_nothing_else() -> None:
    heading = Section(role=SectionRole.BODY, heading="Überschrift", span=Span(start=0, end=len(TEXT)))
    document = a_document(text=TEXT, sections=(heading,), paged=False)

    found = paragraphs(document, Span(start=0, end=len(TEXT)), MARKED)

    assert [one.is_heading for one in found] == [True, False, False]
    assert [piece.text for one in found for piece in one.pieces if piece.is_marked] == ["Zweiter\nSatz."]


def test_a_line_that_ends_early_ends_a_paragraph_of_a_page() -> None:
    text = "TOP 1: Termine\nDer Ausschuss nimmt den Bericht der\nVerwaltung auf.\nTOP 2: Geld"

    shown = ["".join(piece.text for piece in one.pieces).strip() for one in paragraphs(a_document(text=text), ALL)]

    assert [one.split("\n")[0][:8] for one in shown] == ["TOP 1: T", "Der Auss", "TOP 2: G"]


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_paragraphs_lose_no_letter_of_their_window(a: int, b: int, c: int, d: int) -> None:
    window, quote = Span(start=min(a, b), end=max(a, b)), Span(start=min(c, d), end=max(c, d))

    found = paragraphs(a_document(text=TEXT), window, quote)

    whole = ["".join(piece.text for piece in one.pieces) for one in found]
    assert whole == [one.strip() for one in whole], "line breaks at an edge would be shown as empty lines"
    shown = "".join(whole)
    assert "".join(shown.split()) == "".join(window.of(TEXT).split())
    marked = "".join(piece.text for one in found for piece in one.pieces if piece.is_marked)
    inner = TEXT[max(window.start, quote.start) : min(window.end, quote.end)]
    assert "".join(marked.split()) == "".join(inner.split())
