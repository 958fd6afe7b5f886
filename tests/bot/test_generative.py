"""The adapter over LangChain's interface alone; over the wire it is tested in `tests/wire`."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import langsmith.utils
import pytest
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.exceptions import ModelConnectionError
from langchain_core.language_models import BaseChatModel, FakeListChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from pydantic import SecretStr

from bot.answering.breaker import Breaker
from bot.answering.deadline import Deadline
from bot.answering.faults import ModelFault
from bot.answering.generative import LanguageModel, Limits, load_model
from bot.types import Fallback, ModelState
from ingest.errors import UsageError
from tests.bot.writers import a_draft

DRAFT = a_draft(("31 Stellen sind frei.", 1, "31 Stellen"))
WHOLE = DRAFT.model_dump_json()
STOP = AIMessageChunk(content="", response_metadata={"finish_reason": "stop"})
QUICK = Limits(deadline_s=5, first_byte_s=5, retry_pause_s=0.001)
MESSAGES = (("system", "s"), ("human", "h"))


class ScriptedChat(BaseChatModel):
    """A chat model of LangChain that streams what a function gives, and counts how often it was asked."""

    script: Callable[[], Iterator[AIMessageChunk]]
    asked: list[int]

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **_: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self.asked.append(len(messages))
        for chunk in self.script():
            yield ChatGenerationChunk(message=chunk)

    def _generate(self, *_: Any, **__: Any) -> ChatResult:
        raise AssertionError("only streams are asked for")

    def bind_tools(self, *_: Any, **__: Any) -> Runnable[Any, Any]:
        """Take a form and do without it."""
        return self.bind()

    @property
    def _llm_type(self) -> str:
        return "scripted"


def a_model(script: Callable[[], Iterator[AIMessageChunk]], **changes: Any) -> tuple[LanguageModel, ScriptedChat]:
    chat = ScriptedChat(script=script, asked=[])
    return LanguageModel(chat, **({"name": "x", "limits": QUICK} | changes)), chat


def saying(*chunks: AIMessageChunk) -> Callable[[], Iterator[AIMessageChunk]]:
    return lambda: iter(chunks)


def text(content: str) -> AIMessageChunk:
    return AIMessageChunk(content=content)


def called(args: str, index: int = 0) -> AIMessageChunk:
    return AIMessageChunk(content="", tool_call_chunks=[tool_call_chunk(name="Draft", args=args, id="1", index=index)])


def more(args: str, **names: str) -> AIMessageChunk:
    return AIMessageChunk(content="", tool_call_chunks=[tool_call_chunk(args=args, index=0, **names)])


def fault_of(model: LanguageModel) -> Fallback:
    with pytest.raises(ModelFault) as raised:
        model.draft(MESSAGES, Deadline.after(5))
    return raised.value.reason


ANSWERS: list[tuple[Sequence[AIMessageChunk], str]] = [
    ([text(WHOLE), STOP], "in one piece"),
    ([*(text(letter) for letter in WHOLE), STOP], "letter by letter"),
    ([text(f"Gern:\n```json\n{WHOLE}\n```"), STOP], "between words"),
    ([called(WHOLE), STOP], "as a call"),
    ([called(WHOLE[:30]), more(WHOLE[30:]), STOP], "as a call in pieces"),
    ([called(WHOLE[:30]), more(WHOLE[30:], id="2"), STOP], "as a call in pieces with an id each"),
    ([text(WHOLE), AIMessageChunk(content="", response_metadata={"done_reason": "stop"})], "Ollama's finish"),
    ([text(WHOLE), AIMessageChunk(content="", response_metadata={"stop_reason": "end_turn"})], "Anthropic's finish"),
    (
        [AIMessageChunk(content="", tool_calls=[{"name": "Draft", "args": json.loads(WHOLE), "id": "1"}]), STOP],
        "as a whole call",
    ),
]

FAULTS: list[tuple[Sequence[AIMessageChunk], Fallback, int, str]] = [
    ([text(WHOLE)], Fallback.CUT_OFF, 3, "no finish reason, though it looks whole"),
    ([text(WHOLE[:40])], Fallback.CUT_OFF, 3, "a silent end"),
    ([called(WHOLE[:40])], Fallback.CUT_OFF, 3, "a silent end of a call"),
    ([text(WHOLE[:40]), STOP], Fallback.UNUSABLE, 1, "half an answer that says it is whole"),
    ([called(WHOLE[:-2]), STOP], Fallback.UNUSABLE, 1, "half a call that says it is whole"),
    (
        [text(WHOLE), AIMessageChunk(content="", response_metadata={"finish_reason": "length"})],
        Fallback.UNUSABLE,
        1,
        "cut at its length",
    ),
    ([text('{"answerable": true}'), STOP], Fallback.UNUSABLE, 1, "a part of the form"),
    ([text("Guten Tag!"), STOP], Fallback.UNUSABLE, 1, "prose"),
    ([text("x")] * 20_001, Fallback.UNUSABLE, 1, "no end in sight"),
]


@pytest.mark.parametrize(("chunks", "reason"), ANSWERS, ids=[row[1] for row in ANSWERS])
def test_a_whole_answer_is_read_however_it_comes(chunks: Sequence[AIMessageChunk], reason: str) -> None:
    model, _ = a_model(saying(*chunks))

    assert model.draft(MESSAGES, Deadline.after(5)) == DRAFT, reason


@pytest.mark.parametrize(("chunks", "expected", "tries", "reason"), FAULTS, ids=[row[3] for row in FAULTS])
def test_what_is_no_whole_answer_is_a_fault(
    chunks: Sequence[AIMessageChunk], expected: Fallback, tries: int, reason: str
) -> None:
    model, chat = a_model(saying(*chunks))

    assert fault_of(model) is expected, reason
    assert len(chat.asked) == tries


def test_a_second_try_may_succeed() -> None:
    answers = iter([saying(text(WHOLE)), saying(text(WHOLE), STOP)])
    model, chat = a_model(lambda: next(answers)())

    assert model.draft(MESSAGES, Deadline.after(5)) == DRAFT
    assert len(chat.asked) == 2


def test_no_try_begins_that_the_deadline_leaves_no_time_for() -> None:
    def refusing() -> Iterator[AIMessageChunk]:
        raise ModelConnectionError

    model, chat = a_model(refusing, limits=Limits(deadline_s=0.2, first_byte_s=5, retry_pause_s=0.3))

    with pytest.raises(ModelFault) as raised:
        model.draft(MESSAGES, Deadline.after(0.2))
    assert (raised.value.reason, len(chat.asked)) == (Fallback.UNREACHABLE, 1)


def test_a_model_that_keeps_failing_is_left_alone() -> None:
    model, chat = a_model(saying(text("nein"), STOP), breaker=Breaker(failures=3))

    assert [fault_of(model) for _ in range(4)] == [*[Fallback.UNUSABLE] * 3, Fallback.PAUSED]
    assert len(chat.asked) == 3
    assert model.state is ModelState.PAUSED


def test_one_too_many_at_a_time_waits_for_its_turn_and_no_longer() -> None:
    let_go = threading.Event()

    def slow() -> Iterator[AIMessageChunk]:
        yield text(WHOLE)
        let_go.wait(30)
        yield STOP

    model, _ = a_model(slow, limits=Limits(deadline_s=5, first_byte_s=0.1, concurrency=1))
    first = threading.Thread(target=model.draft, args=(MESSAGES, Deadline.after(30)))
    first.start()
    time.sleep(0.05)

    assert fault_of(model) is Fallback.BUSY
    let_go.set()
    first.join()
    assert model.draft(MESSAGES, Deadline.after(5)) == DRAFT


def test_a_turn_that_was_given_up_is_not_free_before_its_call_has_ended() -> None:
    let_go = threading.Event()

    def hanging() -> Iterator[AIMessageChunk]:
        let_go.wait(30)
        yield STOP

    model, _ = a_model(hanging, limits=Limits(deadline_s=5, first_byte_s=0.05, concurrency=1))

    assert [fault_of(model) for _ in range(2)] == [Fallback.TIMED_OUT, Fallback.BUSY]
    let_go.set()


def test_nothing_is_traced_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    monkeypatch.setenv("LANGCHAIN_TRACING_V2", "true")
    langsmith.utils.get_env_var.cache_clear()
    traced: list[object] = []

    def watching() -> Iterator[AIMessageChunk]:
        traced.append(langsmith.utils.tracing_is_enabled())
        yield text(WHOLE)
        yield STOP

    a_model(watching)[0].draft(MESSAGES, Deadline.after(5))

    assert traced == [False]
    assert langsmith.utils.tracing_is_enabled(), "else this test could not fail"
    monkeypatch.undo()
    langsmith.utils.get_env_var.cache_clear()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nichts", "no provider"),
        ("quark:x", "no such provider"),
        ("google_vertexai:gemini", "its package is not installed"),
        ("", "no name"),
    ],
)
def test_a_model_that_cannot_be_loaded_is_told_in_one_sentence(name: str, reason: str) -> None:
    with pytest.raises(UsageError, match="kann nicht geladen werden") as raised:
        load_model(name, base_url="", api_key=SecretStr("geheim"), limits=Limits())
    assert "geheim" not in f"{raised.value} {raised.value.hint}", reason


def test_a_model_without_structured_output_is_refused() -> None:
    with pytest.raises(NotImplementedError):
        LanguageModel(FakeListChatModel(responses=["x"]), name="x", limits=Limits())
