from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from evals.learning.listwise import Case, Matrix, first_right, fit, held_out

pytest.importorskip("scipy")

NOISE = 5
L2 = 0.02


def learn(cases: Sequence[Case]) -> Matrix:
    return fit(cases, L2)


def a_case(paper: str, seed: int) -> Case:
    """Build eight sentences; the right one has the highest first feature, the others are noise."""
    generator = np.random.default_rng(seed)
    features = generator.random((8, 1 + NOISE))
    right = np.zeros(8, dtype=bool)
    right[int(np.argmax(features[:, 0]))] = True
    return Case(papers=frozenset({paper}), features=features, right=right)


def test_the_feature_that_tells_gets_the_weight() -> None:
    weights = learn([a_case(f"p{i}", i) for i in range(40)])

    assert weights[0] > 3 * np.abs(weights[1:]).max()


def test_what_was_learned_holds_on_papers_that_were_left_out() -> None:
    cases = [a_case(f"p{i}", i) for i in range(40)]

    assert first_right(cases, held_out(cases, learn), 1) > 0.8


def test_questions_without_a_right_sentence_count_as_missed() -> None:
    cases = [a_case(f"p{i}", i) for i in range(20)]
    hopeless = [
        Case(papers=frozenset({f"q{i}"}), features=case.features, right=np.zeros(8, dtype=bool))
        for i, case in enumerate(cases)
    ]

    everything = [*cases, *hopeless]
    assert first_right(everything, held_out(everything, learn), 8) == pytest.approx(0.5)


def test_cases_that_share_a_paper_are_never_learned_from_one_another() -> None:
    cases = [a_case("p", i) for i in range(3)] + [a_case(f"q{i}", i) for i in range(6)]
    learned_from: list[int] = []

    def watching(others: Sequence[Case]) -> Matrix:
        learned_from.append(sum(case.papers == {"p"} for case in others))
        return learn(others)

    held_out(cases, watching)
    assert set(learned_from) == {0, 3}


def test_a_heavier_case_decides() -> None:
    heavy, light = a_case("p", 1), a_case("q", 2)
    opposed = replace(light, features=-light.features, weight=0.01)

    assert learn([heavy, opposed])[0] > 0
