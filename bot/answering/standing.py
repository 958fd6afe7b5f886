"""Which date a statement refers to (its Stand): the one its sentence names, else its paper's, else the session's.

Careful by design, for a wrong Stand is worse than the paper's: a date counts only where the sentence calls it a Stand,
or where it is the only one, does not lie behind the paper, and goes with a figure and a word of being ("Ende 2023
waren 180 Stellen besetzt"). Horizons ("bis 2026"), plans and what happened on a day ("am 3. Mai 2023 beschlossen")
are no Stand.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from ingest.dates import FoundStand, find_stands
from ingest.index import DocumentHeader
from ingest.types import DateBasis, Document, Precision, Stand

_NAMED = re.compile(
    r"\b(?:Daten|Sach|Kenntnis|Berichts|Projekt)?(?:[Ss]tand|[Ss]tichtag)(?:\s*:|\s*\()?\s*(?:[Ee]nde|[Aa]nfang|[Mm]itte)?"
    r"(?:\s*(?:vom|von|am|zum|per|ist|war|der|des|den|im|in|Monat|Jahres|Jahr|ca\.))*(?:\s+(?:[Ee]nde|[Aa]nfang|[Mm]itte))?\s*$"
)
_AT = re.compile(
    r"(?:\b(?:[Zz]um|[Aa]m|[Pp]er|[Ii]m|[Ii]n|[Ee]nde|[Aa]nfang|[Mm]itte|[Jj]ahresende|[Jj]ahresanfang)(?:\s+(?:Jahr|Jahre|Monat|de[sr]))?"
    r"|^Jahr)\s*$"
)
_SPANNING = re.compile(
    r"\b(?:[Bb]is|[Aa]b|[Ss]eit|[Vv]on|[Vv]or|[Nn]ach|[Zz]wischen|[Ff]ür|[Gg]egenüber|[Aa]us|[Dd]em)"
    r"(?:\s+(?:zum|zu|Ende|Anfang|Mitte|dem|das|den|die|Jahr|Jahre|im|in|Monat))*\s*$"
)
_IS = re.compile(
    r"\b(?:ist|sind|war|waren|beträgt|betragen|betrug|betrugen|liegt|liegen|lag|lagen|gab es|gibt es|besteht|bestehen"
    r"|bestand|bestanden|umfasst|umfasste|zählt|zählte|verfügt|verfügte|hatte|hatten|belief|beliefen|arbeiteten|besaß"
    r"|bot|nutzten|lebten|gehörten)\b"
)
BEHIND, AHEAD = 25, 70
"""Characters that may stand between a date and its word of being ("Im Jahr 2022 waren …", "Der Anteil lag in den Ämtern
im Jahr 2022 …"). 17,418 sentences of 499 papers, all Stände found read by eye: without this bound 9 of 67 wrong,
with it 1 of 56."""
_HAPPENS = re.compile(
    r"\b(?:ge(?:gründet|startet|plant|nehmigt|schaffen|wählt|öffnet|schlossen)|be(?:schloss\w*|antragt|auftragt|gonnen"
    r"|willigt|rufen|raten)|ein(?:gerichtet|geführt|geweiht|gereicht|gestellt)|er(?:öffnet|lassen|teilt|höht)|unterzeichnet|verabschiedet"
    r"|vorgestellt|vorgesehen|veröffentlicht|abgeschlossen|angekündigt|aufgenommen|in Kraft|umgesetzt|fertig\w*|tagte"
    r"|fand|mitgeteilt|freigegeben|festgelegt|begann|startete|führte|wurden?|worden)\b"
)
_PLANNED = re.compile(
    r"\b(?:soll|sollen|sollte|sollten|wird|werden|würden?|plant|planen|voraussichtlich|künftig|könnten?|müssen|"
    r"angestrebt|beabsichtigt|prognostiziert|erwartet|danach|anschließend|Ziel)\b"
)
_FIGURE = re.compile(
    r"\d|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|kein\w*|Hälfte|Drittel|Viertel)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A Stand and where it comes from; both None where nothing is known."""

    as_of: Stand | None = None
    basis: DateBasis | None = None


def standing_of(sentence: str, paper: Document | DocumentHeader) -> Standing:
    """Return the Stand of a sentence: the date it names, else its paper's (sidecar's first), else the session's."""
    own = _of_paper(paper)
    named = _named_in(sentence, last_day(own.as_of) if own.as_of else None)
    return Standing(as_of=named, basis=DateBasis.SENTENCE) if named else own


def last_day(stand: Stand) -> date:
    """Return the last day that a Stand may mean: of its month or year, where no day is known."""
    match stand.precision:
        case Precision.DAY:
            return stand.day
        case Precision.MONTH:
            return stand.day.replace(day=calendar.monthrange(stand.day.year, stand.day.month)[1])
        case Precision.YEAR:
            return date(stand.day.year, 12, 31)


def _of_paper(paper: Document | DocumentHeader) -> Standing:
    if paper.as_of:
        return Standing(as_of=paper.as_of, basis=DateBasis.PAPER)
    return Standing(as_of=Stand(day=paper.date), basis=paper.date_basis) if paper.date else Standing()


def _named_in(sentence: str, limit: date | None) -> Stand | None:
    """Return the one date that the sentence is about.

    Args:
        sentence: white space folded.
        limit: the paper's last day; what lies behind it is a horizon.
    """
    found = find_stands(sentence)
    called = [one for one in found if _is_called(sentence[: one.span.start])]
    if called:
        only = called[0] if len({one.stand for one in called}) == 1 else None
        return only.stand if only and (limit is None or only.stand.day <= limit) else None
    if limit is None or len(found) != 1 or found[0].stand.day > limit:
        return None
    return found[0].stand if _is_state(sentence, found[0]) else None


def _is_called(before: str) -> bool:
    """Say whether what stands in front of a date calls it a Stand that was reached."""
    match = _NAMED.search(before)
    return match is not None and not re.search(
        r"(?:voraussichtlich|geplant)\w*\s$", before[: match.start()], re.IGNORECASE
    )


def _is_state(sentence: str, at: FoundStand) -> bool:
    """Say whether the sentence tells how things stood at its date, not what happened then or is to happen."""
    before, after = sentence[: at.span.start], sentence[at.span.end :]
    place = _AT.search(before)
    if place is None or _SPANNING.search(before) or re.search(r"\b(?:als|wie)\s$", before[: place.start()]):
        return False
    said = _IS.search(after) if _IS.search(after[:BEHIND]) else None
    near = after[: said.start()] if said else _from_last(_IS, before[: place.start()])
    return bool(
        near is not None
        and not re.search("[,;:]", near)
        and len(near) <= (BEHIND if said else AHEAD)
        and _FIGURE.search(before + after)
        and not _HAPPENS.search(sentence)
        and not _PLANNED.search(sentence)
    )


def _from_last(pattern: re.Pattern[str], text: str) -> str | None:
    """Return what follows the last match in a text, None without one."""
    ends = [match.end() for match in pattern.finditer(text)]
    return text[ends[-1] :] if ends else None
