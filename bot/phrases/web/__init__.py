"""What stands on the web page around the quotes, German first, English beside it: one module a room.

Templates name a room and a field of it (`w.asking.send`); both languages must fill every field. What staff read stands
in `bot.phrases.staff`.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.phrases.web import account, asking, frame, messages, motions, papers
from bot.phrases.web.account import Account
from bot.phrases.web.asking import Asking
from bot.phrases.web.frame import Frame
from bot.phrases.web.messages import Messages
from bot.phrases.web.motions import Motions
from bot.phrases.web.papers import Papers
from bot.types import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language."""

    frame: Frame
    asking: Asking
    papers: Papers
    motions: Motions
    account: Account
    messages: Messages


WORDS = {
    Language.DE: Words(
        frame=frame.DE,
        asking=asking.DE,
        papers=papers.DE,
        motions=motions.DE,
        account=account.DE,
        messages=messages.DE,
    ),
    Language.EN: Words(
        frame=frame.EN,
        asking=asking.EN,
        papers=papers.EN,
        motions=motions.EN,
        account=account.EN,
        messages=messages.EN,
    ),
}
