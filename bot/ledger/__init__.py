"""The motion ledger: what was asked, what has been answered, what is still open.

Channels need no more than this: `Motions` gives frozen states, `motion_record` their JSON. What makes a paper of one,
`bot.ledger.dossier`, brings pandoc and Jinja2 with it and is imported where it is wanted.
"""

from bot.ledger.motions import Motions
from bot.ledger.record import change_record, motion_record
from bot.ledger.types import Change, MotionState, Outcome, Overrule, PointState, Reason, Status, Vote
from bot.ledger.watch import changes_since, mark_of, watch

__all__ = [
    "Change",
    "MotionState",
    "Motions",
    "Outcome",
    "Overrule",
    "PointState",
    "Reason",
    "Status",
    "Vote",
    "change_record",
    "changes_since",
    "mark_of",
    "motion_record",
    "watch",
]
