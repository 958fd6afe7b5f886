"""Numbers of council papers in running text: "GRDrs 9144/2023", "Vorlage Nr.: 2022/0957", "Antrag 264/2022".

Belongs to the shelf: papers and questions are read by the same grammar. Pure text work; which paper a
number leads to is for the index to say. Numbers are counted per kind (9236/2023 may be a Drucksache
and a motion), so every reference says its kind.

The grammar was collected from about 45 Stuttgart and 1,401 Karlsruhe papers. False friends that it must
not take: budget years ("2020/2021", "2022/23"), "24/7", accounts ("784/6"), parcels ("Nr. 1234/5"), law
("(EU) Nr. 2016/679"), "90/GRÜNE".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from ingest.dates import first_date
from ingest.types import Reference, ReferenceKind, Span

FIRST_NUMBER_YEAR = 1970
"""No counted paper is older in the information systems seen (Stuttgart starts 1999, Karlsruhe 2003)."""

_YEAR = r"(?:19[7-9]|20)\d{2}"
_KARLSRUHE = rf"{_YEAR}\s?/\s?\d{{3,4}}(?:\s?/\s?\d{{1,2}})?"
_STUTTGART = rf"\d{{1,4}}\s?/\s?{_YEAR}"
_HYPHENED = rf"(?:{_YEAR}\s?-\s?\d{{4}}|\d{{1,4}}\s?-\s?{_YEAR})"
_BUDGET = rf"(?:DHH|HH|ANT)\s?/\s?{_YEAR}(?:\s?/\s?\d{{1,5}}){{1,2}}"
_NUMBER = rf"(?:{_BUDGET}|{_KARLSRUHE}|{_STUTTGART})"
_LETTERS = r"[A-ZÄÖÜ]{1,5}"
_ROMAN = r"[IVXL]{1,6}"
_MUNICH = r"\d{2}-\d{2}\s?/\s?[A-Z]\s?\d{3,6}"
_LETTERED = (
    rf"(?:{_MUNICH}"  # 20-26 / A 01234
    rf"|{_LETTERS}[-/](?:{_YEAR}[-/]\d{{1,5}}|\d{{1,5}}[-/](?:{_YEAR}|\d{{2}}))"  # VO/2024/123, BV-123/2024
    r"(?:[-/]\d{1,2})?(?:-[A-Z]{1,4})?"
    rf"|(?:{_LETTERS}[-/])?\d{{3,5}}/{_ROMAN}|{_ROMAN}[-/]\d{{3,5}}"  # DS/1234/VI, XIX-2345
    rf"|\d{{2}}/{_LETTERS}/\d{{3,5}}|[A-Z]{{1,2}}\d{{3,5}}/\d{{2}}"  # 24/SVV/0533, V0123/24
    r"|\d{2}/\d{3,5}-[A-Z]{1,4})"  # 24/0123-AT
)
"""Numbers with letters in them, as other cities count: told by their shape alone."""
_COUNTED = (
    rf"(?:{_BUDGET}|{_LETTERED}|(?:[A-ZÄÖÜ]{{1,3}}\s)?(?:{_KARLSRUHE}|{_YEAR}\s?/\s?\d{{2,5}}|{_HYPHENED}|\d{{1,3}}/\d{{3,4}}/{_YEAR}"
    rf"|{_STUTTGART}|\d{{2}}[-/]\d{{3,5}}|\d{{1,5}}/\d{{2}}))"
)
"""Numbers as a head prints them; without a label or a line of its own a number may be anything."""
_VERSION = r"(?:[\s,(]{1,3}(?P<version>Neufassung|\d{1,2}\.\s?(?:Ergänzung|Erg\.)))?"
_ON = r"(?:\s{1,2}\(?(?:vom|v\.)\s{1,2}(?P<on>\d{1,2}\.\s?(?:\d{1,2}\.|[A-Za-zä]{3,9})\s?\d{4}))?"
_NR = r"\s{0,3}(?:-?\s?[Nn]r\b\s?\.?)?\s?:?\s{0,6}"
_END = r"(?![\d/]*\d)(?!\w)"

_REPORT_WORD = (
    r"G(?:emeinde)?R?DRS?(?![a-zäöü])\.?|Gemeinderatsdrucksachen?|(?:Beschluss|Beschluß|Mitteilungs|Informations|Sitzungs)?"
    r"[Vv]orlagen?(?:nummer)?|Drucksachen?(?:nummer)?|DS(?=[\s:])|DRS?\."
)
_MOTION_WORD = (
    r"(?:Haushalts|Änderungs|Ergänzungs|Dringlichkeits|Eil)?-?(?:[Aa]ntr(?:ags?|äge|ägen)|[Aa]nfragen?)(?:nummer)?"
)
_BODY_WORD = (
    r"(?:[A-ZÄÖÜ][\wäöüß-]*ausschu(?:ss|ß)(?:es)?(?:\s+für\s+[A-ZÄÖÜ][^,;:()\n]{2,60}?)?|Gemeinderat(?:e?s)?"
    r"|Ausschuss(?:es)?\s+für\s+[A-ZÄÖÜ][^,;:()\n]{2,60}?|Bezirksbeirat(?:s|es)?\s+[A-ZÄÖÜ][\w-]+)"
)

_NAMED = re.compile(
    rf"(?:(?<!\w)|(?<=Verhandlung)|(?<=VERHANDLUNG))(?:(?P<report>(?i:{_REPORT_WORD}))|(?P<motion>{_MOTION_WORD}))(?:\s?[:(]|-(?=\d))?{_NR}"
    rf"(?P<number>{_BUDGET}|{_LETTERED}|{_NUMBER}|{_HYPHENED}){_END}{_VERSION}{_ON}"
)
_LIST = re.compile(
    rf"\s{{0,2}}(?:,|und|sowie|/|;|&)\s{{1,2}}(?:Nr\.\s?)?(?P<number>{_LETTERED}|{_NUMBER}){_END}{_VERSION}{_ON}"
)
_BARE_LETTERED = re.compile(
    rf"(?<![\w/.,-])(?=[A-ZÄÖÜ]{{1,5}}\d{{0,5}}[-/]|\d{{2,5}}[-/])(?P<number>{_LETTERED}){_END}"
)
_BARE_BUDGET = re.compile(rf"(?<![\w/])(?P<number>{_BUDGET}){_END}")
_BARE_KARLSRUHE = re.compile(rf"(?<![\w/.,-])(?P<number>{_YEAR}/\d{{4}}(?:/\d{{1,2}})?){_END}")
_BARE_ASKED = re.compile(
    rf"(?<![\w/.,-])(?P<number>\d{{3,4}}\s?/\s?{_YEAR}|{_YEAR}\s?/\s?\d{{3,4}}(?:\s?/\s?\d{{1,2}})?){_END}"
)
_BARE_NR = re.compile(rf"(?<![\w])Nr\.\s{{0,2}}(?P<number>{_STUTTGART}){_END}{_VERSION}{_ON}")
_FACTION_GLUED = re.compile(
    rf"(?:(?<=[A-ZÄÖÜa-zäöü])|(?<=GRÜNE )|(?<=GRÜNEN )|(?<=CDU )|(?<=SPD )|(?<=FDP )|(?<=AfD )|(?<=PULS )|(?<=Wähler ))"
    rf"(?P<number>\d{{3,4}}\s?/\s{{0,2}}{_YEAR}){_END}"
)
_PROTOCOL = re.compile(
    rf"(?P<body>{_BODY_WORD})\s+(?:vom|am)\s+(?P<on>\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}})\s?,\s?"
    r"(?:nicht[\s-]?öffentlich|öffentlich)\s?,\s?(?:(?:Niederschrift|Protokoll)\s)?Nr\.\s?(?P<number>\d{1,4}(?:/HH)?)(?![\d/])"
)
_PROTOCOL_NR = re.compile(
    rf"(?:Niederschrift|Protokoll)\s+(?:des\s+|der\s+)?(?:(?P<body>{_BODY_WORD})\s+)?Nr\.\s?(?P<number>\d{{1,4}}(?:/HH)?)(?![\d/])"
)
_NORMAL = re.compile(
    rf"{_BUDGET}{_END}|(?<![\w/-])(?P<lettered>{_LETTERED}){_END}|{_NUMBER}{_END}|{_HYPHENED}{_END}|\b\d{{1,4}}/HH\b"
)
_HEAD_NUMBER = re.compile(rf"(?P<number>{_COUNTED}){_END}")
_PARTED = re.compile(
    r"(?!\d{1,2}\.\d|\d{1,2}/\d{1,2}/\d{4}(?!\d))"
    r"(?P<number>(?=(?:[^\d\s]*\d){4})[A-ZÄÖÜ]{0,5}\d{0,5}(?:[-/][A-ZÄÖÜ\d]{1,6}){1,4}(?:\.\d{1,2}(?![.\d]))?)(?!\w|[-/]\w)"
)
"""Any other number of several parts ("SV-10-0388", "FB3/018/2024", "22-0987.1"), where a number is to be expected."""
_FOREIGN_BEFORE = re.compile(
    r"(?:\((?:EU|EG|EWG)\)|\bEU|\bEG|Verordnung|Richtlinie|Verfahrens?-?|[Gg]rundstücks?|Grundstücken|Fl(?:ur)?st(?:ück|\.))"
    r"[\s\d,./()-]{0,6}(?:Nr\.)?\s{0,2}$"
)


def head_number(text: str) -> str | None:
    """Return the number that a field, or a line of its own, begins with, as printed; None if it begins with none.

    Dates ("12/03/2024") and double budgets ("2024/2025") are none.
    """
    found = [match["number"] for pattern in (_HEAD_NUMBER, _PARTED) if (match := pattern.match(text))]
    number = max(found, key=len, default="")
    return None if len(re.findall(r"\d", number)) < 3 or _is_year_pair(number) else printed(number)


def has_letters(number: str) -> bool:
    """Tell whether a number is told by its shape alone ("VO/2024/123", "XIX-2345"), be it beside a word or not."""
    return re.search(r"[^\W\d_]", number) is not None


def printed(number: str) -> str:
    """Return a number as printed, without blanks around its strokes; Munich's have them ("20-26 / A 01234")."""
    if re.fullmatch(_MUNICH, number):
        return re.sub(r"\s?/\s?([A-Z])\s?", r" / \1 ", number)
    return re.sub(r"\s*([/-])\s*", r"\1", " ".join(number.split()))


