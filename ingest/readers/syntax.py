"""Pandoc's syntax tree (JSON, API 1.23) as lines of text. Knows no file format and starts no process.

Headings, paragraphs and list items begin lines; list items carry their numbers; the cells of a table
row are parted by " | ", or stand on lines of their own where one of them has several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_TITLE_PAGE = ("title", "subtitle", "author", "date", "abstract")
"""Styles whose paragraphs pandoc takes out of the text (its manual, "Metadata blocks")."""
_TITLE_WITHIN = 4
"""A heading of the first level among so many blocks at the top is the title, though others follow."""

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_INLINE_TEXT = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
_WRAPPING_INLINES = {"Emph": None, "Underline": None, "Strong": None, "SmallCaps": None, "Subscript": None,
                     "Quoted": 1, "Cite": 1, "Link": 1, "Span": 1}  # fmt: skip
"""Inlines that hold inlines, and where in their content (None: the content itself)."""
_QUOTES = {"SingleQuote": ("‚", "‘"), "DoubleQuote": ("„", "“")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """What a document's tree says.

    Attributes:
        text: of its blocks; footnotes stand at the end as "[1] …".
        titles: what may be its title, best first: paragraphs styled so, its first or only heading of level 1.
        struck: how many passages are crossed out and not in the text.
    """

    text: str
    titles: tuple[str, ...]
    struck: int


def read_tree(tree: dict[str, Any]) -> Tree:
    """Read a document's tree. What pandoc takes for its title page is text like any other.

    Raises:
        KeyError: it is no tree of pandoc's.
    """
    writer = _Lines()
    blocks = tree["blocks"]
    front = [writer.meta(tree.get("meta", {}).get(key)) for key in _TITLE_PAGE]
    text = "\n\n".join(filter(None, (*front, writer.blocks(blocks))))
    notes = "\n".join(f"[{i}] {note}" for i, note in enumerate(writer.notes, start=1))
    headings = [i for i, block in enumerate(blocks) if block["t"] == "Header" and block["c"][0] == 1]
    is_title = bool(headings) and (len(headings) == 1 or headings[0] < _TITLE_WITHIN)
    heading = _Lines().block(blocks[headings[0]]) if is_title else ""
    return Tree(
        text=f"{text}\n\n{notes}" if notes else text,
        titles=tuple(filter(None, (front[0], heading))),
        struck=writer.struck,
    )


def numeral(number: int, style: str) -> str:
    """Return a list number in one of pandoc's styles (`LowerAlpha`, `UpperRoman` …)."""
    if style.endswith("Alpha") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if style == "UpperAlpha" else letter
    if style.endswith("Roman") and 1 <= number < 40:
        roman = "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        return roman.upper() if style == "UpperRoman" else roman
    return str(number)


class _Lines:
    def __init__(self) -> None:
        self.notes: list[str] = []
        self.struck = 0

    def meta(self, value: dict[str, Any] | None) -> str:
        """Return an entry of the title page: one paragraph, several, or a list of them."""
        if value is None:
            return ""
        match value["t"]:
            case "MetaInlines":
                return self.inlines(value["c"])
            case "MetaBlocks":
                return self.blocks(value["c"])
            case "MetaList":
                return "\n".join(filter(None, map(self.meta, value["c"])))
            case "MetaString":
                return str(value["c"])
        return ""

    def blocks(self, blocks: Iterable[Any], gap: str = "\n\n") -> str:
        return gap.join(text for text in (self.block(block) for block in blocks) if text.strip())

    def block(self, block: dict[str, Any]) -> str:
        kind: str = block["t"]
        content: Any = block.get("c")
        match kind:
            case "Para" | "Plain":
                return self.inlines(content)
            case "Header":
                return self.inlines(content[2])
            case "BulletList":
                return "\n".join(_item("- ", self.blocks(item, "\n")) for item in content)
            case "OrderedList":
                return "\n".join(_item(f"{label} ", self.blocks(item, "\n")) for label, item in _numbered(content))
            case "DefinitionList":
                return "\n".join(
                    self.inlines(term) + "".join("\n" + self.blocks(entry, "\n") for entry in entries)
                    for term, entries in content
                )
            case "LineBlock":
                return "\n".join(self.inlines(line) for line in content)
            case "BlockQuote":
                return self.blocks(content)
            case "Div":
                return self.blocks(content[1])
            case "Figure":
                return self.blocks(content[2])
            case "CodeBlock":
                return str(content[1])
            case "Table":
                return "\n".join(row for row in (self.row(cells) for cells in _rows(content)) if row.strip(" |"))
            case _:  # RawBlock, HorizontalRule
                return ""

    def row(self, cells: list[Any]) -> str:
        texts = [self.blocks(cell[4], "\n").strip() for cell in cells]
        if any("\n" in text for text in texts):
            return "\n".join(filter(None, texts))
        return " | ".join(texts).strip(" |") if any(texts) else ""

    def inlines(self, inlines: Iterable[Any]) -> str:
        return "".join(self.inline(inline) for inline in inlines)

    def inline(self, inline: dict[str, Any]) -> str:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        if kind == "Str":
            return str(content)
        if kind in _INLINE_TEXT:
            return _INLINE_TEXT[kind]
        if kind == "Superscript":
            text = self.inlines(content)
            return text.translate(SUPERSCRIPTS) if text.isdecimal() else text
        if kind == "Note":
            self.notes.append(self.blocks(content, "\n"))
            return f"[{len(self.notes)}]"
        if kind in {"Code", "Math"}:
            return str(content[1])
        if kind in _WRAPPING_INLINES:
            place = _WRAPPING_INLINES[kind]
            text = self.inlines(content if place is None else content[place])
            before, after = _QUOTES[content[0]["t"]] if kind == "Quoted" else ("", "")
            return f"{before}{text}{after}"
        if kind == "Strikeout":
            self.struck += bool(_Lines().inlines(content).strip())
        return ""  # Image, RawInline: not part of what is said


def _item(label: str, text: str) -> str:
    """Return a list item, its further lines set in by two blanks."""
    return label + text.replace("\n", "\n  ")


def _numbered(content: Any) -> Iterator[tuple[str, Any]]:
    (start, style, delimiter), items = content
    before, after = {"OneParen": ("", ")"), "TwoParens": ("(", ")")}.get(delimiter["t"], ("", "."))
    for number, item in enumerate(items, start=start):
        yield f"{before}{numeral(number, style['t'])}{after}", item


def _rows(table: list[Any]) -> Iterator[list[Any]]:
    """Yield the cells of each row: head, bodies with their own heads, foot."""
    _, _, _, head, bodies, foot = table
    for rows in (head[1], *(part for body in bodies for part in (body[2], body[3])), foot[1]):
        for row in rows:
            yield row[1]
