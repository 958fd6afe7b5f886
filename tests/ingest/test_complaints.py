from __future__ import annotations

import errno
import os

import pytest

from ingest.complaints import of_system, of_usage

USAGE = [
    ("No such option: --indx", "Die Option --indx gibt es nicht.", "nothing like it"),
    ("No such option: --indx (Possible options: --index)", "Meinten Sie --index?", "a slip of the finger"),
    ("No such command 'bla'.", "Den Befehl „bla“ gibt es nicht.", "a command that is none"),
    ("Option '--index' requires an argument.", "Die Option --index braucht einen Wert.", "the value was forgotten"),
    ("Got unexpected extra argument(s) (a b)", "Zu viel angegeben: a b.", "a question without quotation marks"),
    ("Missing argument 'PAPER'.", "Es fehlt: PAPER.", "what to show was not said"),
    ("Invalid value for '--n': 'x' is not a valid integer.", "„x“ ist keine ganze Zahl.", "a word for a number"),
    ("Invalid value for '--n': 0 is not in the range x>=1.", "0 liegt nicht im erlaubten Bereich x>=1.", "too small"),
    ("Something new.", "Something new.", "what is not known stays as it is"),
]


@pytest.mark.parametrize(("message", "expected", "reason"), USAGE, ids=[row[2] for row in USAGE])
def test_wrong_usage_is_told_in_german(message: str, expected: str, reason: str) -> None:
    assert expected in of_usage(message)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOENT, "/a/b gibt es nicht."),
        (errno.ENOSPC, "Der Datenträger ist voll; /a/b konnte nicht geschrieben werden."),
        (errno.EIO, "Input/output error (/a/b)."),
    ],
)
def test_what_the_system_refuses_is_told_in_german(number: int, expected: str) -> None:

    assert of_system(OSError(number, os.strerror(number), "/a/b")) == expected
