"""Plain text and Markdown: find the encoding, and the pages if the text carries page marks.

German council papers come in UTF-8, Windows-1252 and, from old exports, code page 850 or Mac Roman.
Statistical detectors often take short German texts for Central European or Asian ones; here the three
candidates are compared by how many German letters they give.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from ingest.errors import UnreadableDocument
from ingest.extraction import Extraction
from ingest.readers.double_encoding import mended, warning_about
from ingest.readers.limits import Limits, check_length
from ingest.readers.titles import declared_title

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BIT = ("cp1252", "cp850", "mac_roman")
"""In order of preference; the first wins a tie."""
_GERMAN = re.compile(r"[äöüÄÖÜß§„“–€]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_SHARE = 0.05
"""More control characters than this and it is no text; the noisiest Karlsruhe paper has 0.1 %."""
_DAMAGED_SHARE = 0.1
"""UTF-8 with at most this share of broken among its multi-byte characters is still taken for UTF-8."""

_PAGE_MARK = re.compile(
    r"^[ \t]*(?:[–—-][ \t]?(\d{1,3})[ \t]?[–—-]"
    r"|(?:\S.{0,79}[ \t]{3,})?Seite[ \t]{1,3}(\d{1,3})(?:[ \t]?(?:von|/)[ \t]?\d{1,3})?)[ \t]*\r?$",
    re.MULTILINE,
)
_LETTERHEAD_CHARS = 200
"""A first mark "Seite 1" with no more than this before it heads its page, otherwise it foots it."""


def read_text(path: Path, limits: Limits) -> Extraction:
    """Read a `.txt` file; pages by form feed, else by page marks, else none.

    Raises:
        UnreadableDocument: it is not text, or too long.
    """
    text, encoding, warnings = load_text(path, limits)
    pages = split_pages(text)
    return Extraction(pages=pages or (text,), paged=bool(pages), reader=f"text {encoding}", warnings=warnings)


def read_markdown(path: Path, limits: Limits) -> Extraction:
    """Read a `.md` file as text without its marks; numbers of lists stay as written.

    Raises:
        UnreadableDocument: it is not text, or too long.
    """
    text, encoding, warnings = load_text(path, limits)
    heading = _FIRST_HEADING.search(_FRONT_MATTER.sub("", text, count=1))
    return Extraction(
        pages=(plain_markdown(text),),
        paged=False,
        reader=f"markdown {encoding}",
        warnings=warnings,
        declared_title=declared_title(plain_markdown(heading[1] or heading[2]), path.stem) if heading else "",
    )


def load_text(path: Path, limits: Limits) -> tuple[str, str, tuple[str, ...]]:
    """Return a file's text, its encoding, and what staff should know of it.

    Raises:
        UnreadableDocument: it is not text, or too long.
    """
    text, encoding = decode(path.read_bytes())
    check_length(path, len(text), limits)
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise UnreadableDocument(path, "Der Inhalt ist kein Text, sondern eine Binärdatei.")
    lost = text.count("\ufffd")
    could = "konnte" if lost == 1 else "konnten"
    warnings = (f"{lost} Zeichen {could} nicht gelesen werden.",) if lost else ()
    text, twice = mended(text)
    return text, encoding, (*warnings, *warning_about(twice))


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """Return the text and the encoding taken.

    In order: byte order mark, UTF-16 without one, UTF-8, the encoding the file declares, UTF-8 with a
    few broken places, and last the eight-bit encoding that gives most German letters.

    Args:
        data: the file.
        declared: name of an encoding as the file itself says (HTML); unknown names are ignored.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace").removeprefix("\ufeff"), encoding
    for encoding, zeros in (("utf-16-le", data[1:2000:2]), ("utf-16-be", data[:2000:2])):
        if len(zeros) > 3 and zeros.count(0) > 0.7 * len(zeros) and data[:2000].count(0) < 0.6 * len(data[:2000]):
            return data.decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    if broken <= _DAMAGED_SHARE * sum(c > "\x7f" for c in lenient):
        return lenient, "utf-8"
    name = _eight_bit(declared) or max(_EIGHT_BIT, key=lambda e: len(_GERMAN.findall(data.decode(e, errors="ignore"))))
    return data.decode(name, errors="replace"), name


