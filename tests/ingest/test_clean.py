from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.clean import LOW_QUALITY, clean, cuts, page_quality
from ingest.types import Span

REPAIRS = [
    # words broken at a line end
    ("Nord-\nSüd-Achse", "Nord-Süd-Achse", "before a capital the hyphen is the word's own"),
    ("Ver-\nund Entsorgung", "Ver-\nund Entsorgung", "a hyphen before und stands for a missing word part"),
    ("Ver- und Entsorgung", "Ver- und Entsorgung", "nothing is broken inside a line"),
    ("Haupt-/\nund Finanzausschuss", "Haupt-/\nund Finanzausschuss", "no letter before the line end"),
    ("Ein-\noder Ausgang", "Ein-\noder Ausgang", "oder"),
    ("Hoch-\nbzw. Tiefbau", "Hoch-\nbzw. Tiefbau", "bzw."),
    ("Hoch-\nsowie Tiefbau", "Hoch-\nsowie Tiefbau", "sowie"),
    ("Hoch-\nbeziehungsweise Tiefbau", "Hoch-\nbeziehungsweise Tiefbau", "beziehungsweise"),
    ("Hin-\nunder", "Hinunder", "und must be the whole word"),
    ("Durch-\nführung", "Durchführung", "the plain case"),
    ("Haus- \nhalt", "Haushalt", "a blank between hyphen and line end"),
    ("Haus-\n   halt", "Haushalt", "the next line is set in"),
    ("Stra\u00dfen\u00ad\nbahn", "Straßenbahn", "a soft hyphen at a line end is a hyphen"),
    ("Bei\ufffe" "rat", "Beirat", "PDFium's sign for a hyphen at a line end"),
    ("Indoor\ufffeSportanlagen", "Indoor-Sportanlagen", "the same before a capital"),
    ("bis 2020-\nhalb", "bis 2020-\nhalb", "after a figure it is a dash"),
    ("so-\nwie-\nder", "sowieder", "twice in a row"),
    # characters
    ("Fa\u0308higkeit", "Fähigkeit", "NFC"),
    ("Pﬂicht oﬃziell", "Pflicht offiziell", "ligatures"),
    ("Rat\x00haus\u200b \u00adplatz", "Rathaus platz", "NUL, zero width, soft hyphen within a line"),
    ("1.000\u00a0Euro\u202fnetto", "1.000 Euro netto", "odd spaces"),
    ("eins\r\nzwei\rdrei\u2028vier", "eins\nzwei\ndrei\nvier", "line ends"),
    ("Ergebnis \t \nnein  ", "Ergebnis\nnein", "blanks at line ends"),
    ("a\n\n\n\n\n\nb", "a\n\n\nb", "at most two blank lines"),
    ("Damage \ufffd stays", "Damage \ufffd stays", "a lost character is not hidden"),
    ("x   y", "x   y", "inner blanks part columns"),
    # imprints
    ("Text\nGedruckt auf 100 Prozent Recyclingpapier\nmehr", "Text\nmehr", "an imprint anywhere"),
    ("Text\n\nzum Seitenanfang", "Text", "a web page's last link"),
    # pages
    ("wir bitten die\f– 2 –\nVerwaltung", "wir bitten die\n\nVerwaltung", "a head; the short line does not run on"),
    ("Das Konzept wurde im\f– 2 –\n\nzuständigen Ausschuss beraten.",
     "Das Konzept wurde im\nzuständigen Ausschuss beraten.", "a sentence runs on"),
    ("eine Um-\n\n\f   Seite 2  \n______________\nwegrentabilität", "eine Umwegrentabilität", "a word over two pages"),
    ("Ende.\nSeite 1 von 2\fAnfang\nSeite 2 von 2", "Ende.\n\nAnfang", "feet"),
    ("Eins.\fErläuterungen      Seite 2\nzwei.\fErläuterungen      Seite 3\ndrei",
     "Eins.\n\nErläuterungen\nzwei.\n\ndrei", "the first running head stays, without its number"),
    ("Seite 2 von 5 des Gutachtens", "Seite 2 von 5 des Gutachtens", "no mark if it goes on"),
    ("\f\f", "", "nothing but empty pages"),
    ("", "", "nothing"),
]  # fmt: skip


def fold(text: str) -> str:
    """As a quote is compared with its document (contracts.md)."""
    return re.sub(r"[\s\-\u00ad\u2010\u2011\ufffe]+", "", unicodedata.normalize("NFC", text)).lower()


