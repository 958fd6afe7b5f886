"""What a sidecar says of who may see its paper, beside its key `visibility`.

Information systems and hurried hands write `sichtbarkeit`, `visiblity`, `vertraulich: ja`, `public: false`. A key that
means the visibility but is not the contract's cannot be trusted either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ingest.sidecar import Sidecar
from ingest.visibility.fields import Said, of_key
from ingest.visibility.misspelling import MAX_TYPOS, typos
from ingest.visibility.places import name_sign
from ingest.visibility.signs import Zone, says_confidential
from ingest.visibility.spelling import SIGN, folded, spelled

MAX_DEPTH = 4

_NAMES = ("visibility", "sichtbarkeit")
_MEANT = frozenset(
    "visible sichtbar sichtbarkeitsstatus visibilitystatus oeffentlichkeit oeffentlichkeitsstatus vertraulichkeit "
    "vertraulichkeitsstufe geheimhaltung geheimhaltungsstufe zugriffsrecht zugriffsrechte".split()
)


def key_in_doubt(extras: Mapping[str, Any]) -> str:
    """Return "key: value" of an unknown key that means the visibility, misspelt or in German; empty if none does."""
    for key, value in extras.items():
        if _means_visibility(key) and (_is_name(key) or of_key(key, _shown(value)) is not Said.PUBLIC):
            return f"{key}: {_shown(value)}"
    return ""


def closed_key(extras: Mapping[str, Any]) -> str:
    """Return "key: value" of an unknown key that says "non-public" plainly; empty if none does."""
    for key, value in _leaves(extras, 0):
        label = " ".join(spelled(key).replace("_", " ").replace("-", " ").split())
        said = of_key(label, _shown(value)) or of_key(key, _shown(value))
        if said is Said.NONPUBLIC or (said is None and says_confidential([f"{label}: {_shown(value)}"], 0, Zone.HEAD)):
            return f"{key}: {_shown(value)}"
    return ""


def told_name(sidecar: Sidecar) -> str:
    """Return title, kind, number or file name of a sidecar that says "confidential"; empty if none does."""
    if sidecar.file_name and name_sign(sidecar.file_name):
        return f"file_name: {sidecar.file_name}"
    for key in ("title", "paper_type", "subject", "number", "body"):
        value = getattr(sidecar, key)
        if value and says_confidential([spelled(value)], 0, Zone.NAME):
            return f"{key}: {value}"
    return ""


def broken_sidecar_hides(raw: bytes | None) -> bool:
    """Tell whether a sidecar that is no valid one says, or may say, that its paper is not for everybody.

    Args:
        raw: its bytes, None if they cannot be had: then it may.
    """
    if raw is None:
        return True
    for coding in ("utf-8-sig", "utf-16", "cp1252"):
        try:
            text = raw.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return any(_line_hides(line) for line in re.split(r"[\n,{}]", spelled(text)))
    return True


def _line_hides(line: str) -> bool:
    found = re.match(r"""[\W_]*(?P<key>[\w -]+?)["']?\s*:\s*["']?(?P<value>.*)""", line)
    if SIGN.search(line):
        return True
    if not found or not _means_visibility(found["key"]):
        return False
    return folded(found["key"]) != "visibility" or not re.match(r"public\W*$", found["value"], re.IGNORECASE)


def _means_visibility(key: str) -> bool:
    return folded(key) in _MEANT or _is_name(key)


def _is_name(key: str) -> bool:
    """Tell whether a key is "visibility", in German, misspelt, or with something behind it."""
    plain = folded(key)
    return any(plain.startswith(name) or typos(plain, name) <= MAX_TYPOS for name in _NAMES)


def _leaves(values: Mapping[str, Any], depth: int) -> Iterator[tuple[str, Any]]:
    """Go through mappings; a list of consultations says "non-public" only where each of its entries does."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            if depth < MAX_DEPTH:
                yield from _leaves(value, depth + 1)
        elif isinstance(value, (list, tuple)):
            inner = [entry for entry in value if isinstance(entry, Mapping)]
            if inner and len(inner) == len(value) and all(closed_key(entry) for entry in inner):
                yield from _leaves(inner[0], depth + 1)
            elif not inner:
                yield str(key), ", ".join(_shown(entry) for entry in value)
        else:
            yield str(key), value


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(str(value).split())[:120] if value is not None else ""