def normal_number(text: str) -> str:
    """Return the one form of a paper's number, without words, spaces and leading zeros of counters.

    "GRDrs. 9236 / 2023" and "Nr. 9236-2023" → "9236/2023"; "DHH / 2023 / 1007" → "DHH/2023/1007";
    "2022/957" → "2022/0957", for Karlsruhe counts in four digits; "347/HH" stays. Text without a
    number comes back with its white space folded. Letters that belong to a number stay ("BV/0123/2025").
    """
    folded = " ".join(text.split())
    match = _NORMAL.search(folded)
    if match is None:
        return folded
    if match["lettered"]:
        return printed(match["lettered"])
    number = re.sub(r"\s", "", match.group())
    if re.fullmatch(_HYPHENED, number):
        number = number.replace("-", "/")
    head, _, tail = number.partition("/")
    if head.isdigit() and re.fullmatch(_YEAR, tail) and not re.fullmatch(_YEAR, head):
        return f"{int(head)}/{tail}"
    if re.fullmatch(_YEAR, head):
        counter, slash, part = tail.partition("/")
        return f"{head}/{counter.zfill(4)}{slash}{part}"
    return number


def number_key(text: str) -> str:
    """Return what numbers are compared by: their normal form, in any case ("VA 177" is "va 177")."""
    return normal_number(text).casefold()


