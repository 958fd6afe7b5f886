"""Weights of the signals, learned by `python -m evals.fit_parts`. Don't edit by hand."""

from __future__ import annotations

SIGNAL_WEIGHTS: dict[str, float] = {
    "found": 1.379,
    "found_cosine": 5.027,
    "found_paper": 1.027,
    "covered_by_paper": 1.228,
    "meets": 0.686,
    "meets_covered": 3.564,
    "motion": -1.281,
    "motion_asked": -1.772,
    "protocol": 0.488,
    "protocol_voted": 3.162,
    "report": 1.254,
    "place": -0.543,
    "length": 0.228,
    "asks": -1.621,
    "faction": 4.003,
    "body": 3.260,
    "alike": 7.749,
}
