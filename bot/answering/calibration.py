"""When evidence carries an answer, learned by `python -m evals.fit_decline`. Don't edit by hand."""

from __future__ import annotations

COEFFICIENTS: dict[str, float] = {
    "best": 0.33,
    "among_first": 0.25,
    "as_near": 1.29,
    "named": 0.64,
    "counted": -0.86,
}

THRESHOLD = 4.86
"""An answer is given from this sum on."""
