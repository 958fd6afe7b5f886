"""Weights of the evidence features, learned by `python -m evals.fit`. Don't edit by hand."""

from __future__ import annotations

WEIGHTS: dict[str, float] = {
    "passage_score": 2.42,
    "passage_cosine": 1.16,
    "covered_with_sentence_before": 1.88,
    "alike": 2.61,
    "alike_with_title": 6.95,
    "is_question": -2.90,
    "is_short": -1.10,
    "new_number": 0.53,
    "year": 1.95,
    "vote_asked": 2.70,
    "kind_motion": -1.20,
    "kind_protocol": 0.01,
    "kind_report": 0.09,
    "role_header": -1.09,
    "role_summary": 1.34,
    "role_request": 0.83,
    "role_decision": -0.08,
    "role_vote": 4.15,
    "role_reasons": -0.88,
    "role_report": 0.25,
    "role_debate": 0.98,
    "role_finances": 0.31,
    "role_closing": 0.00,
    "role_body": 0.83,
    "meets_number": 3.18,
    "meets_date": 2.85,
    "meets_person": 2.44,
    "meets_vote": 1.34,
}
