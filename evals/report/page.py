"""The page put together: tiles, tables, plots and cases, all escaped, in the frame of `page.html`.

Everything in a result comes from papers and questions of others; nothing of it reaches the page unescaped, and no
address becomes a link unless it is http(s).
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping
from pathlib import Path
from string import Template

from evals.bootstrap import Interval
from evals.figures import count, figure, limits
from evals.measures import BY_NAME
from evals.report.cases import all_cases, worst_cases
from evals.report.figures import kind_figures, rank_figure, score_figure
from evals.report.html import Html, element, joined, table, text
from evals.report.words import KIND_LABELS
from evals.results import Result
from ingest.errors import UsageError

TILES = ("right", "declined", "overdeclined", "file10", "citation_support", "p50ms")
KIND_MEASURES = ("right", "file10", "read9000", "citation_support", "declined", "overdeclined")


def write_page(path: Path, result: Result, max_cases: int) -> None:
    """Write the page.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(result, max_cases), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} kann nicht geschrieben werden.", "Bitte den Pfad prüfen.") from error


def page(result: Result, max_cases: int) -> str:
    """Make the page; the same result gives the same bytes."""
    origin = result.origin
    heading = f"{count(len(result.cases), 'Frage', 'Fragen')} aus {origin.gold}"
    return Template(_file("page.html")).substitute(
        title=text(f"Auswertung: {heading}"),
        style=_file("page.css"),
        heading=text(heading),
        origin=text(_origin(result)),
        tiles=_tiles(result.measures),
        measures=_measures(result.measures),
        figures=joined(
            [*kind_figures(result), *rank_figure(result), *score_figure(result)],
        ),
        kinds=_kinds(result),
        worst=worst_cases(result, max_cases),
        summary=text(f"Alle {count(len(result.cases), 'Frage', 'Fragen')} zeigen"),
        cases=all_cases(result),
    )


def _file(name: str) -> str:
    return importlib.resources.files("evals.report").joinpath(name).read_text(encoding="utf-8")


def _origin(result: Result) -> str:
    origin = result.origin
    parts = [f"{origin.created:%d.%m.%Y, %H:%M} UTC", f"Ratslotse {origin.version}"]
    if origin.documents is not None:
        parts.append(count(origin.documents, "Papier", "Papiere") + " durchsucht")
    if origin.encoder:
        parts.append(f"Encoder {origin.encoder}")
    if origin.index:
        parts.append(f"Index {origin.index}")
    return " · ".join(parts)


def _tiles(measures: Mapping[str, Interval]) -> Html:
    tiles = []
    for name in TILES:
        if name in measures:
            measure, interval = BY_NAME[name], measures[name]
            value = element("b", text(figure(measure, interval.value)))
            ends = element("small", text(limits(measure, interval)))
            tiles.append(element("div", value + element("span", text(measure.label)) + ends, class_="tile"))
    return joined(tiles)


def _measures(measures: Mapping[str, Interval]) -> Html:
    rows = []
    for name, interval in measures.items():
        measure = BY_NAME[name]
        label = text(measure.label) + " " + element("code", text(name)) + element("small", text(measure.meaning))
        value, ends = text(figure(measure, interval.value)), text(limits(measure, interval))
        rows.append((label, value, ends, text(str(interval.questions))))
    return table(
        ("Maß", "Wert", "95 %-Bereich", "Fragen"), rows, caption="Alle Maße über alle Fragen", style="measures"
    )


def _kinds(result: Result) -> Html:
    names = [name for name in KIND_MEASURES if name in result.measures]
    rows = []
    for kind, measures in result.kinds.items():
        size = sum(case.kind is kind for case in result.cases)
        cells = [_with_limits(name, measures[name]) if name in measures else text("–") for name in names]
        rows.append((text(KIND_LABELS[kind]), text(str(size)), *cells))
    heads = ("Art", "Fragen", *(BY_NAME[name].label for name in names))
    return table(heads, rows, caption="Wert und 95 %-Bereich; bei wenigen Fragen ist der Bereich weit")


def _with_limits(name: str, interval: Interval) -> Html:
    measure = BY_NAME[name]
    ends = element("small", text(limits(measure, interval)), class_="soft")
    return joined([text(figure(measure, interval.value)), ends])
