"""Sample heads of many cities, each with what it says: `heads/*.txt`, one file for each system that prints them.

A sample begins with `==== title: …` and a line of its other fields, parted by bars; a field that is left out is not
asked for. All of it is made up. `python -m tests.ingest.structure.head_samples` prints how many are read right.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.types import Document
from tests.ingest.structure.papers_of import understood

FOLDER = Path(__file__).parent / "heads"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadSample:
    """A head and the fields that it must give."""

    system: str
    text: str
    expected: dict[str, str]

    def read(self) -> dict[str, str]:
        """Understand the head; return the expected fields as they were read."""
        fields = fields_of(understood(self.text, path="12345.txt"))
        return {name: fields[name] for name in self.expected}


def fields_of(document: Document) -> dict[str, str]:
    """Return what a head says, as samples write it; groups in the order of the alphabet."""
    return {
        "title": document.title,
        "number": document.number or "",
        "date": str(document.date or ""),
        "kind": document.kind.value,
        "body": document.body or "",
        "factions": ", ".join(sorted(document.factions)),
    }


def samples() -> Iterator[HeadSample]:
    """Return all samples, file by file."""
    for file in sorted(FOLDER.glob("*.txt")):
        for block in file.read_text(encoding="utf-8").split("==== title: ")[1:]:
            title, fields, text = block.split("\n", 2)
            pairs = (field.strip().partition(": ") for field in fields.split(" | "))
            expected = {"title": title} | {name: value for name, _, value in pairs}
            if "factions" in expected:
                expected["factions"] = ", ".join(sorted(expected["factions"].split(", ")))
            yield HeadSample(system=file.stem, text=text, expected=expected)


def main(systems: list[str]) -> None:
    """Print each field that was read wrong, then the share read right of each kind of field."""
    asked: dict[str, list[bool]] = {}
    for sample in samples():
        if systems and sample.system not in systems:
            continue
        read = sample.read()
        for name, value in sample.expected.items():
            asked.setdefault(name, []).append(read[name] == value)
            if read[name] != value:
                sys.stdout.write(f"{sample.system}: {name} {value!r}, read {read[name]!r}\n")
    for name, hits in asked.items():
        sys.stdout.write(f"{name}: {sum(hits)} of {len(hits)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
