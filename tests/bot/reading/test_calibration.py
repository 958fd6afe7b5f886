"""From judgements to ranks and probabilities."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.reading.calibration import Calibration, read_calibration
from bot.reading.judging import UNREAD, Nearness, Verdict
from bot.reading.types import PartText
from ingest.types import Span

CALIBRATION = Calibration(
    apart={"late": 1.0},
    together={"part": 1.0},
    sentence={"bias": 0.0, "logit": 1.0},
    answered={"bias": 0.0, "sentence": 1.0, "names": -5.0},
    threshold=0.6,
)


def a_part(text: str = "Eins. Zwei.") -> PartText:
    return PartText(head="passage: ", text=text, sentences=(Span(start=0, end=5), Span(start=6, end=11)), found=1.0)


def near(late: float) -> Nearness:
    return Nearness(mean=0.0, late=late, sentences=np.array([0.1, 0.2], np.float32))


def judged(part: float, *sentences: float) -> Verdict:
    return Verdict(part=part, sentences=np.array(sentences, np.float32), statuses=np.zeros((2, 3), np.float32))


def test_what_was_read_together_stands_before_what_was_not() -> None:
    parts = [a_part() for _ in range(4)]
    nearness = [near(0.9), near(0.1), near(0.5)]  # the last part was not read at all

    reading = CALIBRATION.reading(nearness, {1: judged(2.0, 1.0, 0.0), 2: judged(3.0, 0.0, 0.0)}, parts, "query: ?")

    order = sorted(range(4), key=lambda place: -reading.parts[place].relevance)
    assert order == [2, 1, 0, 3]
    assert [part.sentences is None for part in reading.parts] == [True, False, False, True]
    assert reading.read == 2


@pytest.mark.parametrize(("logit", "answered"), [(2.0, True), (0.0, False)])
def test_the_best_sentence_decides_whether_there_is_an_answer(logit: float, answered: bool) -> None:
    reading = CALIBRATION.reading([near(0.5)], {0: judged(1.0, logit, -3.0)}, [a_part()], "query: wie viele?")

    assert reading.answered is answered
    assert reading.confidence == pytest.approx(1 / (1 + np.exp(-logit)))


def test_what_is_said_of_another_year_is_less_probable() -> None:
    verdicts = {0: judged(1.0, 2.0, 0.0)}

    same = CALIBRATION.reading([near(0.5)], verdicts, [a_part("2019. Zwei.")], "query: Wie viele 2019?")
    other = CALIBRATION.reading([near(0.5)], verdicts, [a_part("2018. Zwei.")], "query: Wie viele 2019?")

    assert same.confidence is not None
    assert other.confidence is not None
    assert other.confidence < 0.1 < same.confidence


def test_a_sentence_that_was_cut_off_answers_nothing() -> None:
    reading = CALIBRATION.reading([near(0.5)], {0: judged(1.0, 0.0, UNREAD)}, [a_part()], "query: ?")

    assert reading.parts[0].sentences == (0.5, 0.0)


def test_nothing_read_is_no_answer() -> None:
    reading = CALIBRATION.reading([], {}, [], "query: ?")

    assert (reading.answered, reading.confidence, reading.read) == (False, None, 0)


def test_a_calibration_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(CALIBRATION.model_dump_json(), encoding="utf-8")

    assert read_calibration(path) == CALIBRATION


def test_an_unknown_weight_group_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text('{"weather": {}}', encoding="utf-8")

    with pytest.raises(ValueError, match="weather"):
        read_calibration(path)


@pytest.mark.parametrize("part", ["apart", "together", "sentence", "answered"])
def test_a_weight_that_nothing_computes_is_refused_when_it_is_read(part: str, tmp_path: Path) -> None:
    path = tmp_path / "calibration.json"
    path.write_text(CALIBRATION.model_copy(update={part: {"laune": 1.0}}).model_dump_json(), encoding="utf-8")

    with pytest.raises(ValueError, match="laune"):
        read_calibration(path)
