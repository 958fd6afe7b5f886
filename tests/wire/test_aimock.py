"""The four providers' own wire formats, played by a server that is not ours (npm package @copilotkit/aimock).

Skipped where Node or the package is missing; `make test` of a machine that has npm installs it (see the README).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.answering.deadline import Deadline
from bot.answering.faults import ModelFault
from bot.answering.generative import LanguageModel, Limits, load_model
from bot.types import Fallback
from tests.bot.writers import a_draft

AIMOCK = Path(__file__).parents[2] / ".ratslotse/node/node_modules/@copilotkit/aimock/dist/cli.js"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(
    not (NODE and AIMOCK.is_file()),
    reason="needs Node 20 and: npm install --prefix .ratslotse/node @copilotkit/aimock@1.43.0",
)

DRAFT = a_draft(("31 Stellen sind frei.", 1, "31 Stellen"), ("Das Amt hat 212 Stellen.", 2, "212 Stellen"))
WHOLE = DRAFT.model_dump_json()
CALL = [{"name": "Draft", "arguments": WHOLE}]

ANSWERS = {
    "says": {"response": {"content": WHOLE}},
    "calls": {"response": {"toolCalls": CALL}},
    "broken-off-text": {"response": {"content": WHOLE}, "truncateAfterChunks": 3},
    "broken-off-call": {"response": {"toolCalls": CALL}, "truncateAfterChunks": 1},
    "too-long-text": {"response": {"content": WHOLE[:60], "finishReason": "length"}},
    "half-called-whole": {"response": {"content": WHOLE[:60], "finishReason": "stop"}},
    "prose": {"response": {"content": "Das weiß ich leider nicht."}},
    "too-many": {"response": {"error": {"message": "slow down", "type": "rate_limit_error"}, "status": 429}},
    "wrong-key": {"response": {"error": {"message": "who are you", "type": "authentication_error"}, "status": 401}},
    "overloaded": {"response": {"error": {"message": "too much", "type": "overloaded_error"}, "status": 529}},
}
PROVIDERS = {"openai": "/v1", "anthropic": "", "ollama": "", "mistralai": "/v1"}

GONE = {Fallback.CUT_OFF, Fallback.UNREACHABLE}  # the packages tell a lost connection either way
FAULTS = [
    ("broken-off-text", GONE),
    ("broken-off-call", GONE),
    ("too-long-text", {Fallback.UNUSABLE}),
    ("half-called-whole", {Fallback.UNUSABLE}),
    ("prose", {Fallback.UNUSABLE}),
    ("too-many", {Fallback.OVERLOADED}),
    ("wrong-key", {Fallback.REJECTED}),
    ("overloaded", {Fallback.OVERLOADED}),
]

_KEPT: list[LanguageModel] = []


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the server and return its address; each of its models answers in one way."""
    fixtures = tmp_path_factory.mktemp("aimock") / "answers.json"
    entries = [{"match": {"model": name}, **answer} for name, answer in ANSWERS.items()]
    fixtures.write_text(json.dumps({"fixtures": entries}), encoding="utf-8")
    command = [str(NODE), str(AIMOCK), "--port", "0", "--fixtures", str(fixtures)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        try:
            found = next(match for line in server.stdout if (match := re.search(r"http://[\w.]+:\d+", line)))
            yield found[0]
        finally:
            server.terminate()


def a_model(provider: str, name: str, address: str) -> LanguageModel:
    limits = Limits(deadline_s=20, first_byte_s=15, retry_pause_s=0.01)
    base_url = address + PROVIDERS[provider]
    model = load_model(f"{provider}:{name}", base_url=base_url, api_key=SecretStr("k"), limits=limits)
    _KEPT.append(model)  # its connections are closed with the process, not in the middle of another test
    return model


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("name", ["says", "calls"])
def test_every_provider_is_understood(address: str, provider: str, name: str) -> None:
    draft = a_model(provider, name, address).draft((("system", "s"), ("human", "h")), Deadline.after(20))

    assert draft == DRAFT


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(("name", "expected"), FAULTS, ids=[row[0] for row in FAULTS])
def test_every_provider_s_fault_is_understood(address: str, provider: str, name: str, expected: set[Fallback]) -> None:
    with pytest.raises(ModelFault) as raised:
        a_model(provider, name, address).draft((("system", "s"), ("human", "h")), Deadline.after(20))

    assert raised.value.reason in expected
