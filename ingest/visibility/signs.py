"""One line of a paper: does it say of the paper itself that it is confidential?

A banner ("– NICHTÖFFENTLICH –"), a field, a title ("Niederschrift über die nichtöffentliche Sitzung"), an abbreviation
beside a number ("2025/0112 (NÖ)"), a ticked box, or a sentence about the paper ("Diese Vorlage ist vertraulich").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from ingest.visibility.choices import NEAR, Choice, is_only_choice, visibility_choice
from ingest.visibility.consulting import names_a_public_session
from ingest.visibility.fields import Said, field_says, is_labelled_choice
from ingest.visibility.mentions import (
    MATTER,
    PAPER,
    is_annex,
    is_earlier,
    is_mention,
    is_numbered_rule,
    is_rule,
    is_topic,
)
from ingest.visibility.spelling import ABBREVIATED, INTERNAL, NOT_PUBLIC, SIGN


class Zone(StrEnum):
    """Where a line stands; it says how much a line must say to count.

    `HEAD`: the first lines; `EDGE`: first and last lines of a page, where text may run on; `RUNNING`: what a reader
    knows to be a page header or footer; `NAME`: a title or a file's name; `BODY`: anywhere else.
    """

    HEAD = "head"
    EDGE = "edge"
    RUNNING = "running"
    NAME = "name"
    BODY = "body"


_FAR = " " * 2 * NEAR
"""Between lines: a tick belongs to a word of its own line."""
SENTENCE_WORDS = 5
"""What ends in a full stop and has so many words is a sentence, unless it begins with the sign."""
MOST_WORDS = 14
"""Longer lines of a head are sentences."""
LONG_LINE = 60
"""Set lines of A4 papers have 75 to 100 characters; a line of this length may run on into the next."""

_PARTS = re.compile(r"\s{3,}|\s*[|·•\t;]\s*|\s+[-/]{1,3}\s+|,\s+|\s*[:]\s+")
_ASIDE = re.compile(r"\s{3,}|\s*[|·•\t]\s*|\s+[-/]{1,3}\s+")
"""Bars and dashes part what is said from what else stands in the line."""
_FILLER = re.compile(
    rf"\b(?:streng|persönlich|dienstlich|amtlich|sperrvermerk|und|nur|für|de[rsnm]|die|das|ein|eine|mitglieder|rat(?:es)?|stadt|gemeinde|{MATTER}|sitzungen|unterlagen|anlagen"
    r"|vorlagen|angelegenheiten|tagesordnungspunkte|punkte|protokolle|niederschriften|beschlüsse|ordner|papiere|dokumente"
    r"|nr|zu|zur|nicht|achtung|hinweis|wichtig|bitte|beachten|wahren|einhalten|behandeln|beraten|behandlung|gemäß|gem|nach|abs|satz|art|go|gemo|gov?|hgo|kv|kvg|nkomvg|bestimmt|ist"
    r"|öffentlich(?:e[rns]?)?|oeffentlich(?:e[rns]?)?|seite|blatt|von|exemplar|stempel|vermerk|kategorie|stufe|kopie|original|entwurf|gebrauch|i{1,3}|iv|v|[a-h]|teil|dienstgebrauch)\b"
    r"|§+|\d+",
    re.IGNORECASE,
)
_BY_LAW = re.compile(r"\b(?:gem(?:äß|\.)?|nach|i\.?\s?v\.?\s?m\.?|lt\.)\s*(?:§+|art(?:ikel|\.)?)\s*\d.*", re.IGNORECASE)
_COMPOUND = re.compile(
    rf"(?:{NOT_PUBLIC}|(?<![^\W_])vertraulich\w*|(?<![^\W_])(?-i:NÖ|N\.Ö\.))[\s-]+(?:\w+(?:isches|ische[rn]?|es|e|er)\s+)?{MATTER}(?:e[ns]?|s|en)?\b",
    re.IGNORECASE,
)
_FOR_KNOWLEDGE = re.compile(
    rf"^\W*zu[rm]?\s+(?:streng\s+)?(?:{NOT_PUBLIC}|vertraulich\w*)\s+(?:kenntnis\w*|verwendung|einsicht\w*|unterrichtung)",
    re.IGNORECASE,
)
_SELF = re.compile(
    rf"(?:\b(?:diese[rs]?|vorliegende\w*|beigefügte\w*|anliegende\w*)\s+(?:\w+\s+)?{MATTER}(?:e?[ns])?\b"
    rf"|(?:^|:)\W*(?:die|der|das)\s+{MATTER}(?:e?[ns])?\b(?:\s+(?:de[rs]|dieser)\s+\w+)?)"
    r"\s+(?:\w+\s+){0,6}?(?:ist|sind|wird|werden|unterlieg\w+|darf|dürfen|gilt|gelten|enthält|enthalten|findet|bleibt|trägt|erfolgt)\b",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    r"^\W*(?:wird|werden|ist|sind|soll\w*|muss|müssen|zu|nur)\b(?!.*\bworden\b)|\b(?:erforderlich|notwendig|geboten)\W*$",
    re.IGNORECASE,
)
"""A sentence without its subject, the paper: "wird nichtöffentlich beraten"."""
_ORDER = re.compile(
    r"\b(?:bitte|wir\s+bitten|ich\s+bitte|es\s+wird\s+gebeten|um)\b[^.]{0,40}\bvertraulich\w*|\bvertraulich\w*\s+(?:zu\s+behandeln|behandeln|zu\s+halten)\b"
    r"|\bes\s+gilt\s+(?:die\s+)?(?:verschwiegenheit|geheimhaltung|vertraulichkeit)"
    r"|\bvertraulichkeit\s+(?:wird\s+)?(?:gebeten|bewahren|zu\s+wahren)",
    re.IGNORECASE,
)
_INVITES = re.compile(
    rf"\b(?:lade[nt]?|ein(?:zu)?laden|eingeladen)\b.*?\bzu[rm]?\s+(?:\w+\s+)?(?:{SIGN.pattern})", re.IGNORECASE
)
_FORBIDDEN = re.compile(
    r"\b(?:darf|dürfen|ist|sind)\s+nicht\s+(?:zu\s+|zur\s+)?(?:veröffentlich\w+|weiter(?:zu)?geg?e?b\w+|an\s+(?:dritte|die\s+presse)\b)",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"\W*(?:{SIGN.pattern})", re.IGNORECASE)
_MARK = re.compile(
    r"(?:^|[\s(/|-])(?:nö|n\.\s?ö\.)\W*$|\btop\s+\d+\w?\.?\s+nö(?!\w)|\b(?:top|punkt|tagesordnungspunkt)\W{1,3}(?-i:N)[\s.-]*\d"
    rf"|(?<!\w)nö\.?[\s-]+{MATTER}\b|\b{PAPER}\b.*\s-\s*(?-i:N)\s*-\s*$",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:wurden?|worden|war(?:en)?|hat|haben|hatten?)\b", re.IGNORECASE)
_SECRECY = re.compile(r"\b(?:\w*verschwiegenheit\w*|schweigepflicht|geheimhaltung\w*|vertraulichkeit)\b", re.IGNORECASE)
_SELF_NAMED = re.compile(r"\b(?:diese[rs]?|vorliegende\w*)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:ist|sind|war|waren|wird|werden|wurde|wurden|worden|hat|haben|hatte|soll|sollen|sollte|kann|können|darf|dürfen|muss|müssen|bittet|bitten"
    r"|beantragt|beantragen|berichtet|informiert|tagt|tagen|berät|beschließt|empfiehlt|fordert|fordern|stellt|gibt|geht|macht|schließt|eröffnet|weist|teilt|regelt)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:teil\w*|sitzung\w*|tagesordnung\w*|\w*angelegenheiten|\w*punkte|beratung\w*|niederschrift|protokoll)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"nicht[\W_]{0,3}(?:ö|oe|o)ff|keine?|vertraulich|geheim", re.IGNORECASE)
"""What may be said of many things; all other words of confidentiality are said of papers alone."""
_ABBREVIATION = re.compile(ABBREVIATED)
_NUMBERED = re.compile(rf"\d|\b(?:top|nr|vorlage|drucksache|drs|bv|sv|mv|{PAPER})\b", re.IGNORECASE)


def says_confidential(lines: Sequence[str], i: int, zone: Zone, rows: frozenset[int] = frozenset()) -> bool:
    """Tell whether a line says of its paper that it is confidential.

    Args:
        lines: around it, as `spelling.spelled` gives them, inner blanks kept.
        i: its 0-based number.
        zone: where it stands.
        rows: numbers of the lines that belong to a Beratungsfolge.
    """
    text = lines[i].strip()
    choice = None if is_labelled_choice(text) else _choice(lines, i)
    if choice is not None:
        return choice in (Choice.SECOND, Choice.BOTH, Choice.UNCLEAR) and zone is not Zone.BODY and i not in rows
    if zone is Zone.BODY and len(text) > LONG_LINE:
        return False
    if zone in (Zone.HEAD, Zone.RUNNING) and not (i in rows and names_a_public_session(lines, rows)):
        said = field_says(text, lines[i + 1] if i + 1 < len(lines) else "")
        if said is not None:
            return said is Said.NONPUBLIC
    if i in rows:
        return False
    if not SIGN.search(text) and not _SECRECY.search(text) and not _FORBIDDEN.search(text):
        return zone in (Zone.HEAD, Zone.RUNNING, Zone.EDGE) and (_is_alone(INTERNAL, text) or _is_marked(text))
    before = lines[i - 1].strip() if i else ""
    if _is_self_sentence(text, before):
        return zone is not Zone.BODY
    if zone is not Zone.BODY and any(_is_alone(SIGN, part) for part in _ASIDE.split(text)[1:]):
        return True
    if _FOR_KNOWLEDGE.match(text):
        return zone is not Zone.BODY
    if is_mention(text, before) or is_numbered_rule(text) or _runs_on(text, before):
        return False
    if (is_rule(text) and _VERB.search(text)) or (is_topic(text) and not _LEADING.match(text)):
        return False
    if is_banner(text):
        return zone is not Zone.BODY or _heads_a_part(text)
    if zone is Zone.BODY or (is_topic(text) and not _LEADING.match(text)):
        return False
    if zone is not Zone.EDGE and SIGN.search(text):
        return not (is_rule(text) and _VERB.search(text)) and not _PAST.search(f"{before} {text}")
    return not is_rule(text) and not _is_prose(text, before) and _is_title(text, zone)


def is_banner(text: str) -> bool:
    """Tell whether a line, or one of its parts between bars and dashes, says nothing else than "not public"."""
    return _is_alone(_SECRECY, text) or any(_is_alone(SIGN, part) for part in (text, *_PARTS.split(text)))


def _is_alone(pattern: re.Pattern[str], text: str) -> bool:
    if not pattern.search(text):
        return False
    if pattern is INTERNAL:
        return bool(INTERNAL.fullmatch(text.strip(" *_#-–!.()[]|")))
    rest = _FILLER.sub(" ", _BY_LAW.sub(" ", pattern.sub(" ", text)))
    return not re.search(r"\w", rest.replace("_", " "))


def _choice(lines: Sequence[str], i: int) -> Choice | None:
    """Read a line of choices; a choice set in several lines is read at the first line that is a word to choose."""
    text = lines[i]
    if not is_only_choice(text):
        return visibility_choice(text)
    first, last = i, i
    while first and is_only_choice(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and is_only_choice(lines[last + 1]):
        last += 1
    if first == last:
        return visibility_choice(text) if visibility_choice(text) else _in_a_column(lines, i)
    return visibility_choice(_FAR.join(line.strip() for line in lines[first : last + 1]))


def _in_a_column(lines: Sequence[str], i: int) -> Choice | None:
    """Return `UNTICKED` for a bare "nichtöffentlich" that stands in a column with a bare "öffentlich"."""
    around = (*lines[max(0, i - 3) : i], *lines[i + 1 : i + 4])
    if re.fullmatch(r"\W*n\.?ö\W*", lines[i], re.IGNORECASE):
        return Choice.UNTICKED if any(re.search(r"\bö\b", line, re.IGNORECASE) for line in around) else Choice.SECOND
    is_open = any(re.fullmatch(r"\W*(?:ö|oe)ffentlich\W*", line, re.IGNORECASE) for line in around)
    return Choice.UNTICKED if is_open and lines[i].strip(" .-").islower() else None


def _is_self_sentence(text: str, before: str) -> bool:
    """Tell whether a sentence says of its own paper that it is confidential; a rule with its conditions does not."""
    if is_annex(text) and not _SELF_NAMED.search(text):
        return False
    if (
        _SELF.search(text)
        and not is_earlier(text)
        and (SIGN.search(text) or _FORBIDDEN.search(text) or _SECRECY.search(text))
    ):
        return bool(_SELF_NAMED.search(text)) or not is_rule(text)
    if _ELLIPSIS.search(text) and SIGN.search(text) and not _runs_on(text, before):
        return not is_rule(text) and not is_earlier(text)
    return bool(_ORDER.search(text) or _INVITES.search(text)) and not is_rule(text)


def _is_prose(text: str, before: str) -> bool:
    words = len(re.findall(r"\w+", text))
    ends = text.endswith(".") and words >= SENTENCE_WORDS and not _LEADING.match(text)
    return bool(_VERB.search(text)) or words > 2 * MOST_WORDS or ends


def _runs_on(text: str, before: str) -> bool:
    """Tell whether a line goes on with a sentence of the line above."""
    if text[:1].islower() and text.endswith(".") and _VERB.search(before) and before[-1:] not in ".:;!?":
        return True
    return len(before) >= LONG_LINE and before[-1:] not in ".:;!?)" and (text[:1].islower() or text.endswith("."))


def _is_title(text: str, zone: Zone) -> bool:
    """Tell whether a line that is no sentence speaks of a confidential paper, session or number."""
    if _ABBREVIATION.search(text):
        return zone is Zone.NAME or bool(_NUMBERED.search(text)) or len(re.findall(r"\w+", text)) <= MOST_WORDS
    if _COMPOUND.search(text) or re.search(rf"\b{MATTER}\b.{{0,90}}?(?:{SIGN.pattern})", text, re.IGNORECASE):
        return True
    sign = SIGN.search(text)
    if sign is None:
        return False
    if not _PLAIN.match(sign.group()):
        return True
    behind = text[sign.end() :].lstrip(" -–:.,)")
    return sign.start() <= 3 or behind == "" or not behind[0].islower()


def _is_marked(text: str) -> bool:
    """Tell whether a short line ends in a mark of its own: "Beschlussvorlage / nö", "Vorlage 12 - N -"."""
    if len(text) > LONG_LINE or text.strip(" -").lower() in ("nö", "n.ö."):
        return False
    parts = [part.strip(" ()[]").lower() for part in re.split(r"[()\[\]]|" + _PARTS.pattern, text)]
    is_one_of_two = "ö" in parts or re.search(r"(?<![^\W_])ö(?![^\W_])", text, re.IGNORECASE)
    return bool(_MARK.search(text)) or ("nö" in parts and not is_one_of_two and not is_mention(text))


def _heads_a_part(text: str) -> bool:
    """Tell whether a banner within the text is the heading of a part: it names one, or stands in capitals."""
    letters = re.sub(r"[\W\d_]", "", text)
    return bool(_PART.search(text)) or letters.isupper() or bool(re.match(r"\s*(?:[IVX]+|[A-H]|\d+)[.)]", text))
