"""The language model: any chat model of LangChain, and the one place that knows LangChain's chat models.

Everything a provider can do wrong ends here as one `ModelFault`: no connection, an error, garbage, silence, an answer
that stops half-way. A stream that breaks off cleanly raises nothing, so only an answer with a finish reason that says
"complete" counts. One deadline holds for all tries together; what a client does beyond it nobody waits for.
"""

from __future__ import annotations

import json
import logging
import math
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from inspect import signature
from typing import Any, Final

from langchain.chat_models import init_chat_model
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk
from langchain_core.messages.ai import add_ai_message_chunks
from langchain_core.runnables import Runnable, RunnableSequence
from langsmith import tracing_context
from pydantic import SecretStr

from bot.answering.breaker import Breaker
from bot.answering.deadline import Deadline, received
from bot.answering.faults import RETRYABLE, ModelFault, reason_of
from bot.answering.prompt import Draft, Message
from bot.types import Fallback, ModelState
from ingest.errors import UsageError

log = logging.getLogger(__name__)

RETRIES: Final = 2
"""New tries of one draft: a local server is back, or a rate limit over, within seconds or not within the deadline."""

MAX_CHUNKS: Final = 20_000
"""Of one answer: four statements with three quotes are some 3,000 tokens; more is a model that does not stop."""

CONTEXT_TOKENS: Final = 8192
"""Asked of Ollama, which else cuts a prompt to its own default (4,096) and says nothing."""

_FINISH: Final = ("finish_reason", "stop_reason", "done_reason")
"""Names of the finish reason: OpenAI and Mistral, Anthropic, Ollama."""

