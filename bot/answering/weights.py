"""Weights of the evidence features, learned by `python -m evals.fit` (README, "Messwerte"). Don't edit by hand."""

from __future__ import annotations

BIAS = 0.0

WEIGHTS: dict[str, float] = {
    "passage_score": 6.28,
    "passage_bm25": -2.76,
    "passage_cosine": 2.99,
    "covered": 0.53,
    "covered_with_sentence_before": 3.93,
    "covered_with_title": 2.20,
    "covered_with_passage": 3.60,
    "cosine": -0.23,
    "is_question": -2.60,
    "is_short": -1.31,
    "new_number": 0.36,
    "year": 1.62,
    "motion": -2.20,
    "protocol": 1.05,
    "report": 0.93,
    "meets_number": 3.78,
    "meets_date": 2.81,
    "meets_person": 3.13,
    "meets_vote": 5.70,
}
