"""`ratslotse-ingest`: what staff do with papers. Arguments in, German sentences or JSON out; the work is elsewhere.

Everything heavy is imported inside the commands, so that `--help` answers at once. Exit codes: 0 done; 1 done, but
something needs attention (each named) or could not be done; 2 wrong usage or settings; 130 interrupted.
"""

from __future__ import annotations

import json
import logging
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from ingest.door import run
from ingest.errors import IndexDamaged, IndexMissing
from ingest.settings import Settings, load_settings

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from ingest.index.catalogue import Catalogue
    from ingest.index.records import DocumentHeader
    from ingest.outcomes import Report, Watcher

app = typer.Typer(
    name="ratslotse-ingest",
    help="Papiere des Rates aufnehmen, berichtigen und zurückziehen.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

IndexOption = Annotated[Path | None, typer.Option("--index", help="Ordner des Index (sonst RATSLOTSE_INDEX_DIR).")]
JsonOption = Annotated[bool, typer.Option("--json", help="Eine JSON-Zeile je Datei, am Ende eine Zusammenfassung.")]
PathsArgument = Annotated[list[Path] | None, typer.Argument(help="Ordner oder Dateien.")]
PaperArgument = Annotated[str, typer.Argument(help="Pfad (oder sein Ende) oder Nummer.")]


def main() -> NoReturn:
    """Run the command line; see `ingest.door`."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    run(app)


@app.command()
def add(
    paths: PathsArgument = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    confirm_removal: Annotated[
        bool, typer.Option("--confirm-removal", help="Verschwundene Papiere entfernen, auch wenn es viele sind.")
    ] = False,
) -> None:
    """Index mit den Ordnern in Einklang bringen: neue, geänderte und verschwundene Papiere.

    Ohne PATH: alle Ordner, die schon einmal angegeben wurden (beim ersten Mal RATSLOTSE_CORPUS_DIR).
    """
    from ingest import pipeline
    from ingest.embedding import load_encoder

    settings = load_settings()
    index_dir = index or settings.index_dir
    wanted = _paths(paths, index_dir, settings)
    with _interruptible(), _progress(as_json) as watch:
        encoder = load_encoder(settings.encoder)
        report = pipeline.add(index_dir, wanted, encoder, confirm_removal=confirm_removal, watch=watch)
    _show_report(report, as_json)
    raise typer.Exit(0 if report.is_complete else 1)


@app.command()
def check(paths: PathsArgument = None, index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Lesen und sagen, was „add“ tun würde; nichts schreiben."""
    from ingest import pipeline

    settings = load_settings()
    index_dir = index or settings.index_dir
    with _progress(as_json) as watch:
        report = pipeline.check(index_dir, _paths(paths, index_dir, settings), watch=watch)
    _show_report(report, as_json, only_checked=True)
    raise typer.Exit(0 if report.is_complete else 1)


@app.command()
def remove(
    paper: PaperArgument,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ein Papier zurückziehen: nichts davon bleibt im Index, auch nicht in früheren Ständen.

    Die Datei bleibt, wo sie ist; das Papier kommt erst wieder, wenn sie sich ändert.
    """
    from ingest import pipeline

    index_dir = index or load_settings().index_dir
    found = _find(index_dir, paper)
    if len(found) != 1:
        _say_ambiguous(paper, found)
        raise typer.Exit(1)
    with _interruptible():
        report = pipeline.remove(index_dir, found)
    _show_report(report, as_json)


@app.command()
def settle(
    paper: PaperArgument,
    public: Annotated[
        bool, typer.Option("--public/--nonpublic", help="Öffentlich oder nichtöffentlich.", show_default=False)
    ],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Festlegen, ob ein Papier öffentlich ist. Die Entscheidung wird mit ihrer Zeit vermerkt und gilt weiter.

    Sie geht Angaben im Papier, im Namen und in der Beschreibungsdatei vor, nicht aber dem Ordner „nichtoeffentlich“.
    """
    from ingest.embedding import load_encoder
    from ingest.settling import settle as settle_paper
    from ingest.types import Visibility

    settings = load_settings()
    index_dir = index or settings.index_dir
    found = _find(index_dir, paper)
    if len(found) != 1:
        _say_ambiguous(paper, found)
        raise typer.Exit(1)
    visibility = Visibility.PUBLIC if public else Visibility.NONPUBLIC
    with _interruptible(), _progress(as_json) as watch:
        report = settle_paper(index_dir, found[0], visibility, load_encoder(settings.encoder), watch=watch)
    _show_report(report, as_json)
    raise typer.Exit(0 if report.is_complete else 1)


@app.command()
def show(paper: PaperArgument, index: IndexOption = None) -> None:
    """Zeigen, was von einem Papier verstanden wurde."""
    from ingest.account import account_of

    index_dir = index or load_settings().index_dir
    found = _find(index_dir, paper)
    if not found:
        _say_ambiguous(paper, found)
        raise typer.Exit(1)
    for catalogue in _catalogues(index_dir):
        for header in found:
            document = catalogue.document(header.document_id)
            if document:
                print(account_of(document, len(catalogue.passages_of(header.document_id))))


@app.command()
def status(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Zeigen, was im Index ist und was Aufmerksamkeit braucht."""
    from ingest.account import ROOT_LABELS, status_of
    from ingest.index.generation import current_generation
    from ingest.index.layout import root_of
    from ingest.types import Visibility

    index_dir = index or load_settings().index_dir
    stati = {}
    for visibility in Visibility:
        try:
            if generation := current_generation(root_of(index_dir, visibility)):
                stati[visibility] = status_of(generation)
        except PermissionError:  # as it should be for papers that are not for this user
            _say_error(f"{ROOT_LABELS[visibility]}: kein Zugriff für diesen Benutzer.")
    if not stati:
        raise IndexMissing(index_dir)
    if as_json:
        print(json.dumps({visibility.value: one.values for visibility, one in stati.items()}, ensure_ascii=False))
        return
    for visibility, one in stati.items():
        print(ROOT_LABELS[visibility])
        print(one.text)


@app.command()
def rollback(index: IndexOption = None) -> None:
    """Zum vorigen Stand zurückkehren. Das nächste „add“ gleicht wieder mit den Ordnern ab."""
    from ingest.account import ROOT_LABELS
    from ingest.index.generation import roll_back
    from ingest.index.layout import WriterLock, root_of
    from ingest.types import Visibility

    index_dir = index or load_settings().index_dir
    if not index_dir.is_dir():  # the lock would make it
        raise IndexMissing(index_dir)
    with WriterLock(index_dir):
        for root, generation in roll_back([root_of(index_dir, visibility) for visibility in Visibility]).items():
            count = generation.manifest.document_count
            papers = "1 Papier" if count == 1 else f"{count} Papiere"
            print(f"{ROOT_LABELS[Visibility(root.name)]}: wieder auf {generation.name}, {papers}.")


@app.command()
def verify(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Prüfen, ob der Index unversehrt ist. Schäden behebt „add“ aus dem Katalog, ohne neu zu lesen."""
    from ingest.account import ROOT_LABELS
    from ingest.index.layout import CURRENT, WriterLock, generation_names, read_pointer, root_of
    from ingest.index.verification import Damage, Part, damages
    from ingest.types import Visibility

    index_dir = index or load_settings().index_dir
    is_sound, is_there = True, False
    if not index_dir.is_dir():  # the lock would make it
        raise IndexMissing(index_dir)
    with WriterLock(index_dir):
        for visibility in Visibility:
            root = root_of(index_dir, visibility)
            name = read_pointer(root)
            if name is None and not generation_names(root):
                continue
            is_there = True
            found = damages(root / name) if name else (Damage(part=Part.MANIFEST, reason="Der Zeiger fehlt."),)
            is_sound = is_sound and not found
            if as_json:
                told = [{"part": damage.part.value, "reason": damage.reason} for damage in found]
                print(json.dumps({"root": visibility.value, "generation": name, "damages": told}, ensure_ascii=False))
                continue
            print(f"{ROOT_LABELS[visibility]}, {name or CURRENT}: {'beschädigt' if found else 'in Ordnung'}")
            for damage in found:
                print(f"  {damage.reason}")
    if not is_there:
        raise IndexMissing(index_dir)
    if not is_sound:
        _say_error("Bitte „ratslotse-ingest add“ ausführen; das baut beschädigte Teile neu.")
        raise typer.Exit(1)


def _paths(paths: Sequence[Path] | None, index_dir: Path, settings: Settings) -> list[Path]:
    """Return the paths given; without any, none where roots are remembered, else the corpus of the settings.

    Raises:
        IndexDamaged: which folders there were cannot be told any more.
    """
    from ingest.index.shelf import Shelf

    if paths:
        return list(paths)
    with Shelf.open(index_dir, None) as shelf:
        if lost := shelf.lost():
            raise IndexDamaged(
                lost[0],
                f"Der Katalog unter {lost[0]} ist verloren, und damit, aus welchen Ordnern der Index entstand.",
                "Bitte „ratslotse-ingest add ORDNER …“ mit allen Ordnern ausführen; das baut ihn neu.",
            )
        return [] if shelf.roots() else [settings.corpus_dir]


def _catalogues(index_dir: Path) -> Iterator[Catalogue]:
    """Open the published catalogues, public first; each is closed when the next is asked for."""
    from contextlib import closing

    from ingest.index.generation import current_generation
    from ingest.index.layout import root_of
    from ingest.types import Visibility

    for visibility in Visibility:
        generation = current_generation(root_of(index_dir, visibility))
        if generation:
            with closing(generation.catalogue()) as catalogue:
                yield catalogue


def _find(index_dir: Path, paper: str) -> tuple[DocumentHeader, ...]:
    """Return the papers that may be meant.

    Raises:
        IndexMissing: nothing has been published.
    """
    found: list[DocumentHeader] = []
    is_there = False
    for catalogue in _catalogues(index_dir):
        is_there = True
        found += catalogue.find(paper)
    if not is_there:
        raise IndexMissing(index_dir)
    return tuple(found)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Turn Ctrl-C into a sentence: whatever was being built is thrown away, the last good index stays.

    A library in C that is interrupted may make an error of its own of it (pydantic does), so the signal is remembered.
    """
    interrupted = False

    def remember(number: int, frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True
        signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, remember) if threading.current_thread() is threading.main_thread() else None
    try:
        yield
    except BaseException as error:
        if not (interrupted or isinstance(error, KeyboardInterrupt)):
            raise
        _say_error("Abgebrochen. Der bisherige Index gilt weiter; „ratslotse-ingest add“ holt den Rest nach.")
        raise typer.Exit(130) from None
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)


def _progress(as_json: bool) -> AbstractContextManager[Watcher]:
    """Show a bar on a terminal; nothing in a pipe or for programs."""
    if as_json or not sys.stderr.isatty():
        return nullcontext(lambda _: None)
    return _bar()


@contextmanager
def _bar() -> Iterator[Watcher]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Vergleichen", total=None)
        yield lambda step: bar.update(task, description=step.stage.value, completed=step.done, total=step.total or None)


def _show_report(report: Report, as_json: bool, *, only_checked: bool = False) -> None:
    from ingest.account import file_values, report_lines, summary_values

    if as_json:
        for file in report.files:
            print(_json(file_values(file)))
        print(_json({"summary": summary_values(report)}))
        return
    for line in report_lines(report, only_checked=only_checked):
        print(line)


def _json(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _say_ambiguous(paper: str, found: Sequence[DocumentHeader]) -> None:
    from ingest.account import printable

    if not found:
        _say_error(f"Im Index ist kein Papier „{paper}“. „ratslotse-ingest status“ zeigt, was da ist.")
        return
    _say_error(f"„{paper}“ ist mehrdeutig; es wurde nichts getan. Gemeint sein kann:")
    for header in found:
        date = header.date.isoformat() if header.date else "ohne Datum"
        _say_error(printable(f"  {header.path} ({date}) {header.title}"))


def _say_error(sentence: str) -> None:
    print(sentence, file=sys.stderr)
