from __future__ import annotations

from pathlib import Path

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

from ingest.extraction import LeftOut, Omission
from ingest.readers import DEFAULT
from ingest.readers.worker import read_document
from tests.ingest.readers.papers import office


def test_slides_are_pages(tmp_path: Path) -> None:
    path = office("# Strategie\n\n- eins\n\n- zwei\n\n# Kosten\n\nviel\n\n---\n\nohne Titel\n", tmp_path / "a.pptx")

    extraction = read_document(path, DEFAULT)

    assert extraction.paged
    assert [page.split("\n")[0] for page in extraction.pages] == ["Strategie", "Kosten", "ohne Titel"]


def test_groups_tables_charts_and_notes_are_read_from_top_to_bottom(tmp_path: Path) -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Ausbau der Radwege"
    chart = CategoryChartData(number_format="0%")
    chart.categories = ["Rad", "Bus"]
    chart.add_series("Anteil 2024", (0.21, 0.15))
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, Cm(1), Cm(14), Cm(5), Cm(4), chart)
    table = slide.shapes.add_table(2, 2, Cm(1), Cm(10), Cm(8), Cm(2)).table
    for place, text in (((0, 0), "Strecke"), ((0, 1), "Länge"), ((1, 0), "Ufer"), ((1, 1), "2 km")):
        table.cell(*place).text = text
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Cm(9), Cm(6), Cm(4), Cm(1)).text_frame.text = "rechts"
    group.shapes.add_textbox(Cm(1), Cm(6), Cm(4), Cm(1)).text_frame.text = "links"
    slide.notes_slide.notes_text_frame.text = "Das Land zahlt die Hälfte."
    hidden = show.slides.add_slide(show.slide_layouts[5])
    hidden.shapes.title.text = "Nur intern"
    hidden.element.set("show", "0")
    show.save(str(tmp_path / "a.pptx"))

    extraction = read_document(tmp_path / "a.pptx", DEFAULT)

    assert [line for line in extraction.pages[0].split("\n") if line] == [
        "Ausbau der Radwege", "links", "rechts", "Strecke | Länge", "Ufer | 2 km",
        "Anteil 2024: Rad 21 %; Bus 15 %", "Notizen: Das Land zahlt die Hälfte.",
    ]  # fmt: skip
    assert extraction.pages[1] == "", "pages keep their numbers"
    assert extraction.left_out == (LeftOut(what=Omission.SLIDE, count=1),)
    assert extraction.hidden == ("Nur intern",)
    assert extraction.declared_title == "Ausbau der Radwege"


def test_text_that_is_crossed_out_is_not_read(tmp_path: Path) -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "Beiträge"
    paragraph = slide.shapes.add_textbox(Cm(1), Cm(6), Cm(9), Cm(1)).text_frame.paragraphs[0]
    for text, strike in (("Er zahlt ", None), ("40 Euro ", "sngStrike"), ("55 Euro.", None)):
        run = paragraph.add_run()
        run.text = text
        if strike:
            run._r.get_or_add_rPr().set("strike", strike)
    show.save(str(tmp_path / "a.pptx"))

    extraction = read_document(tmp_path / "a.pptx", DEFAULT)

    assert extraction.pages == ("Beiträge\n\nEr zahlt 55 Euro.",)
    assert extraction.left_out == (LeftOut(what=Omission.STRUCK, count=1),)
