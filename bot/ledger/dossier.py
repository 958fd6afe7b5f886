"""A motion as a paper for a focus session: per point what was asked, how it stands, what shows it, what is missing.

One HTML page (Jinja2, everything escaped); DOCX and ODT are made from it by the bundled pandoc, which runs as a process
of its own and reads and writes local files only.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pypandoc
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.ledger.types import Evidence, MotionState, PointState, Status
from bot.phrases import motions as phrases
from bot.phrases import reply as reply_phrases
from bot.types import Language
from ingest.errors import UsageError

FORMATS: Final = {".html": "html", ".htm": "html", ".docx": "docx", ".odt": "odt"}
SHORT_CHARS: Final = 90
"""Of a point without a heading, in the table at the top."""

LINKED: Final = ("https://", "http://")


def write_dossier(motion: MotionState, target: Path, language: Language = Language.DE) -> None:
    """Write a motion's dossier; the ending says in which format.

    Raises:
        UsageError: the ending means no format, or the file cannot be written.
    """
    ending = target.suffix.lower()
    if ending not in FORMATS:
        raise UsageError(phrases.NO_FORMAT[language].format(name=target.name), phrases.FORMATS[language])
    html = dossier_html(motion, language, page=FORMATS[ending] == "html")
    try:
        if FORMATS[ending] == "html":
            target.write_text(html, encoding="utf-8")
        else:
            _convert(html, target, FORMATS[ending])
    except (OSError, RuntimeError) as error:
        raise UsageError(phrases.NOT_WRITTEN[language].format(path=target)) from error


def dossier_html(motion: MotionState, language: Language = Language.DE, *, page: bool = True) -> str:
    """Return a motion's dossier as one HTML page; without title and style where it becomes another format."""
    environment = Environment(
        loader=PackageLoader("bot.ledger"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("dossier.html").render(
        language=str(language),
        page=page,
        words=phrases.DOSSIER[language],
        motion=motion,
        headline=phrases.headline(motion, language),
        vote=phrases.vote(motion, language),
        decided=_by_source([motion.vote.evidence], language) if motion.vote else [],
        searched=reply_phrases.searched(motion.searched.documents, motion.searched.until, language),
        no_points=phrases.NO_POINTS[language],
        rows=[_row(motion, point, language) for point in motion.points],
    )


def _row(motion: MotionState, point: PointState, language: Language) -> dict[str, Any]:
    answered = point.status is Status.ANSWERED
    short = point.heading or _short(point.text)
    return {
        "point": point,
        "short": short,
        "text": point.text.removeprefix(f"{short}:").strip() or point.text,  # the heading above says it already
        "mark": phrases.MARK[point.status],
        "label": phrases.label(point, language),
        "note": phrases.note(motion, point, language),
        "evidence": _by_source(point.evidence, language),
        "contradictions": [
            item for pair in point.contradictions for item in _by_source((pair.one, pair.other), language)
        ],
        "missing": phrases.NOTHING[language] if answered else phrases.missing(point, language),
        "whom": point.whom or phrases.NOBODY[language],
    }


def _by_source(evidence: Sequence[Evidence], language: Language) -> list[dict[str, Any]]:
    """Put quotes of one place together; an address that is no web address is not linked."""
    found: dict[str, dict[str, Any]] = {}
    for item in evidence:
        source, url = phrases.source(item, language), item.citation.url or ""
        shown = found.setdefault(source, {"source": source, "url": url if url.startswith(LINKED) else "", "quotes": []})
        shown["quotes"].append(item.citation.quote)
    return list(found.values())


def _short(text: str) -> str:
    """Return a point's own heading, as far as a colon ends one, else its beginning."""
    heading, colon, _ = text.partition(":")
    if colon and len(heading) <= SHORT_CHARS:
        return heading
    if len(text) <= SHORT_CHARS:
        return text
    return text[:SHORT_CHARS].rpartition(" ")[0].rstrip(",;:") + " …"


def _convert(html: str, target: Path, form: str) -> None:
    """Have pandoc write a document; aside first, so that a failure leaves no half file."""
    with tempfile.TemporaryDirectory(prefix="ratslotse-") as folder:
        aside = Path(folder) / f"dossier.{form}"
        pypandoc.convert_text(html, form, format="html", outputfile=str(aside), extra_args=["--sandbox"])
        target.write_bytes(aside.read_bytes())
