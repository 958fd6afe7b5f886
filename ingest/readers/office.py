"""Word, LibreOffice and RTF through pandoc, with what stands around their text. The only user of pypandoc here.

Pandoc runs as a child of the worker, in its process group and under its limits, without network or
file access (`--sandbox`). Known gaps: headers and footers of RTF pages, automatic numbers of headings,
and an ODT list that goes on counting after a pause are not in its tree.
"""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pypandoc
from lxml import etree

from ingest.errors import UnreadableDocument
from ingest.extraction import Extraction, Omission
from ingest.readers.left_out import counted
from ingest.readers.limits import MIB, Limits, check_length
from ingest.readers.odf import frame_of_odt
from ingest.readers.page_frame import Frame, framed
from ingest.readers.syntax import read_tree
from ingest.readers.titles import declared_title
from ingest.readers.word import frame_of_word

_MOST_JSON_BYTES = 64 * MIB
"""A tree takes about ten times its text in JSON, and again ten times that in Python's memory."""
_RTF_UNICODE = re.compile(rb"(\\u-?\d{1,5})\?")
"""Pandoc 3.9 drops the character behind "\\u8222?"; with a blank between it does not."""
_HEAP_EXHAUSTED = 251
"""Exit status of GHC programs that run out of memory (GHC User's Guide, "RTS options for heap")."""


def read_office(path: Path, limits: Limits) -> Extraction:
    """Return the text of an office document, the first page's header above it and its footer below.

    Raises:
        UnreadableDocument: broken, too large, or more than the limits allow.
    """
    suffix = path.suffix.lower()
    try:
        frame = _FRAMES[suffix](path.read_bytes())
        tree = json.loads(_pandoc_json(path, _PANDOC_NAMES[suffix], frame.data))
        read = read_tree(tree)
    except (json.JSONDecodeError, KeyError, IndexError, TypeError, zipfile.BadZipFile, etree.LxmlError) as error:
        raise UnreadableDocument(path, "Das Dokument ist beschädigt oder unvollständig.") from error
    except RecursionError as error:
        raise UnreadableDocument(path, "Das Dokument ist zu tief verschachtelt.") from error
    text = framed(read.text, frame)
    check_length(path, len(text), limits)
    titles = (declared_title(title, path.stem) for title in (*read.titles, frame.title))
    return Extraction(
        pages=(text,),
        paged=False,
        reader=f"pandoc {_pandoc_version()}",
        left_out=counted({Omission.STRUCK: read.struck, **frame.left_out}),
        declared_title=next(filter(None, titles), ""),
        page_headers=frame.everywhere,
    )


def _rich_text(data: bytes) -> Frame:
    return Frame(data=_RTF_UNICODE.sub(rb"\1 ?", data))


_FRAMES: Mapping[str, Callable[[bytes], Frame]] = MappingProxyType(
    {".docx": frame_of_word, ".odt": frame_of_odt, ".fodt": frame_of_odt, ".rtf": _rich_text}
)
_PANDOC_NAMES: Mapping[str, str] = MappingProxyType({".docx": "docx", ".odt": "odt", ".fodt": "odt", ".rtf": "rtf"})


def _pandoc_json(path: Path, name: str, data: bytes | None) -> bytes:
    """Return pandoc's syntax tree of the file, or of data in its place.

    Raises:
        UnreadableDocument: pandoc refuses the file, or the tree is too large.
    """
    command = [pypandoc.get_pandoc_path(), "--sandbox", f"--from={name}", "--to=json"]
    if data is not None:
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


@cache
def _pandoc_version() -> str:
    return str(pypandoc.get_pandoc_version())
