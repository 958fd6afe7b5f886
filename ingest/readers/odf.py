"""What pandoc does not read of OpenDocument: page headers and footers, flat files, spreadsheets."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from lxml import etree

from ingest.extraction import Omission
from ingest.readers.page_frame import Frame, header_lines

_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TITLE: Final = "{http://purl.org/dc/elements/1.1/}title"
_PARSER: Final = {"resolve_entities": False, "no_network": True, "huge_tree": False}
_NUMBERS: Final = frozenset({f"{_TEXT}page-number", f"{_TEXT}page-count"})
_MIME: Final = "application/vnd.oasis.opendocument.text"


def frame_of_odt(data: bytes) -> Frame:
    """Read what stands around the text of an OpenDocument text, zipped or flat.

    Raises:
        zipfile.BadZipFile: it is no archive.
        KeyError: it has no text.
        etree.XMLSyntaxError: a part of it is broken.
    """
    is_flat = not data.startswith(b"PK")
    if is_flat:
        content = styles = meta = etree.fromstring(data, etree.XMLParser(**_PARSER))
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content, styles, meta = (
                etree.fromstring(archive.read(name), etree.XMLParser(**_PARSER))
                if name in archive.namelist() or name == "content.xml"
                else None
                for name in ("content.xml", "styles.xml", "meta.xml")
            )
    first: dict[str, tuple[str, ...]] = {}
    everywhere: list[str] = []
    for page in styles.iter(f"{_STYLE}master-page") if styles is not None else ():
        for kind in ("header", "footer"):
            for place in ("-first", "", "-left"):
                part = page.find(f"{_STYLE}{kind}{place}")
                if part is None or part.get(f"{_STYLE}display") == "false":
                    continue
                lines = header_lines(paragraphs_of(part))
                first.setdefault(kind, lines)
                everywhere += lines
    title = next(meta.iter(_TITLE), None) if meta is not None else None
    return Frame(
        header=first.get("header", ()),
        footer=first.get("footer", ()),
        everywhere=tuple(dict.fromkeys(everywhere)),
        title=str(title.text or "") if title is not None else "",
        left_out={
            Omission.DELETED: sum(1 for _ in content.iter(f"{_TEXT}deletion")),
            Omission.COMMENT: sum(1 for _ in content.iter(f"{_OFFICE}annotation")),
        },
        data=_zipped(content) if is_flat else None,
    )


def paragraphs_of(root: Any) -> Iterator[str]:
    """Yield the text of each paragraph and heading, without page numbers and comments."""
    for paragraph in root.iter(f"{_TEXT}p", f"{_TEXT}h"):
        if not any(above.tag == f"{_OFFICE}annotation" for above in paragraph.iterancestors()):
            yield "".join(_texts(paragraph))


def _texts(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag == f"{_TEXT}s":
            yield " " * min(int(child.get(f"{_TEXT}c", "1") or 1), 100)
        elif child.tag not in _NUMBERS and child.tag not in (f"{_OFFICE}annotation", f"{_TEXT}p", f"{_TEXT}h"):
            yield from _texts(child)
        yield child.tail or ""


def _zipped(flat: Any) -> bytes:
    """Write a flat document as the archive that pandoc reads."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _MIME, zipfile.ZIP_STORED)
        for name, root, parts in (
            ("content.xml", "document-content", ("font-face-decls", "automatic-styles", "body")),
            ("styles.xml", "document-styles", ("font-face-decls", "styles", "automatic-styles", "master-styles")),
        ):
            whole = etree.Element(f"{_OFFICE}{root}", nsmap=flat.nsmap)
            for part in parts:  # pandoc wants each, though it be empty
                found = flat.find(f"{_OFFICE}{part}")
                whole.append(deepcopy(found) if found is not None else etree.Element(f"{_OFFICE}{part}"))
            archive.writestr(name, etree.tostring(whole, xml_declaration=True, encoding="UTF-8"))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIME}"/></manifest:manifest>',
        )
    return out.getvalue()
