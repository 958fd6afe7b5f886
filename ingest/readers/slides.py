"""Presentations through python-pptx, a page a slide. The only user of pptx.

Not pandoc: 3.9 leaves out what stands in groups, charts and notes without a word.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from lxml import etree
from pptx import Presentation
from pptx.exc import PackageNotFoundError, PythonPptxError
from pptx.util import Emu

from ingest.errors import UnreadableDocument
from ingest.extraction import Extraction, Omission
from ingest.readers.left_out import HiddenLines, counted
from ingest.readers.limits import Limits, check_length
from ingest.readers.number_formats import written
from ingest.readers.titles import declared_title

_NUMBERS: Final = frozenset({"SLIDE_NUMBER", "DATE", "FOOTER", "HEADER"})
_DEEPEST: Final = 20
_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def read_slides(path: Path, limits: Limits) -> Extraction:
    """Return the text of each slide: its title, what stands on it from top to bottom, its notes.

    Raises:
        UnreadableDocument: broken, or more text than the limits allow.
    """
    left_out: Counter[Omission] = Counter()
    hidden, edges = HiddenLines(), HiddenLines()
    try:
        show = Presentation(str(path))
        pages = []
        for slide in show.slides:
            if slide.element.get("show") in ("0", "false"):
                left_out[Omission.SLIDE] += 1
                hidden.extend("\n".join(_slide(slide, Counter())).split("\n"))
                pages.append("")
                continue
            edges.extend(_edges(slide))
            pages.append("\n\n".join(part for part in _slide(slide, left_out) if part))
            check_length(path, sum(map(len, pages)), limits)
        declared = (show.core_properties.title or "", pages[0].split("\n")[0] if pages else "")
    except (PackageNotFoundError, PythonPptxError, KeyError, ValueError, TypeError, AttributeError, etree.LxmlError,
            zipfile.BadZipFile) as error:  # fmt: skip
        raise UnreadableDocument(path, "Das Dokument ist beschädigt oder unvollständig.") from error
    except RecursionError as error:
        raise UnreadableDocument(path, "Das Dokument ist zu tief verschachtelt.") from error
    return Extraction(
        pages=tuple(pages),
        paged=True,
        reader=f"python-pptx {version('python-pptx')}",
        left_out=counted(left_out),
        declared_title=next(filter(None, (declared_title(title, path.stem) for title in declared)), ""),
        page_headers=edges.lines,
        hidden=hidden.lines,
    )


def _edges(slide: Any) -> Iterator[str]:
    """Yield what stands in a slide's header and footer."""
    for shape in slide.placeholders:
        if shape.placeholder_format.type.name in ("FOOTER", "HEADER") and shape.has_text_frame:
            yield shape.text_frame.text


def _slide(slide: Any, left_out: Counter[Omission]) -> Iterator[str]:
    title = slide.shapes.title
    if title is not None:
        yield _paragraphs(title.text_frame, left_out).replace("\n", " ")
    for shape in _in_order(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            yield _shape(shape, left_out, 0)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = _paragraphs(slide.notes_slide.notes_text_frame, left_out)
        yield f"Notizen: {notes}" if notes else ""


def _in_order(shapes: Iterable[Any]) -> list[Any]:
    """Sort shapes as they are read: those of one height from left to right, rows from top to bottom."""
    return sorted(shapes, key=lambda shape: ((shape.top or Emu(0)) // 360_000, shape.left or Emu(0)))


def _shape(shape: Any, left_out: Counter[Omission], depth: int) -> str:
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    if kind is not None and kind.name in _NUMBERS:
        return ""
    if hasattr(shape, "shapes") and depth < _DEEPEST:
        return "\n".join(filter(None, (_shape(one, left_out, depth + 1) for one in _in_order(shape.shapes))))
    if getattr(shape, "has_table", False):
        return "\n".join(filter(None, (_row(row, left_out) for row in shape.table.rows)))
    if getattr(shape, "has_chart", False):
        text = _chart(shape.chart, left_out)
        left_out[Omission.CHART] += not text
        return text
    if shape.has_text_frame:
        return _paragraphs(shape.text_frame, left_out)
    return "\n".join(_smart_art(shape))


def _paragraphs(frame: Any, left_out: Counter[Omission]) -> str:
    texts = ("".join(_runs(paragraph, left_out)) for paragraph in frame.paragraphs)
    return "\n".join(text.replace("\v", "\n").strip() for text in texts if text.strip())


def _runs(paragraph: Any, left_out: Counter[Omission]) -> Iterator[str]:
    for part in paragraph._p.content_children:
        properties = part.find(f"{_DRAWING}rPr")
        if properties is None or properties.get("strike", "noStrike") == "noStrike":
            yield part.text
        else:
            left_out[Omission.STRUCK] += bool(part.text.strip())


def _row(row: Any, left_out: Counter[Omission]) -> str:
    """Write a row of a table; a cell merged over several stands once."""
    cells = [" ".join(_paragraphs(cell.text_frame, left_out).split()) for cell in row.cells if not cell.is_spanned]
    return " | ".join(cells) if any(cells) else ""


def _chart(chart: Any, left_out: Counter[Omission]) -> str:
    """Write the values of a chart, a line a series: "Anteil 2030: Wärmenetz 45 %; Wärmepumpe 30 %"."""
    title = (
        " ".join(_paragraphs(chart.chart_title.text_frame, left_out).split())
        if (chart.has_title and chart.chart_title.has_text_frame)
        else ""
    )
    lines = [title]
    for plot in chart.plots:
        categories = [str(label) for label in plot.categories]
        for series in plot.series:
            form = series._element.findtext(".//{*}val//{*}formatCode") or "General"
            values = [
                f"{label} {written(value, form)}".strip()
                for label, value in zip(categories or [""] * len(series.values), series.values, strict=False)
                if value is not None
            ]
            if values:
                lines.append(f"{series.name}: {'; '.join(values)}" if series.name else "; ".join(values))
    return "\n".join(filter(None, lines)) if len(lines) > 1 else ""


def _smart_art(shape: Any) -> Iterator[str]:
    """Yield the texts of a diagram, which stand in a part of their own."""
    for one in shape.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"):
        relation = one.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm")
        if relation:
            root = etree.fromstring(shape.part.related_part(relation).blob)
            for paragraph in root.iter(f"{_DRAWING}p"):
                text = "".join(part.text or "" for part in paragraph.iter(f"{_DRAWING}t"))
                if text.strip():
                    yield text.strip()
