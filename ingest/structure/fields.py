"""The fields of a head: a label, and what stands beside or below it."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.structure.bodies import CACHED_LINES
from ingest.structure.head_forms import FieldRole, label_pattern, line_pattern
from ingest.structure.lines import Line
from ingest.structure.titles import is_greeting

HEAD_LINES = 50
"""Longest head seen: 44 lines, an interfractional motion with twelve councillors."""
MAX_LABELLED_CHARS = 200
"""A longer line is text: only a label that it begins with is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A label of a head with its value.

    Attributes:
        value: beside the label or, where nothing stands there, the line below it; may be empty.
        line: 0-based index of the label's line.
        last: index of the line that the value ends in.
    """

    role: FieldRole
    value: str
    line: int
    last: int


def fields_of(lines: Sequence[Line]) -> tuple[Field, ...]:
    """Return the fields of a head in order; the greeting of a letter ends it. `lines` are all of the paper's lines."""
    found: list[Field] = []
    for i, line in enumerate(lines[:HEAD_LINES]):
        if is_greeting(line.text):
            break
        fields = labelled(line.text)
        for n, (role, value) in enumerate(fields, start=1):
            is_open = not value and n == len(fields) and i + 1 < len(lines) and not labelled(lines[i + 1].text)
            below = lines[i + 1].text if is_open else value
            found.append(Field(role=role, value=below, line=i, last=i + is_open))
    return tuple(found)


@functools.lru_cache(maxsize=CACHED_LINES)
def labelled(text: str) -> tuple[tuple[FieldRole, str], ...]:
    """Return the labels of a line, each with what stands beside it, which may be nothing.

    A label inside the line needs a colon; without one the whole line must be the label.
    """
    matches = [match for match in label_pattern().finditer(text[:MAX_LABELLED_CHARS]) if match.lastgroup]
    if len(text) > MAX_LABELLED_CHARS:
        matches = [match for match in matches if match.start() == 0]
    ends = [*(match.start() for match in matches[1:]), len(text)]
    return tuple(
        (FieldRole(match.lastgroup or ""), text[match.end() : end].strip())
        for match, end in zip(matches, ends, strict=False)
    )


def is_form_line(text: str) -> bool:
    """Tell whether a line is a field or one of those that forms print, and so neither subject nor title."""
    return line_pattern().match(text) is not None or bool(labelled(text))
