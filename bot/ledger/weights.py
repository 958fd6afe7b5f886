"""Weights of the ledger, learned by `python -m evals.fit_ledger`. Don't edit by hand."""

from __future__ import annotations

from bot.ledger.table import Table
from bot.ledger.types import Status

LEARNED = Table(
    ranking={
        "anchored": 1.04,
        "shared": -0.95,
        "first": -1.37,
        "early": 1.76,
        "first_of_whole": -1.03,
        "last": 0.72,
        "cosine": 3.02,
        "cosine_whole": 0.71,
        "overlap": 1.19,
        "overlap_whole": 3.72,
        "context": 0.81,
        "short": -0.47,
        "long": 0.94,
        "told": 1.40,
        "summary": 0.28,
        "protocol": -0.68,
        "reply": 0.87,
        "other": -0.29,
        "yes_or_no": 0.19,
        "no_data": 0.78,
        "refused": 1.87,
        "deferred": -0.59,
        "promised": 1.40,
        "done": 0.09,
        "limited": -0.41,
    },
    signs={
        Status.ANSWERED: {
            "question": 0.83,
            "denied": 0.11,
            "told": 2.24,
            "brief": 0.91,
        },
        Status.PARTLY: {
            "request": 0.43,
            "promised": 0.66,
            "limited": 1.05,
            "demanding": 1.38,
            "missing_part": 0.70,
            "parts": 1.85,
            "questions": 0.73,
        },
        Status.OPEN: {
            "request": 0.41,
            "no_data": 2.68,
            "no_data_first": 1.25,
            "refused": 3.06,
            "deferred": 3.47,
            "far": 0.41,
        },
    },
    biases={
        Status.ANSWERED: -0.27,
        Status.PARTLY: -0.24,
        Status.OPEN: 0.50,
    },
)
