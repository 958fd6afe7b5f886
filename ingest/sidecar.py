"""The `.meta.yaml` beside a paper: what staff or an information system know about it.

The only user of PyYAML. A sidecar is somebody else's file: it is read with a size limit, safe tags
only, without aliases, and every value of a known key is taken as it is written (YAML would turn the
number `0123` into 83 and `2023-04-05` into a date). A broken one fails its paper only.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from ingest.errors import BrokenSidecar
from ingest.sidecar_path import sidecar_path
from ingest.types import Kind, Precision, Stand, Visibility

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # PyYAML without libyaml: the same, eight times slower
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
MAX_BYTES = 65_536
"""Real sidecars have 200 to 600 bytes; a hundred times that is no sidecar."""
MAX_DEPTH = 20
"""Deeper nesting is hostile: known keys need two levels."""
MAX_BRACKETS = 200
"""So many opening brackets, steps of indentation or dashes in a row would let the parser recurse too deep."""

UNREADABLE_VISIBILITY = (
    "Die Angabe „visibility: {value}“ ist nicht zu verstehen; das Dokument wird deshalb als "
    "nichtöffentlich behandelt. Erlaubt sind „public“ und „nonpublic“."
)


def _one_date(value: Any) -> Any:
    match = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", value.strip()) if isinstance(value, str) else None
    return match[1] if match else value


def _one_stand(value: Any) -> Any:
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", value.strip()) if isinstance(value, str) else None
    if match is None:
        return value
    precision = Precision.DAY if match[3] else Precision.MONTH if match[2] else Precision.YEAR
    return Stand(day=date(int(match[1]), int(match[2] or 1), int(match[3] or 1)), precision=precision)


def _folded(value: Any) -> Any:
    r"""Fold white space, and drop what a terminal would obey (YAML writes it as `"\e[2J"`)."""
    return " ".join(_CONTROL.sub(" ", value).split()) if isinstance(value, str) else value


def _list(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


_Text = Annotated[str, BeforeValidator(_folded)]
_Date = Annotated[date, BeforeValidator(_one_date)]
_Stand = Annotated[Stand, BeforeValidator(_one_stand)]
_Texts = Annotated[tuple[_Text, ...], BeforeValidator(_list)]


class SummarySource(BaseModel):
    """The public paper that this one retells."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    title: _Text
    number: _Text | None = None
    url: _Text | None = None
    date: _Date | None = None


class Sidecar(BaseModel):
    """What a sidecar says; everything is optional, an absent sidecar is `Sidecar()`.

    Attributes:
        kind: what the paper is.
        number: of the matter, as written.
        date: the paper's own.
        listed_date: when its source listed it; only a fallback.
        factions: as written, not yet in one spelling.
        visibility: None if the sidecar is silent. What cannot be read is `NONPUBLIC`.
        visibility_raw: the value as written, None if the key is absent.
        extras: unknown keys with their values (strings, numbers, lists, mappings), kept and shown.
        warnings: sentences for staff.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: _Text | None = None
    kind: Kind | None = None
    number: _Text | None = None
    date: _Date | None = None
    listed_date: _Date | None = None
    body: _Text | None = None
    factions: _Texts = ()
    subject: _Text | None = None
    procedure: _Text | None = None
    file_name: _Text | None = None
    url: _Text | None = None
    visibility: Visibility | None = None
    visibility_raw: str | None = None
    as_of: _Stand | None = None
    paper_type: _Text | None = None
    body_city: _Text | None = None
    summary_of: SummarySource | None = None
    extras: dict[str, Any] = {}
    warnings: tuple[str, ...] = ()


KNOWN_KEYS = frozenset(Sidecar.model_fields) - {"extras", "warnings", "visibility_raw"}
_DATE_KEYS = frozenset({"date", "listed_date", "summary_of.date"})


def read_sidecar(path: Path) -> Sidecar:
    """Read what stands beside the paper `path`; an empty sidecar if nothing does.

    Raises:
        BrokenSidecar: no YAML, no mapping, or a value that a known key cannot have; names the sidecar
            and the key. An unreadable `visibility` is no error but means non-public.
    """
    beside = sidecar_path(path)
    if beside is None:
        return Sidecar()
    values, extras = _keys(beside, _root(beside))
    warnings: tuple[str, ...] = ()
    if "visibility" in values:
        raw = values.pop("visibility")
        values["visibility_raw"] = raw if isinstance(raw, str) else ""
        values["visibility"], warnings = _visibility(values["visibility_raw"])
    if isinstance(values.get("kind"), str):
        values["kind"] = values["kind"].strip().lower()
    try:
        return Sidecar(**values, extras=extras, warnings=warnings)
    except ValidationError as error:
        raise BrokenSidecar(beside, *_sentence(error)) from error


def _visibility(raw: str) -> tuple[Visibility, tuple[str, ...]]:
    """Read a visibility; only the two words of the contract are understood, the rest stays inside."""
    try:
        return Visibility(raw.strip().lower()), ()
    except ValueError:
        return Visibility.NONPUBLIC, (UNREADABLE_VISIBILITY.format(value=raw),)


def _root(beside: Path) -> yaml.MappingNode:
    """Parse the file to its node tree, nothing constructed yet.

    Raises:
        BrokenSidecar: unreadable, too large, nested too deeply, no YAML, no mapping, or with aliases.
    """
    if not beside.is_file():
        raise BrokenSidecar(
            beside, "Das ist keine lesbare Datei, sondern ein Ordner, ein Gerät oder ein leerer Verweis."
        )
    try:
        with beside.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise BrokenSidecar(beside, f"Die Datei lässt sich nicht öffnen ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise BrokenSidecar(beside, "Die Datei ist nicht in UTF-8 gespeichert.") from error
    if len(raw) > MAX_BYTES:
        raise BrokenSidecar(beside, f"Die Datei ist größer als {MAX_BYTES // 1024} KB und wird nicht gelesen.")
    if max(text.count("["), text.count("{"), _steps(text)) > MAX_BRACKETS:
        raise BrokenSidecar(beside, "Die Datei ist zu tief verschachtelt.")
    try:
        node = yaml.compose(text, _SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = f" in Zeile {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise BrokenSidecar(
            beside,
            f"Das ist kein gültiges YAML (Fehler{line}).",
            "Texte mit Doppelpunkt bitte in Anführungszeichen setzen.",
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise BrokenSidecar(beside, "Das ist kein gültiges YAML (unerlaubte Zeichen oder Verschachtelung).") from error
    if node is None:
        return yaml.MappingNode("tag:yaml.org,2002:map", [])
    if not isinstance(node, yaml.MappingNode):
        raise BrokenSidecar(beside, "Erwartet werden Zeilen der Form „schlüssel: wert“.")
    _refuse_traps(beside, node)
    return node


def _steps(text: str) -> int:
    """Return the deepest indentation and the longest run of list dashes, both of which nest."""
    indent = max((len(line) - len(line.lstrip(" ")) for line in text.splitlines()), default=0)
    dashes = max((run.count("-") for run in re.findall(r"(?:[-?:] )+", text)), default=0)
    return max(indent, dashes)


def _refuse_traps(beside: Path, root: yaml.Node) -> None:
    """Walk the tree once, without recursion.

    Raises:
        BrokenSidecar: a node is used twice (an alias), stands too deep, or a key is no word.
    """
    seen: set[int] = set()
    waiting: list[tuple[int, Any]] = [(0, root)]
    while waiting:
        depth, node = waiting.pop()
        if id(node) in seen:
            raise BrokenSidecar(beside, "YAML-Verweise (&, *) sind in dieser Datei nicht erlaubt.")
        if depth > MAX_DEPTH:
            raise BrokenSidecar(beside, "Die Datei ist zu tief verschachtelt.")
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend((depth + 1, child) for child in node.value)
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode) or key.value.strip() in ("", "<<"):
                    raise BrokenSidecar(beside, "Erwartet werden Zeilen der Form „schlüssel: wert“.")
                waiting += [(depth + 1, key), (depth + 1, value)]


def _written(node: yaml.Node) -> Any:
    """Return a value of a known key as it is written: texts, tuples, mappings, None for an empty one."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else node.value
    if isinstance(node, yaml.SequenceNode):
        return tuple(_written(child) for child in node.value)
    return {key.value: _written(value) for key, value in node.value}


