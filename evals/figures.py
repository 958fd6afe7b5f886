"""How figures are written: German decimals, as few digits as they deserve."""

from __future__ import annotations

from evals.bootstrap import Interval
from evals.measures import Measure


def share(value: float, digits: int = 2) -> str:
    """Write a share: "0,93"."""
    return f"{value:.{digits}f}".replace(".", ",")


def milliseconds(value: float) -> str:
    """Write a duration: "3,4 ms", "128 ms", "2,1 s"."""
    if value >= 1000:
        return f"{value / 1000:.1f}\u00a0s".replace(".", ",")
    return f"{value:.0f}\u00a0ms" if value >= 10 else f"{value:.1f}\u00a0ms".replace(".", ",")


def figure(measure: Measure, value: float, digits: int = 2) -> str:
    """Write a figure as its measure wants it."""
    return milliseconds(value) if measure.is_time else share(value, digits)


def limits(measure: Measure, interval: Interval, digits: int = 2) -> str:
    """Write the ends of an interval: "0,88 bis 0,97"."""
    return f"{figure(measure, interval.low, digits)} bis {figure(measure, interval.high, digits)}"


def signed(measure: Measure, value: float, digits: int = 2) -> str:
    """Write a change with its sign: "+0,03", "−1,2 ms", "±0,00"."""
    told = figure(measure, abs(value), digits)
    if not any(digit in told for digit in "123456789"):
        return f"±{told}"
    return f"{'+' if value > 0 else '−'}{told}"


def count(number: int, one: str, many: str) -> str:
    """Write a number with its noun: "1 Frage", "4.936 Papiere"."""
    return f"{number:,}".replace(",", ".") + f" {one if number == 1 else many}"
