"""What is drawn on a page of a PDF beside its text: lines, annotations, the fields of a form. PDFium in, values out."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.boxes import Boxed
from ingest.readers.pieces import Box
from ingest.readers.struck import Stroke

MOST_OBJECTS: Final = 20_000
"""Objects of a page that are looked at: more are a drawing."""
MOST_SEGMENTS: Final = 200
"""Segments of a path that are looked at, for the same reason."""
THICKEST: Final = 6.0
SHORTEST: Final = 3.0
"""Points: what may be a line through a word."""
_DEEPEST: Final = 4
_FAINT: Final = 235
"""Of 255: a line so light is not seen as crossing anything out."""

_HIDDEN: Final = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_COMMENTED: Final = frozenset(
    {
        pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_CARET, pdfium.FPDF_ANNOT_STRIKEOUT,
    }
)  # fmt: skip
_PASSWORD_FIELD: Final = 1 << 13
"""ISO 32000-1, table 228."""
_STAMPS: Final = {
    "NotForPublicRelease": "Nicht zur Veröffentlichung", "ForPublicRelease": "Zur Veröffentlichung",
    "NotApproved": "Nicht genehmigt", "Approved": "Genehmigt", "TopSecret": "Streng geheim",
    "Confidential": "Vertraulich", "Draft": "Entwurf", "Final": "Endgültig", "Expired": "Abgelaufen",
    "Void": "Ungültig", "Completed": "Erledigt",
}  # fmt: skip
"""Names of stamps that viewers draw themselves (ISO 32000-1, table 181, and Acrobat's), longer ones first."""

Turn = Callable[[float, float, float, float], Box]
"""Turns a box of the page so that its text runs from left to right."""
_Matrix = tuple[float, float, float, float, float, float]
_SAME: Final[_Matrix] = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """What a page's annotations say.

    Attributes:
        boxes: filled fields, notes and stamps that are seen on the page.
        areas: where text is struck out.
        strokes: lines laid over the page by hand.
        comments: how many comments are not seen on the page.
    """

    boxes: tuple[Boxed, ...] = ()
    areas: tuple[Box, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    comments: int = 0


def strokes_of(page: pypdfium2.PdfPage, turn: Turn) -> list[Stroke]:
    """Return the horizontal lines and thin rectangles that are drawn on a page."""
    budget = [MOST_OBJECTS]
    count = pdfium.FPDFPage_CountObjects(page)
    objects = (pdfium.FPDFPage_GetObject(page, i) for i in range(min(count, MOST_OBJECTS)))
    return [stroke for one in objects for stroke in _strokes(one, _SAME, turn, budget, 0)]


def annotations_of(document: pypdfium2.PdfDocument, index: int, page: pypdfium2.PdfPage, turn: Turn) -> Annotations:
    """Read the annotations of a page that a viewer shows.

    Args:
        document: with its form, if it has one.
        index: the page's place in it, from 0.
        page: open.
        turn: as the page's text is turned.
    """
    boxes: list[Boxed] = []
    areas: list[Box] = []
    strokes: list[Stroke] = []
    comments = 0
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_OBJECTS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            if pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
                continue
            comments += kind in _COMMENTED and bool(_string(annotation, b"Contents"))
            box = _box(annotation, turn)
            match kind:
                case pdfium.FPDF_ANNOT_STRIKEOUT:
                    areas += _quads(annotation, turn) or [box]
                case pdfium.FPDF_ANNOT_LINE | pdfium.FPDF_ANNOT_INK:
                    strokes += _drawn_by_hand(box)
                case pdfium.FPDF_ANNOT_FREETEXT | pdfium.FPDF_ANNOT_STAMP:
                    text = _note(annotation, kind) or _drawn_text(document, index, i)
                    boxes += [Boxed(text=text, box=box, is_note=True)] if text else []
                case pdfium.FPDF_ANNOT_WIDGET if document.formenv:
                    boxes += _field(document.formenv, annotation, box)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return Annotations(boxes=tuple(boxes), areas=tuple(areas), strokes=tuple(strokes), comments=comments)


def _strokes(one: Any, matrix: _Matrix, turn: Turn, budget: list[int], depth: int) -> Iterator[Stroke]:
    kind = pdfium.FPDFPageObj_GetType(one)
    if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inner = _times(_matrix(one), matrix)
        for i in range(pdfium.FPDFFormObj_CountObjects(one)):
            budget[0] -= 1
            if budget[0] < 0:
                return
            yield from _strokes(pdfium.FPDFFormObj_GetObject(one, i), inner, turn, budget, depth + 1)
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        sides = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(one, *sides):
            return
        left, bottom, right, top = turn(*_mapped(matrix, *(side.value for side in sides)))
        if right - left < SHORTEST or not _is_seen(one):
            return
        if top - bottom <= THICKEST:
            thickness = _width(one) if _is_line(one) else top - bottom
            yield Stroke(left=left, right=right, y=(bottom + top) / 2, thickness=min(thickness, top - bottom))
        else:
            yield from _lines_of_path(one, _times(_matrix(one), matrix), turn)


def _lines_of_path(path: Any, matrix: _Matrix, turn: Turn) -> Iterator[Stroke]:
    """Yield the horizontal lines of a path that draws several."""
    count = pdfium.FPDFPath_CountSegments(path)
    if not 2 <= count <= MOST_SEGMENTS:
        return
    thickness = _width(path)
    x, y = ctypes.c_float(), ctypes.c_float()
    before = (0.0, 0.0)
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO:
            left, bottom, right, top = turn(*_sorted(*_mapped(matrix, *before, *point)))
            if top - bottom < 0.5 and right - left >= SHORTEST:
                yield Stroke(left=left, right=right, y=(bottom + top) / 2, thickness=thickness)
        before = point


def _is_line(path: Any) -> bool:
    """Tell whether a path is stroked, not filled: its box is then wider than what is seen."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(stroke.value) and not fill.value


def _is_seen(path: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    colour = pdfium.FPDFPageObj_GetStrokeColor if stroke.value else pdfium.FPDFPageObj_GetFillColor
    parts = [ctypes.c_uint() for _ in range(4)]
    if not (fill.value or stroke.value) or not colour(path, *parts):
        return bool(fill.value or stroke.value)
    *rgb, alpha = (part.value for part in parts)
    return alpha > 255 - _FAINT and min(rgb) < _FAINT


def _width(path: Any) -> float:
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(path, width)
    return width.value


def _matrix(one: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(one, found):
        return _SAME
    values = (found.a, found.b, found.c, found.d, found.e, found.f)
    return _SAME if values == _SAME else values


def _times(first: _Matrix, second: _Matrix) -> _Matrix:
    if second is _SAME:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _mapped(matrix: _Matrix, left: float, bottom: float, right: float, top: float) -> Box:
    if matrix is _SAME:
        return left, bottom, right, top
    a, b, c, d, e, f = matrix
    xs, ys = zip(*((a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _sorted(x: float, y: float, u: float, v: float) -> Box:
    return min(x, u), min(y, v), max(x, u), max(y, v)


def _box(annotation: Any, turn: Turn) -> Box:
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, rectangle)
    low, high = sorted((rectangle.bottom, rectangle.top))
    return turn(rectangle.left, low, rectangle.right, high)


def _quads(annotation: Any, turn: Turn) -> list[Box]:
    found = []
    for i in range(pdfium.FPDFAnnot_CountAttachmentPoints(annotation)):
        quad = pdfium.FS_QUADPOINTSF()
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, i, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            found.append(turn(min(xs), min(ys), max(xs), max(ys)))
    return found


def _drawn_by_hand(box: Box) -> list[Stroke]:
    """Take a flat box for a line: a hand is not steady, and a line's box has room for its ends."""
    left, bottom, right, top = box
    if right - left < 2 * (top - bottom):
        return []
    return [Stroke(left=left, right=right, y=(bottom + top) / 2, thickness=1.0)] if top - bottom <= 2 * THICKEST else []


def _note(annotation: Any, kind: int) -> str:
    if kind == pdfium.FPDF_ANNOT_FREETEXT:
        return _string(annotation, b"Contents")
    if pdfium.FPDFAnnot_GetObjectCount(annotation) > 0:
        return ""
    name = _string(annotation, b"Name")
    return next((said for key, said in _STAMPS.items() if key in name), _string(annotation, b"Contents"))


def _drawn_text(document: pypdfium2.PdfDocument, index: int, number: int) -> str:
    """Return what an annotation's own drawing says: it alone is laid into a copy of its page, and that is read."""
    copy = pypdfium2.PdfDocument.new()
    try:
        copy.import_pages(document, [index])
        page = copy[0]
        for i in reversed(range(pdfium.FPDFPage_GetAnnotCount(page))):
            if i != number:
                pdfium.FPDFPage_RemoveAnnot(page, i)
        before = page.get_textpage().count_chars()
        if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
            return ""
        return str(copy[0].get_textpage().get_text_range(errors="replace")[before:]).strip()
    except pypdfium2.PdfiumError:
        return ""
    finally:
        copy.close()


def _field(form: Any, annotation: Any, box: Box) -> list[Boxed]:
    match pdfium.FPDFAnnot_GetFormFieldType(form, annotation):
        case pdfium.FPDF_FORMFIELD_CHECKBOX | pdfium.FPDF_FORMFIELD_RADIOBUTTON:
            mark = "☒" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "☐"
            return [Boxed(text=mark, box=box, is_tick=True)]
        case pdfium.FPDF_FORMFIELD_TEXTFIELD:
            if pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD_FIELD:
                return []
            text = _text(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)
        case pdfium.FPDF_FORMFIELD_COMBOBOX | pdfium.FPDF_FORMFIELD_LISTBOX:
            text = _chosen(form, annotation) or _text(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)
        case _:
            return []
    return [Boxed(text=text, box=box)] if text else []


def _chosen(form: Any, annotation: Any) -> str:
    count = min(max(pdfium.FPDFAnnot_GetOptionCount(form, annotation), 0), MOST_OBJECTS)
    chosen = (i for i in range(count) if pdfium.FPDFAnnot_IsOptionSelected(form, annotation, i))
    return ", ".join(_text(pdfium.FPDFAnnot_GetOptionLabel, form, annotation, i) for i in chosen)


def _string(annotation: Any, key: bytes) -> str:
    return _text(pdfium.FPDFAnnot_GetStringValue, annotation, key)


def _text(ask: Callable[..., int], *arguments: Any) -> str:
    """Ask PDFium for a string: first its length in bytes, then itself in UTF-16."""
    length = ask(*arguments, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    ask(*arguments, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    text = buffer.raw[: length - 2].decode("utf-16-le", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
