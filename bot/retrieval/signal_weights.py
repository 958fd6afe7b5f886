"""Weights of the signals, learned by `python -m evals.fit_parts`. Don't edit by hand."""

from __future__ import annotations

SIGNAL_WEIGHTS: dict[str, float] = {
    "found": 1.388,
    "found_cosine": 5.056,
    "found_paper": 1.033,
    "covered_by_paper": 1.278,
    "meets": 0.684,
    "meets_covered": 3.571,
    "motion": -1.287,
    "motion_asked": -1.781,
    "protocol": 0.475,
    "protocol_voted": 3.152,
    "report": 1.252,
    "place": -0.537,
    "length": 0.234,
    "asks": -1.586,
    "faction": 3.953,
    "body": 3.256,
    "alike": 7.551,
}
