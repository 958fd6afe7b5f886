"""The reading process: takes a path, gives the text or one sentence why not.

It limits itself before it reads anything, imports a format's library only when a file of that format
comes, and may die at any file; `ingest.readers.pool` stands outside and replaces it.
"""

from __future__ import annotations

import importlib
import os
import re
import resource
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from ingest.errors import UnreadableDocument, UnsupportedFormat
from ingest.extraction import Extraction
from ingest.readers.files import check, ending, is_markup
from ingest.readers.frames import pack, read_frame
from ingest.readers.left_out import sentences_about
from ingest.readers.limits import Limits

Reader = Callable[[Path, Limits], Extraction]

_READERS = {
    ".txt": ("text", "read_text"),
    ".md": ("text", "read_markdown"),
    ".html": ("html", "read_html"),
    ".htm": ("html", "read_html"),
    ".pdf": ("pdf", "read_pdf"),
    ".docx": ("office", "read_office"),
    ".odt": ("office", "read_office"),
    ".rtf": ("office", "read_office"),
    ".pptx": ("slides", "read_slides"),
    ".fodt": ("office", "read_office"),
    ".xlsx": ("sheet", "read_sheet"),
    ".ods": ("odf_sheet", "read_odf_sheet"),
    ".fods": ("odf_sheet", "read_odf_sheet"),
    ".csv": ("delimited", "read_csv"),
    ".eml": ("mail", "read_mail"),
}
_SURROGATES = re.compile("[\ud800-\udfff]")
TOO_MUCH_MEMORY = "Das Lesen brauchte zu viel Arbeitsspeicher und wurde abgebrochen."


def read_document(path: Path, limits: Limits) -> Extraction:
    """Check and read one file in this very process; its text is NFC and valid Unicode.

    Raises:
        UnreadableDocument: in one sentence, why not.
        MemoryError: it needs more than the process may have.
    """
    check(path, limits)
    suffix = ending(path)
    mislabelled = suffix == ".txt" and is_markup(path)
    module, function = _READERS[".html" if mislabelled else suffix]
    reader: Reader = getattr(importlib.import_module(f"ingest.readers.{module}"), function)
    extraction = reader(path, limits)
    if not any(page.strip() for page in extraction.pages):
        raise UnreadableDocument(path, "Die Datei enthält keinen Text.")
    warnings = (*extraction.warnings, *sentences_about(extraction.left_out))
    if mislabelled:
        warnings = (*warnings, "Die Endung sagt .txt, der Inhalt ist HTML; er wurde als HTML gelesen.")
    return replace(
        extraction,
        pages=tuple(map(_valid, extraction.pages)),
        warnings=warnings,
        declared_title=" ".join(_valid(extraction.declared_title).split()),
        page_headers=tuple(map(_valid, extraction.page_headers)),
        hidden=tuple(map(_valid, extraction.hidden)),
        page_labels=tuple(map(_valid, extraction.page_labels)),
    )


def serve(read: Reader = read_document) -> None:
    """Answer requests from stdin on stdout until stdin ends.

    The first message gives the limits, each further one a path. Answers: `ready`, then for each path
    `extraction` or `reason`; `spent` asks to be replaced.
    """
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the frames
    limits = Limits(**read_frame(requests))
    _limit_process(limits)
    answers.write(pack({"ready": True}))
    answers.flush()
    while True:
        try:
            request = read_frame(requests)
        except EOFError:
            return
        _limit_cpu(limits.cpu_s)
        answer = _answer(read, Path(request["path"]), limits)
        frame = pack(answer)
        answers.write(frame)
        answers.flush()
        if answer["spent"]:
            return


def _answer(read: Reader, path: Path, limits: Limits) -> dict[str, Any]:
    answer: dict[str, Any]
    try:
        answer = {"extraction": asdict(read(path, limits))}
    except UnreadableDocument as error:
        answer = {"reason": error.reason, "unsupported": isinstance(error, UnsupportedFormat)}
    except MemoryError:
        return {"reason": TOO_MUCH_MEMORY, "unsupported": False, "memory": True, "spent": True}
    except OSError as error:
        answer = {"reason": f"Die Datei kann nicht gelesen werden ({error.strerror or error}).", "unsupported": False}
    # a heap that has once been large stays so, and the next file would have less
    peak_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return answer | {"spent": peak_bytes > limits.memory_bytes // 2}


def _limit_process(limits: Limits) -> None:
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    _limit(resource.RLIMIT_FSIZE, limits.written_bytes)
    _limit(resource.RLIMIT_CORE, 0)


def _limit(what: int, most: int) -> None:
    """Limit this process for good; where it is limited already, to no more than that."""
    allowed = resource.getrlimit(what)[1]
    most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
    resource.setrlimit(what, (most, most))


def _limit_cpu(seconds: int) -> None:
    """Give the process so many seconds more; the kernel sends SIGXCPU when they are used up."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _valid(page: str) -> str:
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", page)).replace("\f", "\n")
