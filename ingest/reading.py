"""Files become papers: read in child processes, cleaned, understood.

Must not know what is in an index or what is done with a paper.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Final

from ingest.clean import clean, page_quality
from ingest.errors import BrokenSidecar, UnreadableDocument
from ingest.outcomes import Progress, Stage, Watcher
from ingest.plan import Reading
from ingest.readers import ReaderPool
from ingest.readers.files import check_place
from ingest.sidecar import read_sidecar, sidecar_path
from ingest.structure import understand
from ingest.structure.visibility import names_nonpublic
from ingest.types import Document, Extraction, Page, Span, Visibility

_log = logging.getLogger(__name__)

_HIDDEN: Final = re.compile(rb"""nonpublic|nicht(?:\xc3\xb6|oe)ffentlich|visibility["']?\s*:(?!\s*["']?public\b)""")
"""What in a sidecar that is no valid one still says, or may say, that its paper is not for everybody."""


def read_papers(
    readings: Sequence[Reading], workers: int, failed: Callable[[Reading, str], None], watch: Watcher
) -> Iterator[tuple[Reading, Document]]:
    """Read and understand files, in whatever order they come; those that cannot be read go to `failed`."""
    if not readings:
        return
    inside = list(_inside_their_roots(readings, failed))
    left_out = len(readings) - len(inside)
    with ReaderPool(workers) as pool:
        results = pool.read_many((number, reading.file.file) for number, reading in enumerate(inside))
        for done, (number, result) in enumerate(results, start=1 + left_out):
            reading = inside[number]
            try:
                if isinstance(result, UnreadableDocument):
                    raise result
                yield reading, _understood(reading, result)
            except BrokenSidecar as error:
                failed(reading, f"{Path(error.path).name}: {error.reason}")
            except UnreadableDocument as error:
                failed(reading, error.reason)
            watch(Progress(stage=Stage.READING, done=done, total=len(readings)))


def _inside_their_roots(readings: Sequence[Reading], failed: Callable[[Reading, str], None]) -> Iterator[Reading]:
    """Leave out links that lead out of their root: whoever may add papers must not thereby read other files."""
    for reading in readings:
        root = Path(reading.file.root)
        try:
            if root.is_dir():  # a single file was named by whoever gave it, link or not
                for place in filter(None, (reading.file.file, sidecar_path(reading.file.file))):
                    check_place(place, root)
        except UnreadableDocument as error:
            failed(reading, error.reason)
        else:
            yield reading


def visibility_of_failure(root: str | Path, relative: str) -> Visibility:
    """Tell where the failure of a file, or of a folder that cannot be opened, may be noted."""
    root = Path(root)
    hidden = _is_below_nonpublic(root, relative) or may_say_nonpublic(_folder(root) / relative)
    return Visibility.NONPUBLIC if hidden else Visibility.PUBLIC


def visibility_of_root(root: Path) -> Visibility:
    """Tell where a root without any paper may be remembered: its own name may say too much."""
    if root.is_file():
        return visibility_of_failure(root, root.name)
    return Visibility.NONPUBLIC if _is_below_nonpublic(root, "") else Visibility.PUBLIC


def may_say_nonpublic(file: Path) -> bool:
    """Tell whether the sidecar of a file that cannot be read speaks of non-public: in doubt it does."""
    try:
        return read_sidecar(file).visibility is Visibility.NONPUBLIC
    except BrokenSidecar:
        pass
    except OSError:
        return True
    try:
        sidecar = sidecar_path(file)
        raw = sidecar.read_bytes().lower().replace(b"\0", b"") if sidecar else b""  # zeros: of UTF-16
    except OSError:
        return True
    return bool(_HIDDEN.search(raw))


def _understood(reading: Reading, extraction: Extraction) -> Document:
    """Make a paper of a file's text.

    Raises:
        UnreadableDocument: its sidecar is broken, or the paper leads to a mistake of ours, which is logged.
    """
    file = reading.file
    sidecar = read_sidecar(file.file)
    source = "\f".join(extraction.pages)
    try:
        document = understand(
            document_id=reading.document_id,
            path=reading.path,
            root=str(_folder(file.root)),
            extraction=extraction,
            source=source,
            cleaned=clean(source),
            pages=tuple(_pages(extraction.pages)),
            sidecar=sidecar,
        )
    except Exception as error:
        # One strange paper must not keep 1,400 others out: it is reported like an unreadable one, the trace is logged.
        _log.exception("Interner Fehler beim Verstehen von %s", reading.path)
        raise UnreadableDocument(reading.path, f"Interner Fehler beim Verstehen ({type(error).__name__}).") from error
    if _is_below_nonpublic(Path(file.root), file.relative):
        return replace(document, visibility=Visibility.NONPUBLIC)
    return document


def _pages(texts: Sequence[str]) -> Iterator[Page]:
    """Number the pages and place them in the source, where a form feed stands between them."""
    starts = accumulate((len(text) + 1 for text in texts), initial=0)
    for number, (text, start) in enumerate(zip(texts, starts, strict=False), start=1):
        yield Page(number=number, span=Span(start=start, end=start + len(text)), quality=page_quality(text))


def _is_below_nonpublic(root: Path, relative: str) -> bool:
    """Tell whether a folder above a file, in its root or above it, is named for what is not public.

    Where the file stands once links are followed counts too: a link makes nothing public.
    """
    place = _folder(root) / relative
    target = Path(os.path.realpath(place))  # unlike Path.resolve it never fails, not even for links in a circle
    folders = (place, target) if place.is_dir() else (place.parent, target.parent)
    return any(names_nonpublic(folder.parts) for folder in folders)


def _folder(root: str | Path) -> Path:
    """Return a root's folder: itself, or the one in which a single file lies."""
    path = Path(root)
    return path.parent if path.is_file() else path
