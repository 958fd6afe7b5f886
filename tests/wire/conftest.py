"""The small town of the bot's tests, asked over the wire."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from tests.bot.conftest import index_dir

__all__ = ["index_dir"]

_CLIENTS = {
    "httpx": "Client",
    "httpx2": "Client",
    "openai": "SyncHttpxClientWrapper",
    "anthropic": "SyncHttpxClientWrapper",
}


@pytest.fixture(scope="session", autouse=True)
def connections() -> Iterator[None]:
    """Close what the providers' packages keep open, for they have no way to be told."""
    yield
    for kept in gc.get_objects():
        kind = type(kept)
        if _CLIENTS.get(str(kind.__module__).partition(".")[0]) == kind.__name__:
            kept.close()
