"""When evidence carries an answer, learned by `python -m evals.fit_decline`. Don't edit by hand."""

from __future__ import annotations

COEFFICIENTS: dict[str, float] = {
    "best": 0.30,
    "among_first": 0.34,
    "as_near": 1.37,
    "named": 1.07,
    "counted": -0.76,
}

THRESHOLD = 5.23
"""An answer is given from this sum on."""
