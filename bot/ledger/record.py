"""A motion's state as the JSON record that other programs rely on (contract "Motions")."""

from __future__ import annotations

from typing import Any

from bot.ledger.types import Change, Evidence, MotionState, PointState, Vote
from bot.phrases import motions as phrases
from bot.record import citation_record
from bot.types import Language


def motion_record(motion: MotionState) -> dict[str, Any]:
    """Return the contract's JSON object for a motion."""
    return {
        "id": motion.motion_id,
        "path": motion.path,
        "number": motion.number,
        "title": motion.title,
        "date": motion.date.isoformat() if motion.date else None,
        "factions": list(motion.factions),
        "points": [point_record(motion, point) for point in motion.points],
        "searched": {
            "documents": motion.searched.documents,
            "until": motion.searched.until.isoformat() if motion.searched.until else None,
        },
        "vote": _vote(motion.vote) if motion.vote else None,
    }


def _vote(vote: Vote) -> dict[str, Any]:
    return {"outcome": str(vote.outcome), "text": vote.text, "evidence": [_evidence(vote.evidence)]}


def point_record(motion: MotionState, point: PointState) -> dict[str, Any]:
    """Return the contract's JSON object for a point; `overrule` only where staff said something."""
    record: dict[str, Any] = {
        "number": point.number,
        "position": point.position,
        "text": point.text,
        "status": str(point.status),
        "reason": str(point.reason),
        "note": phrases.note(motion, point, Language.DE),
        "evidence": [_evidence(evidence) for evidence in point.evidence],
    }
    if point.overrule:
        record["overrule"] = {
            "status": str(point.overrule.status),
            "office": point.overrule.office,
            "reason": point.overrule.reason,
            "worked_out": str(point.worked_out),
        }
    return record


def _evidence(evidence: Evidence) -> dict[str, Any]:
    as_of = {"as_of": str(evidence.as_of) if evidence.as_of else None}
    basis = {"as_of_basis": str(evidence.as_of_basis) if evidence.as_of_basis else None}
    return citation_record(evidence.citation) | as_of | basis


def change_record(change: Change) -> dict[str, Any]:
    """Return a change as JSON: the motion, the point as it is, and its status before (null for a new point)."""
    return {
        "id": change.motion.motion_id,
        "path": change.motion.path,
        "title": change.motion.title,
        "before": str(change.before.status) if change.before else None,
        "point": point_record(change.motion, change.point),
    }
