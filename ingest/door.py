"""The door of every command line: one sentence for what goes wrong, and the exit codes of the contract.

0 done; 1 done, but some files or checks failed; 2 wrong usage or settings; 130 interrupted. Never a traceback for an
expected error.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any, NoReturn

import typer

from ingest.complaints import of_system, of_usage
from ingest.errors import RatslotseError

# Typer carries its own click and names these classes nowhere: the parent of all its complaints about arguments, and
# the one that carries the help.
_WrongUsage: Any = typer.BadParameter.__base__
_NoArguments: Any = next(kind for kind in _WrongUsage.__subclasses__() if kind.__name__ == "NoArgsIsHelpError")

INTERRUPTED = 130
"""What shells expect after Ctrl-C (128 + SIGINT)."""


def run(app: typer.Typer) -> NoReturn:
    """Run a command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a stream that somebody put in its place
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(_outcome(app))


def _outcome(app: typer.Typer) -> int:
    try:
        return int(typer.main.get_command(app)(standalone_mode=False) or 0)
    except _WrongUsage as error:
        if isinstance(error, _NoArguments):
            typer.echo(error.format_message(), err=True)  # the help
            return 2
        command = error.ctx.command_path if error.ctx else app.info.name
        return _complain(f"{of_usage(error.format_message())} Hilfe: {command} --help", 2)
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except RatslotseError as error:
        return _complain(f"{error} {error.hint}".strip(), error.exit_code)
    except BrokenPipeError:
        # whoever read the output has seen enough; what is still buffered has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _complain(of_system(error), 1)


def _complain(sentence: str, code: int) -> int:
    typer.echo(f"Fehler: {sentence}", err=True)
    return code
