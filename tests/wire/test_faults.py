"""A model's server that fails, over real connections: a question still ends in one message, in time, never by halves.

`make faults` plays every fault 20 times side by side; by default each is played once.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.answering.breaker import Breaker
from bot.answering.deadline import Deadline
from bot.answering.generative import LanguageModel, Limits, load_model
from bot.reading import load_reader
from bot.record import plain_text
from bot.service import Ratslotse
from bot.types import Answered, Fallback, Mode, Question
from ingest.embedding import load_encoder
from ingest.index import LiveIndex
from tests.bot.writers import a_draft
from tests.wire.stub import FAULTS, Stub, stub

RUNS = int(os.environ.get("RATSLOTSE_FAULT_RUNS", "1"))
PATIENT = Limits()
LIMITS = Limits(deadline_s=3.0, first_byte_s=1.0, concurrency=1000, retry_pause_s=0.05)
"""A twentieth of what holds in use; retries pause a tenth as long."""

SLACK_S = 5.0
"""Beyond the deadline: searching, reading and writing the answer, with all runs on the same few cores."""

SIDE_BY_SIDE = 20
QUESTION = Question(text="Wie viele Stellen sind in den Bürgerbüros unbesetzt?")
TRUE = "Von den 212 Stellen in den Bürgerbüros sind 31 Stellen unbesetzt."
PROVIDERS = {"openai:m": "/v1", "ollama:m": "", "mistralai:m": "/v1"}

TOO_SLOW = frozenset("silent silent_after_headers stalls never_ends".split())

Asking = Callable[[LanguageModel | None], Ratslotse]

_KEPT: list[LanguageModel] = []
"""Connections that a fault left open are closed with the process, not in the middle of another test."""


@pytest.fixture(scope="module")
def server() -> Iterator[Stub]:
    whole = a_draft(*((TRUE, n, TRUE) for n in range(1, 5)))  # whichever passage it stands in
    with stub(whole.model_dump_json()) as running:
        yield running


def a_model(provider: str, url: str, breaker: Breaker, limits: Limits = LIMITS) -> LanguageModel:
    address = url + PROVIDERS[provider]
    model = load_model(provider, base_url=address, api_key=SecretStr("k"), limits=limits, breaker=breaker)
    _KEPT.append(model)
    return model


@pytest.fixture(scope="module")
def asking(index_dir: Path) -> Asking:
    """Return what makes a Ratslotse over the small town that asks a model."""
    encoder = load_encoder("bundled")
    index = LiveIndex(index_dir / "public", encoder)
    return lambda writer: Ratslotse(indexes=[index], encoder=encoder, reader=load_reader("bundled"), writer=writer)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_server_that_does_not_fail_is_believed(asking: Asking, server: Stub, provider: str) -> None:
    model = a_model(provider, server.url("whole"), Breaker(), PATIENT)

    reply = asking(model).ask(QUESTION)

    assert isinstance(reply, Answered)
    assert (reply.fallback, reply.mode, reply.statements[0].text) == (None, Mode.GENERATIVE, TRUE)


@pytest.mark.timeout(600)
def test_every_fault_ends_in_one_whole_message_within_the_deadline(asking: Asking, server: Stub) -> None:
    without = asking(None).ask(QUESTION)
    assert isinstance(without, Answered)
    never_pausing = Breaker(failures=10**9)
    for provider in PROVIDERS:  # the packages load much of themselves only at their first call
        a_model(provider, server.url("whole"), never_pausing, PATIENT).draft((("human", "h"),), Deadline.after(60))
    bots = {
        (provider, fault): asking(a_model(provider, server.url(fault), never_pausing))
        for provider, fault in product(PROVIDERS, FAULTS)
    }

    def play(run: int, fault: str) -> tuple[str, Answered, float]:
        provider = list(PROVIDERS)[(run + FAULTS.index(fault)) % len(PROVIDERS)]
        started = time.monotonic()
        reply = bots[provider, fault].ask(QUESTION)
        assert isinstance(reply, Answered), (provider, fault)
        return f"{provider} {fault}", reply, time.monotonic() - started

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        played = list(pool.map(lambda pair: play(*pair), product(range(RUNS), FAULTS)))

    assert len(played) == RUNS * len(FAULTS) >= RUNS * 20
    for name, reply, seconds in played:
        assert seconds < LIMITS.deadline_s + SLACK_S, (name, seconds)
        assert (reply.statements, reply.citations) == (without.statements, without.citations), name
        assert reply.mode is Mode.EXTRACTIVE, name
        assert reply.fallback is not None, name
        assert "Ohne Sprachmodell" in plain_text(reply), name
        assert reply.fallback is Fallback.TIMED_OUT or name.split()[1] not in TOO_SLOW, (name, reply.fallback)


def test_a_server_that_is_not_there_is_told(asking: Asking) -> None:
    model = a_model("openai:m", "http://127.0.0.1:9", Breaker(), PATIENT)

    reply = asking(model).ask(QUESTION)

    assert isinstance(reply, Answered)
    assert reply.fallback is Fallback.UNREACHABLE
