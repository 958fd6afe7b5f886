"""Results on a terminal: tables of at most 80 columns, readable in a pipe too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from textwrap import shorten

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.bootstrap import Interval
from evals.compare import Change, Comparison
from evals.figures import count, figure, limits, share, signed
from evals.measures import BY_NAME
from evals.results import Result
from evals.retrieval import Retrieval, Way
from evals.worst import Verdict, worst

WIDTH = 80
KIND_MEASURES = ("right", "first", "given_right", "bearing", "read700", "declined", "overdeclined")
"""Columns of the table by kind: what fits beside the kind."""

RETRIEVAL_MEASURES = {"ndcg10": "nDCG@10", "mrr": "MRR", "recall10": "Recall@10", "p50ms": "Median"}
RETRIEVAL_DIGITS = 3
"""Sets have 480 to 1,190 questions, and what others publish has three."""

MAX_CASES = 10
MAX_ANSWER_CHARS = 300


def console() -> Console:
    """Return a console of at most `WIDTH` columns; in a pipe it writes plain text."""
    return Console(highlight=False, markup=False, width=min(WIDTH, Console().width))


def show_result(result: Result, out: Console) -> None:
    """Write where a result comes from, its figures, and its figures by kind of question."""
    out.print(_heading(result))
    out.print(measures_table(result.measures))
    out.print(_kinds_table(result))


def show_worst(result: Result, out: Console) -> None:
    """Write the worst cases, each with question, expected and given."""
    cases = worst(result.cases)
    if not cases:
        out.print("Keine Frage wurde falsch behandelt.")
        return
    out.print(Text(f"Die schwersten Fälle ({min(len(cases), MAX_CASES)} von {len(cases)})", style="bold"))
    for item in cases[:MAX_CASES]:
        case = item.case
        out.print()
        out.print(Text(f"{case.id} · {item.verdict.label}", style="bold"))
        out.print(Text(f"  Frage:    {case.question}"))
        out.print(Text(f"  Erwartet: {case.expected[0] if case.expected else 'Ablehnung'}"))
        out.print(Text(f"  Gegeben:  {_given(item.verdict, case.answer)}"))


def show_comparison(comparison: Comparison, out: Console, *, with_time: bool) -> None:
    """Write what changed, and the questions that got worse."""
    failed = {change.measure.name for change in comparison.failures(with_time=with_time)}
    table = _table("Maß", "alt", "neu", "Änderung", "95 %", "")
    for change in comparison.changes:
        table.add_row(*_change_row(change, failed=change.measure.name in failed))
    left_out = f", {comparison.left_out} nur auf einer Seite" if comparison.left_out else ""
    out.print(f"Verglichen über {count(comparison.common, 'gemeinsame Frage', 'gemeinsame Fragen')}{left_out}.")
    out.print(table)
    if comparison.better:
        out.print(Text(f"Besser: {', '.join(comparison.better)}"))
    if comparison.worse:
        out.print(Text("Schlechter:", style="bold"))
    for turn in comparison.worse:
        out.print(Text(f"  {turn.case.id} ({turn.reason}): {turn.case.question}"))


def show_retrieval(retrieval: Retrieval, out: Console) -> None:
    """Write what each way of searching reached on a set."""
    documents = count(retrieval.documents, "Dokument", "Dokumente")
    seconds = f"in {retrieval.index_seconds:.0f} s indexiert"
    queries = len(retrieval.values[Way.PRODUCT])
    out.print(
        f"{retrieval.name}: {count(queries, 'Frage', 'Fragen')}, {documents}, "
        f"{count(retrieval.passages, 'Passage', 'Passagen')}, {seconds}; Encoder {retrieval.encoder}"
    )
    table = _table("Verfahren", *RETRIEVAL_MEASURES.values())
    for way, measures in retrieval.ways.items():
        table.add_row(way.value, *(_with_limits(name, measures[name]) for name in RETRIEVAL_MEASURES))
    out.print(table)
    change, ndcg = retrieval.over_words, BY_NAME["ndcg10"]
    value, low, high = (signed(ndcg, part, RETRIEVAL_DIGITS) for part in (change.value, change.low, change.high))
    out.print(f"Mehr als BM25 allein (nDCG@10, gepaart): {value}, 95 %: {low} bis {high}")


def measures_table(measures: Mapping[str, Interval]) -> Table:
    """Make the table of all figures."""
    table = _table("Maß", "Name", "Wert", "95 %", "Fragen")
    for name, interval in measures.items():
        measure = BY_NAME[name]
        value, ends = figure(measure, interval.value), limits(measure, interval)
        table.add_row(measure.label, name, value, ends, str(interval.questions))
    return table


def _heading(result: Result) -> Text:
    origin = result.origin
    parts = [count(len(result.cases), "Frage", "Fragen") + f" aus {origin.gold}", f"Ratslotse {origin.version}"]
    if origin.documents is not None:
        parts.append(count(origin.documents, "Papier", "Papiere"))
    if origin.index:
        parts.append(f"Index {origin.index}")
    parts.append(f"{origin.created:%d.%m.%Y %H:%M} UTC")
    return Text(" · ".join(parts))


def _with_limits(name: str, interval: Interval) -> str:
    measure = BY_NAME[name]
    value = figure(measure, interval.value, RETRIEVAL_DIGITS)
    return value if measure.is_time else f"{value}\n{limits(measure, interval, RETRIEVAL_DIGITS)}"


def _kinds_table(result: Result) -> Table:
    names = [name for name in KIND_MEASURES if name in result.measures]
    table = _table("Art der Frage", "Fragen", *names)
    sizes = {kind: sum(case.kind is kind for case in result.cases) for kind in result.kinds}
    for kind, measures in result.kinds.items():
        cells = (share(measures[name].value) if name in measures else "" for name in names)
        table.add_row(kind.value, str(sizes[kind]), *cells)
    return table


def _change_row(change: Change, *, failed: bool) -> Iterable[str]:
    measure = change.measure
    yield measure.name
    yield figure(measure, change.old)
    yield figure(measure, change.new)
    yield signed(measure, change.change.value)
    yield f"{signed(measure, change.change.low)} bis {signed(measure, change.change.high)}"
    if failed:
        yield "SCHLECHTER"
    elif change.worse:
        yield "schlechter"
    else:
        yield "besser" if change.better else ""


def _given(verdict: Verdict, answer: str) -> str:
    """Return the answer on one line; of a decline only that it is one."""
    if verdict is Verdict.OVERDECLINED:
        return "abgelehnt"
    return shorten(answer, MAX_ANSWER_CHARS, placeholder=" …") or "nichts"


def _table(first: str, *others: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column(first, min_width=12)
    for name in others:
        table.add_column(name, justify="left" if name in ("Name", "") else "right", no_wrap=name != "95 %")
    return table
