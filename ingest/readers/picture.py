"""A process that draws one page of a PDF and tells where a stretch of its text stands. Started by `ingest.render`.

It limits itself before it opens anything, answers one request and ends. Offsets are those of the reader
(`ingest.readers.pdf`): the page is read again in the same way (`ingest.readers.pdf_page`), and nothing is marked or
shown if it is not the text that was read into the index.
"""

from __future__ import annotations

import json
import os
import resource
import struct
import sys
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.readers.pdf_page import PageText, page_text, unit_of
from ingest.readers.pieces import Box, Fragment, characters_of

MEMORY_BYTES = 1536 * 1024 * 1024
CPU_S = 20
"""The slowest of the 23 real council PDFs (a map) takes 1.9 s a page on one core."""
WRITTEN_BYTES = 24 * 1024 * 1024

LONG_SIDE_PX = 1700
"""Two pixels a point for A4: sharp on a phone's screen, 80 to 400 KB a page."""

_CHANGED = "Die Datei wurde geändert, seit sie eingelesen wurde."

Place = int | Box | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedText:
    """A page's text as its reader gives it.

    Attributes:
        places: for each character, its offset in PDFium's text; its box where it was put in; None for white space.
    """

    text: str
    places: tuple[Place, ...]


def serve() -> None:
    """Answer the one request on stdin: a line of JSON on stdout, behind it the PNG."""
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_CPU, CPU_S)
    _limit(resource.RLIMIT_FSIZE, WRITTEN_BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get into the answer
    head, png = _answer(json.load(sys.stdin.buffer))
    answers.write(json.dumps(head).encode("ascii") + b"\n" + png)
    answers.flush()


def map_text(raw: str, parts: Iterable[Fragment]) -> MappedText:
    """Compose letters and accents as the reader does, and remember where each character came from."""
    text: list[str] = []
    places: list[Place] = []
    for cluster in _clusters(list(characters_of(raw, parts))):
        composed = unicodedata.normalize("NFC", "".join(char for char, _ in cluster))
        text.append(composed)
        places += [cluster[min(i, len(cluster) - 1)][1] for i in range(len(composed))]
    return MappedText(text="".join(text), places=tuple(places))


def merge(boxes: Iterable[Box]) -> list[Box]:
    """Join the boxes of neighbouring characters to one a line, in the order given."""
    lines: list[Box] = []
    for left, bottom, right, top in boxes:
        if right <= left or top <= bottom:
            continue
        if lines:
            a, b, c, d = lines[-1]
            overlap = min(d, top) - max(b, bottom)
            height = max(d - b, top - bottom)
            if overlap > 0.5 * min(d - b, top - bottom) and -height < left - c < 2 * height:
                lines[-1] = (min(a, left), min(b, bottom), max(c, right), max(d, top))
                continue
        lines.append((left, bottom, right, top))
    return lines


def _answer(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        document = pypdfium2.PdfDocument(Path(request["path"]))
        if document.get_formtype() != pdfium.FORMTYPE_NONE:
            document.init_forms()
        page = document[request["page"] - 1]
        text_page = page.get_textpage()
        read = page_text(document, request["page"] - 1, page, text_page)
    except (pypdfium2.PdfiumError, IndexError):
        return {"reason": "Die Seite lässt sich nicht öffnen."}, b""
    mapped = map_text(read.raw, read.parts)
    if mapped.text != request["text"]:
        return {"reason": _CHANGED}, b""
    scale = LONG_SIDE_PX / max(*page.get_size(), 1.0)
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    place = bitmap.get_posconv(page)
    places = dict.fromkeys(mapped.places[request["start"] : request["end"]])
    marks = []
    for left, bottom, right, top in merge(_boxes(text_page, read, places)):
        (x1, y1), (x2, y2) = place.to_bitmap(left, top), place.to_bitmap(right, bottom)
        marks.append([min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1)])
    return {"width": bitmap.width, "height": bitmap.height, "marks": marks}, _png(bitmap)


def _boxes(text_page: Any, read: PageText, places: Iterable[Place]) -> Iterator[Box]:
    for place in places:
        if isinstance(place, tuple):
            yield read.on_page(place)
        elif place is not None and not read.raw[place].isspace():
            index = pdfium.FPDFText_GetCharIndexFromTextIndex(text_page, unit_of(read.raw, place))
            try:
                yield text_page.get_charbox(index, loose=True)
            except pypdfium2.PdfiumError:  # of a character that stands nowhere
                continue


def _clusters(pieces: list[tuple[str, Place]]) -> Iterator[list[tuple[str, Place]]]:
    """Part characters so that none composes with one of another part (accents follow their letter; Hangul is kept)."""
    cluster: list[tuple[str, Place]] = []
    for piece in pieces:
        if cluster and unicodedata.is_normalized("NFC", cluster[-1][0] + piece[0]) and not _combines(piece[0]):
            yield cluster
            cluster = []
        cluster.append(piece)
    if cluster:
        yield cluster


def _combines(char: str) -> bool:
    return unicodedata.combining(char) != 0


def _png(bitmap: Any) -> bytes:
    """Write a bitmap as PNG (RFC 2083): 8 bits a channel, grey or RGB, each line unfiltered."""
    channels = bitmap.n_channels
    data, row = bytes(bitmap.buffer), bitmap.width * channels
    lines = b"".join(b"\0" + data[y * bitmap.stride : y * bitmap.stride + row] for y in range(bitmap.height))
    header = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, {1: 0, 3: 2, 4: 6}[channels], 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b""))
    parts = (struct.pack(">I", len(body)) + name + body + _sum(name + body) for name, body in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _sum(data: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(data))


def _limit(what: int, most: int) -> None:
    allowed = resource.getrlimit(what)[1]
    most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
    resource.setrlimit(what, (most, most))
