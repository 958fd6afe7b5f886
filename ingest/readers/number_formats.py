"""Values of cells and charts as a German reader sees them, by their number format (ECMA-376, part 1, 18.8.31)."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_SECTION: Final = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])*')
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|(?P<bracket>\[[^\]]*\])|_.|\*.'
    r"|(?P<number>[#0?][#0?.,]*|(?<=[#0?])E[+-]0+)|(?P<percent>%)|(?P<plain>[^\"\\\[_*#0?%]+)"
)
_DATE_PARTS: Final = re.compile(r"\[?(?:yy(?:yy)?|m{1,5}|d{1,4}|h{1,2}|s{1,2}|AM/PM)\]?", re.IGNORECASE)
_MONTHS: Final = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
)  # fmt: skip
_SCIENTIFIC: Final = re.compile(r"[0#?.]E[+-]")
_GENERAL: Final = frozenset({"", "General", "Standard", "@"})


def written(value: object, number_format: str = "General") -> str:
    """Write a value: decimal comma, day before month, per cent, currency and unit as the format shows them."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nein"
        case int() | float():
            return _number(float(value), value, number_format)
        case dt.datetime():
            return _date(value, number_format)
        case dt.date():
            return _date(dt.datetime.combine(value, dt.time()), number_format)
        case dt.time():
            return f"{value:%H:%M}"
        case dt.timedelta():
            return _duration(value)
        case _:
            return " ".join(str(value).split())


def _number(value: float, exact: float, number_format: str) -> str:
    sections = [section for section in _SECTION.findall(number_format) if section]
    section = sections[0] if sections else ""
    sign = "-" if value < 0 else ""
    if value < 0 and len(sections) > 1:
        section, sign = sections[1], "-"  # red or in brackets: the sign says the same
    if not value and len(sections) > 2:
        section = sections[2]
    tokens = list(_TOKEN.finditer(section))
    digits = next((token["number"] for token in tokens if token["number"]), None)
    if number_format in _GENERAL or digits is None or "/" in section or _SCIENTIFIC.search(section):
        return _plain(exact)
    has_percent = any(token["percent"] for token in tokens)
    figures = sign + _figures(abs(Decimal(str(exact))) * (100 if has_percent else 1), digits)
    before, after, seen = "", "", False
    for token in tokens:
        if token["number"]:
            seen = True
            continue
        text = token["quoted"] or token["escaped"] or token["currency"] or token["plain"] or ""
        text = "%" if token["percent"] else text.replace("(", "").replace(")", "").replace("-", "")
        before, after = (before, after + text) if seen else (before + text, after)
    unit = f" {after.strip()}" if after.strip() else ""
    return f"{before.strip()} {figures}{unit}".strip()


def _figures(value: Decimal, digits: str) -> str:
    """Write figures as a pattern shows them; halves are rounded up, as Excel does."""
    scale = len(digits) - len(digits.rstrip(","))  # each comma at the end: thousands
    whole, _, decimals = digits.rstrip(",").partition(".")
    places = len(decimals)
    least = sum(digit == "0" for digit in decimals)
    rounded = (value / 1000**scale).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:0{whole.count('0') + places + bool(places)}f}"
    if places > least:
        kept = text.rstrip("0")
        text = text[: max(len(kept), len(text) - places + least)].rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def _plain(value: float) -> str:
    return f"{value:.10g}".replace(".", ",") if isinstance(value, float) else str(value)


def _date(value: dt.datetime, number_format: str) -> str:
    parts = {
        part.lower().strip("[]")[0]
        for part in _DATE_PARTS.findall(re.sub(r'"[^"]*"|\[[^\]hms][^\]]*\]', "", number_format))
    }
    month = _MONTHS[value.month - 1]
    if "y" in parts and not parts & {"d", "h"}:
        return f"{month} {value.year}" if "m" in parts else str(value.year)
    if "d" in parts and "m" in parts and "y" not in parts:
        return f"{value.day}. {month}"
    if parts and not parts & {"d", "y"}:
        return f"{value:%H:%M}" if "h" in parts else month
    is_day = value.time() == dt.time() or (bool(parts) and "h" not in parts)
    return f"{value:%d.%m.%Y}" if is_day else f"{value:%d.%m.%Y %H:%M}"


def _duration(value: dt.timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d} Std."
