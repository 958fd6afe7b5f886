"""HTML pages of council systems as lines of text. The only user of lxml.

Measured on Stuttgart's Domino pages and on tag soup: pandoc takes 85 ms a page, counts `<li value>`
anew, shows hidden text, and needs more than a minute for deeply nested tables; lxml 2 ms and none
of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lxml import etree

from ingest.errors import UnreadableDocument
from ingest.extraction import Extraction, Omission
from ingest.readers.double_encoding import mended, warning_about
from ingest.readers.left_out import counted
from ingest.readers.limits import Limits, check_length
from ingest.readers.syntax import SUPERSCRIPTS, numeral
from ingest.readers.text import decode
from ingest.readers.titles import declared_title

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 2_000
"""libxml2 stops at a depth of 2,048."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STRUCK = frozenset({"del", "s", "strike"})
_STRUCK_STYLE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_SITE = re.compile(r"\s+[|·»–-]\s+(?=\S)")
_WIDEST = 1_000
"""Columns and rows that a cell may span (HTML Standard, 4.9.11: 1,000 columns)."""
_LONGEST_HEAD = 200
"""Characters of a cell that is written again in each row it spans; a longer one is no head."""
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
    text, twice = mended(text)
    check_length(path, len(text), limits)
    try:
        page = read_page(text)
    except RecursionError as error:
        raise UnreadableDocument(path, "Die Seite ist zu tief verschachtelt.") from error
    return Extraction(
        pages=(page.text,),
        paged=False,
        reader=f"lxml {version('lxml')} {encoding}",
        warnings=warning_about(twice),
        left_out=counted({Omission.STRUCK: page.struck}),
        declared_title=declared_title(page.title, path.stem),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    """What a reader of a page sees.

    Attributes:
        text: as lines; empty if there is nothing.
        struck: how many passages are crossed out and not in the text.
        title: of the page: its only `h1`, else its `title` without the name of the site.
    """

    text: str = ""
    struck: int = 0
    title: str = ""


def read_page(markup: str) -> HtmlPage:
    """Read a page.

    Raises:
        RecursionError: nested deeper than libxml2 goes; it would drop what lies below without a word.
    """
    markup = _XML_DECLARATION.sub("", markup).replace("\x00", "")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    if root is None:
        return HtmlPage()
    writer = _Writer()
    depth = struck = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        depth += 1 if event == "start" else -1
        if depth >= _DEEPEST:
            raise RecursionError
        is_struck = _is_struck(element)
        hidden = is_struck or _is_hidden(element)
        if event == "start" and hidden:
            struck += is_struck and bool("".join(element.itertext()).strip())
            walker.skip_subtree()
        elif event == "start":
            writer.enter(element)
            writer.write(element.text or "")
        else:
            if not hidden:
                writer.leave(element)
            writer.write(element.tail or "")
    return HtmlPage(text=writer.result(), struck=struck, title=_title(root))


def _title(root: Any) -> str:
    headings = [text for text in (_words(one) for one in root.iter("h1") if not _is_hidden(one)) if text]
    if len(headings) == 1:
        return headings[0]
    title = next(root.iter("title"), None)
    return _SITE.split(_words(title))[0] if title is not None else ""


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _is_struck(element: Any) -> bool:
    style = element.get("style")
    return element.tag in _STRUCK or (style is not None and _STRUCK_STYLE.search(style) is not None)


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


@dataclass(slots=True)
class _Table:
    """What of a table reaches into its next rows.

    Attributes:
        reaching_down: by column, in how many rows a cell is still to be written, and its text.
        has_heads: whether it has a head cell: then it is a table of data, not one that lays out the page.
    """

    reaching_down: dict[int, tuple[int, str]] = field(default_factory=dict)
    has_heads: bool = False

    def carry_down(self, row: list[str], *, to_end: bool = False) -> None:
        """Write the cells from above that stand before the next cell of a row, or all of them."""
        while len(row) in self.reaching_down or (to_end and max(self.reaching_down, default=-1) >= len(row)):
            left, text = self.reaching_down.pop(len(row), (0, ""))
            if left > 1:
                self.reaching_down[len(row)] = (left - 1, text)
            row.append(text)


class _Writer:
    """Turns the elements of a page into lines, tables from the inside out."""

    def __init__(self) -> None:
        self.flows = [_Flow()]  # the page, then one for each open cell
        self.tables: list[_Table] = []
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
            if tag == "table":
                self.tables.append(_Table())
            elif tag == "tr":
                self.rows.append([])
            elif tag == "sup" and re.fullmatch(r"[0-9]{1,2}", element.text or ""):
                element.text = element.text.translate(SUPERSCRIPTS)  # m³, and footnote marks that stay apart
            self.preformatted += tag in {"pre", "textarea"}

    def leave(self, element: Any) -> None:
        tag = element.tag
        if tag in {"td", "th"} and self.rows:
            self._end_cell(element, self.flows.pop().result())
        elif tag in {"ul", "ol", "menu"}:
            self.counters.pop()
            self.flows[-1].end_line(1 if self.counters else 2)
        else:
            if tag == "tr" and self.rows:
                self._table().carry_down(self.rows[-1], to_end=True)
                self._write_row(self.rows.pop())
            elif tag == "table" and self.tables:
                self.tables.pop()
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

    def _end_cell(self, element: Any, text: str) -> None:
        """Add a cell to its row: a head over several columns above each of them, one beside several rows in each."""
        table, row = self._table(), self.rows[-1]
        table.carry_down(row)
        is_head = element.tag == "th"
        table.has_heads |= is_head
        is_short = "\n" not in text and len(text) <= _LONGEST_HEAD
        rows = _span(element, "rowspan") if is_short else 1
        for i in range(_span(element, "colspan") if table.has_heads else 1):
            shown = text if not i or (is_head and is_short) else ""
            if rows > 1:
                table.reaching_down[len(row)] = (rows - 1, shown)
            row.append(shown)

    def _table(self) -> _Table:
        return self.tables[-1] if self.tables else _Table()

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


def _span(element: Any, name: str) -> int:
    return min(max(_number(element.get(name), 1), 1), _WIDEST)


def _number(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value.strip()) else default
