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
def telegram(index: IndexOption = None, verbose: VerboseOption = False) -> None:
    """Den Telegram-Bot betreiben, bis er beendet wird; nur über öffentliche Papiere."""
    import asyncio

    from bot.app import open_motions
    from bot.channels.telegram.app import check, until_signalled

    settings = load_settings()
    check(settings)
    if index is not None:
        settings = settings.model_copy(update={"index_dir": index})
    ratslotse = _ratslotse(settings, None, False, verbose)
    typer.echo("Der Telegram-Bot läuft; Strg+C beendet ihn.", err=True)
    asyncio.run(until_signalled(settings, ratslotse, motions=open_motions(settings)))


@app.command()
def web(
    index: IndexOption = None,
    host: Annotated[str | None, typer.Option("--host", help="Adresse (sonst RATSLOTSE_WEB_HOST).")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port (sonst RATSLOTSE_WEB_PORT).")] = None,
    hash_password: Annotated[
        bool, typer.Option("--hash-password", help="Nach einem Kennwort fragen und seinen Hash ausgeben.")
    ] = False,
    verbose: VerboseOption = False,
) -> None:
    """Die Webseite betreiben, bis sie beendet wird."""
    if hash_password:
        from bot.channels.web.staff import hash_password as hashed

        typer.echo(hashed(_password()))
        return
    _serve(load_settings(), index, host, port, verbose, with_telegram=False)


@app.command()
def serve(
    index: IndexOption = None,
    host: Annotated[str | None, typer.Option("--host", help="Adresse (sonst RATSLOTSE_WEB_HOST).")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port (sonst RATSLOTSE_WEB_PORT).")] = None,
    verbose: VerboseOption = False,
) -> None:
    """Webseite und Telegram-Bot in einem Prozess betreiben; nur über öffentliche Papiere."""
    _serve(load_settings(), index, host, port, verbose, with_telegram=True)


def _serve(
    settings: Settings, index: Path | None, host: str | None, port: int | None, verbose: bool, *, with_telegram: bool
) -> None:
    from bot.app import open_motions
    from bot.channels.web import server
    from bot.channels.web.app import make_app

    if with_telegram:
        from bot.channels.telegram.app import check
        from bot.channels.telegram.app import serve as run_telegram

        check(settings)
    at = server.listen(host or settings.web_host, settings.web_port if port is None else port)
    ledger = open_motions(settings.model_copy(update={"index_dir": index}) if index else settings)
    context = server.open_context(
        settings,
        index or settings.index_dir,
        lambda access: _ratslotse(settings, index, access == "all", verbose),
        may_open_nonpublic=not with_telegram,
        motions=ledger,
    )
    typer.echo(f"Ratslotse läuft unter http://{server.address(at)}/; Strg+C beendet ihn.", err=True)
    companion = (lambda stop: run_telegram(settings, context.public, stop, motions=ledger)) if with_telegram else None
    server.serve(make_app(context), at, companion)


def _password() -> str:
    """Ask for a password without showing it; from a pipe, take the first line."""
    from getpass import getpass

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass("Kennwort: ")
    if first != getpass("Noch einmal: "):
        raise UsageError("Die beiden Eingaben sind nicht gleich.")
    return first


@app.command()
def motions(
    wanted: Annotated[
        str | None,
        typer.Argument(metavar="[KENNUNG|PFAD|NUMMER]", help="Ein Antrag; ohne Angabe alle.", show_default=False),
    ] = None,
    index: IndexOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Je Antrag oder Änderung ein JSON-Objekt.")] = False,
    news: Annotated[bool, typer.Option("--news", help="Nur Punkte, deren Stand sich geändert hat.")] = False,
    since: Annotated[
        str | None, typer.Option("--since", help="Seit dieser Generation des Index.", show_default=False)
    ] = None,
    dossier: Annotated[
        Path | None,
        typer.Option("--dossier", help="Den Antrag als Dossier schreiben: .html, .docx, .odt.", show_default=False),
    ] = None,
    language: LanguageOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Zeigen, welche Punkte eines Antrags beantwortet, teilweise beantwortet oder offen sind."""
    from bot.app import configure_logging, open_motions
    from bot.channels.terminal import console
    from bot.ledger import change_record, motion_record, view
    from bot.ledger.dossier import write_dossier
    from bot.phrases import motions as phrases

    if dossier is not None and wanted is None:
        raise UsageError("--dossier braucht einen Antrag.", "Hilfe: ratslotse motions --help")
    if since is not None and not news:
        raise UsageError("--since gehört zu --news.", "Hilfe: ratslotse motions --help")
    settings = load_settings()
    spoken = _language(language, settings)
    configure_logging(verbose=verbose)
    ledger = open_motions(settings.model_copy(update={"index_dir": index}) if index else settings)
    if news:
        changes = ledger.news(since)
        for change in changes if as_json else ():
            typer.echo(json.dumps(change_record(change), ensure_ascii=False))
        if not as_json:
            view.show_news(changes, spoken, console())
        return
    chosen = (ledger.find(wanted),) if wanted else ledger.all()
    if dossier is not None:
        write_dossier(chosen[0], dossier, spoken)
        typer.echo(phrases.WRITTEN[spoken].format(path=dossier), err=as_json)
    if as_json:
        for motion in chosen:
            typer.echo(json.dumps(motion_record(motion), ensure_ascii=False))
    elif wanted and dossier is None:
        view.show_motion(chosen[0], spoken, console())
    elif dossier is None:
        view.show_overview(chosen, spoken, console())


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
    from bot.app import build, configure_logging, language_model

    configure_logging(verbose=verbose)
    access = Access.ALL if with_nonpublic else Access.PUBLIC
    return build(
        index_dir=index or settings.index_dir,
        encoder_name=settings.encoder,
        reader_name=settings.reader,
        access=access,
        writer=language_model(settings) if access is Access.PUBLIC else None,
        state_dir=settings.state_dir,
    )


def _language(flag: str | None, settings: Settings):  # type: ignore[no-untyped-def]
    from bot.types import Language

    try:
        return Language(flag or settings.language)
    except ValueError as error:
        raise UsageError(f"Die Sprache „{flag}“ gibt es hier nicht.", "Möglich sind de und en.") from error


def main() -> None:
    """Run the command line; see `ingest.door`."""
    run(app)
