"""Weights of the evidence features, learned by `python -m evals.fit`. Don't edit by hand."""

from __future__ import annotations

WEIGHTS: dict[str, float] = {
    "passage_score": 2.46,
    "passage_cosine": 1.19,
    "covered_with_sentence_before": 2.15,
    "alike": 2.91,
    "alike_with_title": 6.22,
    "is_question": -2.89,
    "is_short": -1.08,
    "new_number": 0.51,
    "year": 2.06,
    "vote_asked": 2.59,
    "kind_motion": -1.22,
    "kind_protocol": 0.08,
    "kind_report": 0.06,
    "role_header": -1.05,
    "role_summary": 1.40,
    "role_request": 0.79,
    "role_decision": -0.16,
    "role_vote": 4.12,
    "role_reasons": -0.88,
    "role_report": 0.21,
    "role_debate": 0.92,
    "role_finances": 0.39,
    "role_closing": 0.00,
    "role_body": 0.78,
    "meets_number": 3.14,
    "meets_date": 2.90,
    "meets_person": 2.46,
    "meets_vote": 1.55,
}
