"""What was said before a motion was put does not answer it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.ledger.working import MotionExaminer
from bot.reading import load_reader
from ingest.embedding import Encoder
from ingest.index import open_index
from ingest.pipeline import add
from tests.bot.ledger.conftest import MOTION

OLDER = "Stellungnahme zum Antrag\n\nZu 1.: In {count} von zwanzig Bürgerbüros können Termine online gebucht werden.\n"


def test_what_is_older_than_the_motion_answers_none_of_its_points(tmp_path: Path, encoder: Encoder) -> None:
    papers = tmp_path / "papiere"
    papers.mkdir()
    for name, text, sidecar in (
        ("antrag.md", MOTION, "kind: motion\nnumber: 64/2031\ndate: 2031-05-06\n"),
        ("zu-alt.txt", OLDER.format(count="drei"), "kind: report\ndate: 2029-03-02\n"),
        ("eben-davor.txt", OLDER.format(count="fünf"), "kind: report\ndate: 2031-04-20\n"),
        ("antwort.txt", OLDER.format(count="sieben"), "kind: report\ndate: 2031-06-02\n"),
        ("ohne-tag.txt", "Bericht zum Antrag 64/2031\n\nEs gibt zwanzig Bürgerbüros.\n", "kind: report\n"),
    ):
        (papers / name).write_text(text, encoding="utf-8")
        (papers / f"{name}.meta.yaml").write_text(f"title: {name}\nprocedure: termine\n{sidecar}", encoding="utf-8")
    assert add(tmp_path / "index", [papers], encoder).is_complete

    with closing(open_index(tmp_path / "index" / "public", encoder)) as index:
        examiner = MotionExaminer(index, encoder, load_reader("none"))
        (header,) = index.find("antrag.md")
        motion = index.document(header.document_id)
        read_for_it = {reading.document.path for reading, _ in examiner.papers_of(motion)}
        state = examiner.work_out(motion)

    assert read_for_it == {"eben-davor.txt", "antwort.txt", "ohne-tag.txt"}
    quoted = {evidence.citation.path for point in state.points for evidence in point.evidence}
    assert quoted
    assert "zu-alt.txt" not in quoted
