"""Small papers on their way into an index."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ingest.german import GERMAN_VERSION, search_tokens
from ingest.index.cataloguing import Entry, ShelvedPassage
from ingest.index.generation import Builder, Generation
from ingest.index.manifest import Fingerprint
from ingest.index.records import FileState
from ingest.parts import parts
from ingest.passages import passages
from ingest.types import OffsetMap
from tests.builders import a_document
from tests.fakes import WordHashEncoder

ENCODER = WordHashEncoder(dimensions=1024)
FINGERPRINT = Fingerprint(
    encoder=ENCODER.name,
    encoder_fingerprint=ENCODER.fingerprint,
    dimensions=ENCODER.dimensions,
    passages_version=1,
    parts_version=1,
    german_version=GERMAN_VERSION,
)


def an_entry(name: str, text: str, **changes: object) -> Entry:
    """Build a paper with one passage, whose id, path and title come from `name`."""
    values = {"document_id": name, "path": f"{name}.txt", "title": f"Antrag {name}", "text": text, "source": text}
    whole = {"pages": (), "paged": False, "offsets": OffsetMap(source_length=len(text))}
    document = a_document(**(values | whole | changes))
    shelved = []
    for passage in passages(document):
        vector = ENCODER.encode([passage.text])[0]
        shelved.append(
            ShelvedPassage(
                passage=passage,
                parts=parts(passage),
                tokens=tuple(search_tokens(passage.text)),
                embedded_hash=f"hash of {passage.text}",
                vector=vector if vector.any() else None,
            )
        )
    return Entry(
        document=document,
        root="/corpus",
        relative=document.path,
        state=FileState(size=len(text), mtime_ns=1, file_hash=f"hash of {name}"),
        title_tokens=tuple(search_tokens(document.title)),
        passages=tuple(shelved),
    )


def publish(
    root: Path,
    put: Iterable[Entry] = (),
    *,
    remove: Iterable[str] = (),
    base: Generation | None = None,
    run: str = "run",
    erase: bool = False,
    fingerprint: Fingerprint = FINGERPRINT,
) -> Generation:
    """Publish a generation."""
    builder = Builder(root, fingerprint, base)
    try:
        builder.remove(remove)
        builder.put(put)
        return builder.publish(run=run, erase=erase)
    finally:
        builder.abandon()


def ten_papers() -> list[Entry]:
    """Build ten papers about ten things."""
    things = "Radweg Kita Haushalt Breitband Auslaenderamt Theater Bäder Friedhof Tram Geodaten".split()
    return [
        an_entry(f"p{i}", f"Der Gemeinderat beschließt: {thing} wird im Jahr 20{20 + i} ausgebaut.", number=f"{i}/2023")
        for i, thing in enumerate(things)
    ]