def is_paper_number(text: str) -> bool:
    """Return whether `text` is nothing but the number of a paper and no pair of years."""
    stripped = re.sub(r"\s", "", text)
    return re.fullmatch(_NUMBER, stripped) is not None and not _is_year_pair(stripped)


def _is_year_pair(number: str) -> bool:
    """Return whether "2022/2023" is a double budget rather than a paper."""
    head, _, tail = re.sub(r"\s", "", number).replace("-", "/").partition("/")
    head = re.sub(r"\D", "", head)
    if len(head) == 4 and len(tail) == 2 and head.isdigit() and tail.isdigit():
        tail = head[:2] + tail
    if not (head.isdigit() and tail.isdigit() and len(head) == len(tail) == 4):
        return False
    return 0 <= int(tail) - int(head) <= 10 and int(head) >= FIRST_NUMBER_YEAR


def _year_of(number: str) -> int:
    """Return the year that the number counts in; of two candidates the one that can be a year."""
    return max((int(part) for part in re.findall(r"\d{4}", number) if FIRST_NUMBER_YEAR <= int(part) < 2100), default=0)


def _kind_of_budget(number: str) -> ReferenceKind:
    return ReferenceKind.MOTION if number.startswith(("ANT", "DHH", "HH")) else ReferenceKind.UNKNOWN


def asked_references(question: str) -> tuple[Reference, ...]:
    """Return the papers that a question names, in order: also by a bare number ("0264/2022", "2022/957").

    In a paper such a number may count anything ("Seite 264/2022"); in a question it most likely is a paper's, and leads
    nowhere where no paper bears it. Months ("03/2022") are never taken: a bare counter has three digits or more.
    """
    found = list(find_references(question))
    for match in _BARE_ASKED.finditer(question):
        met = any(f.span.start < match.end() and match.start() < f.span.end for f in found)
        if not met and not _is_foreign(match, question):
            found.append(_reference(ReferenceKind.UNKNOWN, match, question))
    return tuple(sorted(found, key=lambda reference: reference.span.start))


