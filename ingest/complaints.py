"""What the command-line library and the operating system complain about, as one German sentence.

What is not in these tables stays in the words it came with: better English than wrong.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

_USAGE: Final = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (r"No such option: (?P<it>\S+)(?: \(Possible options: (?P<more>.*)\))?$", "Die Option {it} gibt es nicht."),
        (r"No such command '(?P<it>.*?)'.*", "Den Befehl „{it}“ gibt es nicht."),
        (r"Option '(?P<it>.*?)' requires an? .*", "Die Option {it} braucht einen Wert."),
        (r"Option '(?P<it>.*?)' does not take a value.*", "Die Option {it} nimmt keinen Wert."),
        (r"Got unexpected extra arguments?(?:\(s\))? \((?P<it>.*)\)", "Zu viel angegeben: {it}."),
        (r"Missing (?:argument|parameter|option) '(?P<it>.*?)'.*", "Es fehlt: {it}."),
        (r"Invalid value for '(?P<it>.*?)': (?P<more>.*)", "Mit dem Wert von {it} stimmt etwas nicht: {more}"),
    )
)
_VALUE: Final = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (r"'(?P<it>.*)' is not a valid (?:int|integer).*", "„{it}“ ist keine ganze Zahl."),
        (r"Input should be a valid integer.*", "gebraucht wird eine ganze Zahl."),
        (r"'(?P<it>.*)' is not a valid float.*", "„{it}“ ist keine Zahl."),
        (r"(?P<it>\S+) is not in the range (?P<more>.*)", "{it} liegt nicht im erlaubten Bereich {more}"),
        (r"'(?P<it>.*)' is not one of (?P<more>.*)", "„{it}“ ist keines von {more}"),
        (r"\S+ '(?P<it>.*)' does not exist.*", "„{it}“ gibt es nicht."),
    )
)
_SYSTEM: Final[Mapping[int, str]] = MappingProxyType(
    {
        errno.ENOENT: "{it} gibt es nicht.",
        errno.EACCES: "{it} darf nicht gelesen oder geschrieben werden (Zugriffsrechte).",
        errno.EPERM: "{it} darf nicht geändert werden (Zugriffsrechte).",
        errno.EROFS: "{it} liegt auf einem schreibgeschützten Datenträger.",
        errno.ENOSPC: "Der Datenträger ist voll; {it} konnte nicht geschrieben werden.",
        errno.EDQUOT: "Der zugeteilte Speicherplatz ist aufgebraucht; {it} konnte nicht geschrieben werden.",
        errno.EISDIR: "{it} ist ein Ordner, gebraucht wird eine Datei.",
        errno.ENOTDIR: "{it} ist eine Datei, gebraucht wird ein Ordner.",
        errno.EEXIST: "{it} gibt es schon.",
        errno.ENAMETOOLONG: "Der Name {it} ist zu lang.",
        errno.EADDRINUSE: "Die Adresse wird schon benutzt; läuft das Programm bereits?",
    }
)


def of_usage(message: str) -> str:
    """Say in German what is wrong with the arguments; the message itself if it is an unknown one."""
    for pattern, sentence in _USAGE:
        if found := pattern.fullmatch(message):
            parts: dict[str, Any] = {name: text or "" for name, text in found.groupdict().items()}
            if "{more}" in sentence:
                parts["more"] = _of_value(parts["more"])
            if parts.get("more") and "{more}" not in sentence:
                return f"{sentence.format(**parts)} Meinten Sie {parts['more']}?"
            return sentence.format(**parts)
    return message


def of_system(error: OSError) -> str:
    """Say in German what the operating system refused."""
    place = str(error.filename) if error.filename else "Datei oder Verzeichnis"
    known = _SYSTEM.get(error.errno or 0)
    return known.format(it=place) if known else f"{error.strerror or error} ({place})."


def _of_value(message: str) -> str:
    for pattern, sentence in _VALUE:
        if found := pattern.fullmatch(message):
            return sentence.format(**found.groupdict())
    return message
