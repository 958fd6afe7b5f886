from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers import DEFAULT
from ingest.readers.double_encoding import mended
from ingest.readers.worker import read_document


def twice(text: str, encoding: str = "cp1252") -> str:
    return text.encode("utf-8").decode(encoding)


@pytest.mark.parametrize(
    "text",
    [
        "Die Bücherei öffnet für Schülerinnen; Grüße, Ämter, Öl, Übung, Straße.",
        "Er sagte: „Nein“ – und ging. 5 € je m² und § 3…",
        "Café, Škoda, naïve",  # other languages' letters
    ],
)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_what_was_encoded_twice_is_decoded(text: str, encoding: str) -> None:
    try:
        broken = twice(text, encoding)
    except UnicodeDecodeError:
        pytest.skip("Windows-1252 has no such byte")

    assert mended(broken)[0] == text


def test_only_what_was_encoded_twice_is_changed() -> None:
    half = f"Grüße und {twice('Grüße')}"

    assert mended(half) == ("Grüße und Grüße", 2)


@pytest.mark.parametrize("text", ["Grüße aus Köln", "São Paulo, Ångström", "5 €", "Â, Ã und â sind Buchstaben", ""])
def test_what_is_right_stays(text: str) -> None:
    assert mended(text) == (text, 0)


def test_staff_are_told(tmp_path: Path) -> None:
    path = tmp_path / "bericht.txt"
    path.write_text(twice("Die Bücherei öffnet."), encoding="utf-8")

    extraction = read_document(path, DEFAULT)

    assert extraction.pages == ("Die Bücherei öffnet.",)
    assert "an 2 Stellen doppelt kodiert" in extraction.warnings[0]
