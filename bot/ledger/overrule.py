"""What staff say of a motion's points, in its sidecar: `overrule: [{point: "2", status: …, office: …, reason: …}]`.

It is shown as what it is, with the office's name, beside what the program found. A point is meant by its number, or by
its place: `point: "#4"`, the only way where a number stands twice. An entry that cannot be read, or means no single
point, changes nothing and is reported as a warning in the log, without its text; the entries beside it count.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from bot.ledger.types import Overrule, PointState, Status

log = logging.getLogger(__name__)

KEY = "overrule"
"""Of the sidecar; kept by the pipeline like any key that it does not know."""

_WORDS = {"beantwortet": Status.ANSWERED, "teilweise": Status.PARTLY, "offen": Status.OPEN}


class _Entry(BaseModel):
    """One line of staff."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    point: str
    status: str
    office: str = Field(min_length=1)
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrules:
    """Staff's word on the points of one motion, by the number or place they wrote."""

    by_number: Mapping[str, Overrule]

    def applied(self, states: Sequence[PointState]) -> tuple[PointState, ...]:
        """Return the points as staff see them; unchanged where they say nothing."""
        numbers = Counter(state.number for state in states)
        known = {number for number, count in numbers.items() if count == 1} | {_place(state) for state in states}
        if self.by_number.keys() - known:
            log.warning("overrule=no single point")
        return tuple(self._applied(state, alone=numbers[state.number] == 1) for state in states)

    def _applied(self, state: PointState, *, alone: bool) -> PointState:
        by_number = self.by_number.get(state.number) if alone else None
        overrule = by_number or self.by_number.get(_place(state))
        return replace(state, status=overrule.status, overrule=overrule) if overrule else state


def overrules_of(extras: Mapping[str, Any]) -> Overrules:
    """Read the unknown keys of a sidecar."""
    written = extras.get(KEY) or []
    found = {}
    for item in written if isinstance(written, list) else [written]:
        try:
            entry = _Entry.model_validate(item)
            overrule = Overrule(status=_status(entry.status), office=entry.office, reason=entry.reason)
        except ValueError:  # pydantic's errors are of this kind
            log.warning("overrule=unreadable")
        else:
            found[entry.point.strip(" .)")] = overrule
    return Overrules(by_number=found)


def _place(state: PointState) -> str:
    return f"#{state.position}"


def _status(written: str) -> Status:
    return _WORDS.get(written.strip().lower()) or Status(written.strip().lower())
