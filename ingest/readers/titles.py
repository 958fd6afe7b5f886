"""The title that a file declares, where it is one: programs write file names and their own into that place."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 300
"""Characters of a title."""

_PROGRAM: Final = re.compile(
    r"^(?:Microsoft (?:Word|PowerPoint|Excel|Office Word)|PowerPoint|LibreOffice|OpenOffice|Adobe \w+)\b\s*[-–:]*\s*",
    re.IGNORECASE,
)
_FILE: Final = re.compile(
    r"\.(?:docx?|dotx?|odt|rtf|pptx?|xlsx?|pdf|indd|qxd|txt|html?|tmp|cdr|vsdx?)\b\s*(?:\[.*\])?$|^[A-Za-z]:\\|^file:|^/|^\\\\",
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(
    r"(?:untitled|unbenannt|ohne titel|unknown|unbekannt|none|null|document|dokument|präsentation|presentation|"
    r"powerpoint.?präsentation|powerpoint presentation|folie|slide|layout|vorlage|template|entwurf|scan|"
    r"scanned document|"
    r"seite|page|titel|title|neues? .{0,12}dokument|druck\w*|print\w*|mappe|tabelle|book|sheet|crystal reports?|"
    r"jasperreports?|allris\w*|session\w*|einladung|tagesordnung|niederschrift|protokoll|antrag|anfrage|"
    r"beschlussvorlage|bericht|anlage)[\s\d._()-]*",
    re.IGNORECASE,
)
_TOKEN: Final = re.compile(r"\S*(?:_|\d{4,}|[a-z][A-Z])\S*")
"""One "word" as only file names and machines write it."""


def declared_title(title: str, stem: str = "") -> str:
    """Return a declared title, white space folded; empty if it is none.

    Args:
        title: as the file declares it.
        stem: the file's name without ending; a title that only repeats it says nothing.
    """
    title = " ".join(title.split())
    if title.startswith("(") and title.endswith(")"):
        title = title[1:-1].strip()
    if _FILE.search(title):
        return ""
    title = _PROGRAM.sub("", title)
    is_word = len(re.findall(r"[^\W\d_]", title)) >= 4
    if not is_word or len(title) > LONGEST or _EMPTY.fullmatch(title) or _TOKEN.fullmatch(title):
        return ""
    return "" if _folded(title) == _folded(stem) else title


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
