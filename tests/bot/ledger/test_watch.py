"""A serving process looks at the ledger once a generation, and survives an index that cannot be read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.ledger import MotionState, watch
from tests.bot.ledger.conftest import ANSWER_ON_CARGO_BIKES, Town

LOOK_S = 0.01


class Ears:
    """Takes what is told; stops the watch when it has heard enough."""

    def __init__(self, stop: asyncio.Event, enough: int, *answers: bool) -> None:
        self.stop, self.enough, self.answers = stop, enough, list(answers)
        self.heard: list[Sequence[MotionState]] = []

    async def __call__(self, motions: Sequence[MotionState]) -> bool:
        """Hear."""
        self.heard.append(motions)
        if len(self.heard) == self.enough:
            self.stop.set()
        return self.answers.pop(0) if self.answers else True


def test_each_generation_is_told_once(town: Town) -> None:
    async def play() -> Ears:
        stop = asyncio.Event()
        ears = Ears(stop, 2)
        task = asyncio.create_task(watch(town.motions(), ears, stop, look_s=LOOK_S))
        while not ears.heard:
            await asyncio.sleep(LOOK_S)
        await asyncio.sleep(10 * LOOK_S)  # nothing new: nothing to tell
        assert len(ears.heard) == 1
        town.write("antwort-2.txt", *ANSWER_ON_CARGO_BIKES)
        await asyncio.to_thread(town.publish)
        await asyncio.wait_for(task, 60)
        return ears

    first, second = asyncio.run(play()).heard

    assert first != second


def test_what_could_not_be_told_is_told_again(quiet_town: Town) -> None:
    async def play() -> Ears:
        stop = asyncio.Event()
        ears = Ears(stop, 2, False)
        await asyncio.wait_for(watch(quiet_town.motions(), ears, stop, look_s=LOOK_S), 60)
        return ears

    first, second = asyncio.run(play()).heard

    assert first == second


def test_an_index_that_is_not_there_yet_is_waited_for(town: Town) -> None:
    pointer = town.root / "CURRENT"
    aside = pointer.rename(town.root / "aside")

    async def play() -> Ears:
        stop = asyncio.Event()
        ears = Ears(stop, 1)
        task = asyncio.create_task(watch(town.motions(), ears, stop, look_s=LOOK_S))
        await asyncio.sleep(10 * LOOK_S)
        assert not ears.heard
        aside.rename(pointer)
        await asyncio.wait_for(task, 60)
        return ears

    assert len(asyncio.run(play()).heard) == 1
