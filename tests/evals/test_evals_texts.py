from __future__ import annotations

from pathlib import Path

import pytest

from evals.bootstrap import Interval
from evals.figures import count, limits, milliseconds, share, signed
from evals.measures import BY_NAME
from evals.texts import FolderTexts, Papers, paper_name

FIGURES = [
    (share(0.9333), "0,93", "a share"),
    (milliseconds(3.44), "3,4\u00a0ms", "a short time"),
    (milliseconds(128.4), "128\u00a0ms", "a time"),
    (milliseconds(2100), "2,1\u00a0s", "a long time"),
    (signed(BY_NAME["right"], -0.031), "−0,03", "a loss, with a true minus"),
    (signed(BY_NAME["right"], -0.001), "±0,00", "nothing that shows"),
    (signed(BY_NAME["p50ms"], 12.0), "+12\u00a0ms", "a longer time"),
    (limits(BY_NAME["right"], Interval(value=0.5, low=0.4, high=0.6, questions=9)), "0,40 bis 0,60", "an interval"),
    (count(1, "Frage", "Fragen"), "1 Frage", "one"),
    (count(4936, "Papier", "Papiere"), "4.936 Papiere", "thousands"),
]


@pytest.mark.parametrize(("written", "expected", "reason"), FIGURES, ids=[row[2] for row in FIGURES])
def test_figures_are_written_the_german_way(written: str, expected: str, reason: str) -> None:
    assert written == expected, reason


def test_a_text_is_found_beside_and_below_the_folder(tmp_path: Path) -> None:
    (tmp_path / "antraege").mkdir()
    (tmp_path / "a.txt").write_text("oben", encoding="utf-8")
    (tmp_path / "antraege" / "a.txt").write_text("unten", encoding="utf-8")
    (tmp_path / "antraege" / "b.md").write_text("bericht", encoding="utf-8")
    (tmp_path / "antraege" / "c.pdf").write_bytes(b"%PDF")
    texts = FolderTexts(tmp_path)

    assert [texts.text(name) for name in ("a", "b", "c", "d")] == ["oben", "bericht", None, None]


def test_papers_are_the_same_whatever_their_hyphens_and_line_breaks(tmp_path: Path) -> None:
    for name, text in {"a": "Die Haus-\nhalte", "b": "die Haushalte", "c": "Die Haushalte."}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    papers = Papers(FolderTexts(tmp_path))

    assert papers.identity("a") == papers.identity("b") != papers.identity("c")
    assert papers.identity("x") != papers.identity("y")
    assert papers.holds("a", "HAUSHALTE")
    assert not papers.holds("x", "")


def test_a_paper_is_named_without_folder_and_ending() -> None:
    assert paper_name("antraege/2023/antrag.0116.md") == "antrag.0116"
