"""What can be told of a file before a parser sees it: its place, size, true kind, and whether it is a trap."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ingest.errors import UnreadableDocument, UnsupportedFormat
from ingest.formats import ENDINGS
from ingest.readers.limits import MIB, Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "ein PDF"),
    (_ZIP, "ein ZIP-Archiv oder Office-Dokument"),
    (b"PK\x05\x06", "ein leeres ZIP-Archiv"),
    (_OLE, "ein Office-Dokument im alten Format (.doc, .xls, .ppt)"),
    (b"{\\rtf", "ein RTF-Dokument"),
    (b"\xff\xd8\xff", "ein JPEG-Bild"),
    (b"\x89PNG", "ein PNG-Bild"),
    (b"GIF8", "ein GIF-Bild"),
    (b"II*\x00", "ein TIFF-Bild"),
    (b"MM\x00*", "ein TIFF-Bild"),
    (b"\x1f\x8b", "ein gzip-Archiv"),
    (b"7z\xbc\xaf", "ein 7-Zip-Archiv"),
    (b"Rar!", "ein RAR-Archiv"),
    (b"\x7fELF", "ein Programm"),
    (b"MZ\x90", "ein Programm"),
    (b"SQLite format 3", "eine Datenbank"),
)
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body")
_MEMBER: Mapping[str, str] = MappingProxyType(
    {".docx": "word/", ".pptx": "ppt/", ".xlsx": "xl/", ".odt": "content.xml", ".ods": "content.xml"}
)
_HINTS: Mapping[str, str] = MappingProxyType(
    {
        ".doc": "bitte in Word als .docx speichern",
        ".dot": "bitte in Word als .docx speichern",
        ".xls": "bitte in Excel als .xlsx speichern",
        ".ppt": "bitte in PowerPoint als .pptx speichern",
        ".msg": "bitte in Outlook als .eml oder PDF speichern",
        ".zip": "bitte entpacken und die Dateien einzeln ablegen",
        ".7z": "bitte entpacken und die Dateien einzeln ablegen",
        ".rar": "bitte entpacken und die Dateien einzeln ablegen",
        ".odp": "bitte als .pptx oder PDF speichern",
    }
)
_HEAD_BYTES = 1024
"""PDF readers accept their mark within the first 1,024 bytes (ISO 32000-1, implementation note 13)."""
_RATIO_FROM_BYTES = 10 * MIB
"""Below this no ratio is a danger; small honest files of repeated XML reach 50 and more."""


def check_place(path: Path, root: Path) -> None:
    """Refuse a link that leads out of its root.

    Raises:
        UnreadableDocument: the file stands outside `root` once links are followed, or leads nowhere.
    """
    try:
        inside = path.resolve(strict=True).is_relative_to(root.resolve(strict=True))
    except (OSError, RuntimeError) as error:
        raise UnreadableDocument(path, "Die Verknüpfung führt ins Leere.") from error
    if not inside:
        hint = "Soll das Papier hinein, bitte seinen Ordner selbst angeben."
        raise UnreadableDocument(path, f"Die Verknüpfung führt aus dem Ordner heraus; ihr wird nicht gefolgt. {hint}")


def ending(path: Path) -> str:
    """Return the lower-case ending of a file that can be read.

    Raises:
        UnsupportedFormat: the ending is not among `ENDINGS`.
    """
    suffix = path.suffix.lower()
    if suffix not in ENDINGS:
        raise UnsupportedFormat(path, why_unsupported(suffix))
    return suffix


def why_unsupported(suffix: str) -> str:
    """Say that files of an ending cannot be read, and what to do instead."""
    if not suffix:
        return "Eine Datei ohne Endung wird nicht unterstützt."
    hint = f"; {_HINTS[suffix]}" if suffix in _HINTS else ""
    return f"Das Format „{suffix}“ wird nicht unterstützt{hint}."


def check(path: Path, limits: Limits) -> None:
    """Look at a file from outside: readable, of fair size, what its ending says, no zip bomb, not encrypted.

    Raises:
        UnsupportedFormat: the ending is none that can be read.
        UnreadableDocument: anything else, in one sentence.
    """
    suffix = ending(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableDocument(path, "Das ist keine gewöhnliche Datei.")
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        raise UnreadableDocument(path, "Die Datei gibt es nicht (mehr).") from error
    except PermissionError as error:
        raise UnreadableDocument(path, "Die Datei darf nicht gelesen werden (Zugriffsrechte).") from error
    except OSError as error:
        raise UnreadableDocument(path, f"Die Datei kann nicht geöffnet werden ({error.strerror}).") from error
    if not status.st_size:
        raise UnreadableDocument(path, "Die Datei ist leer.")
    if status.st_size > limits.file_bytes:
        size, most = status.st_size / MIB, limits.file_bytes / MIB
        raise UnreadableDocument(path, f"Die Datei ist mit {size:.0f} MB zu groß; erlaubt sind {most:.0f} MB.")
    _check_kind(path, suffix, head)
    if suffix in _MEMBER:
        _check_archive(path, suffix, limits)


def is_markup(path: Path) -> bool:
    """Return whether a text file is an HTML page by its first characters."""
    with path.open("rb") as file:
        return file.read(_HEAD_BYTES).lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP)


def _check_kind(path: Path, suffix: str, head: bytes) -> None:
    found = next((name for mark, name in _KINDS if head.startswith(mark)), "")
    match suffix:
        case ".pdf":
            fits = b"%PDF-" in head
        case ".rtf":
            fits = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")
        case ".fodt" | ".fods":
            fits = b"<office:document" in head or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")
        case ".docx" | ".odt" | ".pptx" | ".xlsx" | ".ods":
            fits = head.startswith(_ZIP)
            if head.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
                raise UnreadableDocument(path, "Das Dokument ist mit einem Kennwort geschützt.")
        case _:
            fits = not found
    if not fits:
        said = f"Die Endung sagt {suffix}, der Inhalt ist"
        raise UnreadableDocument(path, f"{said} {found or 'etwas anderes; vermutlich ist die Datei beschädigt'}.")


def _check_archive(path: Path, suffix: str, limits: Limits) -> None:
    """Count what an office file declares, from its directory alone; nothing is unpacked but a manifest."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            declared, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
            if len(entries) > limits.zip_entries:
                raise UnreadableDocument(path, f"Das Dokument enthält {len(entries)} Teile; das sind zu viele.")
            ratio = declared / max(packed, 1)
            if declared > limits.zip_bytes or (declared > _RATIO_FROM_BYTES and ratio > limits.zip_ratio):
                size = f"{declared / MIB:.0f} MB"
                raise UnreadableDocument(
                    path, f"Das Dokument wäre entpackt {size} groß; das sieht nach einer Zip-Bombe aus."
                )
            if not any(e.filename.startswith(_MEMBER[suffix]) for e in entries):
                raise UnreadableDocument(path, f"Die Endung sagt {suffix}, der Inhalt ist ein anderes ZIP-Archiv.")
            if any(e.flag_bits & 1 for e in entries) or (suffix in (".odt", ".ods") and _is_encrypted_odt(archive)):
                raise UnreadableDocument(path, "Das Dokument ist mit einem Kennwort geschützt.")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise UnreadableDocument(path, "Das Dokument ist beschädigt oder unvollständig.") from error


def _is_encrypted_odt(archive: zipfile.ZipFile) -> bool:
    name = "META-INF/manifest.xml"
    if name not in archive.namelist():
        return False
    with archive.open(name) as manifest:
        return b"encryption-data" in manifest.read(MIB)
