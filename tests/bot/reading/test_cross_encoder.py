"""A CrossEncoder of somebody else's as the reader: a tiny one, made here, with chance weights."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("sentence_transformers")

from bot.reading import Inquiry, PartText, load_reader
from bot.reading.cross_encoder import CALIBRATION, CrossEncoderReader, ScoreCalibration, log_odds
from ingest.errors import ReaderUnavailable
from ingest.types import Span

WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] wie viele der die das stellen sind im amt zoo regen . ? ( ) :".split()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a model folder as sentence-transformers saves one."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("modell") / "winzig"
    path.mkdir()
    (path / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(path)
    BertTokenizerFast(str(path / "vocab.txt")).save_pretrained(path)
    return path


def a_part(text: str) -> PartText:
    return PartText(head="passage: Amt (Papier): ", text=text, sentences=(Span(start=0, end=len(text)),), found=0.0)


PARTS = [a_part(text) for text in ("Im Amt sind die Stellen.", "Der Zoo.", "Regen im Zoo.", "Das Amt.", "Stellen.")]
QUESTION = Inquiry(text="query: Wie viele Stellen?", weights={})


def test_parts_are_scored_and_sentences_of_the_best(folder: Path) -> None:
    reading = load_reader(str(folder)).read(QUESTION, PARTS)

    scores = [part.relevance for part in reading.parts]
    assert len(set(scores)) > 1
    assert all(0 <= score <= 1 for score in scores)
    unread = [part.relevance for part in reading.parts if part.sentences is None]
    assert unread == [min(scores)]


def test_without_calibration_there_is_no_confidence(folder: Path) -> None:
    reader = load_reader(str(folder))

    assert reader.read(QUESTION, PARTS).confidence is None
    assert reader.name == "winzig"


def test_a_calibration_beside_the_model_gives_a_confidence(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "geeicht"
    CrossEncoderReader(str(folder)).save(out)
    for threshold, answered in ((0.0, True), (1.0, False)):
        learned = ScoreCalibration(bias=0.1, weight=0.5, threshold=threshold)
        (out / CALIBRATION).write_text(learned.model_dump_json(), encoding="utf-8")

        reading = CrossEncoderReader(str(out)).read(QUESTION, PARTS)

        best = max(score for part in reading.parts for score in part.sentences or ())
        assert reading.confidence == pytest.approx(learned.probability(best))
        assert reading.answered is answered


def test_a_damaged_calibration_is_named(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "kaputt"
    CrossEncoderReader(str(folder)).save(out)
    (out / CALIBRATION).write_text("{", encoding="utf-8")

    with pytest.raises(ReaderUnavailable, match=CALIBRATION):
        CrossEncoderReader(str(out))


def test_a_model_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")

    with pytest.raises(ReaderUnavailable, match="lässt sich nicht laden"):
        CrossEncoderReader(str(tmp_path / "fehlt"))


def test_a_certain_score_has_finite_odds() -> None:
    assert -20 < log_odds(0.0) < 0 < log_odds(1.0) < 20
