"""When evidence carries an answer, learned by `python -m evals.fit_decline`. Don't edit by hand."""

from __future__ import annotations

COEFFICIENTS: dict[str, float] = {
    "best": 0.37,
    "among_first": 0.40,
    "as_near": 0.73,
    "named": 1.14,
    "counted": -0.61,
}

THRESHOLD = 5.53
"""An answer is given from this sum on."""
