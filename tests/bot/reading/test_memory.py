from __future__ import annotations

import numpy as np

from bot.reading.memory import Half, Memory


def rows(count: int) -> Half:
    return np.full((count, 2), count, dtype=np.float16)


def test_what_was_read_is_remembered() -> None:
    memory = Memory(pieces=10)
    memory.put("a", rows(4))

    kept = memory.get("a")

    assert kept is not None
    assert len(kept) == 4
    assert memory.get("b") is None


def test_the_longest_unused_is_forgotten_first() -> None:
    memory = Memory(pieces=10)
    for name in "ab":
        memory.put(name, rows(4))
    memory.get("a")
    memory.put("c", rows(4))

    assert [memory.get(name) is not None for name in "abc"] == [True, False, True]


def test_nothing_is_counted_twice() -> None:
    memory = Memory(pieces=10)
    for _ in range(5):
        memory.put("a", rows(4))
    memory.put("b", rows(4))

    assert memory.get("a") is not None
    assert memory.get("b") is not None
