"""Small papers made byte by byte, honest and hostile ones, so that no real file is needed."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pypandoc

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + bytes(200)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def pdf(*pages: str, encrypted: bool = False) -> bytes:
    """Return a PDF with one text line per line of each page, in Latin-1; an empty page has no text at all."""
    count = len(pages)
    kids = " ".join(f"{3 + 2 * i} 0 R" for i in range(count))
    font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()]
    for i, page in enumerate(pages):
        lines = "".join(f"({line}) Tj 0 -16 Td " for line in page.split("\n")) if page else ""
        stream = f"BT /F1 12 Tf 50 780 Td {lines} ET".encode("cp1252") if page else b""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources {font} /Contents {4 + 2 * i} 0 R >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    trailer = ""
    if encrypted:
        # the keys are nonsense, so no password opens it
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32))
        trailer = (
            f"/Encrypt {len(objects)} 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
        )
    return _numbered(objects, trailer)


def _numbered(objects: list[bytes], trailer: str) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def office(markdown: str, target: Path) -> Path:
    """Write Markdown as an office document; the ending of `target` says which."""
    command = [pypandoc.get_pandoc_path(), "--sandbox", "--standalone", "--from=markdown", "-o", str(target)]
    subprocess.run(command, input=markdown.encode(), check=True, capture_output=True, timeout=60)
    return target


def archive(*members: tuple[str, bytes]) -> bytes:
    """Return a ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
    return out.getvalue()


def spreadsheet(*rows: tuple[str, ...], inline: bool = False) -> bytes:
    """Return a minimal `.xlsx` with one sheet; its strings shared, as Excel writes them, or in the cells."""
    strings = [value for row in rows for value in row]
    cells = "".join(
        f'<row r="{r}">' + "".join(_cell(f"{chr(65 + c)}{r}", v, strings, inline) for c, v in enumerate(row)) + "</row>"
        for r, row in enumerate(rows, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office_rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet_type}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{sheet_type}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet_type}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office_rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office_rel}"><sheets>'
        '<sheet name="Stellen" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office_rel}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" '
        f'Type="{office_rel}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{"".join(f"<si><t>{s}</t></si>" for s in strings)}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    return archive(*((name, f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode()) for name, text in parts.items()))


def _cell(place: str, value: str, strings: list[str], inline: bool) -> str:
    if inline:
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}" t="s"><v>{strings.index(value)}</v></c>'


def at(x: float, y: float, text: str, size: float = 10) -> str:
    """Return what a page's content says to write a line at a place."""
    escaped = text.replace("(", "\\(").replace(")", "\\)")
    return f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET"


def drawn_pdf(
    *pages: str, annotations: tuple[str, ...] = (), catalog: str = "", title: str = "", turned: int = 0
) -> bytes:
    """Return a PDF of pages drawn as their contents say; annotations (dictionaries without brackets) are the first's.

    Widgets among them are fields of a form.
    """
    first = 5 + 2 * len(pages)
    places = range(first, first + len(annotations))
    fields = " ".join(f"{i} 0 R" for i, one in zip(places, annotations, strict=True) if "/Widget" in one)
    form = f"/AcroForm << /Fields [{fields}] /DA (/F1 10 Tf) /DR << /Font << /F1 4 0 R >> >> >>" if fields else ""
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {form} {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< /Title ({title}) >>".encode("cp1252"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, page in enumerate(pages):
        refs = " ".join(f"{place} 0 R" for place in places) if not i else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {turned} /Annots [{refs}] "
            f"/Resources << /Font << /F1 4 0 R >> >> /Contents {6 + 2 * i} 0 R >>".encode()
        )
        stream = page.encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects += [f"<< /Type /Annot {one} >>".encode("cp1252") for one in annotations]
    return _numbered(objects, "/Info 3 0 R" if title else "")