def _keys(beside: Path, root: yaml.MappingNode) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part known keys (case does not matter) from unknown ones.

    Raises:
        BrokenSidecar: a key stands twice.
    """
    values: dict[str, Any] = {}
    extras: dict[str, Any] = {}
    seen: set[str] = set()
    constructor = yaml.constructor.SafeConstructor()
    for key_node, value_node in root.value:
        name = str(key_node.value).strip()
        key = name.lower() if name.lower() in KNOWN_KEYS else name
        if key in seen:
            raise BrokenSidecar(beside, f"Der Schlüssel „{key}“ steht zweimal in der Datei.")
        seen.add(key)
        if key in KNOWN_KEYS:
            value = _written(value_node)
            if value is not None or key == "visibility":
                values[key] = value
            continue
        try:
            extras[key] = constructor.construct_object(value_node, deep=True)
        except (yaml.YAMLError, ValueError, TypeError, OverflowError):
            extras[key] = _written(value_node)  # "2023-02-31", or a tag of another program: shown, not judged
    return values, extras


def _sentence(error: ValidationError) -> tuple[str, str]:
    """Return what is wrong with the first bad key, and what would be right."""
    first = error.errors()[0]
    places = [str(part) for part in first["loc"]]
    key = ".".join(part for part in places if not part.isdigit())
    given = first["input"]
    shown = f" („{given[:40]}“)" if isinstance(given, str) else ""
    if key in _DATE_KEYS:
        return f"Der Wert von „{key}“{shown} ist kein Datum.", "Bitte in der Form 2023-04-26 angeben."
    if places[0] == "as_of":
        return f"Der Wert von „as_of“{shown} ist kein Stand.", "Bitte als 2023-04-26, 2023-04 oder 2023 angeben."
    if key == "kind":
        return f"Der Wert von „kind“{shown} ist unbekannt.", f"Erlaubt sind {', '.join(Kind)}."
    if key == "factions":
        return "Der Wert von „factions“ ist keine Liste von Namen.", "Zum Beispiel: factions: [CDU, SPD]."
    if first["type"] == "missing":
        return f"Zu „summary_of“ fehlt die Angabe „{places[-1]}“.", "Nötig ist mindestens der Titel des Originals."
    if key == "summary_of":
        return "Der Wert von „summary_of“ ist keine Gruppe von Angaben.", "Nötig ist mindestens „title“ darunter."
    return f"Der Wert von „{key}“ ist kein Text.", "Bitte als eine Zeile in Anführungszeichen angeben."
