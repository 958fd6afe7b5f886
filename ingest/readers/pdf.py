"""PDF through PDFium, page by page. What is on a page is read in `ingest.readers.pdf_page`."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.errors import UnreadableDocument
from ingest.extraction import Extraction, Omission
from ingest.readers.left_out import counted
from ingest.readers.limits import Limits, check_length
from ingest.readers.pdf_page import PageText, page_text
from ingest.readers.titles import declared_title

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
        if document.get_formtype() != pdfium.FORMTYPE_NONE:
            document.init_forms()
        read, broken = _pages(path, document, limits)
        left_out = counted(
            {
                Omission.STRUCK: sum(page.struck for page in read),
                Omission.COMMENT: sum(page.comments for page in read),
                Omission.ATTACHMENT: document.count_attachments(),
            }
        )
        title = declared_title(document.get_metadata_value("Title"), path.stem)
        labels = _labels(document)
    finally:
        document.close()
    pages = tuple(page.text for page in read)
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
    return Extraction(
        pages=pages,
        paged=True,
        reader=f"pypdfium2 {version('pypdfium2')}",
        warnings=warnings,
        left_out=left_out,
        declared_title=title,
        page_labels=labels,
    )


def _pages(path: Path, document: pypdfium2.PdfDocument, limits: Limits) -> tuple[tuple[PageText, ...], list[int]]:
    """Return all pages, and the 1-based numbers of those that cannot be opened (their text is empty)."""
    pages: list[PageText] = []
    broken: list[int] = []
    chars = 0
    for i in range(len(document)):
        try:
            page = document[i]
            text_page = page.get_textpage()
            read = page_text(document, i, page, text_page)
            text_page.close()
            page.close()
        except pypdfium2.PdfiumError:
            broken.append(i + 1)
            read = PageText(raw="", parts=())
        chars += len(read.raw)
        check_length(path, chars, limits)
        pages.append(read)
    return tuple(pages), broken


def _labels(document: pypdfium2.PdfDocument) -> tuple[str, ...]:
    """Return what the file says is printed on its pages as their numbers; nothing where they just count from 1."""
    labels = tuple(document.get_page_label(i) for i in range(len(document)))
    counted_from_1 = all(label in ("", str(number)) for number, label in enumerate(labels, start=1))
    return () if counted_from_1 else labels


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
