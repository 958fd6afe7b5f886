"""Weights of the ledger, learned by `python -m evals.fit_ledger`. Don't edit by hand."""

from __future__ import annotations

from bot.ledger.table import Table
from bot.ledger.types import Status

LEARNED = Table(
    ranking={
        "anchored": 0.98,
        "shared": -0.56,
        "first": -1.13,
        "early": 1.55,
        "first_of_whole": -1.05,
        "last": 0.61,
        "cosine": 1.74,
        "overlap": 0.32,
        "overlap_whole": 3.80,
        "context": 0.73,
        "short": -0.43,
        "long": 0.46,
        "told": 1.25,
        "summary": 0.32,
        "protocol": -0.69,
        "reply": 0.88,
        "other": -0.28,
        "yes_or_no": 0.18,
        "no_data": 0.83,
        "refused": 1.85,
        "deferred": -0.50,
        "promised": 1.45,
        "done": -0.06,
        "limited": -0.38,
        "alike": 3.54,
    },
    signs={
        Status.ANSWERED: {
            "question": 0.79,
            "denied": 0.25,
            "told": 2.26,
            "brief": 0.98,
        },
        Status.PARTLY: {
            "request": 0.40,
            "promised": 0.78,
            "limited": 0.89,
            "demanding": 1.36,
            "missing_part": 1.15,
            "parts": 1.46,
            "questions": 0.71,
        },
        Status.OPEN: {
            "request": 0.39,
            "no_data": 2.73,
            "no_data_first": 1.29,
            "refused": 3.03,
            "deferred": 3.50,
            "far": 0.41,
        },
    },
    biases={
        Status.ANSWERED: -0.32,
        Status.PARTLY: -0.19,
        Status.OPEN: 0.51,
    },
)
