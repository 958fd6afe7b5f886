from __future__ import annotations

import numpy as np
import pytest

from evals.fit import Case, first_right, fit

pytest.importorskip("scipy")

NOISE = 5


def a_case(paper: str, seed: int) -> Case:
    """Build eight sentences; the right one has the highest first feature, the others are noise."""
    generator = np.random.default_rng(seed)
    features = generator.random((8, 1 + NOISE))
    right = np.zeros(8, dtype=bool)
    right[int(np.argmax(features[:, 0]))] = True
    return Case(papers=frozenset({paper}), features=features, right=right)


def test_the_feature_that_tells_gets_the_weight() -> None:
    weights = fit([a_case(f"p{i}", i) for i in range(40)])

    assert weights[0] > 3 * np.abs(weights[1:]).max()


def test_what_was_learned_holds_on_papers_that_were_left_out() -> None:
    assert first_right([a_case(f"p{i}", i) for i in range(40)], 1) > 0.8


def test_questions_without_a_right_sentence_count_as_missed() -> None:
    cases = [a_case(f"p{i}", i) for i in range(20)]
    hopeless = [
        Case(papers=frozenset({f"q{i}"}), features=case.features, right=np.zeros(8, dtype=bool))
        for i, case in enumerate(cases)
    ]

    assert first_right([*cases, *hopeless], 8) == pytest.approx(0.5)
