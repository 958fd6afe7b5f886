"""One person's talk with the bot, step by step: what is said or pressed, and what must come back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.bot.telegram.bot_api import FakeTelegram
from tests.bot.telegram.wire import Shown


@dataclass(frozen=True, kw_only=True)
class Step:
    """What somebody does and what must follow.

    Attributes:
        say: a message.
        press: label of a button below the latest answer that has one.
        data: callback data that no button has.
        shows: every one of these stands in the next message.
        hides: none of these does.
        labels: the buttons afterwards, of the message that was pressed or that came.
        toast: stands in what answers the press; "" for a press that only opens something.
        silent: nothing comes back.
        more: see `FakeTelegram.say`; `reply` there names the bot's latest message.
    """

    say: str | None = None
    press: str | None = None
    data: str | None = None
    shows: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    labels: tuple[str, ...] | None = None
    toast: str | None = None
    silent: bool = False
    more: dict[str, Any] = field(default_factory=dict)


def said(text: str | None, *shows: str, **rest: Any) -> Step:
    """Say something; what follows are pieces of the answer."""
    fields = {key: rest.pop(key) for key in ("hides", "labels", "silent") if key in rest}
    return Step(say=text, shows=shows, more=rest, **fields)


def pressed(label: str, *shows: str, **rest: Any) -> Step:
    """Press a button of the latest answer."""
    return Step(press=label, shows=shows, **rest)


@dataclass
class Talk:
    """A person in a chat."""

    fake: FakeTelegram
    who: int
    chat: int
    language: str = "de"

    def go(self, step: Step) -> None:
        """Do a step and check what follows."""
        before = len(self.fake.messages(self.chat))
        pressed: Shown | None = None
        if step.press is not None or step.data is not None:
            pressed = self._press(step)
        else:
            more = {"language": self.language, "chat": self.chat} | step.more
            if more.pop("reply", False):
                more["reply_to"] = self.fake.messages(self.chat)[-1]
            self.fake.say(self.who, step.say, **more)
            if step.silent:
                self._assert_next_answer_is_another(before)
        came = None
        if step.shows or (step.press is None and step.data is None and not step.silent):
            came = self.fake.messages_when(self.chat, before + 1)[-1]
            for piece in step.shows:
                assert piece in came.text, f"„{piece}“ fehlt in:\n{came.text}"
            for piece in step.hides:
                assert piece not in came.text, f"„{piece}“ steht in:\n{came.text}"
        if step.labels is not None:
            shown = came or pressed
            assert shown is not None
            wanted = list(step.labels)
            self.fake.wait(lambda: [re.sub(r" \d+$", "", one) for one in shown.buttons][-len(wanted) :] == wanted)

    def _assert_next_answer_is_another(self, before: int) -> None:
        """Ask for help and get it first: a chat is answered in order, so nothing came for what was said before."""
        self.fake.say(self.who, "/hilfe@ratslotse_bot", chat=self.chat, language=self.language)
        answer = self.fake.messages_when(self.chat, before + 1)[before]
        assert "/vergessen –" in answer.text, f"statt zu schweigen:\n{answer.text}"

    def _press(self, step: Step) -> Shown:
        shown = next(one for one in reversed(self.fake.messages(self.chat)) if one.buttons)
        if step.data is None:
            self.fake.wait(lambda: step.press in shown.buttons)
        data = step.data or shown.buttons[step.press or ""]
        query = self.fake.press(self.who, shown, data, self.language)
        answer = self.fake.answer_when(query)
        if step.toast is not None:
            assert (step.toast in answer) if step.toast else not answer
        return shown
