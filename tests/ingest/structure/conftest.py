"""`pytest tests/ingest/structure --update-golden` writes what was understood beside each paper; never in CI."""

from __future__ import annotations

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", default=False, help="write the .expected files anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    wanted = bool(request.config.getoption("--update-golden", default=False))
    if wanted and os.environ.get("CI"):
        pytest.fail("--update-golden darf in der CI nicht laufen: dort würde jede Abweichung richtig.")
    return wanted
