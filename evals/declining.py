"""A picture of what declining costs: wrongly declined against rightly declined, one line a gold set, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

_SIZE, _LEFT, _RIGHT, _TOP, _BOTTOM = 300, 62, 130, 16, 48
_COLOURS = ("#0b6e99", "#b4530a", "#4b7f2c", "#7a3d9a")
_DASHES = ("", "6 3", "2 3", "8 3 2 3")
_STYLE = (
    "text{font:12px sans-serif;fill:#222}.grid{stroke:#ccc}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.grid{stroke:#444}}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One gold set.

    Attributes:
        points: (overdeclined, declined) at every threshold, rising; 0 to 1.
        chosen: the same at the threshold that is used.
    """

    name: str
    points: tuple[tuple[float, float], ...]
    chosen: tuple[float, float]

    @property
    def auc(self) -> float:
        """Chance that an answerable question looks more answerable than an unanswerable one."""
        ends = ((0.0, 0.0), *self.points, (1.0, 1.0))
        return sum((b[0] - a[0]) * (a[1] + b[1]) / 2 for a, b in pairwise(ends))


def draw(lines: Sequence[Line]) -> str:
    """Return the picture: a step line each, a dot where the threshold lies, and figures beside its name."""
    width, height = _LEFT + _SIZE + _RIGHT, _TOP + _SIZE + _BOTTOM + 18 * len(lines)
    marks = []
    for tick in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = _place((tick, tick))
        marks += [
            f'<path class="grid" d="M{_LEFT} {y:.1f}h{_SIZE}M{x:.1f} {_TOP}v{_SIZE}"/>',
            f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:.0%}</text>',
            f'<text x="{x:.1f}" y="{_TOP + _SIZE + 16}" text-anchor="middle">{tick:.0%}</text>',
        ]
    for number, line in enumerate(lines):
        colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(_place, ((0.0, 0.0), *line.points, (1.0, 1.0))))
        x, y = _place(line.chosen)
        row = _TOP + _SIZE + _BOTTOM + 18 * number
        over, declined = line.chosen
        said = f"{line.name}: {declined:.0%} zu Recht, {over:.0%} zu Unrecht abgelehnt (AUC {line.auc:.2f})"
        marks += [
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>',
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>',
            f'<path d="M{_LEFT - 54} {row}h22" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>',
            f'<text x="{_LEFT - 26}" y="{row + 4}">{escape(said)}</text>',
        ]
    middle = _LEFT + _SIZE / 2
    marks += [
        f'<text x="{middle}" y="{_TOP + _SIZE + 32}" text-anchor="middle">zu Unrecht abgelehnt (beantwortbar)</text>',
        f'<text transform="translate(14 {_TOP + _SIZE / 2}) rotate(-90)" text-anchor="middle">'
        "zu Recht abgelehnt (nicht beantwortbar)</text>",
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="Ablehnen: zu Recht gegen zu Unrecht"><style>{_STYLE}</style>{"".join(marks)}</svg>\n'
    )


def _place(point: tuple[float, float]) -> tuple[float, float]:
    return _LEFT + point[0] * _SIZE, _TOP + (1 - point[1]) * _SIZE
