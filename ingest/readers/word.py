"""What pandoc does not read of a Word document: page headers and footers, text boxes, what is hidden.

Text boxes are written as paragraphs behind the one they hang on before pandoc sees the document.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from ingest.extraction import Omission
from ingest.readers.page_frame import Frame, header_lines

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ALTERNATIVE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_BOX: Final = f"{_W}txbxContent"
_HOLDERS: Final = frozenset({_ALTERNATIVE, f"{_W}pict", f"{_W}drawing", f"{_W}object"})
_DOCUMENT: Final = "word/document.xml"
_PARSER: Final = {"resolve_entities": False, "no_network": True, "huge_tree": False}
_GONE: Final = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", _FALLBACK})
_DELETION: Final = re.compile(rb"<w:del [^>]*>(?=\s*<w:r\b)")
_HIDDEN: Final = re.compile(rb"<w:vanish\s*/>|<w:vanish w:val=\"(?:1|true|on)\"\s*/>")


def frame_of_word(data: bytes) -> Frame:
    """Read what stands around the text of a Word document.

    Raises:
        zipfile.BadZipFile: it is no archive.
        KeyError: it has no text.
        etree.XMLSyntaxError: a part of it is broken.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read(_DOCUMENT)
        names = set(archive.namelist())
        comments = (
            len(re.findall(rb"<w:comment\s", archive.read("word/comments.xml")))
            if ("word/comments.xml" in names)
            else 0
        )
        root = etree.fromstring(body, etree.XMLParser(**_PARSER))
        header, footer, everywhere = _headers(archive, names, root)
        boxes = _lift_text_boxes(root) if b"txbxContent" in body else 0
        hidden = _drop_hidden(root) if _HIDDEN.search(body) else 0
        title = _core_title(archive.read("docProps/core.xml")) if "docProps/core.xml" in names else ""
        changed = (
            _with_body(archive, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
            if (boxes or hidden)
            else data
        )
    left_out = {
        Omission.DELETED: len(_DELETION.findall(body)),
        Omission.HIDDEN: hidden,
        Omission.COMMENT: comments,
    }
    return Frame(header=header, footer=footer, everywhere=everywhere, title=title, left_out=left_out, data=changed)


def _headers(
    archive: zipfile.ZipFile, names: set[str], root: Any
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the lines above and below the text of the first page, and those of all pages."""
    relations = "word/_rels/document.xml.rels"
    if relations not in names:
        return (), (), ()
    targets = {
        one.get("Id"): posixpath.normpath(posixpath.join("word", one.get("Target", ""))).lstrip("/")
        for one in etree.fromstring(archive.read(relations), etree.XMLParser(**_PARSER))
        if one.get("TargetMode") != "External"
    }
    first: dict[str, tuple[str, ...]] = {}
    everywhere: list[str] = []
    for number, section in enumerate(root.iter(f"{_W}sectPr")):
        has_own_first = section.find(f"{_W}titlePg") is not None
        for kind in ("header", "footer"):
            for reference in section.findall(f"{_W}{kind}Reference"):
                target = targets.get(reference.get(f"{_R}id"), "")
                if target not in names:
                    continue
                lines = header_lines(_paragraphs(etree.fromstring(archive.read(target), etree.XMLParser(**_PARSER))))
                everywhere += lines
                if not number and reference.get(f"{_W}type", "default") == ("first" if has_own_first else "default"):
                    first[kind] = lines
    return first.get("header", ()), first.get("footer", ()), tuple(dict.fromkeys(everywhere))


def _paragraphs(root: Any) -> Iterator[str]:
    """Yield the text of each paragraph, as it stands once all changes are accepted."""
    for paragraph in root.iter(f"{_W}p"):
        if not any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            yield "".join(_texts(paragraph))


def _texts(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _GONE or child.tag == f"{_W}p":
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}ptab"):
            yield "\t"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        else:
            yield from _texts(child)


def _lift_text_boxes(root: Any) -> int:
    """Write the paragraphs of text boxes behind the paragraph that holds them.

    Pandoc reads no old box (VML), and of a paragraph that holds a new one only the box.
    """
    for alternative in list(root.iter(_ALTERNATIVE)):
        first, *others = sorted(alternative, key=lambda part: part.tag == _FALLBACK)
        if any(True for _ in first.iter(_BOX)):
            for part in others:  # the same box again, for older programs
                alternative.remove(part)
    count = 0
    for box in list(root.iter(_BOX)):
        above = list(box.iterancestors(f"{_W}p"))
        if not above:
            continue
        for child in reversed(list(box)):
            above[0].addnext(child)
        holder = next((one for one in reversed(list(box.iterancestors())) if one.tag in _HOLDERS), None)
        if holder is not None and not any(len(other) for other in holder.iter(_BOX)):
            holder.getparent().remove(holder)
        count += 1
    return count


def _drop_hidden(root: Any) -> int:
    """Take hidden runs away; a run that follows another directly is part of the same passage."""
    count = 0
    before: Any = None
    for run in list(root.iter(f"{_W}r")):
        mark = run.find(f"{_W}rPr/{_W}vanish")
        if mark is None or mark.get(f"{_W}val") in ("0", "false", "off"):
            continue
        if any(part.text for part in run.iter(f"{_W}t")):
            count += before is None or run.getprevious() is not before
            before = run.getprevious()
            run.getparent().remove(run)
    return count


def _core_title(data: bytes) -> str:
    root = etree.fromstring(data, etree.XMLParser(**_PARSER))
    return str(root.findtext("{http://purl.org/dc/elements/1.1/}title") or "")


def _with_body(archive: zipfile.ZipFile, body: bytes) -> bytes:
    """Return the document with another text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            if not name.startswith(("word/media/", "word/embeddings/", "docProps/")):
                changed.writestr(name, body if name == _DOCUMENT else archive.read(name))
    return out.getvalue()
