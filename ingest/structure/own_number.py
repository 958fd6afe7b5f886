"""The number and the version that a head gives its paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.references import has_letters, head_number
from ingest.structure.fields import Field
from ingest.structure.forms import Form
from ingest.structure.head_forms import FieldRole
from ingest.structure.lines import Line
from ingest.types import Kind

_VERSION = re.compile(
    r"^(?:(?:zu\s+)?GR?Drs\.?\s*[\d/ ]+,?\s*)?(?P<version>Neufassung|\d{1,2}\.\s?Ergänzung)$", re.IGNORECASE
)
LINES_BELOW_LABEL = 8
"""Old forms print all labels first and then all values."""
_BEHIND_WORD = re.compile(
    r"(?:^|\s)(?:gr?drs\.?|\w*(?:vorlagen?|drucksachen?)|(?:\w+\s)?mitteilung|beratungsunterlage"
    r"|(?P<motion>(?:\w+-?)?(?:antrag|anfrage)(?:\s+vom\s+[\d./]+)?))"
    r"(?:\s?[-–]\s|\W{0,3}(?:nr|nummer)\b\W{0,3}|\s?:\s?|\s(?=\S*\d|(?-i:[A-ZÄÖÜ]{1,3})\s\d))\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_BUDGET = re.compile(r"(?:DHH|ANT)\s?/\s?\d{4}(?:/\d{1,5}){1,2}")
_NR = re.compile(r"^Nr\.?\s+(?P<rest>\S.*)", re.IGNORECASE)
_SITE = re.compile(r"^\d{1,4}/\d{4}\s*(?=\|)")
_LAST_WORD = re.compile(r"^[a-zäöü]+ (?=\S+$)")
"""A column beside the number ("öffentlich")."""
_PLAIN = re.compile(r"(?:Nr\.?\s*)?(\d{1,4})(?:\s|$)")
_NUMBERED_PROTOCOL = re.compile(r"^\w*niederschrift\s+nr\.?\s*(\d{1,4}(?:/\d{2,4})?)$", re.IGNORECASE)


def number_of(head: Sequence[Line], fields: Sequence[Field], form: Form) -> str | None:
    """Return the paper's number as printed: with its word, behind or below its label, or alone in its line.

    In the head of what is no motion the number of a motion is somebody else's, unless there is no other.
    """
    of_motion = form.kind is Kind.MOTION or form.answers
    return (
        _beside_word(head, motions=of_motion)
        or _labelled(head, fields)
        or _alone(head)
        or _of_protocol(head, form)
        or (None if of_motion else _beside_word(head, motions=True))
        or _old_counter(head)
    )


def version_of(head: Sequence[Line]) -> str:
    """Return "Neufassung" or "1. Ergänzung" if the head says so, else nothing."""
    for line in head[:20]:
        match = _VERSION.match(line.text)
        if match:
            return re.sub(r"\.\s?[Ee]", ". E", match["version"])
    return ""


def _beside_word(head: Sequence[Line], *, motions: bool) -> str | None:
    for line in head:
        budget = _BUDGET.search(line.text)
        if budget:
            return head_number(budget.group())
        word = _BEHIND_WORD.search(line.text)
        number = head_number(word["rest"]) if word and (motions or not word["motion"]) else None
        bare = _NR.match(line.text)
        number = number or (head_number(bare["rest"]) if bare else None)
        if number:
            return number
    return None


def _labelled(head: Sequence[Line], fields: Sequence[Field]) -> str | None:
    for field in fields:
        if field.role is not FieldRole.NUMBER:
            continue
        below = (line.text for line in head[field.line + 1 : field.line + 1 + LINES_BELOW_LABEL])
        for text in (field.value, *below):
            number = head_number(text)
            if number and (text == field.value or _is_alone(text, number)):
                return number
        plain = _PLAIN.match(field.value)
        if plain:
            return plain[1]
    return None


def _alone(head: Sequence[Line]) -> str | None:
    """Return the number that a line ends with and, if it is mere digits, that stands below the name of the form."""
    for above, line in pairwise([None, *head]):
        number = head_number(_LAST_WORD.sub("", line.text)) if line else None
        if number is None or line is None:
            continue
        is_named = above is not None and re.match(
            r"stellungnahme|antrag|anfrage|zwischen|\w*vorlage$", above.text, re.IGNORECASE
        )
        if _SITE.match(line.text) or (
            _is_alone(_LAST_WORD.sub("", line.text), number) and (is_named or has_letters(number))
        ):
            return number
    return None


def _is_alone(text: str, number: str) -> bool:
    """Tell whether a line is a number, perhaps with a version behind it."""
    behind = re.sub(r"[\s,]+(?:Neufassung|\d{1,2}\.\s?Ergänzung)$", "", text, flags=re.IGNORECASE)
    return re.sub(r"\s", "", behind) == re.sub(r"\s", "", number)


def _old_counter(head: Sequence[Line]) -> str | None:
    """Return the bare counter of an old label block: the value behind the session's date."""
    labels = next((i for i, line in enumerate(head) if re.match(r"Vorlage Nr", line.text)), None)
    if labels is None:
        return None
    for line, below in pairwise(head[labels : labels + 9]):
        if re.match(r"\d{1,2}\.\s?(?:\d{1,2}\.|\w+)\s?\d{4}", line.text) and re.fullmatch(r"\d{2,4}", below.text):
            return below.text
    return None


def _of_protocol(head: Sequence[Line], form: Form) -> str | None:
    """Return the number that a body counts its protocols by, where no paper is named."""
    numbers = (_NUMBERED_PROTOCOL.match(line.text) for line in head) if form.kind is Kind.PROTOCOL else ()
    return next((match[1] for match in numbers if match), None)