def unligated(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(("source", "expected"), [row[:2] for row in REPAIRS], ids=[row[2] for row in REPAIRS])
def test_extracted_text_is_repaired(source: str, expected: str) -> None:
    assert clean(source).text == expected


def test_heads_that_most_pages_repeat_go_but_for_the_first() -> None:
    pages = [f"Stadt Erlangen | Folie {i}\nInhalt Nummer {word}.\n{i}" for i, word in enumerate("abcde", start=1)]

    text = clean("\f".join(pages)).text

    assert text.count("Stadt Erlangen") == 1
    assert text.splitlines()[:2] == ["Stadt Erlangen | Folie 1", "Inhalt Nummer a."]
    assert text.endswith("Inhalt Nummer e.")


def test_figures_at_page_edges_stay_unless_they_count_the_pages() -> None:
    pages = [f"{amount}\nEuro für Haus {name}." for amount, name in ((500, "a"), (120, "b"), (990, "c"))]

    assert clean("\f".join(pages)).text.count("Euro") == 3
    assert "120" in clean("\f".join(pages)).text


def test_a_quote_after_a_repair_is_found_at_its_place_in_the_source() -> None:
    source = "Die  Fa\u0308hre.\x00\n\n\n\n\n\fSeite 2\nDer Haus-\nhalt der Stadt."
    cleaned = clean(source)
    at = cleaned.text.index("Haushalt der")

    span = cleaned.offsets.span(Span(start=at, end=at + len("Haushalt der")))

    assert span.of(source) == "Haus-\nhalt der"


def test_cuts_name_the_places_where_words_were_left_out() -> None:
    source = "Wir bitten, die\n– 2 –".replace("\n", "\f") + "\nunseres Erachtens Durch-\nführung zu prüfen.\fEnde."
    cleaned = clean(source)

    found = cuts(cleaned, source)

    assert [cleaned.text[at : at + 7] for at in found] == ["unseres"]


def test_a_clean_text_has_no_cuts() -> None:
    source = "Der Ge-\nmeinderat  \r\nbeschließt.\n\n\n\n\n"

    assert cuts(clean(source), source) == ()


PIECES = [
    "Haus-\nhalt", "Ver-\nund", " ", "  ", "\n", "\n\n\n\n", "\f", "– 2 –", "Seite 3 von 9", "Kopf     Seite 2",
    "\r\n", "\r", "ﬁ",
    "\ufffe", "\u00ad", "\u0308", "a", "A", "-", "‐", "\x00", "\u200b", "\u00a0", "____________", "Stadt",
    "zum Seitenanfang", "7", "Sei-\nte 2", ".",
    "und", "Gedruckt auf 100 Prozent Recyclingpapier", "\u1100", "\u1161", "\x02", "\t",
]  # fmt: skip
sources = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30).map("".join)


@given(sources)
@example("Ver-\nund-\nlich")
@example("x\f– 2-\n–\ny")
def test_cleaning_what_is_clean_changes_nothing(source: str) -> None:
    text = clean(source).text

    assert clean(text).text == text


@given(sources)
def test_the_map_only_goes_forward_and_stays_inside_the_source(source: str) -> None:
    cleaned = clean(source)
    places = [cleaned.offsets.offset(i) for i in range(len(cleaned.text) + 1)]

    assert places == sorted(places)
    assert all(place < len(source) for place in places[:-1])


@given(sources)
def test_every_character_stood_where_the_map_says(source: str) -> None:
    source = "".join(
        c
        for c in unicodedata.normalize("NFC", source)
        if (not unicodedata.combining(c) and c.isascii()) or c in "ﬁäß\ufffe"
    )
    cleaned = clean(source)

    for i, char in enumerate(cleaned.text):
        origin = source[cleaned.offsets.offset(i)]
        assert char.isspace() or char in unligated(origin) or (char == "-" and origin in "\ufffe\x02\u00ad")


@given(sources.map(lambda text: unicodedata.normalize("NFC", text.replace("\u0308", ""))), st.data())
def test_a_span_without_a_cut_inside_reads_the_same_in_the_source(source: str, data: st.DataObject) -> None:
    cleaned = clean(source)
    start = data.draw(st.integers(0, len(cleaned.text)))
    end = data.draw(st.integers(start, len(cleaned.text)))
    if any(start < cut < end for cut in cuts(cleaned, source)):
        return

    there = unligated(cleaned.offsets.span(Span(start=start, end=end)).of(source))

    invisible = r"[\x00-\x1f\x7f\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x80-\x9f]+"
    assert fold(re.sub(invisible, "", unligated(cleaned.text[start:end]))) in fold(re.sub(invisible, "", there))


PROSE = (
    "Der Gemeinderat beauftragt die Verwaltung, bis zum Sommer ein Konzept für die Digitalisierung der "
    "Bürgerdienste vorzulegen und dabei die Kosten sowie die Zuständigkeiten der Ämter darzustellen."
)


def test_prose_reads_better_than_the_bar_and_damaged_prose_does_not() -> None:
    shifted = "".join(chr((ord(c) - 97 + 3) % 26 + 97) if "a" <= c <= "z" else c for c in PROSE)
    lost = re.sub("[aeiou]", "\ufffd", PROSE)

    assert page_quality(PROSE) > 0.95
    assert page_quality(shifted) < LOW_QUALITY
    assert page_quality(lost) < LOW_QUALITY


@pytest.mark.parametrize(("page", "most"), [("", 0.0), ("  \n", 0.0), ("1 2 3 4,50", 0.5), ("S\nW\nK\na", 0.0)])
def test_a_page_without_words_reads_badly(page: str, most: float) -> None:
    assert page_quality(page) <= most


@given(st.text())
def test_quality_lies_between_0_and_1(page: str) -> None:
    assert 0 <= page_quality(page) <= 1
