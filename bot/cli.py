"""Command line `ratslotse`. Heavy imports happen inside the commands, so that `--help` answers at once."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from ingest.door import run
from ingest.errors import UsageError
from ingest.settings import Settings, load_settings

app = typer.Typer(
    name="ratslotse",
    help="Beantwortet Fragen aus den Papieren des Rates, jede Aussage mit Beleg.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

IndexOption = Annotated[Path | None, typer.Option("--index", help="Ordner des Index.", show_default=False)]
NonpublicOption = Annotated[
    bool, typer.Option("--with-nonpublic", help="Auch nichtöffentliche Papiere durchsuchen (nur am eigenen Rechner).")
]
LanguageOption = Annotated[str | None, typer.Option("--language", help="de oder en.", show_default=False)]
VerboseOption = Annotated[bool, typer.Option("--verbose", help="Eine Zeile je Frage ins Protokoll (ohne ihren Text).")]


@app.command()
def ask(
    question: Annotated[
        str | None, typer.Argument(help="Ihre Frage, in Anführungszeichen.", show_default=False)
    ] = None,
    index: IndexOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Die Antwort als ein JSON-Objekt.")] = False,
    batch: Annotated[Path | None, typer.Option("--batch", help="JSONL mit Fragen.", show_default=False)] = None,
    out: Annotated[Path | None, typer.Option("--out", help="JSONL für die Antworten.", show_default=False)] = None,
    with_nonpublic: NonpublicOption = False,
    language: LanguageOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Eine Frage beantworten, oder mit --batch viele."""
    from bot.channels import terminal
    from bot.record import as_record
    from bot.types import Question

    if (question is None) == (batch is None):
        raise UsageError("Bitte entweder eine Frage oder --batch DATEI angeben.", "Hilfe: ratslotse ask --help")
    if (batch is None) != (out is None):
        raise UsageError("--batch und --out gehören zusammen.", "Hilfe: ratslotse ask --help")
    settings = load_settings()
    spoken = _language(language, settings)
    ratslotse = _ratslotse(settings, index, with_nonpublic, verbose)
    if batch is not None and out is not None:
        failed = terminal.batch(ratslotse, batch, out, spoken)
        if failed:
            typer.echo(f"{failed} Fragen konnten nicht beantwortet werden; Näheres steht in {out}.", err=True)
            raise typer.Exit(1)
        return
    reply = ratslotse.ask(Question(text=question or "", language=spoken))
    if as_json:
        typer.echo(json.dumps(as_record(reply, "1"), ensure_ascii=False))
    else:
        terminal.show(reply, terminal.console())


@app.command()
def chat(
    index: IndexOption = None,
    with_nonpublic: NonpublicOption = False,
    language: LanguageOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Ein Gespräch führen: Nachfragen verstehen, Quellen im Zusammenhang zeigen."""
    from bot.channels import terminal

    settings = load_settings()
    spoken = _language(language, settings)
    ratslotse = _ratslotse(settings, index, with_nonpublic, verbose)
    prompt = "Ihre Frage> " if sys.stdin.isatty() else ""
    terminal.chat(ratslotse, spoken, terminal.console(), lambda: input(prompt))


@app.command()
def doctor(index: IndexOption = None) -> None:
    """Prüfen, was da ist, was fehlt und was zu tun ist."""
    from bot.channels.doctor import examine

    settings = load_settings()
    if index is not None:
        settings = settings.model_copy(update={"index_dir": index})
    broken = 0
    for finding in examine(settings):
        mark = {True: "ok   ", False: "FEHLT", None: "–    "}[finding.ok]
        typer.echo(f"{mark} {finding.name}: {finding.detail}")
        if finding.advice:
            typer.echo(f"      → {finding.advice}")
        broken += finding.ok is False
    raise typer.Exit(1 if broken else 0)


def _ratslotse(settings: Settings, index: Path | None, with_nonpublic: bool, verbose: bool):  # type: ignore[no-untyped-def]
    from bot.access import Access
    from bot.app import build, configure_logging

    configure_logging(verbose=verbose)
    access = Access.ALL if with_nonpublic else Access.PUBLIC
    return build(index_dir=index or settings.index_dir, encoder_name=settings.encoder, access=access)


def _language(flag: str | None, settings: Settings):  # type: ignore[no-untyped-def]
    from bot.types import Language

    try:
        return Language(flag or settings.language)
    except ValueError as error:
        raise UsageError(f"Die Sprache „{flag}“ gibt es hier nicht.", "Möglich sind de und en.") from error


def main() -> None:
    """Run the command line; see `ingest.door`."""
    run(app)
