"""Files become papers: read in child processes, cleaned, understood, and judged as public or not.

Must not know what is in an index or what is done with a paper.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from ingest.clean import clean, page_quality
from ingest.errors import BrokenSidecar, UnreadableDocument
from ingest.extraction import Extraction
from ingest.index.settlements import Settleable, Settlements
from ingest.outcomes import Progress, Stage, Watcher
from ingest.plan import Reading
from ingest.readers import ReaderPool
from ingest.readers.files import check_place
from ingest.sidecar import MAX_BYTES, Sidecar, read_sidecar
from ingest.sidecar_path import sidecar_path
from ingest.structure import understand
from ingest.types import Document, Page, Span, Visibility
from ingest.visibility.deciding import Clues, Ruling, decide, place_says_nonpublic
from ingest.visibility.places import names_nonpublic
from ingest.visibility.sidecars import broken_sidecar_hides
from ingest.visibility.text_keys import text_key

_log = logging.getLogger(__name__)


def read_papers(
    readings: Sequence[Reading],
    workers: int,
    settlements: Settlements,
    failed: Callable[[Reading, str], None],
    watch: Watcher,
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
                yield reading, _understood(reading, result, settlements)
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


def visibility_of_failure(root: str | Path, relative: str, settlements: Settlements) -> Visibility:
    """Tell where the failure of a file, or of a folder that cannot be opened, may be noted: what is known but its text.

    A sidecar that cannot be read hides its paper if it may speak of confidentiality.
    """
    place = _folder(root) / relative
    folders, name = _folders(root, relative), "" if place.is_dir() else place.name
    if place_says_nonpublic(folders, name):
        return Visibility.NONPUBLIC
    candidate = Settleable(root=str(root), relative=relative, text_key="", file_hash="")
    if settlements.decided(candidate) is Visibility.NONPUBLIC:
        return Visibility.NONPUBLIC
    try:
        sidecar = read_sidecar(place)
    except BrokenSidecar:
        return Visibility.NONPUBLIC if broken_sidecar_hides(_raw_sidecar(place)) else Visibility.PUBLIC
    except OSError:
        return Visibility.NONPUBLIC
    return decide(Clues(path=relative, folders=folders, name=name, sidecar=sidecar, pages=())).visibility


def visibility_of_root(root: Path, settlements: Settlements) -> Visibility:
    """Tell where a root without any paper may be remembered: its own name may say too much."""
    if root.is_file():
        return visibility_of_failure(root, root.name, settlements)
    return Visibility.NONPUBLIC if place_says_nonpublic(_folders(root, ""), "") else Visibility.PUBLIC


def is_below_nonpublic(root: str | Path, relative: str) -> bool:
    """Tell whether a file lies below the folder that wins over everything."""
    return names_nonpublic(_folders(root, relative))


def _raw_sidecar(file: Path) -> bytes | None:
    """Return the bytes of a sidecar, None if they cannot be had."""
    try:
        sidecar = sidecar_path(file)
        if sidecar is None or not sidecar.is_file() or sidecar.stat().st_size > MAX_BYTES:
            return None
        return sidecar.read_bytes()
    except OSError:
        return None


def _understood(reading: Reading, extraction: Extraction, settlements: Settlements) -> Document:
    """Make a paper of a file's text.

    Raises:
        UnreadableDocument: its sidecar is broken, or the paper leads to a mistake of ours, which is logged.
    """
    file = reading.file
    sidecar = read_sidecar(file.file)
    source = "\f".join(extraction.pages)
    try:
        cleaned = clean(source)
        document = understand(
            document_id=reading.document_id,
            path=reading.path,
            root=str(_folder(file.root)),
            extraction=extraction,
            source=source,
            cleaned=cleaned,
            pages=tuple(_pages(extraction.pages)),
            sidecar=sidecar,
            verdict=_verdict(reading, extraction, sidecar, settlements, text_key(cleaned.text)),
        )
    except Exception as error:
        # One strange paper must not keep 1,400 others out: it is reported like an unreadable one, the trace is logged.
        _log.exception("Interner Fehler beim Verstehen von %s", reading.path)
        raise UnreadableDocument(reading.path, f"Interner Fehler beim Verstehen ({type(error).__name__}).") from error
    return document


def _verdict(reading: Reading, extraction: Extraction, sidecar: Sidecar, settlements: Settlements, key: str) -> Ruling:
    file = reading.file
    folders, name = _folders(file.root, file.relative), file.file.name
    candidate = Settleable(
        root=file.root,
        relative=file.relative,
        text_key=key,
        file_hash=file.state.file_hash,
        sidecar_hash=file.state.sidecar_hash,
        sidecar_says_nonpublic=sidecar.visibility is Visibility.NONPUBLIC,
        place_says_nonpublic=place_says_nonpublic(folders, name),
    )
    return decide(
        Clues(
            path=reading.path,
            folders=folders,
            name=name,
            sidecar=sidecar,
            pages=extraction.pages,
            paged=extraction.paged,
            running=extraction.page_headers,
            hidden=extraction.hidden,
            settled=settlements.decided(candidate),
        )
    )


def _pages(texts: Sequence[str]) -> Iterator[Page]:
    """Number the pages and place them in the source, where a form feed stands between them."""
    starts = accumulate((len(text) + 1 for text in texts), initial=0)
    for number, (text, start) in enumerate(zip(texts, starts, strict=False), start=1):
        yield Page(number=number, span=Span(start=start, end=start + len(text)), quality=page_quality(text))


def _folders(root: str | Path, relative: str) -> tuple[str, ...]:
    """Return the names of all folders above a file, in its root or above it, or of a folder and those above it.

    Where the file stands once links are followed counts too: a link makes nothing public.
    """
    place = _folder(root) / relative
    target = Path(os.path.realpath(place))  # unlike Path.resolve it never fails, not even for links in a circle
    folders = (place, target) if place.is_dir() else (place.parent, target.parent)
    return tuple(dict.fromkeys(part for folder in folders for part in folder.parts))


def _folder(root: str | Path) -> Path:
    """Return a root's folder: itself, or the one in which a single file lies."""
    path = Path(root)
    return path.parent if path.is_file() else path
