"""Word, LibreOffice, RTF and PowerPoint through pandoc. The only user of pypandoc here.

Pandoc runs as a child of the worker, in its process group and under its limits, without network or
file access (`--sandbox`). Known gaps: headers and footers of pages, automatic numbers of headings,
and an ODT list that goes on counting after a pause are not in its tree.
"""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pypandoc

from ingest.errors import UnreadableDocument
from ingest.readers.limits import MIB, Limits, check_length
from ingest.readers.syntax import plain_text
from ingest.types import Extraction

_MOST_JSON_BYTES = 64 * MIB
"""A tree takes about ten times its text in JSON, and again ten times that in Python's memory."""
_RTF_UNICODE = re.compile(rb"(\\u-?\d{1,5})\?")
"""Pandoc 3.9 drops the character behind "\\u8222?"; with a blank between it does not."""
_SLIDE_ID = re.compile(r"slide-(\d{1,5})")
_HEAP_EXHAUSTED = 251
"""Exit status of GHC programs that run out of memory (GHC User's Guide, "RTS options for heap")."""


def read_office(path: Path, limits: Limits) -> Extraction:
    """Return the text of an office document; the slides of a `.pptx` are its pages.

    Raises:
        UnreadableDocument: broken, too large, or more than the limits allow.
    """
    suffix = path.suffix.lower().removeprefix(".")
    try:
        tree = json.loads(_pandoc_json(path, suffix))
        blocks = tree["blocks"]
        pages = tuple(map(plain_text, _slides(blocks))) if suffix == "pptx" else (plain_text(blocks),)
    except (json.JSONDecodeError, KeyError, IndexError, TypeError) as error:
        raise UnreadableDocument(path, "Das Dokument ist beschädigt oder unvollständig.") from error
    except RecursionError as error:
        raise UnreadableDocument(path, "Das Dokument ist zu tief verschachtelt.") from error
    check_length(path, sum(map(len, pages)), limits)
    return Extraction(pages=pages, paged=suffix == "pptx", reader=f"pandoc {_pandoc_version()}")


def _pandoc_json(path: Path, suffix: str) -> bytes:
    """Return pandoc's syntax tree of the file.

    Raises:
        UnreadableDocument: pandoc refuses the file, or the tree is too large.
    """
    command = [pypandoc.get_pandoc_path(), "--sandbox", f"--from={suffix}", "--to=json"]
    if suffix == "rtf":  # from stdin, so that it can be mended first
        data = _RTF_UNICODE.sub(rb"\1 ?", path.read_bytes())
        done = subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    else:
        command.append(str(path.absolute()))
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if done.returncode == _HEAP_EXHAUSTED:
        raise MemoryError
    if done.returncode:
        raise UnreadableDocument(path, "Das Dokument ist beschädigt oder unvollständig.")
    if len(done.stdout) > _MOST_JSON_BYTES:
        raise UnreadableDocument(path, "Das Dokument ist ausgepackt zu groß.")
    return done.stdout


def _slides(blocks: list[Any]) -> list[list[Any]]:
    """Part a presentation at the headings "slide-N" that pandoc puts before each slide, titled or not."""
    slides: list[list[Any]] = []
    for block in blocks:
        begins = block["t"] == "Header" and _SLIDE_ID.fullmatch(block["c"][1][0])
        if begins or not slides:
            slides.append([])
        untitled = begins and plain_text([block]) == f"Slide {begins[1]}"
        if not untitled:
            slides[-1].append(block)
    return slides


@cache
def _pandoc_version() -> str:
    return str(pypandoc.get_pandoc_version())
