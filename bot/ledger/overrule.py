"""What staff say of a motion's points, in its sidecar: `overrule: [{point: "2", status: …, office: …, reason: …}]`.

It is shown as what it is, with the office's name, beside what the program found. An entry that cannot be read changes
nothing and is reported as a warning in the log, without its text.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

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


_ENTRIES: TypeAdapter[list[_Entry]] = TypeAdapter(list[_Entry])


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrules:
    """Staff's word on the points of one motion, by the number they wrote."""

    by_number: Mapping[str, Overrule]

    def applied(self, state: PointState) -> PointState:
        """Return a point as staff see it; unchanged where they say nothing.

        They mean a point by its number, and by its place where no point bears that number.
        """
        overrule = self.by_number.get(state.number) or self.by_number.get(f"#{state.position}")
        return replace(state, status=overrule.status, overrule=overrule) if overrule else state


def overrules_of(extras: Mapping[str, Any]) -> Overrules:
    """Read the unknown keys of a sidecar."""
    try:
        entries = _ENTRIES.validate_python(extras.get(KEY) or [])
        found = {
            entry.point.strip(" .)"): Overrule(status=_status(entry.status), office=entry.office, reason=entry.reason)
            for entry in entries
        }
    except (ValidationError, ValueError):
        log.warning("overrule=unreadable")
        return Overrules(by_number={})
    return Overrules(by_number=found)


def _status(written: str) -> Status:
    return _WORDS.get(written.strip().lower()) or Status(written.strip().lower())
