"""What came of a motion, as the words of a decision and its vote say it. Pure; knows no paper.

The vote tells whether what was put to it was carried; what was put to it tells the decision's text. A draft that is
carried is adopted, a motion that "wird abgelehnt: einstimmig" is rejected. What a draft says of other things ("Das
Baugesuch wird zurückgestellt") is no verdict on the motion, so that of a text only sentences count that name the motion
or are nothing but a result. Where words disagree, or recommend only, the outcome stays unknown: the vote is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.ledger.types import Outcome
from ingest.sentences import sentences

RESULT_CHARS: Final = 160
"""A result that names nobody ("Kenntnisnahme und Verweisung in …") is shorter: the longest of 194 protocols has 107."""

VERDICT_CHARS: Final = 240
"""A sentence that says what becomes of "the motion" is shorter; a longer one mentions it in passing."""

_NOT: Final = r"\b(?:nicht|keine[rnms]?|kein)\s+(?:\w+\s+){0,2}?"
_UNSAID = re.compile(
    rf"{_NOT}(?:abgelehnt|Ablehnung|vertagt|Vertagung|verwiesen|überwiesen|erledigt|zurückgezogen|zurückgestellt)\b",
    re.I,
)
_SAID: Final = {
    Outcome.REJECTED: re.compile(
        r"\babgelehnt\b|\bAblehnung\b|\babzulehnen\b|\blehn(?:t|te|en|ten)\b[^.;]*\bab\b|\bzurückgewiesen\b"
        rf"|{_NOT}(?:zugestimmt|Zustimmung|zu|angenommen|Annahme|beschlossen|stattgegeben|entsprochen|gefolgt|Mehrheit)\b"
        r"|\bMehrheit\s+(?:verfehlt|nicht erreicht)\b|\b(?:einstimmig|einmütig|mehrheitlich)\s+dagegen\b",
        re.I,
    ),
    Outcome.WITHDRAWN: re.compile(
        r"\bzurück(?:gezogen|genommen|zuziehen)\b|\bzieh(?:t|en)\b[^.;]*\bzurück\b|\bzog(?:en)?\b[^.;]*\bzurück\b", re.I
    ),
    Outcome.DEFERRED: re.compile(
        r"\bvertag(?:t|te|en|ten)\b|\bVertagung\b|\bverschoben\b|\bzurück(?:gestellt|zustellen)\b|\bZurückstellung\b"
        r"|\bab(?:gesetzt|zusetzen)\b|\bAbsetzung\b",
        re.I,
    ),
    Outcome.REFERRED: re.compile(
        r"\b(?:ver|über)wie(?:s|sen)\b|\b(?:ver|über)weis(?:t|en)\b|\b(?:Ver|Über)weisung\b"
        r"|^\W*(?:Weitere?\s+)?(?:Weiter)?(?:behandlung|beratung)\s+(?:im|in)\b"
        r"|\bin die (?:Haushalts)?beratung(?:en)?\b",
        re.I,
    ),
    Outcome.SETTLED: re.compile(r"\berledigt\b|\bErledigung\b|\bgegenstandslos\b|\bhinfällig\b", re.I),
    Outcome.NOTED: re.compile(r"\bKenntnis(?:nahme)?\b", re.I),
    Outcome.ADOPTED: re.compile(
        r"\bzugestimmt\b|\bZustimmung\b|\bzuzustimmen\b|\bangenommen\b|\bAnnahme\b|\banzunehmen\b"
        r"|\bstimm(?:t|te|en|ten)\b[^.;]*\bzu\b|\bstattgegeben\b|\bentsprochen\b|\bgebilligt\b|\bgenehmigt\b",
        re.I,
    ),
}
"""In this order: what one has read, "nicht zugestimmt", the next does not read again."""

_CARRIED = re.compile(
    r"\beinstimmig\w*|\beinmütig\w*|\bmehrheitlich\w*|\b(?:Stimmenm|M)ehrheit\b|\bbeschl(?:ossen|ießt|iessen|oss|ießen)\b"
    r"|\b(?:ohne|keine)\s+Gegenstimmen?\b",
    re.I,
)
_CHANGED = re.compile(
    r"\b(?:ab)?geändert\w*|\bveränderte[rnm]\s+(?:Form|Fassung)|\bmit\s+(?:\w+\s+)?Änderung(?:en)?\b", re.I
)
_RECOMMENDS = re.compile(r"\bempf(?:iehlt|ehlen|ohlen|ahl)\w*|\bEmpfehlung\b|\bVotum\b", re.I)
_OF_ANSWER = re.compile(r"\bEinverstanden\b|\bStellungnahme\b|\b[\wäöüß-]*vor(?:lage|schlag)(?:n|s|es)?\b", re.I)
_OF_PROCEDURE = re.compile(
    r"\bAntrag\w*\s+(?:auf|zur|zum)\s+(?:\w+\s+)?(?:Vertagung|Verweisung|Überweisung|Absetzung|Nichtbefassung|Schluss|Ende"
    r"|Geschäftsordnung|Abstimmung|Unterbrechung|Rederecht)|\bGeschäftsordnungsantr[aä]g",
    re.I,
)
_MOTION: Final = (
    r"(?:(?:Änderungs|Ergänzungs|Haushalts|Dringlichkeits|Eil|Prüf|Sach|Haupt|Zusatz|Fraktions)-?)?Antr(?:ag|ags|ages|äge|ägen)"
    r"|Anfragen?|Tagesordnungspunkt(?:s|es)?|Angelegenheit|Beratung|Beschlussfassung"
)
_OF_MOTION = re.compile(
    rf"\b(?:d(?:er|en|em|es|ie)|diese[rnms]?|ihren|seinen)\s+(?:[\wäöüß-]+\s+){{0,2}}?(?:{_MOTION})\b", re.I
)
_BEGINS_A_DRAFT = re.compile(
    r"^\W*(?:\d|(?:Der|Die|Das|Den|Dem|Ein|Eine|Einen|Es|Er|Sie|Herr|Frau|Für)\b)"
    r"|^(?!\W*(?:Antrag|Anfrage|ist|sind|wird|werden|wurde)\b).*?\b(?:ist|sind|wird|werden|wurden?|soll|sollen)\b",
    re.I,
)
"""A number, somebody of whom something is said: all but "Erledigt", "Wird vertagt", "Antrag abgelehnt"."""
_BODY = re.compile(
    r"^(?:Der|Die|Das)\s+(?:[\wäöüß-]*(?:rat|ausschuss|ausschuß|beirat|versammlung|senat|plenum)|BVV)\b[^;.]*?"
    r"\b(?P<does>beschließt|beschloss|stimmt|stimmte|lehnt|lehnte|nimmt|nahm|verweist|verwies|vertagt|vertagte)\b",
    re.I,
)
_MATTER: Final = r"\b(?:Ziffer|Punkt|TOP|Tagesordnungspunkt|[\wäöüß-]*vorlage|[\wäöüß-]*antr[aä]ge?|Anfrage)\b"
_LABEL = re.compile(rf"(?P<label>{_MATTER}(?:(?!{_MATTER})[^:;]){{0,60}}):", re.I)
_SIDE: Final = r"(?P<side>Ja|Nein|dafür|dagegen)"
_COUNT_FIRST = re.compile(rf"\b(?P<count>\d+|keine)\s*(?:x\s*)?{_SIDE}\b", re.I)
_SIDE_FIRST = re.compile(rf"\b{_SIDE}(?:-?stimmen)?\s*[:=]?\s*(?P<count>\d+|keine)\b", re.I)

_OTHERWISE: Final = frozenset({Outcome.WITHDRAWN, Outcome.DEFERRED, Outcome.REFERRED, Outcome.SETTLED})
"""Results that a lost vote turns down: whoever lost "Vertagung: abgelehnt" has not lost the motion."""


def outcome_of(text: str, vote: str, marks: Sequence[str] = ()) -> Outcome:
    """Return what came of a motion.

    Args:
        text: of the decision, white space folded; may be empty.
        vote: as written; may be empty, and may tell of several matters ("Antrag: abgelehnt Vorlage: zugestimmt").
        marks: numbers that tell which of several is the motion's: its own, that of its agenda item.
    """
    said = f"{text}\n{vote}"
    if _RECOMMENDS.search(said) or _OF_PROCEDURE.search(said):
        return Outcome.UNKNOWN
    own = _own(_clauses(vote), marks)
    found = {_joined(text, clause) for _, clause in own}
    if len(found) != 1:
        return Outcome.UNKNOWN
    (outcome,) = found
    told = "\n".join((text if len(text) <= VERDICT_CHARS else "", *(part for clause in own for part in clause)))
    if outcome in (Outcome.ADOPTED, Outcome.REJECTED) and _OF_ANSWER.search(told):
        return Outcome.UNKNOWN  # it may be the administration's paper that was agreed to, or turned down
    return Outcome.AMENDED if outcome is Outcome.ADOPTED and _CHANGED.search(told) else outcome


def is_labelled(vote: str, marks: Sequence[str]) -> bool:
    """Say whether a vote tells what came of the motion by itself: by one of the marks, or as "Antrag: …"."""
    return any(_is_marked(label, marks) or _is_plain(label) for label, _ in _clauses(vote))


def _joined(text: str, vote: str) -> Outcome:
    """Return what a draft and one vote on it come to."""
    voted, told, won = _signs(vote), _told(text), _won(vote)
    if len(voted) > 1 or (len(told) > 1 and not voted):
        return Outcome.UNKNOWN
    if voted:
        (result,) = voted
        doubtful = (result is Outcome.REJECTED and told & _OTHERWISE) or (
            result is Outcome.ADOPTED and (won is False or told - {Outcome.ADOPTED})
        )
        return Outcome.UNKNOWN if doubtful else result
    if told:
        (result,) = told
        if won is False and result is not Outcome.REJECTED:
            return Outcome.REJECTED if result is Outcome.ADOPTED else Outcome.UNKNOWN
        return result
    return Outcome.UNKNOWN if won is None else Outcome.ADOPTED if won else Outcome.REJECTED


def _signs(said: str) -> frozenset[Outcome]:
    """Return the results that words name; taking note counts only where nothing else is decided."""
    left, found = _UNSAID.sub(" ", said), set()
    for outcome, pattern in _SAID.items():
        left, count = pattern.subn(" ", left)
        if count:
            found.add(outcome)
    return frozenset(found if len(found) == 1 else found - {Outcome.NOTED})


def _told(text: str) -> frozenset[Outcome]:
    """Return what the sentences of a decision say of the motion itself."""
    found: set[Outcome] = set()
    for span in sentences(text):
        sentence = span.of(text).strip()
        if _OF_MOTION.search(sentence) and len(sentence) <= VERDICT_CHARS:
            found |= _signs(sentence) or _weakly(sentence)
        elif body := _BODY.match(sentence):
            found |= _done(body["does"].lower(), sentence)
        elif not _BEGINS_A_DRAFT.match(sentence) and len(sentence) <= RESULT_CHARS:
            found |= _signs(sentence) or _weakly(sentence)
    return frozenset(found if len(found) == 1 else found - {Outcome.NOTED})


def _weakly(sentence: str) -> set[Outcome]:
    return {Outcome.ADOPTED} if _CARRIED.search(sentence) else set()


def _done(verb: str, sentence: str) -> set[Outcome]:
    """Return what a body's verb says where the motion is not named: it may turn down what the motion turns down."""
    if verb.startswith("beschl"):
        return {Outcome.ADOPTED}
    signs = _signs(sentence)
    return {*signs} if signs <= {Outcome.ADOPTED, Outcome.NOTED} else {Outcome.UNKNOWN}


