"""What stands on a page of a PDF: columns, crossed-out text, forms, notes, footnotes. Pages are drawn line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.clean import clean
from ingest.extraction import Extraction, LeftOut, Omission
from ingest.readers import DEFAULT
from ingest.readers.worker import read_document
from ingest.sentences import sentences
from tests.ingest.readers.papers import at, drawn_pdf

LEFT = """Im vergangenen Jahr hat die Gemeinde
ihre drei Sporthallen grundlegend er-
neuert. Dafür standen Mittel des Landes
bereit, die bis Dezember abgerufen
wurden. Die Halle in der Weststadt ist
seit März wieder geöffnet.""".split("\n")
RIGHT = """Der Zuschuss an den Turnverein steigt
auf 18.000 Euro im Jahr. Er wird in
zwei Raten ausgezahlt. Die erste Rate
ist am 1. April fällig, die zweite am
1. Oktober. Für den Ruderclub bleibt es
beim bisherigen Betrag.""".split("\n")
MIDDLE = """Die Stadtwerke planen den Bau
einer neuen Leitung entlang der
Bahnlinie. Sie soll im Sommer
beginnen und etwa vier Monate
dauern. Anwohner werden vorab
schriftlich informiert.""".split("\n")


def read(tmp_path: Path, data: bytes) -> Extraction:
    path = tmp_path / "vorlage.pdf"
    path.write_bytes(data)
    return read_document(path, DEFAULT)


def page_of(tmp_path: Path, *content: str, annotations: tuple[str, ...] = ()) -> str:
    return read(tmp_path, drawn_pdf("\n".join(content), annotations=annotations)).pages[0]


def rows(*columns: tuple[float, list[str]], top: float = 700, drop: float = 0) -> list[str]:
    """Draw columns row by row over the page's width; each further column `drop` points lower."""
    return [
        at(x, top - 13 * i - drop * number, lines[i])
        for i in range(max(len(lines) for _, lines in columns))
        for number, (x, lines) in enumerate(columns)
        if i < len(lines) and lines[i]
    ]


def said(text: str) -> set[str]:
    """Return a page's sentences as they are quoted."""
    cleaned = clean(text).text
    return {" ".join(span.of(cleaned).split()) for span in sentences(cleaned)}


@pytest.mark.parametrize("drop", [0, 3], ids=["same lines", "lines that do not meet"])
def test_columns_written_row_by_row_are_read_one_after_the_other(tmp_path: Path, drop: float) -> None:
    text = page_of(tmp_path, at(50, 760, "Sportbericht", 14), *rows((50, LEFT), (300, RIGHT), drop=drop))

    assert [line for line in text.split("\n") if line] == ["Sportbericht", *LEFT, *RIGHT]
    assert "Dafür standen Mittel des Landes bereit, die bis Dezember abgerufen wurden." in said(text)


def test_columns_are_found_though_their_words_are_set_far_apart(tmp_path: Path) -> None:
    def spread(x: float, y: float, line: str) -> str:
        starts = [0, *(i + 1 for i, char in enumerate(line) if char == " ")]
        return "\n".join(at(x + 5.6 * start, y, line[start:].split()[0]) for start in starts)

    content = [spread(x, 700 - 13 * i, line) for i in range(6) for x, line in ((50, LEFT[i]), (300, RIGHT[i]))]

    assert [line for line in page_of(tmp_path, *content).split("\n") if line] == [*LEFT, *RIGHT]


def test_lists_beside_each_other_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [
        "• Die Halle wird saniert und im",
        "Herbst wieder geöffnet.",
        "• Im Park entstehen zwei neue",
        "und ein alter Weg.",
    ]
    right = [
        "• Der Markt zieht auf den Platz",
        "vor der alten Post.",
        "• Das Archiv bleibt im Juli an",
        "zwei Tagen zu.",
    ]

    text = page_of(tmp_path, *rows((50, left), (300, right)))

    assert [line for line in text.split("\n") if line] == [*left, *right]


def test_three_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    text = page_of(tmp_path, *rows((40, LEFT), (230, MIDDLE), (400, RIGHT)))

    assert [line for line in text.split("\n") if line] == [*LEFT, *MIDDLE, *RIGHT]


def test_text_over_the_whole_width_parts_columns_above_from_those_below(tmp_path: Path) -> None:
    wide = "Zwischen beiden Teilen steht ein Satz, der über die ganze Breite der Seite und beide Spalten reicht."
    text = page_of(
        tmp_path, *rows((50, LEFT), (300, RIGHT)), at(50, 600, wide), *rows((50, RIGHT), (300, LEFT), top=570)
    )

    assert [line for line in text.split("\n") if line] == [*LEFT, *RIGHT, wide, *RIGHT, *LEFT]