_COMPLETE: Final = frozenset({"stop", "tool_calls", "end_turn", "tool_use", "STOP"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much of everybody's time the model may take.

    Attributes:
        deadline_s: for a whole answer: waiting, tries and repair together.
        first_byte_s: until the first piece of a try arrives, until its turn comes, and between two pieces.
        concurrency: calls at the same time; one that was given up counts until its client lets go.
        retry_pause_s: before the first new try, doubled before the second.
    """

    deadline_s: float = 60.0
    first_byte_s: float = 20.0
    concurrency: int = 4
    retry_pause_s: float = 0.5


class LanguageModel:
    """Writes drafts; see `bot.answering.composed.Writer`. Thread-safe."""

    def __init__(self, chat: BaseChatModel, *, name: str, limits: Limits, breaker: Breaker | None = None) -> None:
        """Take a chat model that can give structured output.

        Args:
            chat: makes no tries of its own.
            name: for people.
            limits: hold for all askers together.
            breaker: leaves the model alone after failures in a row.

        Raises:
            NotImplementedError: the model cannot give structured output.
        """
        self.name = name
        self._limits = limits
        self._model = _asking_for_a_draft(chat)
        self._breaker = breaker or Breaker()
        self._turns = threading.Semaphore(limits.concurrency)

    @property
    def deadline_s(self) -> float:
        """See `Writer`."""
        return self._limits.deadline_s

    @property
    def state(self) -> ModelState:
        """See `Writer`."""
        return ModelState.PAUSED if self._breaker.is_open else ModelState.READY

    def draft(self, messages: Sequence[Message], deadline: Deadline) -> Draft:
        """See `Writer`."""
        if not self._breaker.admits():
            raise ModelFault(Fallback.PAUSED)
        try:
            draft = self._tried(messages, deadline)
        except ModelFault as fault:
            if fault.reason is not Fallback.BUSY:
                self._breaker.failed()
            raise
        self._breaker.succeeded()
        return draft

    def _tried(self, messages: Sequence[Message], deadline: Deadline) -> Draft:
        pause = self._limits.retry_pause_s
        for left in range(RETRIES, -1, -1):
            try:
                return self._once(messages, deadline)
            except ModelFault as fault:
                if not left or fault.reason not in RETRYABLE or deadline.left <= pause:
                    raise
            time.sleep(pause)
            pause *= 2
        raise AssertionError("the last try returns or raises")

    def _once(self, messages: Sequence[Message], deadline: Deadline) -> Draft:
        if not self._turns.acquire(timeout=min(self._limits.first_byte_s, deadline.left)):
            raise ModelFault(Fallback.BUSY)
        pieces = received(
            lambda: self._stream(messages),
            first_s=self._limits.first_byte_s,
            deadline=deadline,
            ended=self._turns.release,
        )
        chunks: list[AIMessageChunk] = []
        try:
            with closing(pieces):
                for chunk in pieces:
                    chunks.append(chunk)
                    if len(chunks) > MAX_CHUNKS:
                        raise ModelFault(Fallback.UNUSABLE)
            return _read(chunks)
        except ModelFault:
            raise
        except Exception as error:  # of any provider's package
            log.info("model_fault=%s", type(error).__name__)  # its text may hold the question
            raise ModelFault(reason_of(error)) from error

    def _stream(self, messages: Sequence[Message]) -> Iterator[AIMessageChunk]:
        with tracing_context(enabled=False):  # whatever the environment says: no paper goes to a third party
            yield from self._model.stream(list(messages))


def load_model(
    name: str, *, base_url: str, api_key: SecretStr, limits: Limits, breaker: Breaker | None = None
) -> LanguageModel:
    """Load a chat model by its name in LangChain; makes no call.

    Args:
        name: "PROVIDER:MODEL", as `init_chat_model` takes it.
        base_url: of the server, empty for the provider's own.
        api_key: empty for the provider's own environment variable.
        limits: see there.
        breaker: leaves the model alone after failures in a row.

    Raises:
        UsageError: the name, the key or the provider's package is missing or wrong.
    """
    options: dict[str, Any] = {"max_retries": 0, "timeout": math.ceil(limits.first_byte_s)}
    if api_key.get_secret_value():
        options["api_key"] = api_key.get_secret_value()
    if name.startswith("ollama:"):
        options = _for_ollama(options)
    if base_url:
        options["base_url"] = base_url
    try:
        return LanguageModel(init_chat_model(name, **options), name=name, limits=limits, breaker=breaker)
    except Exception as error:  # what a provider's constructor raises is not ours to list
        missing = " Es fehlt das Paket seines Anbieters." if isinstance(error, ImportError) else ""
        raise UsageError(
            f"Das Sprachmodell „{name}“ kann nicht geladen werden.{missing}",
            "RATSLOTSE_MODEL heißt ANBIETER:NAME, zum Beispiel ollama:llama3.2; Schlüssel: RATSLOTSE_MODEL_API_KEY; "
            "Anbieter: „pip install 'ratslotse[models]'“.",
        ) from error


def _for_ollama(options: dict[str, Any]) -> dict[str, Any]:
    """Say the same in the words of `ChatOllama`, which takes no time limit and no key, and drops both silently."""
    client: dict[str, Any] = {"timeout": options["timeout"]}
    if "api_key" in options:
        client["headers"] = {"Authorization": f"Bearer {options['api_key']}"}
    return {"client_kwargs": client, "num_ctx": CONTEXT_TOKENS, "temperature": 0}


def _asking_for_a_draft(chat: BaseChatModel) -> Runnable[Any, Any]:
    """Return the model as its provider's package asks it for a form, without the parser behind it.

    The parsers complete an answer that was cut off, and hide the finish reason. OpenAI's server keeps strictly to a
    form only if it is told to; no other package has the word.
    """
    strictly = {"strict": True} if "strict" in signature(chat.with_structured_output).parameters else {}
    structured = chat.with_structured_output(Draft.model_json_schema(), **strictly)
    if not isinstance(structured, RunnableSequence):
        raise NotImplementedError("no structured output")
    return structured.first


def _read(chunks: Sequence[AIMessageChunk]) -> Draft:
    """Read the pieces of an answer.

    Raises:
        ModelFault: it is cut off or refused.
        ValueError: it is no draft.
    """
    if not chunks:
        raise ModelFault(Fallback.CUT_OFF)
    message = add_ai_message_chunks(*chunks)
    finish = next((value for key in _FINISH if (value := message.response_metadata.get(key))), None)
    if finish is None:
        raise ModelFault(Fallback.CUT_OFF)
    if finish not in _COMPLETE:  # length, content_filter, refusal …
        raise ModelFault(Fallback.UNUSABLE)
    return Draft.model_validate_json(_payload(message))


def _payload(message: AIMessageChunk) -> str:
    """Return the JSON of an answer: the arguments of its one call, else what its text holds between braces."""
    if pieces := message.tool_call_chunks:  # langchain-mistralai gives the pieces of one call an id each
        return "".join(piece["args"] or "" for piece in pieces if piece["index"] == pieces[0]["index"])
    if message.tool_calls:
        return json.dumps(message.tool_calls[0]["args"])
    text = str(message.text)
    return text[text.find("{") : text.rfind("}") + 1]
