"""Weights of the ledger, learned by `python -m evals.fit_ledger`. Don't edit by hand."""

from __future__ import annotations

from bot.ledger.table import Table
from bot.ledger.types import Status

LEARNED = Table(
    ranking={
        "anchored": 0.99,
        "shared": -0.40,
        "first": -1.10,
        "early": 1.56,
        "first_of_whole": -1.02,
        "last": 0.70,
        "cosine": 3.16,
        "cosine_whole": -0.09,
        "overlap": 1.05,
        "overlap_whole": 4.06,
        "context": 0.73,
        "short": -0.50,
        "long": 0.75,
        "told": 1.34,
        "summary": 0.37,
        "protocol": -0.67,
        "reply": 0.86,
        "other": -0.28,
        "yes_or_no": 0.31,
        "no_data": 0.83,
        "refused": 1.85,
        "deferred": -0.55,
        "promised": 1.46,
        "done": -0.06,
        "limited": -0.37,
    },
    signs={
        Status.ANSWERED: {
            "question": 0.79,
            "denied": 0.20,
            "told": 2.24,
            "brief": 0.91,
        },
        Status.PARTLY: {
            "request": 0.37,
            "promised": 0.84,
            "limited": 1.11,
            "demanding": 1.33,
            "missing_part": 0.96,
            "parts": 1.60,
            "questions": 0.77,
        },
        Status.OPEN: {
            "request": 0.43,
            "no_data": 2.69,
            "no_data_first": 1.27,
            "refused": 3.13,
            "deferred": 3.46,
            "far": 0.31,
        },
    },
    biases={
        Status.ANSWERED: -0.28,
        Status.PARTLY: -0.24,
        Status.OPEN: 0.52,
    },
)