def test_cells_of_running_text_stay_beside_their_neighbour(tmp_path: Path) -> None:
    lines = ["50 705 m 550 705 l S", "50 658 m 550 658 l S", "50 617 m 550 617 l S"]
    old = ["Die Gebühr beträgt für jede Stelle im", "Jahr 900 Euro und wird im Voraus zum", "Januar erhoben."]
    new = ["Die Gebühr beträgt für jede Stelle im", "Jahr 1.150 Euro und wird nachträglich", "im März erhoben."]
    text = page_of(tmp_path, *lines, *rows((50, old), (300, new)), *rows((50, LEFT[:3]), (300, RIGHT[:3]), top=646))

    assert [line for line in text.split("\n") if line] == [*old, *new, *LEFT[:3], *RIGHT[:3]]


@pytest.mark.parametrize(
    "columns",
    [
        (  # a budget: figures beside labels, one of them in two lines
            ["Zuschüsse für laufende Zwecke an", "private Unternehmen und Vereine", "Personal", "Abschreibungen"],
            ["120.000", "", "4.210.300", "88.000"],
            ["130.000", "", "4.350.000", "91.200"],
        ),
        (  # a letterhead
            ["Stadt Auenwald", "Der Bürgermeister", "Fachbereich Finanzen und Steuern", "Az. 20.1"],
            ["Rathausplatz 4", "12345 Auenwald", "Telefon: 01234 5678", "E-Mail: rathaus@auenwald.example"],
        ),
        (  # what is done, a line a row
            ["Radweg Uferstraße wird gebaut", "Brücke am Wehr ist gesperrt", "Halle Nord wird saniert", "Park ist neu"],
            [
                "Tiefbauamt meldet den Beginn",
                "Gutachten liegt seit Mai vor",
                "Fertig im Herbst geplant",
                "Abnahme war gut",
            ],
        ),
        (  # a Beratungsfolge
            ["Hauptausschuss", "Ausschuss für Klima und Umwelt", "Rat der Stadt", "Bezirksvertretung Mitte"],
            ["12.03.2025", "19.03.2025", "26.03.2025", "02.04.2025"],
            ["öffentlich", "nichtöffentlich", "öffentlich", "öffentlich"],
            ["Vorberatung", "Vorberatung", "Entscheidung", "zur Kenntnis"],
        ),
    ],
    ids=["budget", "letterhead", "measures", "Beratungsfolge"],
)
def test_a_table_is_read_row_by_row(tmp_path: Path, columns: tuple[list[str], ...]) -> None:
    places = [(50 + 190 * i * (0.7 if i > 1 else 1), lines) for i, lines in enumerate(columns)]

    lines = page_of(tmp_path, *rows(*places)).split("\n")

    assert [line.split() for line in lines] == [
        " ".join(cell for cell in row if cell).split() for row in zip(*columns, strict=True)
    ]


FEE = "Der Beitrag steigt auf 40 Euro im Monat."
STRIKE = "50 703.4 m 230 703.4 l S"


@pytest.mark.parametrize(
    "drawing",
    [
        STRIKE,  # one line
        "50 703 180 0.8 re f",  # a thin rectangle, as Word writes it
        "0.9 w " + " ".join(f"{50 + 20 * i} 703.4 m {70 + 20 * i} 703.4 l S" for i in range(9)),  # piece by piece
        "50 703.4 m 230 703.4 l 50 300 m 60 300 l S",  # one path with another line
        "q 1 0 0 1 0 703.4 cm 50 0 m 230 0 l S Q",  # drawn elsewhere and moved
        "50 702 m 230 702 l S 50 704 m 230 704 l S",  # twice
    ],
)
def test_what_is_crossed_out_is_left_out_and_counted(tmp_path: Path, drawing: str) -> None:
    extraction = read(
        tmp_path, drawn_pdf("\n".join((at(50, 700, FEE), at(50, 685, "Er steigt auf 55 Euro."), drawing)))
    )

    assert extraction.pages == ("Er steigt auf 55 Euro.",)
    assert extraction.left_out == (LeftOut(what=Omission.STRUCK, count=1),)
    assert "Eine durchgestrichene Stelle wurde ausgelassen." in extraction.warnings


