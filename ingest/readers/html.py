"""HTML pages of council systems as lines of text. The only user of lxml.

Measured on Stuttgart's Domino pages and on tag soup: pandoc takes 85 ms a page, counts `<li value>`
anew, shows hidden text, and needs more than a minute for deeply nested tables; lxml 2 ms and none
of these.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lxml import etree

from ingest.errors import UnreadableDocument
from ingest.readers.limits import Limits, check_length
from ingest.readers.syntax import SUPERSCRIPTS, numeral
from ingest.readers.text import decode
from ingest.types import Extraction

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 2_000
"""libxml2 stops at a depth of 2,048."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SKIPPED = frozenset(
    {
        "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "audio", "video",
        "canvas", "map", "button", "nav", "datalist"
    }
)  # fmt: skip
_STYLES = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}
_PARAGRAPHS = frozenset(
    {
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "fieldset", "hr",
        "form", "section", "article"
    }
)  # fmt: skip
_LINES = frozenset(
    {
        "div", "tr", "dt", "dd", "center", "address", "header", "footer", "main", "aside", "figure", "figcaption",
        "caption", "legend", "option", "tbody", "thead", "tfoot"
    }
)  # fmt: skip


def read_html(path: Path, limits: Limits) -> Extraction:
    """Return the visible text: one line a paragraph, list item, `<br>`; ordered items with their numbers.

    Cells of a row are parted by tabs, or stand on lines of their own where one of them has several.

    Raises:
        UnreadableDocument: no text in it, or too much.
    """
    data = path.read_bytes()
    declared = _DECLARED.search(data[:4096])
    text, encoding = decode(data, declared[1].decode("ascii", "ignore") if declared else "")
    check_length(path, len(text), limits)
    try:
        page = visible_text(text)
    except RecursionError as error:
        raise UnreadableDocument(path, "Die Seite ist zu tief verschachtelt.") from error
    return Extraction(pages=(page,), paged=False, reader=f"lxml {version('lxml')} {encoding}")


def visible_text(markup: str) -> str:
    """Return what a reader of the page would see, as lines; empty if there is nothing.

    Raises:
        RecursionError: nested deeper than libxml2 goes; it would drop what lies below without a word.
    """
    markup = _XML_DECLARATION.sub("", markup).replace("\x00", "")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    if root is None:
        return ""
    writer = _Writer()
    depth = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        depth += 1 if event == "start" else -1
        if depth >= _DEEPEST:
            raise RecursionError
        hidden = _is_hidden(element)
        if event == "start" and hidden:
            walker.skip_subtree()
        elif event == "start":
            writer.enter(element)
            writer.write(element.text or "")
        else:
            if not hidden:
                writer.leave(element)
            writer.write(element.tail or "")
    return writer.result()


def _is_hidden(element: Any) -> bool:
    return (
        element.tag in _SKIPPED
        or "hidden" in element.attrib
        or (element.tag == "option" and "selected" not in element.attrib)
        or _HIDDEN_STYLE.search(element.get("style", "")) is not None
    )


class _Flow:
    """Text with white space folded as a browser does; breaks are owed until the next word."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.owed = 0
        self.after_label = False

    def write(self, text: str) -> None:
        text = _WHITE.sub(" ", text)
        if self.owed or self.after_label or not self.parts or self.parts[-1].endswith(" "):
            text = text.lstrip(" ")
        if text:
            if self.owed and self.parts:
                self.parts.append("\n" * self.owed)
            self.parts.append(text)
            self.owed, self.after_label = 0, False

    def write_line(self, line: str) -> None:
        """Write a line that is finished already: its tabs stay."""
        self.write("|")
        self.parts[-1] = line

    def label(self, text: str) -> None:
        """Begin a list item: what follows stands on the label's line."""
        self.after_label = False
        self.end_line(1)
        self.write(text)
        self.after_label = True

    def end_line(self, breaks: int) -> None:
        """Owe at least this many line ends: 1 ends a line, 2 a paragraph."""
        if not self.after_label:
            self.owed = max(self.owed, breaks)

    def line_break(self) -> None:
        """Owe one more line end; together never more than one blank line."""
        if not self.after_label:
            self.owed = min(self.owed + 1, 2)

    def result(self) -> str:
        return re.sub(r" +\n", "\n", "".join(self.parts)).strip(" \n")


class _Writer:
    """Turns the elements of a page into lines, tables from the inside out."""

    def __init__(self) -> None:
        self.flows = [_Flow()]  # the page, then one for each open cell
        self.rows: list[list[str]] = []
        self.counters: list[int | None] = []  # next number of each open list, None for bullets
        self.preformatted = 0

    def enter(self, element: Any) -> None:
        tag, flow = element.tag, self.flows[-1]
        if tag == "br":
            flow.line_break()
        elif tag in {"td", "th"} and self.rows:
            self.flows.append(_Flow())
        elif tag in {"ul", "ol", "menu"}:
            flow.end_line(1 if self.counters else 2)
            self.counters.append(_number(element.get("start"), 1) if tag == "ol" else None)
        elif tag == "li":
            self._begin_item(element)
        else:
            self._end_line(tag)
            if tag == "tr":
                self.rows.append([])
            elif tag == "sup" and re.fullmatch(r"[0-9]{1,2}", element.text or ""):
                element.text = element.text.translate(SUPERSCRIPTS)  # m³, and footnote marks that stay apart
            self.preformatted += tag in {"pre", "textarea"}

    def leave(self, element: Any) -> None:
        tag = element.tag
        if tag in {"td", "th"} and self.rows:
            self.rows[-1].append(self.flows.pop().result())
        elif tag in {"ul", "ol", "menu"}:
            self.counters.pop()
            self.flows[-1].end_line(1 if self.counters else 2)
        else:
            if tag == "tr":
                self._write_row(self.rows.pop())
            self.preformatted -= tag in {"pre", "textarea"}
            self._end_line(tag)

    def write(self, text: str) -> None:
        flow = self.flows[-1]
        lines = text.split("\n") if self.preformatted else [text]
        for i, line in enumerate(lines):
            if i:
                flow.line_break()
            flow.write(line)

    def result(self) -> str:
        return self.flows[0].result()

    def _end_line(self, tag: str) -> None:
        if tag in _PARAGRAPHS or tag in _LINES:
            self.flows[-1].end_line(2 if tag in _PARAGRAPHS else 1)

    def _begin_item(self, element: Any) -> None:
        counter = self.counters[-1] if self.counters else None
        if counter is None:
            self.flows[-1].label("- ")
            return
        number = _number(element.get("value"), counter)
        self.counters[-1] = number + 1
        self.flows[-1].label(f"{numeral(number, _STYLES.get(element.getparent().get('type', ''), 'Decimal'))}. ")

    def _write_row(self, cells: list[str]) -> None:
        has_lines = any("\n" in cell for cell in cells)
        row = "\n".join(filter(None, cells)) if has_lines else "\t".join(cells).strip("\t")
        flow = self.flows[-1]
        for i, line in enumerate(row.split("\n")):
            if i:
                flow.line_break()
            if line.strip():
                flow.write_line(line)
        flow.end_line(1)


def _number(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value.strip()) else default
