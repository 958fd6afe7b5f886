"""What a line says of something else: another session, another paper, a rule, a thing that is not a paper at all.

"In nichtöffentlicher Sitzung vorberaten", "Bekanntgabe nichtöffentlicher Beschlüsse", "§ 35: Die Sitzung ist
nichtöffentlich, wenn …", "nicht öffentlich zugängliche Flächen".
"""

from __future__ import annotations

import re

from ingest.visibility.spelling import NOT_PUBLIC, PUBLIC_STEM, SIGN

PAPER = (
    r"(?:\w*niederschrift|\w*protokoll|\w*vorlage|\w*drucksache|\w*unterlage|\w*anlage|\w*einladung|\w*tagesordnung"
    r"|\w*mitteilung|\w*auszug|\w*bericht|\w*stellungnahme|\w*schreiben|\w*dokument|\w*vermerk|\w*gutachten|\w*antrag"
    r"|\w*anfrage|\w*papier|\w*fassung|\w*beiblatt|\w*exemplar|\w*information|\w*konzept|\w*entwurf|\w*datei|\w*inhalt"
    r"|\w*beschluss|\w*antwort)"
)
MATTER = (
    rf"(?:{PAPER}|\w*sitzung|\w*(?:beratung|behandlung|befassung)|\w*teil|\w*tagung|\w*klausur|\w*besprechung|\w*gespräch|\w*versammlung|\w*anhörung|\w*erörterung|\w*runde|\w*angelegenheit|\w*tagesordnungspunkt|top"
    r"|\w*punkt|\w*ausschuss(?:es)?|\w*sache|\w*verfahren|\w*charakter|\w*status)"
)
"""What may be non-public or confidential in a council: papers, and how they are dealt with; never a playground."""

SHORT = 60
"""A line above that is longer is text, not the first half of a title."""

