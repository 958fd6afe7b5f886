"""A paper as people look at it: one page as a picture with a quote marked, or its text as paragraphs.

On the shelf: channels may use it. It opens no paper itself; PDFium runs in a process of its own
(`ingest.readers.picture`) that is started for one page and may die at it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO, Final

from ingest.errors import UnreadableDocument
from ingest.types import Document, Span

WALL_S: Final = 25.0
"""From request to picture; the process itself stops after 20 s of processor time."""

EARLY: Final = 0.6
"""Of a typical line (third quartile: cleaning joins hyphenated lines, so the longest says nothing): a line of running
text that ends before that was not broken by the page's width."""

_HEAD_BYTES: Final = 1 << 20
_BOOT: Final = "import sys; sys.path.insert(0, sys.argv[1]); from ingest.readers.picture import serve; serve()"
_ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}
_PARAGRAPH: Final = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A rectangle on a picture, in its pixels from the upper left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page as it looks.

    Attributes:
        png: the picture, nothing drawn upon it.
        marks: one a line of the quote, in reading order; empty where none was asked for on this page.
    """

    png: bytes
    width: int
    height: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text, part of the quote or not."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of a paper, in pieces that together are its text."""

    pieces: tuple[Piece, ...]
    is_heading: bool = False


def has_pictures(document: Document) -> bool:
    """Tell whether the pages of a paper can be drawn: only a PDF has a look of its own."""
    return document.paged and document.path.lower().endswith(".pdf")


def draw(document: Document, page: int, quote: Span | None = None) -> Picture:
    """Draw a page of a PDF and tell where the quote stands on it. Takes 0.2 to 2 seconds.

    Args:
        document: must be paged.
        page: 1-based.
        quote: characters of the document's `text`; what of it stands on other pages is left out.

    Raises:
        UnreadableDocument: the page cannot be drawn, or the file is not the one that was read.
    """
    if not has_pictures(document) or not 1 <= page <= len(document.pages):
        raise UnreadableDocument(document.path, "Diese Seite gibt es nicht.", page=page)
    shown = document.pages[page - 1].span
    start = end = 0
    if quote is not None:
        there = document.source_span(quote)
        start, end = (max(0, min(len(shown), place - shown.start)) for place in (there.start, there.end))
    request = {
        "path": str(file_of(document)), "page": page, "text": shown.of(document.source), "start": start, "end": end,
    }  # fmt: skip
    return _drawn(document, page, request)


def paragraphs(document: Document, window: Span, quote: Span | None = None) -> tuple[Paragraph, ...]:
    """Give a stretch of a paper's text as paragraphs, line breaks of the page's width folded.

    Args:
        document: of any format.
        window: characters of its `text`.
        quote: what to mark, characters of its `text`.
    """
    headings = {" ".join(section.heading.split()) for section in document.sections if section.heading}
    found = []
    for block in _blocks(document.text, window, is_wrapped=document.paged):
        block = _trimmed(document.text, block)
        pieces = tuple(_pieces(document.text, block, quote))
        whole = "".join(piece.text for piece in pieces).strip()
        if whole:
            found.append(Paragraph(pieces=pieces, is_heading=whole in headings))
    return tuple(found)


def _blocks(text: str, window: Span, *, is_wrapped: bool) -> Iterator[Span]:
    """Part a text at empty lines; where its lines are those of a page, also behind a line that ends early."""
    lengths = sorted(len(line) for line in window.of(text).split("\n") if line.strip())
    typical = lengths[3 * len(lengths) // 4] if lengths else 0
    for match in _PARAGRAPH.finditer(text, window.start, window.end):
        start = place = match.start()
        for line in match[0].splitlines(keepends=True):
            place += len(line)
            if is_wrapped and len(line) < EARLY * typical:
                yield Span(start=start, end=place)
                start = place
        if start < match.end():
            yield Span(start=start, end=match.end())


def _trimmed(text: str, block: Span) -> Span:
    """Leave out the white space around a block: where line breaks are shown, it would be shown too."""
    whole = block.of(text)
    start = block.start + len(whole) - len(whole.lstrip())
    return Span(start=start, end=max(start, block.start + len(whole.rstrip())))


def _pieces(text: str, paragraph: Span, quote: Span | None) -> Iterator[Piece]:
    cuts = [paragraph.start, paragraph.end]
    if quote is not None:
        cuts += [min(max(place, paragraph.start), paragraph.end) for place in (quote.start, quote.end)]
    cuts.sort()
    for start, end in pairwise(cuts):
        if start < end:
            inside = quote is not None and quote.start <= start and end <= quote.end
            yield Piece(text=text[start:end], is_marked=inside)


def file_of(document: Document) -> Path:
    """Return where a paper's file is.

    Raises:
        UnreadableDocument: it is gone, or a link leads out of its root.
    """
    root, path = Path(document.root), document.path
    # should two roots hold the same relative path, the later one's papers carry its name in front
    for candidate in (root / path, root / path.removeprefix(f"{root.name}/")):
        try:
            file = candidate.resolve(strict=True)
            if file.is_file() and file.is_relative_to(root.resolve(strict=True)):
                return file
        except (OSError, RuntimeError, ValueError):
            continue
    raise UnreadableDocument(document.path, "Die Datei ist nicht mehr da, wo sie eingelesen wurde.")


def drawing_command() -> tuple[str, ...]:
    """Return how the process is started: this Python, isolated, with the package from where it is now."""
    return (sys.executable, "-I", "-B", "-c", _BOOT, str(Path(__file__).resolve().parents[1]))


def _drawn(document: Document, page: int, request: dict[str, object]) -> Picture:
    # a file, not a pipe: the process may write only so much into it, whatever the paper does to it
    with tempfile.TemporaryFile() as answer:
        try:
            subprocess.run(
                drawing_command(),
                input=json.dumps(request).encode("ascii"),
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
                cwd="/",
                timeout=WALL_S,
                start_new_session=True,
                check=True,
            )
            answer.seek(0)
            return _picture(answer)
        except subprocess.TimeoutExpired as error:
            reason = f"Das Zeichnen dauerte länger als {WALL_S:g} Sekunden und wurde abgebrochen."
            raise UnreadableDocument(document.path, reason, page=page) from error
        except _NoPicture as error:
            raise UnreadableDocument(document.path, str(error), page=page) from error
        except (subprocess.CalledProcessError, ValueError, KeyError, TypeError) as error:
            raise UnreadableDocument(document.path, "Die Seite ließ sich nicht zeichnen.", page=page) from error


class _NoPicture(Exception):
    """The process says why there is none."""


def _picture(answer: IO[bytes]) -> Picture:
    head = json.loads(answer.readline(_HEAD_BYTES))
    if "reason" in head:
        raise _NoPicture(head["reason"])
    marks = tuple(Mark(x=x, y=y, width=width, height=height) for x, y, width, height in head["marks"])
    return Picture(png=answer.read(), width=int(head["width"]), height=int(head["height"]), marks=marks)
