"""Points of motions as examples: which sentence of the later papers answers a point, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.answering.verify import fold
from bot.reading.wording import worded_point
from bot.retrieval.search import parts_of
from bot.types import Hit
from evals.errors import BrokenGold
from evals.learning.examples import Example, Text, holds, text_of
from evals.lines import read_lines
from evals.texts import paper_name
from ingest.german import search_tokens
from ingest.index import DocumentHeader, IndexReader
from ingest.types import Kind

STATUSES = ("answered", "partly", "open")
NEAREST = 12


class PointLine(BaseModel):
    """A line of `points.jsonl`."""

    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True)

    paper: str
    motion_file: str
    point: int
    text: str
    status: str
    reason: str = ""
    response_file: str | None = None
    response_quote: str | None = None


def load_points(folders: Iterable[Path], pattern: str) -> Iterator[PointLine]:
    """Yield the points of all files of this pattern.

    Raises:
        BrokenGold: a line is wrong.
    """
    for folder in folders:
        for path in sorted(folder.glob(pattern)):
            for _, point in read_lines(path, PointLine, BrokenGold):
                yield point


class PointExamples:
    """Makes examples of points over one index that holds their papers."""

    def __init__(self, index: IndexReader) -> None:
        self._index = index
        self._files = {paper_name(header.path): header for header in index.all_headers()}

    def of(self, point: PointLine) -> Example | None:
        """Return an example; None where the motion or the quote is not there."""
        motion = self._files.get(point.motion_file)
        if motion is None:
            return None
        quotes = [fold(point.response_quote)] if point.response_quote else []
        answers: list[Text] = []
        others: list[tuple[float, Hit]] = []
        asked = set(search_tokens(point.text))
        for header in self._later(motion, point):
            right = paper_name(header.path) == point.response_file
            for hit in parts_of(header, self._index):
                text = hit.passage.text
                if right and any(holds(fold(text), quote) for quote in quotes):
                    answers.append(text_of(hit, quotes))
                else:
                    others.append((-len(asked & set(search_tokens(text))), hit))
        if quotes and not answers:
            return None
        others.sort(key=lambda item: item[0])
        return Example(
            id=f"{point.motion_file}-{point.point}",
            matter=point.paper,
            question=worded_point(motion.title, point.text),
            kind="point",
            lang="de",
            answers=tuple(answers),
            others=tuple(text_of(hit, ()) for _, hit in others[:NEAREST]),
            status=STATUSES.index(point.status),
        )

    def _later(self, motion: DocumentHeader, point: PointLine) -> list[DocumentHeader]:
        """Return the papers of the matter that may answer, and the one that does."""
        keys = [motion.procedure] if motion.procedure else []
        papers = [header for id_ in self._index.of_procedures(keys) for header in self._index.headers([id_]).values()]
        answer = self._files.get(point.response_file or "")
        known = {header.document_id for header in papers}
        if answer is not None and answer.document_id not in known:
            papers.append(answer)
        return [
            header
            for header in papers
            if header.document_id != motion.document_id
            and (header.kind is not Kind.MOTION or paper_name(header.path) == point.response_file)
        ]
