"""Learning, exporting and calibrating, tried on a toy."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from bot.reading import PartText  # noqa: E402
from bot.reading.bundled import BundledReader  # noqa: E402
from bot.reading.pieces import PieceCutter  # noqa: E402
from evals.learning import network as network_module  # noqa: E402
from evals.learning.batches import Cutter, collate, groups_of  # noqa: E402
from evals.learning.calibrating import Heard, auc, calibrate, logistic  # noqa: E402
from evals.learning.export import export, in_blocks  # noqa: E402
from evals.learning.losses import losses, read  # noqa: E402
from evals.learning.network import Reader  # noqa: E402
from evals.learning.training import Recipe, train  # noqa: E402
from ingest.types import Span  # noqa: E402
from tests.evals.learning.toy import a_network, a_tokenizer, examples  # noqa: E402

RECIPE = Recipe(epochs=30, rate=1e-3, head_rate=3e-3, keep_every=10, general=0.0)


@pytest.fixture(scope="module", autouse=True)
def whole_precision() -> Iterator[None]:
    """Learn in whole precision on every processor, so that two runs can be compared."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network_module, "HALF", False)
        yield


def a_cutter() -> Cutter:
    return Cutter(PieceCutter(a_tokenizer()))


def learned(work: Path, recipe: Recipe = RECIPE) -> Reader:
    torch.manual_seed(0)
    network = a_network()
    train(network, examples(), (), a_cutter(), recipe, work)
    return network


def loss_of(network: Reader) -> float:
    network.eval()
    batch = collate(groups_of(examples(), a_cutter(), 3, random.Random(1)))
    with torch.no_grad():
        return float(sum(losses(read(network, batch), batch).values()))


@pytest.fixture(scope="module")
def network(whole_precision: None, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return learned(tmp_path_factory.mktemp("lernen"))


def test_what_is_learned_lowers_the_loss(network: Reader) -> None:
    torch.manual_seed(0)

    assert loss_of(network) < 0.6 * loss_of(a_network())


class Crash(logging.Handler):
    """Stops a run as soon as it tells of a step."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage().startswith("20 of"):
            raise KeyboardInterrupt


def test_a_run_that_was_stopped_ends_like_one_that_was_not(tmp_path: Path) -> None:
    short = replace(RECIPE, epochs=12)
    whole = learned(tmp_path / "a", short)
    told = logging.getLogger("evals.learning.training")
    told.setLevel(logging.INFO)
    crash = Crash()
    told.addHandler(crash)
    with pytest.raises(KeyboardInterrupt):
        learned(tmp_path / "b", short)
    told.removeHandler(crash)

    resumed = learned(tmp_path / "b", short)

    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        assert (
            float((one - other).detach().abs().mean()) < 1e-3
        )  # single weights differ by the order of sums in two threads


def test_the_written_model_says_what_the_network_says(network: Reader, tmp_path: Path) -> None:
    export(network, a_tokenizer(), "spielzeug-1", tmp_path)
    reader = BundledReader(tmp_path, calibrated=False)
    groups = groups_of([examples()[0]], a_cutter(), 3, random.Random(1))
    batch = collate(groups)
    with torch.no_grad():
        said = read(network, batch)
    example = examples()[0]
    texts = {group.parts[0].ids: example.answers[0] for group in groups}
    part = texts[groups[0].parts[0].ids]
    given = PartText(
        head=part.head, text=part.text, sentences=tuple(Span(start=a, end=b) for a, b in part.sentences), found=0.0
    )

    judged = reader.judge(example.question, [given])

    assert judged.verdicts[0].part == pytest.approx(float(said.parts[0]), abs=0.1)
    np.testing.assert_allclose(judged.verdicts[0].sentences, said.sentences[0].numpy(), atol=0.1)
    assert reader.name == "spielzeug-1"


def test_calibration_ranks_what_answers_first_and_keeps_the_bound(network: Reader, tmp_path: Path) -> None:
    export(network, a_tokenizer(), "spielzeug-1", tmp_path)
    reader = BundledReader(tmp_path, calibrated=False)
    questions = [
        Heard(
            id=example.id,
            matter=example.matter,
            question=example.question,
            quotes=tuple("".join(text.text[a:b].split()) for text in example.answers for a, b in text.sentences[:1]),
            parts=tuple(
                PartText(
                    head=text.head,
                    text=text.text,
                    sentences=tuple(Span(start=a, end=b) for a, b in text.sentences),
                    found=0.0,
                )
                for text in (*example.others, *example.answers)
            ),
            right=tuple(any(text.right) for text in (*example.others, *example.answers)),
        )
        for example in examples()
    ]

    calibration = calibrate(reader, questions, apart=8, together=4)

    reader.calibration = calibration
    first = 0
    for question in questions:
        if question.answerable:
            judged = reader.judge(question.question, question.parts, 8, 4)
            scores = calibration.scores_together(judged.near, judged.verdicts, question.parts)
            first += question.right[max(scores, key=lambda place: scores[place])]
    assert first >= 6
    assert 0.0 < calibration.threshold < 1.0


def test_four_bits_on_their_own_grid_lose_nothing() -> None:
    generator = np.random.default_rng(0)
    whole = generator.integers(-8, 8, (4, 64))
    whole[:, ::32] = -8
    factors = np.array([[0.5, 0.25]] * 4, np.float32)
    matrix = (whole.reshape(4, 2, 32) * factors[..., None]).reshape(4, 64).astype(np.float32)

    rounded, found = in_blocks(matrix, -8)

    np.testing.assert_array_equal(
        (rounded.reshape(4, 2, 32) * found[..., None].astype(np.float32)).reshape(4, 64), matrix
    )


def test_logistic_regression_finds_what_tells() -> None:
    generator = np.random.default_rng(0)
    rows = generator.normal(size=(400, 2))
    truth = rows[:, 0] + 0.3 * generator.normal(size=400) > 0.5

    weights = logistic(rows, truth)

    assert weights[1] > 5 * abs(weights[2])
    assert auc(rows @ weights[1:], truth) > 0.95
    assert auc(-(rows @ weights[1:]), truth) < 0.05
