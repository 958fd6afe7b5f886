from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from evals import fit
from evals.declining import Line, draw
from evals.fit_decline import OVERDECLINED, SIGNS, Case, learn, line, parts, threshold_of

pytest.importorskip("scipy")


def a_case(paper: str, *, answerable: bool, gold: int = 0, absent: bool = False) -> Case:
    ranking = fit.Case(papers=frozenset({paper}), features=np.zeros((0, 0)), right=np.zeros(0, bool))
    return Case(
        gold=gold,
        papers=frozenset({paper}),
        answerable=answerable,
        absent=absent,
        asked="?",
        evidence=(),
        ranking=ranking,
    )


CASES = [a_case(f"p{i}", answerable=i % 3 != 0) for i in range(60)]


def test_no_paper_is_learned_from_and_judged() -> None:
    cases = [a_case(f"p{i // 3}", answerable=True) for i in range(60)]
    judged: list[int] = []
    for others, held in parts(cases):
        assert not {next(iter(cases[i].papers)) for i in others} & {next(iter(cases[i].papers)) for i in held}
        judged += held

    assert sorted(judged) == list(range(60))


def test_the_ground_that_tells_is_weighed_and_none_may_push_the_wrong_way() -> None:
    generator = np.random.default_rng(1)
    grounds = generator.random((60, len(SIGNS)))
    grounds[:, 0] += [float(case.answerable) for case in CASES]
    grounds[:, 1] -= [float(case.answerable) for case in CASES]  # misleads: high where there is no answer
    learned = dict(zip(SIGNS, learn(grounds, CASES), strict=False))

    assert learned["best"] > 0.5
    assert all(value * SIGNS[name] >= 0 for name, value in learned.items())


def test_the_threshold_keeps_the_bound_on_every_set() -> None:
    cases = [a_case(f"p{i}", answerable=i % 4 < 2, gold=i % 2) for i in range(80)]
    sums = np.random.default_rng(2).random(80) + np.array([0.5 * case.gold for case in cases])
    threshold = threshold_of(sums, cases)

    for gold in (0, 1):
        assert line("a", sums, cases, gold, threshold).chosen[0] <= OVERDECLINED


def test_an_area_of_one_half_is_chance_and_of_one_is_certain() -> None:
    chance = Line(name="a", points=((0.5, 0.5),), chosen=(0.5, 0.5))
    certain = Line(name="a", points=((0.0, 1.0),), chosen=(0.0, 1.0))

    assert (chance.auc, certain.auc) == (0.5, 1.0)


def test_the_picture_is_whole_and_names_each_set_with_its_figures() -> None:
    picture = draw([Line(name="<a>", points=((0.1, 0.6),), chosen=(0.1, 0.6))])
    texts = " ".join(text for text in ElementTree.fromstring(picture).itertext())

    assert "<a>: 60% zu Recht, 10% zu Unrecht abgelehnt" in texts
