"""What reading one file may cost.

Source of the figures: `knowledge/stores.md`, Parsers: a 142 KB PDF made PDFium take 1.25 GB, a 213 KB
DOCX declared 189 MB, honest council papers stay below 40 MB and a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.errors import UnreadableDocument

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Upper bounds for one file; all are enforced, none is advice.

    Attributes:
        memory_bytes: address space of a worker, and again of a pandoc it starts.
        cpu_s: processor seconds for one file.
        wall_s: seconds from request to answer; the pool enforces it from outside.
        written_bytes: largest file that a worker may write (it needs none).
        file_bytes: size of the file.
        text_chars: characters of all pages together.
        zip_entries: files in an office document.
        zip_bytes: what they declare to be when unpacked, together.
        zip_ratio: declared bytes per packed byte, counted once 10 MiB are declared.
    """

    memory_bytes: int = 1536 * MIB
    cpu_s: int = 60
    wall_s: float = 120.0
    written_bytes: int = MIB
    file_bytes: int = 100 * MIB
    text_chars: int = 20_000_000
    zip_entries: int = 5_000
    zip_bytes: int = 300 * MIB
    zip_ratio: int = 100


DEFAULT = Limits()


def check_length(path: Path, chars: int, limits: Limits) -> None:
    """Refuse a text that is too long.

    Raises:
        UnreadableDocument: it has more characters than the limits allow.
    """
    if chars > limits.text_chars:
        most = f"{limits.text_chars:,}".replace(",", ".")
        raise UnreadableDocument(path, f"Der Text hat mehr als {most} Zeichen; das ist zu viel.")
