"""What stands behind a button: a few opaque letters that only this machine can resolve."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.feedback import Fault
from bot.phrases import motions as motion_phrases
from bot.phrases import telegram as phrases
from bot.types import Language

A_ROW: Final = 4
"""Source buttons side by side; "Quelle 4" is still whole on a phone 360 points wide."""

_ID_BYTES: Final = 8


class Action(StrEnum):
    """What pressing does; the letter is what Telegram sends back."""

    SOURCE = "q"
    HELPFUL = "h"
    NOT_HELPFUL = "n"
    FAULT = "g"
    BACK = "z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button that was pressed.

    Attributes:
        answer_id: the answer it stands under.
        detail: number of a source, or a `Fault`; else empty.
    """

    action: Action
    answer_id: str
    detail: str = ""

    def __str__(self) -> str:
        """Return the callback data, at most 64 bytes."""
        return f"{self.action}:{self.answer_id}:{self.detail}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowPress:
    """The button below a motion: follow it, or no longer. A motion's id is public, so nothing is hidden behind it."""

    motion_id: str
    follow: bool

    def __str__(self) -> str:
        """Return the callback data."""
        return f"{'f' if self.follow else 'e'}:{self.motion_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A label and what it does."""

    label: str
    press: Press | FollowPress


Rows = tuple[tuple[Button, ...], ...]

_DATA: Final = re.compile(r"([qhngz]):([A-Za-z0-9_-]{11}):([a-z0-9]{0,12})")

FOLLOW_DATA: Final = re.compile(r"([fe]):(m[0-9a-f]{1,15})")
"""Callback data of `FollowPress`, whole."""


def new_id() -> str:
    """Return an id that nobody guesses."""
    return secrets.token_urlsafe(_ID_BYTES)


def read_press(data: str | None) -> Press | None:
    """Read callback data; None for what no button of ours says (anyone can send anything)."""
    match = _DATA.fullmatch(data or "")
    return Press(action=Action(match[1]), answer_id=match[2], detail=match[3]) if match else None


def read_follow(data: str | None) -> FollowPress | None:
    """Read callback data of a motion's button; None for anything else."""
    match = FOLLOW_DATA.fullmatch(data or "")
    return FollowPress(motion_id=match[2], follow=match[1] == "f") if match else None


def follow_row(motion_id: str, *, followed: bool, language: Language) -> Rows:
    """Return the button below a motion, by whether the chat follows it already."""
    label = (motion_phrases.UNFOLLOW if followed else motion_phrases.FOLLOW)[language]
    return ((Button(label=label, press=FollowPress(motion_id=motion_id, follow=not followed)),),)


def source_rows(answer_id: str, numbers: Sequence[int], language: Language) -> Rows:
    """Return a button for each source."""
    buttons = [
        Button(
            label=f"{phrases.SOURCE[language]} {n}",
            press=Press(action=Action.SOURCE, answer_id=answer_id, detail=str(n)),
        )
        for n in numbers
    ]
    return tuple(tuple(buttons[start : start + A_ROW]) for start in range(0, len(buttons), A_ROW))


def verdict_row(answer_id: str, language: Language) -> Rows:
    """Return the two buttons that ask whether an answer helped."""
    return (
        (
            Button(label=phrases.HELPFUL[language], press=Press(action=Action.HELPFUL, answer_id=answer_id)),
            Button(label=phrases.NOT_HELPFUL[language], press=Press(action=Action.NOT_HELPFUL, answer_id=answer_id)),
        ),
    )


def fault_rows(answer_id: str, language: Language) -> Rows:
    """Return the reasons, two a row, and the way back."""
    reasons = [
        Button(
            label=phrases.FAULTS[language][fault],
            press=Press(action=Action.FAULT, answer_id=answer_id, detail=fault.value),
        )
        for fault in Fault
    ]
    back = Button(label=phrases.BACK[language], press=Press(action=Action.BACK, answer_id=answer_id))
    return (tuple(reasons[:2]), tuple(reasons[2:]), (back,))
