"""What was measured, as tables: German and at most 80 columns for a terminal, English Markdown for the README."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.bench.collection import Collection
from evals.bench.systems import SYSTEMS, SystemName
from evals.bench.trial import TIMES, Left, Outcome, Trial, lead, main_measure, names
from evals.bootstrap import Interval
from evals.figures import count, figure, milliseconds, share, signed
from evals.measures import BY_NAME

DIGITS: Final = {"ndcg10": 3}
"""As in `evals.tables`: retrieval sets have enough questions for three; all else has two."""

HEADS: Final = {
    "file1": "evidence paper first",
    "file5": "among 5",
    "file10": "among 10",
    "read4500": "evidence within 4,500 characters",
    "read9000": "within 9,000",
    "ndcg10": "nDCG@10",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A run.

    Attributes:
        machine: what it ran on, one line.
        versions: of the peers' packages, one line; empty if none is installed.
        command: what was typed.
        sample: how many papers took part at most, None for all.
    """

    day: dt.date
    machine: str
    versions: str
    command: str
    sample: int | None = None


def show_set(collection: Collection, outcomes: Mapping[SystemName, Outcome], out: Console) -> None:
    """Write the figures of one set."""
    out.print(Text(_german_heading(collection, outcomes), style="bold"))
    measured = {name: outcome for name, outcome in outcomes.items() if isinstance(outcome, Trial)}
    if measured:
        out.print(_quality(collection, measured))
        out.print(_cost(measured))
    for name, outcome in outcomes.items():
        if isinstance(outcome, Left):
            out.print(Text(f"{SYSTEMS[name].label}: {outcome.german}"))
    measure = BY_NAME[main_measure(collection)]
    for label, gain in _leads(collection, outcomes):
        value, low, high = (signed(measure, part, _digits(measure.name)) for part in (gain.value, gain.low, gain.high))
        out.print(f"Ratslotse gegen {label}: {measure.name} {value}, 95 %: {low} bis {high}")
    out.print()


def markdown_set(collection: Collection, outcomes: Mapping[SystemName, Outcome]) -> str:
    """Return the README's table of one set, with its heading and what was left out."""
    heads = ["system", *(HEADS[name] for name in names(collection)), "indexing", "question p50 / p95", "peak memory"]
    lines = [_english_heading(collection, outcomes), "", _row(heads), "|---" * len(heads) + "|"]
    for system, outcome in outcomes.items():
        label = _emphasised(system, SYSTEMS[system].label)
        if isinstance(outcome, Left):
            lines.append(_row([label, outcome.english.replace("|", "/"), *[""] * (len(heads) - 2)]))
            continue
        figures = [_emphasised(system, _english(key, outcome.measures[key])) for key in names(collection)]
        times = " / ".join(_plain_ms(outcome.measures[key].value) for key in TIMES)
        lines.append(_row([label, *figures, _plain_s(outcome.index_seconds), times, _megabytes(outcome.peak_bytes)]))
    name = main_measure(collection)
    gains = [_gain(label, gain, name) for label, gain in _leads(collection, outcomes)]
    if gains:
        lines += ["", f"Ratslotse less each peer (`{name}`, paired): {'; '.join(gains)}."]
    return "\n".join(lines)


def markdown_foot(bench: Bench) -> str:
    """Return what stands below the README's tables: date, machine, versions and command."""
    sample = f" Only {bench.sample} papers of each set took part." if bench.sample is not None else ""
    versions = f" {bench.versions}." if bench.versions else ""
    told = (
        f"{bench.day.isoformat()}, {bench.machine}.{versions}{sample} `[…]` is the bootstrap 95 % interval. Each "
        "system ran in a process of its own, one after the other; memory is the peak of that process and its "
        "children, libraries included. Peers got passages of 1,000 characters with 200 shared, the title in front of "
        "each, and the settings of their manuals; Ratslotse's time on papers includes the written answer, and gold-dev "
        "is the set it was developed on."
    )
    return f"{told}\n\n```sh\n{bench.command}\n```"


def _quality(collection: Collection, measured: Mapping[SystemName, Trial]) -> Table:
    table = _table("System", *names(collection))
    for name, trial in measured.items():
        cells = (_german(key, trial.measures[key]) for key in names(collection))
        table.add_row(SYSTEMS[name].label, *cells)
    return table


def _cost(measured: Mapping[SystemName, Trial]) -> Table:
    table = _table("System", "Passagen", "Aufbau", "p50", "p95", "Speicher")
    for name, trial in measured.items():
        times = (milliseconds(trial.measures[key].value) for key in TIMES)
        seconds = milliseconds(1000 * trial.index_seconds)
        megabytes = f"{trial.peak_bytes / 1e6:.0f}\u00a0MB"
        table.add_row(SYSTEMS[name].label, str(trial.passages), seconds, *times, megabytes)
    return table


def _leads(collection: Collection, outcomes: Mapping[SystemName, Outcome]) -> Iterator[tuple[str, Interval]]:
    """Yield each measured peer with what Ratslotse has more than it."""
    ours = outcomes.get(SystemName.RATSLOTSE)
    if not isinstance(ours, Trial):
        return
    for name, outcome in outcomes.items():
        if isinstance(outcome, Trial) and name is not SystemName.RATSLOTSE:
            yield SYSTEMS[name].label, lead(collection, outcome, ours)


def _documents(outcomes: Mapping[SystemName, Outcome]) -> int:
    return max((outcome.documents for outcome in outcomes.values() if isinstance(outcome, Trial)), default=0)


def _german_heading(collection: Collection, outcomes: Mapping[SystemName, Outcome]) -> str:
    questions = count(len(collection.inquiries), "Frage", "Fragen")
    return f"{collection.name}: {questions}, {count(_documents(outcomes), 'Papier', 'Papiere')}"


def _english_heading(collection: Collection, outcomes: Mapping[SystemName, Outcome]) -> str:
    return f"**{collection.name}**, {len(collection.inquiries):,} questions, {_documents(outcomes):,} papers"


def _german(name: str, interval: Interval) -> str:
    digits = _digits(name)
    low, high = share(interval.low, digits), share(interval.high, digits)
    return f"{figure(BY_NAME[name], interval.value, digits)}\n{low}–{high}"


def _english(name: str, interval: Interval) -> str:
    value, low, high = (_bare(part, _digits(name)) for part in (interval.value, interval.low, interval.high))
    return f"{value} [{low}, {high}]"


def _bare(value: float, digits: int) -> str:
    """Write a share as the README does: ".93", "1.00"."""
    return f"{value:.{digits}f}".removeprefix("0") if value < 1 else f"{value:.{digits}f}"


def _gain(label: str, gain: Interval, name: str) -> str:
    value, low, high = (_signed(part, name) for part in (gain.value, gain.low, gain.high))
    return f"{label} {value} [{low}, {high}]"


def _signed(value: float, name: str) -> str:
    sign = "+" if value >= 0 else "−"
    return sign + _bare(abs(value), _digits(name))


def _digits(name: str) -> int:
    return DIGITS.get(name, 2)


def _plain_s(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"


def _plain_ms(value: float) -> str:
    return f"{value:.0f} ms" if value >= 10 else f"{value:.1f} ms"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def _emphasised(name: SystemName, told: str) -> str:
    return f"**{told}**" if name is SystemName.RATSLOTSE else told


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _table(first: str, *others: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table
