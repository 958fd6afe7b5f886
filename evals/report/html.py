"""HTML put together from parts that are escaped where they come in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NewType

Html = NewType("Html", str)
"""Text that may stand on a page as it is."""


def text(plain: str) -> Html:
    """Escape plain text."""
    return Html(escape(plain))


def joined(parts: Iterable[str]) -> Html:
    """Put finished parts one after the other."""
    return Html("\n".join(parts))


def element(name: str, content: str, *, class_: str = "", **attributes: str) -> Html:
    """Wrap finished content; attributes are escaped here."""
    given = {"class": class_} | attributes if class_ else attributes
    told = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in given.items())
    return Html(f"<{name}{told}>{content}</{name}>")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str, style: str = "") -> Html:
    """Make a table that scrolls by itself when it is too wide.

    Args:
        heads: plain text; the first column names the row, the others are numbers.
        rows: finished cells.
        caption: plain text.
        style: a class of the table.
    """
    head = element(
        "tr",
        "".join(element("th", text(name), scope="col", class_="number" if i else "") for i, name in enumerate(heads)),
    )
    body = "\n".join(element("tr", _row(cells)) for cells in rows)
    inner = element("caption", text(caption)) + element("thead", head) + element("tbody", body)
    return element(
        "div", element("table", inner, class_=style), class_="scroll", tabindex="0", role="region", aria_label=caption
    )


def _row(cells: Sequence[str]) -> str:
    return element("th", cells[0], scope="row") + "".join(element("td", cell, class_="number") for cell in cells[1:])
