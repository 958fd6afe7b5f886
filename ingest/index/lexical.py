"""The lexical leg: BM25 over search tokens, kept in tantivy. The only module that knows tantivy.

Tokens are made by `ingest.german.search_tokens` and handed over joined by spaces, so that question and passage go
through the same words; tantivy only splits at white space. BM25 with tantivy's k1 = 1.2 and b = 0.75
(https://docs.rs/tantivy/latest/tantivy/query/struct.Bm25Weight.html).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

import tantivy

from ingest.errors import IndexDamaged, IndexUnwritable
from ingest.index.legs import Ranking, TokenizedPassage, ranked

HEAP_BYTES: Final = 64 << 20
"""Of the writer; 1,401 papers fit without a flush."""

TYPO_LETTERS: Final = 5
"""From here on a token that no passage holds also finds tokens that differ in one letter. gold-dev with two slips of
the finger a question: file@5 .863 → .915, file@10 .930 → .974, read@9000 .767 → .804; without slips nothing changes.
In shorter words one letter makes another word."""

NO_WEIGHTS: Final[Mapping[str, float]] = MappingProxyType({})

_READABLE: Final = 0o644


class LexicalIndex:
    """Passages by their words. Fields: `title` (of the paper) and `body` (title, heading and text)."""

    def __init__(self, folder: Path, index: tantivy.Index) -> None:
        """Use `create` or `open` instead."""
        self._folder = folder
        self._index = index
        self._searcher = index.searcher()

    @classmethod
    def create(cls, folder: Path) -> LexicalIndex:
        """Start an empty index in a folder that does not exist yet."""
        folder.mkdir()
        return cls(folder, tantivy.Index(_schema(), path=str(folder)))

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Open an index that exists.

        Raises:
            IndexDamaged: tantivy cannot open it.
        """
        try:
            return cls(folder, tantivy.Index.open(str(folder)))
        except Exception as error:  # ValueError, OSError and tantivy's own, by the kind of damage
            raise _damaged(folder, str(error)) from error

    def add(self, items: Iterable[TokenizedPassage]) -> None:
        """Add passages. Given in the order of their ids, equal scores are cut at `k` in that order too."""
        try:
            writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=1)
            for item in items:
                writer.add_document(tantivy.Document(passage_id=item.passage_id, title=item.title, body=item.body))
            self._commit(writer)
        except ValueError as error:  # so tantivy calls a full disk
            raise IndexUnwritable(self._folder.parent.parent, error) from error

    def remove(self, passage_ids: Iterable[str]) -> None:
        """Remove passages. BM25 goes on counting them until the index is built anew."""
        writer = self._index.writer(heap_size=HEAP_BYTES, num_threads=1)
        for passage_id in passage_ids:
            writer.delete_documents_by_term("passage_id", passage_id)
        self._commit(writer)

    def search(self, query: Sequence[str], k: int, weights: Mapping[str, float] = NO_WEIGHTS) -> Ranking:
        """Return the `k` passages with the highest BM25 score.

        A token that no passage holds, as it is mistyped, counts where one stands that differs in one letter (two
        letters changed over included), with its inverse document frequency.

        Args:
            query: tokens; all optional, one given twice counts twice.
            k: how many.
            weights: factor of a token's score; 1 for a token that is not named.

        Raises:
            IndexDamaged: tantivy cannot read its files.
        """
        if not query or k <= 0:
            return []
        clauses = [self._clause("body", token, weights.get(token, 1.0)) for token in query]
        wanted = tantivy.Query.boolean_query([(tantivy.Occur.Should, clause) for clause in clauses])
        try:
            hits = self._searcher.search(wanted, k, count=False).hits
            return ranked((self._searcher.doc(address)["passage_id"][0], score) for score, address in hits)
        except Exception as error:  # as in `open`
            raise _damaged(self._folder, str(error)) from error

    def weights(self, tokens: Iterable[str]) -> dict[str, float]:
        """Return how much each token tells: BM25's inverse document frequency over passages, higher is rarer."""
        total = self.count()
        found = {token: int(self._searcher.doc_freq("body", token)) for token in tokens}
        return {token: math.log(1 + (total - n + 0.5) / (n + 0.5)) for token, n in found.items()}

    def count(self) -> int:
        """Return how many passages the index holds."""
        return int(self._searcher.num_docs)

    def close(self) -> None:
        """Let go of the files: tantivy does so when its objects are freed."""
        del self._searcher, self._index

    def _clause(self, field: str, token: str, weight: float) -> tantivy.Query:
        if len(token) >= TYPO_LETTERS and token.isalpha() and not self._searcher.doc_freq(field, token):
            near = tantivy.Query.fuzzy_term_query(self._index.schema, field, token, distance=1)
            return tantivy.Query.boost_query(near, weight * self.weights([token])[token])  # it scores 1 by itself
        clause = tantivy.Query.term_query(self._index.schema, field, token, index_option="freq")
        return clause if weight == 1.0 else tantivy.Query.boost_query(clause, weight)

    def _commit(self, writer: tantivy.IndexWriter) -> None:
        writer.commit()
        writer.wait_merging_threads()
        (self._folder / "meta.json").chmod(_READABLE)  # tantivy makes it readable for its owner only
        self._index.reload()
        self._searcher = self._index.searcher()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("passage_id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _damaged(folder: Path, reason: str) -> IndexDamaged:
    return IndexDamaged(
        folder.parent.parent,
        f"Der Wortindex der Generation {folder.parent.name} ist beschädigt: {reason}.",
        "Bitte „ratslotse-ingest add“ ausführen; das baut ihn aus dem Katalog neu.",
    )
