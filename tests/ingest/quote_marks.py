"""Are quotes marked at the right place? Samples citations of real PDFs and looks at what stands inside their marks.

    python -m tests.ingest.quote_marks FOLDER [HOW_MANY]

The check does not use the indices that `ingest.render` works with: it asks PDFium for the place of every character of
the page and reads those whose middle lies inside a mark. Exit 1 if one quote is not what is marked.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import unicodedata
from contextlib import closing
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.embedding import load_encoder
from ingest.index.generation import current_generation
from ingest.index.layout import root_of
from ingest.pipeline import add
from ingest.render import Picture, draw, file_of, has_pictures
from ingest.sentences import sentences
from ingest.types import Document, Passage, Span, Visibility

NEARLY = 0.97
"""Letters that overlap in slanted or kerned type may put a neighbour's middle inside a mark: one in 300."""


def folded(text: str) -> str:
    """Return a text as quotes are compared."""
    return re.sub(r"[\s\-\u00ad\ufffe\x02]", "", unicodedata.normalize("NFC", text)).lower()


def inside(file: Path, page: int, picture: Picture) -> str:
    """Return the characters of a page whose middle lies inside a mark of its picture."""
    with closing(pypdfium2.PdfDocument(file)) as document:
        leaf = document[page - 1]
        text = leaf.get_textpage()
        place = leaf.render(scale=picture.height / leaf.get_size()[1]).get_posconv(leaf)
        found = []
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            if right <= left:
                continue
            x, y = place.to_bitmap((left + right) / 2, (bottom + top) / 2)
            if any(0 <= x - one.x <= one.width and 0 <= y - one.y <= one.height for one in picture.marks):
                found.append(chr(pdfium.FPDFText_GetUnicode(text, index)))
        return "".join(found)


def likeness(document: Document, quote: Span) -> float:
    """Return how much of a quote is marked, and nothing else: 1 for exactly the quote."""
    page = document.page_of(quote)
    assert page is not None, "only papers with pages are sampled"
    shown, there = document.pages[page - 1].span, document.source_span(quote)
    wanted = document.source[max(there.start, shown.start) : min(there.end, shown.end)]
    marked = inside(file_of(document), page, draw(document, page, quote))
    return SequenceMatcher(None, folded(wanted), folded(marked)).ratio()


def sample(papers: list[tuple[Document, tuple[Passage, ...]]], count: int) -> list[tuple[Document, Span]]:
    """Choose sentences as an answer would cite them, always the same ones."""
    dice = random.Random(5)
    chosen = []
    for _ in range(count):
        document, passages = dice.choice(papers)
        passage = dice.choice(passages)
        sentence = dice.choice(list(sentences(passage.text)))
        chosen.append(
            (document, Span(start=passage.span.start + sentence.start, end=passage.span.start + sentence.end))
        )
    return chosen


def tell(line: str) -> None:
    """Write a line for whoever started the command."""
    sys.stdout.write(line + "\n")


def main(folder: Path, count: int) -> int:
    """Index a folder, sample it and tell what is not marked as it should be."""
    with tempfile.TemporaryDirectory() as scratch:
        add(Path(scratch), [folder], load_encoder("bundled"))
        generation = current_generation(root_of(Path(scratch), Visibility.PUBLIC))
        assert generation is not None, "nothing was published"
        with closing(generation.catalogue()) as catalogue:
            found = [
                (catalogue.document(one.document_id), catalogue.passages_of(one.document_id))
                for one in catalogue.all_headers()
            ]
        papers = [(one, passages) for one, passages in found if one and has_pictures(one) and passages]
        wrong = 0
        for document, quote in sample(papers, count):
            alike = likeness(document, quote)
            if alike < NEARLY:
                wrong += 1
                tell(f"{alike:.2f} {document.path}, S. {document.page_of(quote)}: {quote.of(document.text)}")
    tell(f"{count - wrong} von {count} Zitaten an der richtigen Stelle markiert")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 50))
