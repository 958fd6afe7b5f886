"""Weights of the signals, learned by `python -m evals.fit_parts`. Don't edit by hand."""

from __future__ import annotations

SIGNAL_WEIGHTS: dict[str, float] = {
    "found": 1.348,
    "found_cosine": 5.409,
    "found_paper": 1.022,
    "covered_with_title": 3.591,
    "covered_with_passage": 1.193,
    "covered_by_paper": 0.894,
    "meets": 0.681,
    "meets_covered": 3.509,
    "motion": -1.225,
    "motion_asked": -1.696,
    "protocol": 0.159,
    "protocol_voted": 2.989,
    "report": 0.900,
    "place": -0.390,
    "length": 0.490,
    "asks": -1.455,
    "faction": 3.114,
    "body": 2.726,
}
