"""`python -m evals.bench`: Ratslotse and its peers side by side; see the package's docstring."""

from __future__ import annotations

import datetime as dt
import os
import platform
import shlex
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Final

import typer

from evals.bench.collection import GOLD, load_collection
from evals.bench.systems import SYSTEMS, SystemName
from evals.bench.table import Bench, markdown_foot, markdown_set, show_set
from evals.bench.trial import Left, Outcome, run_system
from evals.tables import console
from ingest.errors import RatslotseError

DEFAULT_SETS: Final = (GOLD, "covid-faq", "xquad-de")
DATA_VARIABLE: Final = "RATSLOTSE_DATA"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def bench(
    data: Annotated[Path, typer.Option("--data", envvar=DATA_VARIABLE, help="Ordner der Testdaten.")],
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", help="gold-dev oder ein Ordner in BEIR-Form; mehrfach oder mit „|“ getrennt."),
    ] = None,
    systems: Annotated[list[SystemName] | None, typer.Option("--system", help="Nur diese; mehrfach.")] = None,
    sample: Annotated[
        int | None, typer.Option("--sample", min=1, help="Nur so viele Papiere (die mit der Antwort immer).")
    ] = None,
    slow: Annotated[bool, typer.Option("--slow", help="MiniLM auch auf Sammlungen über 10 MB.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Die Tabellen für das README.")] = False,
) -> None:
    """Ratslotse neben LangChain (MiniLM mit Chroma, BM25Retriever) und bm25s, auf denselben Fragen und Dateien."""
    names = [name for told in sets or DEFAULT_SETS for name in told.split("|")]
    wanted = [system for system in SYSTEMS if not systems or system in systems]
    collections = [load_collection(data, name, sample) for name in names]
    machine = _machine()  # before the run loads it
    has_failed = False
    for collection in collections:
        outcomes: dict[SystemName, Outcome] = {}
        for system in wanted:
            typer.echo(f"{collection.name}: {SYSTEMS[system].label} …", err=True)
            outcomes[system] = outcome = run_system(system, collection, data, sample, with_slow=slow)
            has_failed |= isinstance(outcome, Left) and outcome.is_failure
        if markdown:
            typer.echo(markdown_set(collection, outcomes) + "\n")
        else:
            show_set(collection, outcomes, console())
    today = dt.datetime.now().astimezone().date()
    about = Bench(day=today, machine=machine, versions=_versions(wanted), command=_command(), sample=sample)
    typer.echo(markdown_foot(about) if markdown else f"{about.day:%d.%m.%Y} · {about.machine}\n{about.versions}")
    if has_failed:
        raise typer.Exit(1)


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    busy = os.getloadavg()[0]
    python = platform.python_version()
    return f"{_processor()}, {os.cpu_count()} cores (load {busy:.1f} before), {memory:.0f} GiB, Python {python}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _versions(systems: list[SystemName]) -> str:
    """Return the installed packages of the peers with their versions."""
    names = dict.fromkeys(name for system in systems for name in SYSTEMS[system].packages.values())
    told = []
    for name in names:
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return ", ".join(told)


def _command() -> str:
    """Return what was typed, without the path of this machine's data."""
    told, hide = [], False
    for argument in sys.argv[1:]:
        is_data = argument == "--data" or argument.startswith("--data=")
        if not (hide or is_data):
            told.append(shlex.quote(argument))
        hide = argument == "--data"
    return " ".join(["python -m evals.bench --data $RATSLOTSE_DATA", *told])


def main() -> None:
    """Run the command line: expected errors become one sentence on stderr and exit code 2."""
    try:
        app()
    except RatslotseError as error:
        typer.echo(f"Fehler: {error}", err=True)
        if error.hint:
            typer.echo(error.hint, err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
