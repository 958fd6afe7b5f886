"""Plots as inline SVG: no library, no script, readable by a screen reader, in light and dark, and on paper.

Colours come from the page's style sheet by class (`series-a`, `series-b`, …); shapes differ too, so that nothing
depends on colour. Everything is drawn `WIDTH` units wide, about a phone, so that letters stay readable when the page
scales it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from evals.figures import share

WIDTH = 400
_LEFT = 34
_RIGHT = 8
_TOP = 12
_PLOT_HEIGHT = 190
_AXIS = 40
_ROW = 34
_ROW_LABEL = 118
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A share with its 95 % interval; all 0 to 1."""

    label: str
    value: float
    low: float
    high: float
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A share for each rank, the first is rank 1; with the ends of its interval."""

    values: Sequence[float]
    lows: Sequence[float]
    highs: Sequence[float]


def bars(rows: Sequence[Bar], title: str, description: str) -> str:
    """Draw horizontal bars from 0 to 1, each with its interval, figure and number of questions."""
    height = _TOP + _ROW * len(rows) + 24
    left, right = _ROW_LABEL, WIDTH - 42
    marks = [_grid_column(_at(tick, left, right), _TOP, height - 24, share(tick)) for tick in _TICKS]
    for i, row in enumerate(rows):
        y = _TOP + _ROW * i
        x, low, high = (_at(value, left, right) for value in (row.value, row.low, row.high))
        middle = y + _ROW / 2
        marks += [
            _text(left - 8, middle - 2, row.label, "end"),
            _text(left - 8, middle + 11, f"n = {row.questions}", "end", "small"),
            f'<rect class="series-a" x="{left}" y="{y + 7:.1f}" width="{max(x - left, 0):.1f}" height="{_ROW - 14}"/>',
            f'<path class="whisker" d="M{low:.1f} {middle:.1f}H{high:.1f}M{low:.1f} {middle - 5:.1f}v10'
            f'M{high:.1f} {middle - 5:.1f}v10"/>',
            _text(WIDTH - 2, middle + 4, share(row.value), "end", "strong"),
        ]
    return _svg(height, title, description, marks)


def curve(line: Curve, title: str, description: str, x_label: str) -> str:
    """Draw a share by rank, as steps with a band for the interval."""
    n = len(line.values)
    bottom = _TOP + _PLOT_HEIGHT
    xs = [_at(i / max(n - 1, 1), _LEFT, WIDTH - _RIGHT) for i in range(n)]
    upper = [(x, _height(value)) for x, value in zip(xs, line.highs, strict=True)]
    lower = [(x, _height(value)) for x, value in zip(xs, line.lows, strict=True)]
    points = [(x, _height(value)) for x, value in zip(xs, line.values, strict=True)]
    marks = [_grid_row(tick) for tick in _TICKS]
    marks += [_text(x, bottom + 16, str(i), "middle") for i, x in enumerate(xs, start=1) if i == 1 or i % 5 == 0]
    marks.append(f'<polygon class="band" points="{_points(upper + lower[::-1])}"/>')
    marks.append(f'<polyline class="line" points="{_points(points)}"/>')
    marks += [f'<circle class="series-a" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points]
    marks.append(_text((_LEFT + WIDTH) / 2, bottom + 34, x_label, "middle"))
    return _svg(bottom + _AXIS, title, description, marks)


def histograms(
    above: Sequence[float],
    below: Sequence[float],
    title: str,
    description: str,
    labels: tuple[str, str],
    x_label: str,
    threshold: float | None = None,
    bins: int = 20,
) -> str:
    """Draw two distributions over one axis: one upwards, one downwards, and a threshold as a broken line.

    Raises:
        ValueError: both are empty.
    """
    known = [*above, *below, *([] if threshold is None else [threshold])]
    low, high = min(known), max(known)
    if low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    reach = high - low or 1.0
    counts = [_counted(values, low, reach, bins) for values in (above, below)]
    largest = max((share for side in counts for share in side), default=0.0) or 1.0
    middle = _TOP + _PLOT_HEIGHT / 2
    unit = (_PLOT_HEIGHT / 2 - 16) / largest
    step = (WIDTH - _LEFT - _RIGHT) / bins
    marks = []
    for i in range(bins):
        x = _LEFT + step * i + 1
        up, down = counts[0][i] * unit, counts[1][i] * unit
        if up:
            marks.append(f'<rect class="series-a" x="{x:.1f}" y="{middle - up:.1f}" {_size(step - 2, up)}/>')
        if down:
            marks.append(f'<rect class="series-b" x="{x:.1f}" y="{middle:.1f}" {_size(step - 2, down)}/>')
    marks.append(f'<path class="axis" d="M{_LEFT} {middle:.1f}H{WIDTH - _RIGHT}"/>')
    marks.append(_text(_LEFT, _TOP + 4, f"↑ {labels[0]} (n = {len(above)})", "start"))
    marks.append(_text(_LEFT, _TOP + _PLOT_HEIGHT + 2, f"↓ {labels[1]} (n = {len(below)})", "start"))
    for part in (0.0, 0.5, 1.0):
        x = _at(part, _LEFT, WIDTH - _RIGHT)
        anchor = {0.0: "start", 0.5: "middle", 1.0: "end"}[part]
        marks.append(_text(x, _TOP + _PLOT_HEIGHT + 20, share(low + part * reach, 2 if reach <= 2 else 0), anchor))
    marks.append(_text((_LEFT + WIDTH) / 2, _TOP + _PLOT_HEIGHT + 36, x_label, "middle"))
    if threshold is not None:
        x = _at((threshold - low) / reach, _LEFT, WIDTH - _RIGHT)
        marks.append(f'<path class="threshold" d="M{x:.1f} {_TOP + 10}V{_TOP + _PLOT_HEIGHT - 10}"/>')
        marks.append(_text(x + 4, _TOP + 20, f"Schwelle {share(threshold)}", "start" if x < WIDTH * 0.7 else "end"))
    return _svg(_TOP + _PLOT_HEIGHT + 44, title, description, marks)


def _svg(height: float, title: str, description: str, marks: Iterable[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(marks)}</svg>"
    )


def _counted(values: Sequence[float], low: float, reach: float, bins: int) -> list[float]:
    """Return the share of the values in each bin, so that samples of different size can be compared."""
    counts = [0.0] * bins
    for value in values:
        counts[min(int((value - low) / reach * bins), bins - 1)] += 1 / len(values)
    return counts


def _at(part: float, start: float, end: float) -> float:
    return start + part * (end - start)


def _height(value: float) -> float:
    return _TOP + _PLOT_HEIGHT * (1 - value)


def _size(width: float, height: float) -> str:
    return f'width="{width:.1f}" height="{height:.1f}"'


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _text(x: float, y: float, text: str, anchor: str, style: str = "") -> str:
    classed = f' class="{style}"' if style else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{classed}>{escape(text)}</text>'


def _grid_row(tick: float) -> str:
    y = _height(tick)
    return f'<path class="grid" d="M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}"/>' + _text(_LEFT - 5, y + 4, share(tick), "end")


def _grid_column(x: float, top: float, bottom: float, label: str) -> str:
    return f'<path class="grid" d="M{x:.1f} {top}V{bottom}"/>' + _text(x, bottom + 16, label, "middle")
