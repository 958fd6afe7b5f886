"""When evidence carries an answer, learned by `python -m evals.fit_decline`. Don't edit by hand."""

from __future__ import annotations

COEFFICIENTS: dict[str, float] = {
    "best": 0.37,
    "among_first": 0.52,
    "as_near": 0.70,
    "named": 1.35,
    "counted": -0.54,
}

THRESHOLD = 5.74
"""An answer is given from this sum on."""
