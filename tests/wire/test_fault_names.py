"""Every exception of every package between us and a model has a meaning of ours."""

from __future__ import annotations

import importlib
import inspect
import json
import ssl

import pytest

from bot.answering.faults import named, reason_of
from bot.types import Fallback

MODULES = (
    "langchain_core.exceptions",
    "openai",
    "langchain_openai.chat_models.base",
    "langchain_openai.chat_models._client_utils",
    "anthropic",
    "anthropic._exceptions",
    "langchain_anthropic.chat_models",
    "ollama",
    "langchain_ollama.chat_models",
    "langchain_mistralai.chat_models",
    "httpx",
    "httpx2",
    "httpx_sse",
)


_ROOTS = {name.partition(".")[0] for name in MODULES}


def _root(kind: type) -> str:
    return kind.__module__.partition(".")[0]


def exceptions() -> list[type[Exception]]:
    """Return every exception class that one of the packages shows."""
    found: set[type[Exception]] = set()
    for name in MODULES:
        module = importlib.import_module(name)
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Exception) and not issubclass(kind, Warning) and _root(kind) in _ROOTS:
                found.add(kind)
    return sorted(found, key=lambda kind: f"{kind.__module__}.{kind.__qualname__}")


@pytest.mark.parametrize("kind", exceptions(), ids=lambda kind: f"{kind.__module__}.{kind.__qualname__}")
def test_every_exception_of_a_package_is_named(kind: type[Exception]) -> None:
    meant = [ancestor for ancestor in kind.__mro__ if named(ancestor)]

    assert meant[0].__module__ != "builtins" or issubclass(kind, TimeoutError | OSError), (
        f"{kind} only counts as {meant[0].__name__}; add it to bot.answering.faults"
    )


def test_enough_exceptions_are_looked_at() -> None:
    assert len(exceptions()) > 80


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ConnectionRefusedError(), Fallback.UNREACHABLE),
        (ConnectionResetError(), Fallback.UNREACHABLE),
        (ssl.SSLError(), Fallback.UNREACHABLE),
        (TimeoutError(), Fallback.TIMED_OUT),
        (json.JSONDecodeError("x", "y", 0), Fallback.UNUSABLE),
        (IndexError(), Fallback.UNUSABLE),
        (AssertionError(), Fallback.UNUSABLE),
    ],
)
def test_errors_of_python_have_a_meaning(error: Exception, expected: Fallback) -> None:
    assert reason_of(error) is expected


class _Answered(Exception):
    def __init__(self, status_code: object) -> None:
        self.status_code = status_code


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, Fallback.REJECTED),
        (401, Fallback.REJECTED),
        (404, Fallback.REJECTED),
        (408, Fallback.TIMED_OUT),
        (413, Fallback.REJECTED),
        (429, Fallback.OVERLOADED),
        (500, Fallback.OVERLOADED),
        (503, Fallback.OVERLOADED),
        (504, Fallback.TIMED_OUT),
        (529, Fallback.OVERLOADED),
        (-1, Fallback.UNUSABLE),
        (None, Fallback.UNUSABLE),
    ],
)
def test_a_status_says_what_its_exception_does_not(status: object, expected: Fallback) -> None:
    assert reason_of(_Answered(status)) is expected
