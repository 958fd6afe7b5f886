from __future__ import annotations

from collections.abc import Callable

import pytest
import typer

from ingest.door import run
from ingest.errors import IndexLocked, UsageError


def an_app(command: Callable[[], None]) -> typer.Typer:
    """Build a command line of one command with one option."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

    @app.command()
    def do(count: int = 0) -> None:
        command()

    return app


def usage_error() -> None:
    raise UsageError("Das geht so nicht.", "Bitte anders.")


def locked(tmp_path: object = None) -> None:
    from pathlib import Path

    raise IndexLocked(Path("index"), 7)


def interrupt() -> None:
    raise KeyboardInterrupt


def missing_file() -> None:
    open("/nirgendwo/datei").close()  # noqa: PTH123


def failed_checks() -> None:
    raise typer.Exit(1)


ROWS = [
    (lambda: None, [], 0, "", "done"),
    (failed_checks, [], 1, "", "a command says that some checks failed"),
    (usage_error, [], 2, "Fehler: Das geht so nicht. Bitte anders.\n", "wrong usage, one line with what to do"),
    (locked, [], 1, "Fehler: Am Index index arbeitet gerade Prozess 7.", "another process is writing"),
    (interrupt, [], 130, "", "Ctrl-C"),
    (missing_file, [], 1, "Fehler: /nirgendwo/datei gibt es nicht.", "a file system error is no traceback"),
    (
        lambda: None,
        ["--kount"],
        2,
        "Fehler: Die Option --kount gibt es nicht. Meinten Sie --count?",
        "an unknown option is one line",
    ),
    (
        lambda: None,
        ["--count", "x"],
        2,
        "Fehler: Mit dem Wert von --count stimmt etwas nicht: gebraucht wird eine ganze Zahl.",
        "a wrong value is one line",
    ),
]


@pytest.mark.parametrize(("command", "arguments", "code", "complaint", "reason"), ROWS, ids=[row[4] for row in ROWS])
def test_a_command_line_ends_with_one_line_and_the_right_code(
    command: Callable[[], None],
    arguments: list[str],
    code: int,
    complaint: str,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["probe", *arguments])

    with pytest.raises(SystemExit) as ended:
        run(an_app(command))

    told = capsys.readouterr().err
    assert ended.value.code == code, reason
    assert told.startswith(complaint)
    assert told.count("\n") <= 1
