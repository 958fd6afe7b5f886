"""Motions on a terminal: readable at 40 columns, plain in a pipe. No logic of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.ledger.types import Change, Evidence, MotionState, PointState, Status
from bot.phrases import motions as phrases
from bot.phrases import reply as reply_phrases
from bot.types import Language

_STYLE = {Status.ANSWERED: "bold green", Status.PARTLY: "bold yellow", Status.OPEN: "bold red"}


def show_overview(motions: Sequence[MotionState], language: Language, out: Console) -> None:
    """Write every motion in a few short lines: id and title, who and when, what was decided, how far."""
    if not motions:
        out.print(phrases.NO_MOTIONS[language])
        return
    for motion in motions:
        head = Text(motion.motion_id, style="bold cyan")
        head.append(f"  {motion.title}", style="bold default")
        out.print(head)
        _indented(Text(phrases.headline(motion, language), style="dim"), out)
        if motion.vote:
            _indented(Text(phrases.vote(motion, language), style="bold"), out)
        _indented(Text(phrases.tally(motion, language)), out)
        out.print()
    out.print(reply_phrases.searched(motions[0].searched.documents, motions[0].searched.until, language))


def show_motion(motion: MotionState, language: Language, out: Console) -> None:
    """Write a motion: what was decided, then point by point what was asked, how it stands, and what shows it."""
    out.print(Text(motion.title, style="bold"))
    out.print(Text(f"{motion.motion_id} · {phrases.headline(motion, language)}", style="dim"))
    if motion.vote:
        out.print(Text(phrases.vote(motion, language), style="bold"))
        _show_evidence([motion.vote.evidence], language, out)
    out.print(Text(phrases.tally(motion, language)))
    for point in motion.points:
        out.print()
        _show_point(motion, point, language, out)
    out.print()
    out.print(reply_phrases.searched(motion.searched.documents, motion.searched.until, language))


def show_news(changes: Sequence[Change], language: Language, out: Console) -> None:
    """Write what changed, motion by motion."""
    if not changes:
        out.print(phrases.NO_NEWS[language])
        return
    for motion, group in groupby(changes, key=lambda change: change.motion):
        out.print(Text(f"{motion.motion_id}  {motion.title}", style="bold"))
        for change in group:
            _indented(Text(phrases.news_line(change, language)), out)
            _show_evidence(change.point.evidence[:1], language, out)


def _show_point(motion: MotionState, point: PointState, language: Language, out: Console) -> None:
    head = Text(f"{point.number}  ")
    head.append(f"{phrases.MARK[point.status]} {phrases.label(point, language)}", style=_STYLE[point.status])
    out.print(head)
    _indented(Text(point.text), out)
    _indented(Text(phrases.note(motion, point, language), style="italic"), out)
    _show_evidence(point.evidence, language, out)


def _show_evidence(evidence: Sequence[Evidence], language: Language, out: Console) -> None:
    """Write quotes; a source that gave several in a row is named once, below the last of them."""
    for source, group in groupby(evidence, key=lambda item: phrases.source(item, language)):
        for item in group:
            _indented(Text(f"„{item.citation.quote}“"), out, by=4)
        _indented(Text(source, style="dim"), out, by=4)


def _indented(text: Text, out: Console, by: int = 2) -> None:
    out.print(Padding(text, (0, 0, 0, by), expand=False))