def _won(vote: str) -> bool | None:
    """Return whether a vote was won, by its counts, else by its words; None where neither tells."""
    first = re.search(rf"{_SIDE}|\d", vote, re.I)
    pattern = _SIDE_FIRST if first and first["side"] else _COUNT_FIRST
    counts: dict[bool, int] = {}
    for match in pattern.finditer(vote):
        count = 0 if match["count"].lower() == "keine" else int(match["count"])
        counts.setdefault(match["side"].lower() in ("ja", "dafür"), count)
    if len(counts) == 2:
        return None if counts[True] == counts[False] else counts[True] > counts[False]
    return True if _CARRIED.search(vote) else None


def _clauses(vote: str) -> tuple[tuple[str, str], ...]:
    """Return what a vote says of each matter: label and result; one without a label where it tells of one only."""
    labels = list(_LABEL.finditer(vote))
    if not labels:
        return (("", vote),)
    ends = [*(label.start() for label in labels[1:]), len(vote)]
    found = [(label["label"], vote[label.end() : end]) for label, end in zip(labels, ends, strict=True)]
    before = vote[: labels[0].start()]
    if _signs(before) or _won(before) is not None:
        return (("", before), *found)
    return ((f"{before}{found[0][0]}", found[0][1]), *found[1:])


def _own(clauses: Sequence[tuple[str, str]], marks: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what a vote says of the motion: by its number, else of "Antrag", else all."""
    by_number = tuple(clause for clause in clauses if _is_marked(clause[0], marks))
    plain = tuple(clause for clause in clauses if _is_plain(clause[0]))
    return by_number or plain or tuple(clauses)


def _is_marked(label: str, marks: Sequence[str]) -> bool:
    return any(re.search(rf"(?<![\w./]){re.escape(mark)}(?![\w/]|\.\d)", label) for mark in marks)


def _is_plain(label: str) -> bool:
    return label.strip().casefold() == "antrag"