@pytest.mark.parametrize(
    "drawing",
    [
        "50 698.4 m 230 698.4 l S",  # underlined
        "50 711 m 230 711 l S",  # the line of a table above
        "1 1 0 rg 50 697 180 12 re f",  # marked
        "50 703.4 m 560 703.4 l S",  # the grid of a chart
        "1 1 1 RG 50 703.4 m 230 703.4 l S",  # white: nobody sees it
        "50 703.4 m 56 703.4 l S",  # a dash
    ],
)
def test_other_lines_cross_nothing_out(tmp_path: Path, drawing: str) -> None:
    extraction = read(tmp_path, drawn_pdf(f"{drawing} 0 g\n{at(50, 700, FEE)}"))

    assert extraction.pages == (FEE,)
    assert extraction.left_out == ()


@pytest.mark.parametrize(
    ("text", "struck", "left"),
    [
        ("Er zahlt 40 Euro 55 Euro.", "40 Euro", "Er zahlt 55 Euro."),  # within a line: one blank stays
        ("40 Euro 55 Euro zahlt er.", "40 Euro", "55 Euro zahlt er."),  # at its beginning
        ("Er zahlt 55 Euro 40 Euro.", "40 Euro.", "Er zahlt 55 Euro"),  # at its end
    ],
)
def test_nothing_is_left_of_what_is_crossed_out(tmp_path: Path, text: str, struck: str, left: str) -> None:
    # in Courier's place: Helvetica's figures and small letters differ, so the parts are drawn one by one
    before, after = text.split(struck)
    x = 50 + 6 * len(before)
    parts = [at(50, 700, before), at(x, 700, struck), at(x + 6 * len(struck), 700, after)]
    line = f"{x} 703.4 m {x + 4.9 * len(struck)} 703.4 l S"

    assert " ".join(page_of(tmp_path, *parts, line).split()) == left


def test_text_that_an_annotation_strikes_out_is_left_out(tmp_path: Path) -> None:
    strike = "/Subtype /StrikeOut /Rect [50 697 240 712] /QuadPoints [50 712 240 712 50 697 240 697] /Contents (alt)"
    extraction = read(
        tmp_path,
        drawn_pdf(f"{at(50, 700, FEE)}\n{at(50, 685, 'Er steigt auf 55 Euro.')}", annotations=(strike,)),
    )

    assert extraction.pages == ("Er steigt auf 55 Euro.",)
    assert extraction.left_out == (
        LeftOut(what=Omission.STRUCK, count=1),
        LeftOut(what=Omission.COMMENT, count=1),
    )


FIELD = "/Subtype /Widget /F 4 /Rect [{box}] /FT /Tx /T (f{box}) /V ({value}) /DA (/F1 10 Tf 0 g)"


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        (FIELD.format(box="140 696 300 712", value="Grüne"), "Fraktion: Grüne\nWir bitten um Zustimmung."),
        (FIELD.format(box="45 640 300 676", value="Bald."), "Fraktion:\nWir bitten um Zustimmung.\nBald."),  # below
        (FIELD.format(box="140 696 300 712", value=""), "Fraktion:\nWir bitten um Zustimmung."),
        (
            "/Subtype /FreeText /Rect [100 697 200 711] /Contents (Die Linke) /DA (/F1 10 Tf)",
            "Fraktion: Die Linke\nWir bitten um Zustimmung.",  # typed into a printed form
        ),
        (
            "/Subtype /FreeText /Rect [50 500 200 520] /Contents (Nachtrag: Frist bis Mai.) /DA (/F1 10 Tf)",
            "Fraktion:\nWir bitten um Zustimmung.\n\nNachtrag: Frist bis Mai.",
        ),
        (
            "/Subtype /Stamp /Rect [50 500 200 520] /Name /Confidential",
            "Fraktion:\nWir bitten um Zustimmung.\n\nVertraulich",
        ),
        (
            "/Subtype /FreeText /F 2 /Rect [50 500 200 520] /Contents (versteckt) /DA (/F1 10 Tf)",
            "Fraktion:\nWir bitten um Zustimmung.",
        ),
        (
            "/Subtype /Text /Rect [50 500 70 520] /Contents (nur intern)",  # a comment: not printed
            "Fraktion:\nWir bitten um Zustimmung.",
        ),
    ],
)
def test_what_is_written_over_a_page_is_read_where_it_belongs(tmp_path: Path, annotation: str, expected: str) -> None:
    content = (at(50, 700, "Fraktion:"), at(50, 680, "Wir bitten um Zustimmung."))

    assert page_of(tmp_path, *content, annotations=(annotation,)) == expected


