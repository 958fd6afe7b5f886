"""Papers become entries of the catalogue: cut, tokenised, embedded. Texts that were embedded before are not again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from ingest.embedding import Encoder
from ingest.german import search_tokens
from ingest.index.cataloguing import Entry, ShelvedPassage
from ingest.index.dense import Vector
from ingest.index.records import Shelved
from ingest.parts import parts
from ingest.passages import passages
from ingest.plan import Reading
from ingest.types import Document, Passage


def searched_text(title: str, passage: Passage) -> str:
    """Return what is embedded and tokenised for a passage: title, heading, text.

    The title in front is part of the measured recipe (BM25 + 15 × cosine: .856 of the evidence files within the first
    5 on karlsruhe-small). A heading that the text begins with is not said twice.
    """
    heading = "" if not passage.heading or passage.text.startswith(passage.heading) else passage.heading
    return ". ".join(part for part in (title, heading, passage.text) if part)


class Deriver:
    """Derives everything from papers that is derived once.

    Attributes:
        embedded: texts that had to be embedded so far.
    """

    def __init__(self, encoder: Encoder, known: Callable[[Iterable[str]], dict[str, Vector | None]]) -> None:
        """Set up.

        Args:
            encoder: makes the vectors.
            known: gives the vectors that this encoder has made before, by the text's hash.
        """
        self._encoder, self._known = encoder, known
        self.embedded = 0

    def entries(self, papers: Sequence[tuple[Document, Reading | Shelved]]) -> list[Entry]:
        """Cut, tokenise and embed; texts that were embedded before keep their vectors."""
        cut = [passages(document) for document, _ in papers]
        texts = [
            [searched_text(document.title, passage) for passage in pieces]
            for (document, _), pieces in zip(papers, cut, strict=True)
        ]
        vectors = self._vectors([text for some in texts for text in some])
        return [
            Entry(
                document=document,
                root=origin.file.root if isinstance(origin, Reading) else origin.root,
                relative=origin.file.relative if isinstance(origin, Reading) else origin.relative,
                state=origin.file.state if isinstance(origin, Reading) else origin.state,
                title_tokens=tuple(search_tokens(document.title)),
                passages=tuple(
                    ShelvedPassage(
                        passage=passage,
                        parts=parts(passage),
                        tokens=tuple(search_tokens(text)),
                        embedded_hash=_text_hash(text),
                        vector=vectors[_text_hash(text)],
                    )
                    for passage, text in zip(pieces, some, strict=True)
                ),
            )
            for (document, origin), pieces, some in zip(papers, cut, texts, strict=True)
        ]

    def _vectors(self, texts: Sequence[str]) -> dict[str, Vector | None]:
        """Return the vector of each text by its hash; None for one without any known word."""
        by_hash = {_text_hash(text): text for text in texts}
        found = self._known(by_hash)
        missing = {name: text for name, text in by_hash.items() if name not in found}
        if missing:
            self.embedded += len(missing)
            rows = self._encoder.encode(list(missing.values())).astype(np.float32, copy=False)
            found |= {name: row if np.any(row) else None for name, row in zip(missing, rows, strict=True)}
        return found


def _text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]
