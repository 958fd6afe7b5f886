"""PDF through PDFium, page by page. The only user of pypdfium2 here.

PDFium keeps the reading order of the file and may read two columns across where they share a
baseline; `ingest.clean.page_quality` cannot see that.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.errors import UnreadableDocument
from ingest.readers.limits import Limits, check_length
from ingest.types import Extraction

MOST_PAGES = 5_000
"""A city's whole budget has about 1,500 pages."""

LITTLE_TEXT_CHARS = 100
"""Of 38 real PDFs, three drawings and poster pages have 9 to 48 characters, the shortest letter has 428."""


def read_pdf(path: Path, limits: Limits) -> Extraction:
    """Return the text of each page.

    Raises:
        UnreadableDocument: encrypted, broken, too long, or without any text.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        # PDFium keeps its last error: a broken file read after an encrypted one would be called encrypted too
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) and b"/Encrypt" in path.read_bytes():
            raise UnreadableDocument(path, "Das PDF ist mit einem Kennwort geschützt.") from error
        raise UnreadableDocument(path, "Das PDF ist beschädigt oder unvollständig.") from error
    try:
        count = len(document)
        if not count:
            raise UnreadableDocument(path, "Das PDF hat keine Seiten.")
        if count > MOST_PAGES:
            raise UnreadableDocument(path, f"Das PDF hat {count} Seiten; erlaubt sind {MOST_PAGES}.")
        pages, broken = _pages(path, document, limits)
    finally:
        document.close()
    empty = sum(not page.strip() for page in pages) - len(broken)
    if empty + len(broken) == count:
        raise UnreadableDocument(
            path,
            "Das PDF ist beschädigt: Keine Seite ließ sich öffnen."
            if len(broken) == count
            else "Das PDF enthält keinen Text, vermutlich ein Scan; eine Texterkennung (OCR) ist nicht eingerichtet.",
        )
    warnings = _warnings(empty, broken, count)
    chars = sum(len(page.strip()) for page in pages)
    if chars < LITTLE_TEXT_CHARS:
        warnings = (*warnings, f"Das PDF enthält nur {chars} Zeichen Text; es besteht vermutlich aus Bildern.")
    return Extraction(pages=pages, paged=True, reader=f"pypdfium2 {version('pypdfium2')}", warnings=warnings)


def _pages(path: Path, document: pypdfium2.PdfDocument, limits: Limits) -> tuple[tuple[str, ...], list[int]]:
    """Return all pages, and the 1-based numbers of those that cannot be opened (their text is empty)."""
    pages: list[str] = []
    broken: list[int] = []
    chars = 0
    for i in range(len(document)):
        try:
            page = document[i]
            text_page = page.get_textpage()
            text = text_page.get_text_range(errors="replace")
            text_page.close()
            page.close()
        except pypdfium2.PdfiumError:
            broken.append(i + 1)
            text = ""
        chars += len(text)
        check_length(path, chars, limits)
        pages.append(_plain(text))
    return tuple(pages), broken


def _plain(text: str) -> str:
    """Give lines back that PDFium joined: U+FFFE stands where a line ended in a hyphen."""
    return text.replace("\r\n", "\n").replace("\ufffe", "-\n").replace("\x02", "-\n").replace("\f", "\n")


def _warnings(empty: int, broken: list[int], count: int) -> tuple[str, ...]:
    warnings = []
    if empty:
        have = "hat" if empty == 1 else "haben"
        warnings.append(f"{empty} von {count} Seiten {have} keinen Text (vermutlich Scans).")
    if broken:
        numbers = ", ".join(map(str, broken[:20]))
        let = "ließ" if len(broken) == 1 else "ließen"
        warnings.append(f"{len(broken)} von {count} Seiten {let} sich nicht öffnen: {numbers}.")
    return tuple(warnings)