def _eight_bit(declared: str) -> str:
    """Return Python's name of a declared encoding, empty if unusable; Latin-1 means Windows-1252 (WHATWG)."""
    try:
        name = codecs.lookup(declared).name
        "".encode(name)
    except (LookupError, ValueError):
        return ""
    return "cp1252" if name in {"iso8859-1", "ascii"} else "" if name.startswith("utf") else name


def split_pages(text: str) -> tuple[str, ...]:
    """Return the pages of a text, empty if it has none.

    Form feeds part pages. Without them lines such as "– 2 –", "Seite 2 von 5" or a running head with
    "Seite 2" behind it do, if they count without gap: from 2 as heads of their pages, from 1 as
    heads or, where nothing follows the last, as feet. The pages of marked text joined give the text.
    """
    if "\f" in text:
        pages = text.split("\f")
        return tuple(pages[:-1] if not pages[-1].strip() else pages)
    marks = list(_PAGE_MARK.finditer(text))
    numbers = [int(mark[1] or mark[2]) for mark in marks]
    if not marks or numbers[0] not in (1, 2) or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return ()
    at_foot = not text[marks[-1].end() :].strip()
    if numbers[0] == 2 and not at_foot:
        bounds = [mark.start() for mark in marks]
    elif numbers[0] == 1 and at_foot:
        bounds = [mark.end() for mark in marks[:-1]]
    elif numbers[0] == 1 and len(text[: marks[0].start()].strip()) <= _LETTERHEAD_CHARS:
        bounds = [mark.start() for mark in marks[1:]]
    else:
        return ()
    starts = [0, *bounds]
    return tuple(text[a:b] for a, b in zip(starts, [*bounds, len(text)], strict=True))


_FRONT_MATTER = re.compile(r"\A---\r?\n.*?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIRST_HEADING = re.compile(r"^ {0,3}#[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$|^(\S.*)\n {0,3}={3,}[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~).*$\n?", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_UNDERLINE = re.compile(r"(?<=[^\s])\n {0,3}(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*$\n?", re.MULTILINE)
_TABLE_EDGE = re.compile(r"^[ \t]*\|[ \t]*(.*?)[ \t]*\|[ \t]*$", re.MULTILINE)
_BULLET = re.compile(r"^([ \t]*)[*+](?=[ \t])", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_IMAGE = re.compile(r"!\[([^\[\]]{0,400})\]\([^()\s]{0,2000}(?:[ \t][^()]{0,400})?\)")
_LINK = re.compile(r"\[([^\[\]]{1,400})\]\([^()\s]{0,2000}(?:[ \t][^()]{0,400})?\)")
_SHORTCODE = re.compile(r"\{\{[<%].{0,400}?[>%]\}\}")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,2000}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^\n*_]{1,1000}?)(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"`([^`\n]{1,1000})`")
_TAG = re.compile(r"</?(?:a|b|br|div|em|i|img|p|small|span|strong|sub|sup|u)(?:\s[^<>\n]{0,1000})?/?>", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")


def plain_markdown(text: str) -> str:
    """Take Markdown's marks away, line by line; words, order, list numbers and table bars stay.

    Pandoc is not used here on purpose: it counts lists anew, so that "1) 3) 4)" would become "1) 2) 3)".
    """
    text = text.replace("\r\n", "\n")
    for pattern, by in (
        (_FRONT_MATTER, ""), (_COMMENT, ""), (_SHORTCODE, ""), (_FENCE, ""), (_TABLE_RULE, ""), (_TABLE_EDGE, r"\1"),
        (_HEADING, r"\1"), (_UNDERLINE, ""), (_RULE, ""), (_QUOTE, ""), (_BULLET, r"\1-"), (_IMAGE, r"\1"),
        (_LINK, r"\1"), (_STRONG, r"\2"), (_EMPHASIS, r"\2"), (_CODE, r"\1"), (_TAG, ""), (_ESCAPE, r"\1"),
    ):  # fmt: skip
        text = pattern.sub(by, text)
    return text