_ADJECTIVE = rf"(?:{NOT_PUBLIC}|vertraulich\w*)"
_FILLER = (
    r"(?:(?:de[rnms]|die|das|eine[rnms]?|ein|letzten|jüngsten|vergangenen|gestrigen|erneut\w*|bereits|jeweils|\d+\.)"
    r"\s+){0,3}"
)
_IN_A_SESSION = re.compile(
    rf"(?<!\w)(?:in|nach|aus|während|seit|bei|mit|von|gegen|außerhalb|ohne|statt)\s+{_FILLER}{_ADJECTIVE}",
    re.IGNORECASE,
)
_NEEDED = (
    r"(?:(?:(?:ist\s+)?(?:erforderlich|notwendig|nötig|geboten|vorgesehen|geplant|gewünscht|beantragt|vorgeschlagen|empfohlen)"
    r"|(?:gem(?:äß|\.)?|nach|wegen|aufgrund)\s.*|am\s+\d.*)\W*)*"
)
_OF_ITSELF = re.compile(
    rf"^\W*(?:{PAPER}\b[^.]{{0,40}}|zu[rm]?\s+)?(?:(?:zur|für\s+die|für)\s+)?(?:be(?:ratung|handlung|handeln|schlussfassung)|vorlage)\s+"
    rf"(?:zu\s+|nur\s+)?in\s+(?:der\s+)?{_ADJECTIVE}\s*\w*\W*{_NEEDED}$"
    rf"|^\W*(?:\w*auszug|abschrift|ergebnis\w*|\w*beschlüsse|\w*beschluss|anlage\w*|unterlage\w*)\s+aus\s+(?:de[rm]\s+)?{_ADJECTIVE}",
    re.IGNORECASE,
)
"""An extract "aus der nichtöffentlichen Sitzung" is such a paper itself."""
_TO_COME = re.compile(
    r"\b(?:zu\s+(?:beraten|behandeln|beschließen|entscheiden)|(?:wird|werden|soll\w*|muss|ist|sind)\b.*\b(?:beraten|behandelt|behandeln|beschlossen|entschieden|gegeben|erfolgen))\b(?!\s+worden)",
    re.IGNORECASE,
)
"""What lies ahead is said of the paper itself."""
_PREPARED = re.compile(rf"\bzur\s+{_ADJECTIVE}\s+(?:vor)?be(?:handlung|ratung)\s+am\s+\d", re.IGNORECASE)
_DONE = re.compile(
    rf"{_ADJECTIVE}\s+ge\w+te[nrs]?\s+\w|{_ADJECTIVE}(?:\s+sitzung\w*)?\s+(?:(?!zu\b)\w+\s+){{0,2}}?(?:vor)?(?:ge|be|er|dis)(?:fasst|raten|handelt|schlossen|troffen|örtert|kutiert|fallen)"
    r"(?:e[nrs]?)?\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    rf"{_ADJECTIVE}\s+(?:\w*sitzungen|\w*beschlüssen?|\w*vorlagen|\w*unterlagen|\w*beratungen|\w*protokollen?|\w*punkten?"
    r"|\w*niederschriften|\w*anlagen|\w*informationen|\w*daten|\w*dokumenten?|\w*papieren?|\w*inhalten?|\w*themen)\b",
    re.IGNORECASE,
)
"""Many of them are a topic; a paper is one."""
_USED = re.compile(
    rf"{_ADJECTIVE}\s+(?:zugänglich|bekannt(?!gabe|machung)|gewidmet|einsehbar|nutzbar|genutzt|gefördert|betretbar|ausgeschrieben|erreichbar"
    r"|nachvollziehbar|befahr|gemacht|ausgelegt|aus(?:gehängt|liegend)|angekündigt|verfügbar)\w*",
    re.IGNORECASE,
)
_NOUN_BEHIND = re.compile(rf"(?i:{_ADJECTIVE})\s+(?P<noun>[A-ZÄÖÜ][\w-]*)")
_THING = re.compile(
    r"(?:\w*(?:geburt|spurensicherung|stellen?|träger\w*|lade\w+|flächen?|straßen?|wege?|verkehr\w*|pl[aä]tze?n?|spiel\w+|parkh\w+"
    r"|schulen?|einrichtung(?:en)?|r[aä]um(?:e|en)?|grün\w+|gebäude|toiletten?|netze?|bereiche?|ausschreibung(?:en)?|vergaben?"
    r"|veranstaltung(?:en)?|\w*überwachung\w*|hinweise?n?|wahl(?:en)?|proben?|bahn(?:en)?|geber|gewässer|unternehmen|stiftung(?:en)?|hilfe|meldung(?:en)?"
    r"|\w{4,}anlagen|angebotseröffnung|submission|bus\w*|fonds|banken|hand|bücherei\w*|archive?))",
    re.IGNORECASE,
)
"""What is not public, or confided, without being a paper: places, ways, services, offices, calls for tenders."""
_INFLECTED = re.compile(r"(?:lich|tl)(?:e[nrms]?)$", re.IGNORECASE)
_VOTE = re.compile(r"\b(?:wahl\w*|wahlen|\w*abstimm\w*|\w*gestimmt|gewählt|stimmzettel\w*)\b", re.IGNORECASE)
_RULE = re.compile(
    r"^\W*(?:§|Art(?:ikel)?\.?\s*\d|\(\d+\w?\)|Abs(?:atz)?\.?\s*\d)|\b(?:wenn|soweit|sofern|falls|in\s+der\s+regel|grundsätzlich)\b"
    r"|\b(?:geschäftsordnung|hauptsatzung|sitzungen\s+(?:sind|werden)|informationsfreiheit\w*|transparenz\w*)\b",
    re.IGNORECASE,
)
_EITHER = re.compile(rf"{PUBLIC_STEM}ich\w*\s+(?:oder|bzw\.?|wie(?:\s+auch)?)\s+{_ADJECTIVE}", re.IGNORECASE)
_COUNTED = re.compile(rf"{_ADJECTIVE}\s+\w+en\s*:\s*\d+\s*$", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:warum|wieso|weshalb|wer|was|welche\w*|wie|wann|wo)\b.*\?\W*$", re.IGNORECASE)
_EARLIER = re.compile(rf"(?<!\w)(?:nach|aus|vor|seit|während)\s+{_FILLER}{_ADJECTIVE}", re.IGNORECASE)
_NEXT = re.compile(
    r"\b(?:im\s+anschluss|anschließend|danach|zuvor|vorher|es\s+folgt|schließ(?:en|t)\s+sich|beginnt\s+(?:um|gegen)|verzicht\s+auf|anstelle|statt)\b",
    re.IGNORECASE,
)
_ANNOUNCED = re.compile(
    r"^\W*(?:öffentliche\s+)?(?:bekannt(?:gabe|machung)\w*|veröffentlichung|freigabe|aufhebung)\b|[-:]\s+bekanntgabe\W*$",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(?:anonym|kosten(?:los|frei)|diskret|unverbindlich)\w*(?:,|\s+und)\s+(?:streng\s+)?vertraulich", re.IGNORECASE
)
_BEFORE = re.compile(
    r"^\W*(?:\w+:\s*)?(?:vorberat\w*|bisherige\s+beratung\w*|vorangegangene\s+beratung\w*)\b", re.IGNORECASE
)
_BECOMING = re.compile(
    r"\bnicht[\W_]?öffentlichkeit\b|\b(?:aufgehoben|herstell|wechsel|übergeh|ausschließ(?!lich)|auszuschließ)\w*",
    re.IGNORECASE,
)

_ANNEX = re.compile(r"^\W*(?:die\s+)?(?:\d+[.)]?\s*)?(?:anlagen?|anhang|anhänge|beilagen?)(?![^\W_])", re.IGNORECASE)
_ANNEXES = re.compile(
    r"^\W*(?:die\s+)?(?:anlagen|anhänge|beilagen)(?![^\W_])|^\W*(?:die\s+)?\w+(?:\s+\w+)?\s+(?:ist|wird)\b",
    re.IGNORECASE,
)
"""Several of them, or a sentence about one; "Anlage 2 – nichtöffentlich –" stands on the annex itself."""
_NORTHEAST = re.compile(r"\bnord(?:ö|oe|o)st|\bnieder(?:ö|oe)sterreich", re.IGNORECASE)
"""What NÖ stands for where it is explained."""


def is_mention(text: str, before: str = "") -> bool:
    """Tell whether the sign of confidentiality in a line is said of something else than the paper.

    Args:
        text: the line, as `spelling.spelled` gives it.
        before: the line above, whose end may govern this one ("… in / nichtöffentlicher Sitzung").
    """
    if _OF_ITSELF.search(text) or (len(before) < SHORT and _OF_ITSELF.search(f"{before} {text}")):
        return False
    joined = f"{before[-40:]} {text}"
    if (_IN_A_SESSION.search(text) or _ends_in_preposition(before, text)) and not _TO_COME.search(text):
        return True
    if (
        _BEFORE.search(text)
        or _SERVICE.search(text)
        or _PREPARED.search(text)
        or _DONE.search(text)
        or _USED.search(joined)
        or _ANNOUNCED.search(text)
    ):
        return True
    if _NEXT.search(text) or _EITHER.search(text) or _COUNTED.search(text) or _ASKED.search(text):
        return True
    if _BECOMING.search(text) and not re.match(r"\W*\w+(?:\s+der\s+\w+)?\s*:", text):
        return True
    if is_annex(text) and (is_annex(before) or _ANNEXES.match(text)):
        return True
    if _NORTHEAST.search(text) and not re.search(_ADJECTIVE, text, re.IGNORECASE):
        return True
    return bool(_VOTE.search(text) and "geheim" in text.lower()) or _is_other_thing(text)


def is_annex(text: str) -> bool:
    """Tell whether a line speaks of the papers that are attached: "Anlage 2: Kaufvertrag (nichtöffentlich)"."""
    return bool(_ANNEX.match(text))


def is_rule(text: str) -> bool:
    """Tell whether a line quotes a rule of procedure or speaks of how a council should work."""
    return bool(_RULE.search(text))


def is_earlier(text: str) -> bool:
    """Tell whether a sentence names an earlier non-public session: "nach der nichtöffentlichen Vorberatung"."""
    return bool(_EARLIER.search(text))


def is_numbered_rule(text: str) -> bool:
    """Tell whether a line begins as a paragraph of a rule does: "§ 5 Nichtöffentliche Sitzung"."""
    return bool(re.match(r"\W*§\s*\d+\w?\b(?!\s*(?:Abs|Satz|S\.))", text))


def is_topic(text: str) -> bool:
    """Tell whether a line speaks of confidential things in the plural, as titles of motions do."""
    return bool(_MANY.search(text))


def _ends_in_preposition(before: str, text: str) -> bool:
    return bool(
        re.search(
            r"(?<!\w)(?:in|nach|aus|während|seit|bei|von)(?:\s+(?:der|den|dem|einer|letzten))*\s*$",
            before,
            re.IGNORECASE,
        )
        and SIGN.match(text.lstrip(" *#-–"))
    )


def _is_other_thing(text: str) -> bool:
    """Tell whether what is non-public is a place, a body of law, a birth: nothing that a council reads.

    At the beginning of a line only things that are known as such are let pass; within a title all that no council has.
    """
    for sign in _NOUN_BEHIND.finditer(text):
        adjective, noun = text[sign.start() : sign.start("noun")].strip(), sign["noun"].strip("-")
        if not _INFLECTED.search(adjective):
            continue
        if _THING.fullmatch(noun) or (adjective.lower().startswith("vertr") and noun.lower() == "beratung"):
            return True
        if re.search(r"\w", text[: sign.start()]) and not re.fullmatch(
            rf"{MATTER}(?:e?[ns]|e|en)?", noun, re.IGNORECASE
        ):
            return True
    return False