def test_boxes_of_a_form_are_ticked_or_not(tmp_path: Path) -> None:
    box = (
        "/Subtype /Widget /F 4 /Rect [{x} 698 {end} 710] /FT /Btn /T (b{x}) /V /{on} /AS /{on} "
        "/AP << /N << /Yes 6 0 R /Off 6 0 R >> >>"
    )
    boxes = tuple(box.format(x=x, end=x + 12, on=on) for x, on in ((120, "Off"), (200, "Yes")))

    text = page_of(
        tmp_path, at(50, 700, "Sitzung:"), at(136, 700, "öffentlich"), at(216, 700, "vertraulich"), annotations=boxes
    )

    assert text == "Sitzung: ☐ öffentlich ☒ vertraulich"


BODY = [
    "Die Stadt hat im Jahr 2024 rund 14 Kilometer Radwege ausgebaut.",
    "Der Anteil des Radverkehrs liegt bei 21 Prozent. Für die Strecke",
    "entlang der Uferstraße sind im kommenden Haushalt insgesamt",
]
NEXT = at(50, 700, "2,3 Millionen Euro vorgesehen.")


@pytest.mark.parametrize(
    "foot",
    [
        at(50, 120, "1 Ohne den Abschnitt am Hafen.", 7),  # set smaller
        "50 135 m 194 135 l S\n" + at(50, 120, "1) Ohne den Abschnitt am Hafen."),  # below a line
        at(50, 120, "* Ohne den Abschnitt am Hafen.", 7) + "\n" + at(290, 40, "Seite 4", 7),  # above a page number
    ],
)
def test_a_footnote_does_not_come_between_the_halves_of_a_sentence(tmp_path: Path, foot: str) -> None:
    first = "\n".join((*(at(50, 200 - 14 * i, line) for i, line in enumerate(BODY)), foot))
    text = "\f".join(read(tmp_path, drawn_pdf(first, NEXT)).pages)

    assert {
        "Für die Strecke entlang der Uferstraße sind im kommenden Haushalt insgesamt 2,3 Millionen Euro vorgesehen."
    } <= said(text)
    assert any(one.endswith("Ohne den Abschnitt am Hafen.") and "Haushalt" not in one for one in said(text))


def test_a_list_at_the_end_of_a_page_is_no_footnote(tmp_path: Path) -> None:
    lines = [*BODY, "1. Der Bericht wird veröffentlicht.", "2. Er wird fortgeschrieben."]

    assert page_of(tmp_path, *(at(50, 200 - 14 * i, line) for i, line in enumerate(lines))).split("\n") == lines


def test_a_raised_figure_does_not_change_a_number(tmp_path: Path) -> None:
    raised = "BT /F1 10 Tf 50 700 Td (Es sind 25.000) Tj /F1 6 Tf 4 Ts (3) Tj /F1 10 Tf 0 Ts ( Euro.) Tj ET"

    assert page_of(tmp_path, raised) == "Es sind 25.000³ Euro."


@pytest.mark.parametrize(
    ("matrix", "turned"), [("0 1 -1 0 595 0", 90), ("0 1 -1 0 595 0", 0), ("-1 0 0 -1 595 842", 180)]
)
def test_turned_pages_are_read_upright(tmp_path: Path, matrix: str, turned: int) -> None:
    content = "\n".join(("q", f"{matrix} cm", *rows((50, LEFT), (300, RIGHT), top=500), "50 503.4 m 220 503.4 l S Q"))
    extraction = read(tmp_path, drawn_pdf(content, turned=turned))

    assert [line for line in extraction.pages[0].split("\n") if line] == [*LEFT[1:], *RIGHT]
    assert extraction.left_out == (LeftOut(what=Omission.STRUCK, count=1),)


def test_printed_page_numbers_and_a_declared_title_are_kept(tmp_path: Path) -> None:
    labels = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 217 >>] >>"
    pages = ("\n".join(at(50, 700 - 14 * i, line) for i, line in enumerate(BODY)), NEXT, NEXT)
    extraction = read(tmp_path, drawn_pdf(*pages, catalog=labels, title="Bericht zum Radverkehr 2024"))

    assert extraction.page_labels == ("i", "217", "218")
    assert extraction.declared_title == "Bericht zum Radverkehr 2024"
    assert read(tmp_path, drawn_pdf(*pages)).page_labels == ()


def test_files_inside_a_file_are_counted(tmp_path: Path) -> None:
    names = "/Names << /EmbeddedFiles << /Names [(a.xlsx) << /Type /Filespec /F (a.xlsx) >>] >> >>"
    extraction = read(tmp_path, drawn_pdf(NEXT, catalog=names))

    assert extraction.left_out == (LeftOut(what=Omission.ATTACHMENT, count=1),)
