"""Noticing news while a process serves: a look at the published generation now and then, and what somebody was told.

Who is told is not decided here, and how neither. What was told of a motion is kept as a few letters that hold nothing
of its text, so that a paper that is withdrawn leaves none there.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from bot.ledger.motions import Motions
from bot.ledger.types import Change, MotionState, PointState, Reason, Status, point_keys
from ingest.errors import RatslotseError

log = logging.getLogger(__name__)

Tell = Callable[[Sequence[MotionState]], Awaitable[bool]]
"""Takes all motions; returns whether everybody could be told."""


async def watch(motions: Motions, tell: Tell, stop: asyncio.Event, *, look_s: float) -> None:
    """Have `tell` look at the motions whenever a generation has been published, and once at the start.

    What could not be told is tried again at the next look. An index that cannot be read just now is no reason to end.

    Args:
        motions: asked in a thread: working out a generation takes a while.
        tell: is given every motion; it knows what it told before.
        stop: set it to end.
        look_s: seconds between two looks.
    """
    told = ""
    while not stop.is_set():
        try:
            generation = await asyncio.to_thread(motions.generation)
            if generation != told:
                changes = await asyncio.to_thread(motions.refresh)
                log.info("ledger generation=%s changes=%d", generation, len(changes))
                if await tell(await asyncio.to_thread(motions.all)):
                    told = generation
        except RatslotseError as error:
            log.warning("ledger not looked at: %s", error)
        except Exception:  # a full disk, say: whoever follows a motion hears of it once there is room again
            log.exception("ledger not looked at")
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), look_s)


def mark_of(motion: MotionState) -> str:
    """Return how a motion stands, as JSON to be kept: hash of each point → what a reader is shown of it."""
    return json.dumps({_hash(key): p.standing for key, p in zip(point_keys(motion), motion.points, strict=True)})


def changes_since(mark: str, motion: MotionState) -> tuple[Change, ...]:
    """Return what a reader would see change in a motion since a mark was made of it, in the order of its points."""
    before = json.loads(mark)
    found = []
    for key, point in zip(point_keys(motion), motion.points, strict=True):
        was = before.get(_hash(key))
        if was is None:
            found.append(Change(motion=motion, point=point, before=None))
        elif was != [*point.standing]:
            found.append(Change(motion=motion, point=point, before=_as_it_was(point, *was)))
    return tuple(found)


def _as_it_was(point: PointState, status: str, reason: str | None) -> PointState:
    """Return a point as it was shown; a reason that was not shown is not known any more."""
    then = Reason(reason) if reason else Reason.INCOMPLETE
    return replace(point, status=Status(status), worked_out=Status(status), reason=then, evidence=(), overrule=None)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8")).hexdigest()[:16]