def _reference(kind: ReferenceKind, match: re.Match[str], text: str, start: int | None = None) -> Reference:
    groups = match.groupdict()
    begin = match.start() if start is None else start
    end = match.end()
    version = (groups.get("version") or "").replace("Erg.", "Ergänzung")
    return Reference(
        kind=kind,
        number=normal_number(match["number"]),
        label=" ".join(text[begin:end].split()),
        span=Span(start=begin, end=end),
        version=re.sub(r"\.\s?E", ". E", version),
        date=first_date(groups["on"]) if groups.get("on") else None,
    )


def _named(text: str) -> Iterator[Reference]:
    for match in _NAMED.finditer(text):
        number = match["number"]
        if _is_year_pair(number) or (_year_of(number) == 0 and not re.fullmatch(_LETTERED, number)):
            continue
        if match["motion"] and re.match(r"(?:DHH|HH|ANT)", number):
            kind = ReferenceKind.MOTION
        elif match["report"] and number.startswith(("DHH", "HH", "ANT")):
            kind = _kind_of_budget(number)
        else:
            kind = ReferenceKind.REPORT if match["report"] else ReferenceKind.MOTION
        yield _reference(kind, match, text)
        end = match.end()
        while (more := _LIST.match(text, end)) is not None and not _is_year_pair(more["number"]):
            yield _reference(kind, more, text, more.start("number"))
            end = more.end()


def _is_foreign(match: re.Match[str], text: str) -> bool:
    """Return whether the number is a law's, a parcel's, or a pair of years."""
    before = text[max(0, match.start() - 40) : match.start()]
    return _is_year_pair(match["number"]) or _FOREIGN_BEFORE.search(before) is not None


def _bare(text: str) -> Iterator[Reference]:
    for match in _BARE_BUDGET.finditer(text):
        yield _reference(_kind_of_budget(match["number"]), match, text)
    for pattern in (_BARE_LETTERED, _BARE_KARLSRUHE, _BARE_NR):
        for match in pattern.finditer(text):
            if not _is_foreign(match, text):
                yield _reference(ReferenceKind.UNKNOWN, match, text)
    for match in _FACTION_GLUED.finditer(text):
        if not _is_year_pair(match["number"]):
            yield _reference(ReferenceKind.MOTION, match, text)


def _body_name(written: str) -> str:
    """Return the nominative of "Verwaltungsausschusses", "Gemeinderats"."""
    name = " ".join(written.split())
    name = re.sub(r"ausschu(?:ss|ß)(?:es)?\b", "ausschuss", name)
    name = re.sub(r"^Ausschuss(?:es)?\b", "Ausschuss", name)
    return re.sub(r"^(Gemeinderat|Bezirksbeirat)(?:e?s)\b", r"\1", name)


def _protocols(text: str) -> Iterator[Reference]:
    for pattern in (_PROTOCOL, _PROTOCOL_NR):
        for match in pattern.finditer(text):
            body = _body_name(match["body"]) if match["body"] else ""
            if not body and pattern is _PROTOCOL_NR:
                continue  # counted per body: without one the number leads nowhere
            day = first_date(match["on"]) if match.groupdict().get("on") else None
            yield Reference(
                kind=ReferenceKind.PROTOCOL,
                number=f"{body} {match['number']}",
                label=" ".join(match.group().split()),
                span=Span(start=match.start(), end=match.end()),
                date=day,
            )


def find_references(text: str) -> tuple[Reference, ...]:
    """Return every mention of a counted paper, in order, without overlaps.

    A number with a word before it ("Vorlage", "Antrag") beats the same number found bare. The same
    paper mentioned twice is returned twice; spans count characters of `text`.
    """
    if not any(character.isdigit() for character in text):
        return ()
    starts: list[int] = []
    found: list[Reference] = []  # always in order of their spans, which never overlap
    for source in (_protocols(text), _named(text), _bare(text)):
        for reference in source:
            i = bisect_left(starts, reference.span.start)
            meets_next = i < len(found) and found[i].span.start < reference.span.end
            meets_last = i > 0 and found[i - 1].span.end > reference.span.start
            if not meets_next and not meets_last:
                starts.insert(i, reference.span.start)
                found.insert(i, reference)
    return tuple(found)
