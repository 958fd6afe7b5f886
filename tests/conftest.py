"""No test may reach a network: a connection that leaves this machine fails the test that makes it."""

from __future__ import annotations

import ipaddress
import logging
import socket
from typing import Any

import pytest


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every socket connection but those to this machine, and keep model hubs offline."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(str(address[0])):
            pytest.fail(f"a test tried to reach the network: {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


@pytest.fixture(autouse=True)
def fresh_log_levels() -> None:
    """Forget the levels that a command line of an earlier test has set: they hold for the whole process."""
    for name in ("bot", "ingest", "evals"):
        logging.getLogger(name).setLevel(logging.NOTSET)
