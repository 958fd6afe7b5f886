from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from bot.answering.deadline import Deadline, received


def test_pieces_arrive_in_order() -> None:
    ended = threading.Event()

    assert list(received(lambda: range(5), first_s=5, deadline=Deadline.after(5), ended=ended.set)) == [0, 1, 2, 3, 4]
    assert ended.wait(5)


def test_an_error_of_the_call_reaches_the_caller() -> None:
    def call() -> Iterator[int]:
        yield 1
        raise KeyError("x")

    pieces = received(call, first_s=5, deadline=Deadline.after(5), ended=lambda: None)

    assert next(pieces) == 1
    with pytest.raises(KeyError):
        next(pieces)


def test_a_call_that_ignores_every_limit_is_left_behind() -> None:
    let_go, ended = threading.Event(), threading.Event()

    def call() -> Iterator[int]:
        let_go.wait(30)
        yield 1

    started = time.monotonic()
    with pytest.raises(TimeoutError):
        next(received(call, first_s=0.05, deadline=Deadline.after(30), ended=ended.set))

    assert time.monotonic() - started < 5
    assert not ended.is_set(), "its turn is free only when it has really ended"
    let_go.set()
    assert ended.wait(5)


def test_a_call_that_never_ends_is_left_at_its_next_piece() -> None:
    ended = threading.Event()

    def call() -> Iterator[int]:
        while True:
            time.sleep(0.005)
            yield 1

    with pytest.raises(TimeoutError):
        list(received(call, first_s=5, deadline=Deadline.after(0.1), ended=ended.set))
    assert ended.wait(5)


def test_a_deadline_that_is_over_leaves_nothing() -> None:
    assert Deadline.after(-1).left == 0.0
