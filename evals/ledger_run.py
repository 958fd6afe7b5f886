"""`ratslotse-evals ledger`: work the ledger out over an index, compare it with gold, show the figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from bot.ledger import motion_record
from bot.ledger.types import Status
from bot.ledger.working import MotionExaminer
from bot.reading import Reader
from evals.ledger import MISSING, LedgerResult, measure
from evals.ledger_gold import GoldPoint, load_ledger_gold, motions_of
from evals.masking import masked
from evals.shelf import IndexTexts
from evals.texts import FolderTexts, Papers, paper_name
from ingest.embedding import Encoder, load_encoder
from ingest.index import IndexReader, open_index
from ingest.types import Visibility

LABELS = {
    "points": "Punkte gefunden",
    "accuracy": "Status richtig",
    "macro_f1": "Makro-F1",
    "paper": "Papier gefunden",
    "evidence": "Beleg getroffen",
    "open_recall": "offene erkannt",
}
STATUS = {Status.ANSWERED: "beantwortet", Status.PARTLY: "teilweise", Status.OPEN: "offen"}


def evaluate(
    gold_file: Path, index_dir: Path, encoder_name: str, reader: Reader, documents: Path | None, *, hide_links: bool
) -> LedgerResult:
    """Work out the motions of a gold file over the public index and compare.

    Args:
        gold_file: see `evals.ledger_gold`.
        index_dir: holds the index roots.
        encoder_name: as the settings name it.
        reader: reads papers for points.
        documents: folder of the texts that gold ranges count in; None takes them from the index.
        hide_links: as if no procedure, number or reference tied any papers.

    Raises:
        UsageError: the gold file cannot be used.
        IndexMissing, IndexMismatch, IndexDamaged: the index cannot be opened.
    """
    encoder = load_encoder(encoder_name)
    with closing(open_index(index_dir / Visibility.PUBLIC, encoder)) as index:
        texts = FolderTexts(documents) if documents else IndexTexts(index)
        gold = load_ledger_gold(gold_file, Papers(texts))
        with _view(index, encoder, hide_links=hide_links) as seen:
            return measure(gold, worked_out(gold, seen, encoder, reader))


def worked_out(
    gold: Sequence[GoldPoint], index: IndexReader, encoder: Encoder, reader: Reader
) -> list[Mapping[str, Any]]:
    """Return the records of the gold motions; of two papers with one name the first by path counts."""
    motions = {paper_name(header.path): header.document_id for header in reversed(index.all_headers())}
    examiner = MotionExaminer(index, encoder, reader)
    known = [motions[name] for name in motions_of(gold) if name in motions]
    return [motion_record(examiner.work_out(index.document(document_id))) for document_id in known]


@contextmanager
def _view(index: IndexReader, encoder: Encoder, *, hide_links: bool) -> Iterator[IndexReader]:
    if not hide_links:
        yield index
        return
    with masked(index, encoder) as untied:
        yield untied


def show(result: LedgerResult, out: Console) -> None:
    """Write the figures with their intervals, and which status was taken for which."""
    figures = Table("Maß", "Wert", "95 %", box=box.SIMPLE)
    for name, interval in result.measures.items():
        figures.add_row(
            f"{LABELS[name]} ({name})", f"{interval.value:.3f}", f"{interval.low:.2f} bis {interval.high:.2f}"
        )
    out.print(figures)
    names = [*STATUS.values(), "fehlt"]
    confusion = Table("richtig ↓ ermittelt →", *names, box=box.SIMPLE)
    for status in Status:
        given = [result.confusion.get((str(status), column), 0) for column in (*map(str, Status), MISSING)]
        confusion.add_row(STATUS[status], *map(str, given))
    out.print(confusion)


def write(result: LedgerResult, target: Path) -> None:
    """Write figures and every point's outcome as JSON."""
    record = {
        "measures": {
            name: {"value": i.value, "low": i.low, "high": i.high, "points": i.questions}
            for name, i in result.measures.items()
        },
        "confusion": {f"{right}->{given}": count for (right, given), count in sorted(result.confusion.items())},
        "points": [
            {
                "motion": item.point.motion,
                "place": item.point.place,
                "status": str(item.point.status),
                "given": item.given,
                "paper": item.paper,
                "evidence": item.evidence,
            }
            for item in result.judged
        ],
    }
    target.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
