"""German sentences of council papers: where one ends, and where a full stop ends nothing.

A paper's text is wrapped into lines, holds labels, lists and table rows, and is full of stops that
end no sentence ("Nr. 5", "gem. § 34 Abs. 2", "ca. 3,5 Mio. Euro", "am 3. Mai", "z. B."). So first
blocks are found (paragraphs, list items, table rows), then sentences inside each block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.types import Span

# Abbreviations after which a sentence goes on. Compared in lower case, without the final stop.
_ABBREVIATIONS = frozenset(
    """
    abs abt allg amtl anl anm art aufl az bd begr bes betr bev bgm bzgl bzw ca co d dez dgl dipl div dr e einschl
    engl entspr etc evtl exkl ff fr fa gbl geb gem ges gesch gez ggf ggfs ggü grds h hr hrsg i inkl insb insbes ing
    ivm jun kap kath kfz konst lfd lit lt m max md mdl med min mind mio mrd n nat nr o ö p phil pol prof qm r rd ref
    rn rspr s sen sog spez sr st std stv str t tel tsd teilw tz u ü übers usf usw v verf vgl vorauss voraussichtl
    vors z zeitl zt ziff zit zul zus zzgl zzt abzügl zuzügl ob stellv mgl mtl jährl mitgl drs grdrs pkt tit hd stgt
    mo di mi do sa
    """.split()
)
# Of these, a sentence often ends here too: it does when a typical first word follows.
_MAY_END = frozenset("etc usw usf ff mio mrd tsd co std str mo di mi do fr sa".split())
_PAIR_MAY_END = re.compile(r"(?:e\.\s?V|[uo]\.\s?[äÄ]|[up]\.\s?a|v\.\s?m|s\.\s?[ou]|\d\s?f)$")
_ROMAN = re.compile(r"[IVX]{1,6}")
_STARTERS = frozenset(
    """
    der die das dem den des ein eine einem einen einer im in am an auf aus bei bis da dabei dadurch dafür
    daher damit dann davon dazu dennoch derzeit dies diese dieser dieses durch er es für hierbei hierfür hierzu
    ich ihr mit nach neben nun ob seit sie sind so sofern somit sowohl über um und unter vom von vor wann
    außerdem weiter weitere weiterhin wenn wer wie wir wird wo zu zudem zum zur zurzeit zusätzlich zwar
    """.split()
)
_MONTHS = "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
# What an ordinal counts: behind "2." these go on with the sentence.
_ORDINAL_NOUNS = (
    "Lesung|Sitzung|Plenarsitzung|Ergänzung|Änderung|Änderungssatzung|Nachtrag|Quartal|Halbjahr|Bauabschnitt|BA|"
    "Abschnitt|Stufe|Phase|Klasse|Obergeschoss|OG|UG|Untergeschoss|Etage|Stock|Platz|Rang|Stelle|Fortschreibung|"
    "Auflage|Fassung|Runde|Wahlgang|Satz|Halbsatz|Kind|Bürgermeister|Bürgermeisterin|Beigeordneter|Rate|Tag|"
    "Jahrhundert|Gen|Generation|Jahrestag|Geburtstag|Preis|Stellvertreter|Stellvertreterin|Vorsitzender|Amtszeit|Wahlperiode"
)
_COUNTED = re.compile(r"\d\s+und\s+$")
_BEFORE_ORDINAL = re.compile(
    r"\($|(?:^|[\s(])(?:am|vom|zum|zur|bis|dem|den|der|die|das|im|ab|seit|und|beim)\s+$", re.IGNORECASE
)

_COUNTS = re.compile(rf"\s*\d{{1,2}}\.\s+(?:{_MONTHS}|{_ORDINAL_NOUNS})\b")
_STOP = re.compile(r"[.!?…]+[\"“”«»')\]]*(?=\s|$)")
_LAST_WORD = re.compile(r"([\wäöüß]+(?:\.[\wäöüß]+)*) ?$")
_NEXT_WORD = re.compile(r"\s*[\"„“»«'(\[]*([\wäöüÄÖÜß§]+)")
_ITEM = re.compile(r"\s*(?:[-–—•*▪◦☐☒\uf0b7]\s|\(?\d{1,2}[.)]{1,2}\s+\S|\(?[a-z]\)\s|Zu\s+(?:Frage\s+)?\d{1,2}[.:)])")
_BLANK = re.compile(r"\n[ \t]*\n\s*")
SHORT = 0.75  # of a paragraph's width: had a line been wrapped, so short a next word would still have stood on it
USUAL = 0.8  # quantile of line lengths that tells a paragraph's width
UNWRAPPED = 140  # characters: no page is set that wide, so a line end in such a paragraph is the writer's


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text in order, without the white space around them.

    Together they hold every character that is not white space. A heading, a list item, a table row
    and a label with its value ("Abstimmungsergebnis: einstimmig") count as a sentence.
    """
    found: list[Span] = []
    for block in _blocks(text):
        start = block.start
        for end in (*_ends(text, block), block.end):
            span = _stripped(text, start, end)
            if len(span):
                found.append(span)
            start = end
    return tuple(found)


def _blocks(text: str) -> Iterator[Span]:
    """Yield paragraphs, split further where a line was not wrapped but ended."""
    start = 0
    for blank in (*(m.span() for m in _BLANK.finditer(text)), (len(text), len(text))):
        yield from _lines_that_belong_together(text, Span(start=start, end=blank[0]))
        start = blank[1]


def _lines_that_belong_together(text: str, paragraph: Span) -> Iterator[Span]:
    lines: list[Span] = []
    offset = paragraph.start
    for written in paragraph.of(text).splitlines(keepends=True):
        lines.append(Span(start=offset, end=offset + len(written)))
        offset += len(written)
    width = _width([len(line.of(text).strip()) for line in lines])
    start = paragraph.start
    for line, following in pairwise(lines):
        if _breaks(line.of(text).strip(), following.of(text), width):
            yield Span(start=start, end=line.end)
            start = line.end
    if start < paragraph.end:
        yield Span(start=start, end=paragraph.end)


def _width(lengths: list[int]) -> int:
    """Return how wide a paragraph is set: few lines of wrapped text are longer (a hyphen was joined), many are near."""
    return sorted(lengths)[int(USUAL * (len(lengths) - 1))] if lengths else 0


def _breaks(line: str, following: str, width: int) -> bool:
    """Say whether a new block begins with the following line."""
    if not line:
        return False
    if _ITEM.match(following):
        # "am\n3. Mai" and "§ 4 Abs.\n2. Halbsatz" are wrapped, not items
        goes_on = re.search(r"\b(?:am|vom|zum|zur|bis|den|der|und|oder|Nr\.|Abs\.|§)$", line)
        return not (goes_on or (line.endswith(",") and _COUNTS.match(following)))
    following = following.strip()
    if line.endswith(":"):  # a label keeps its value, but not the next label
        return following.endswith(":")
    if line.endswith((",", "-", "–", "/", "(")):
        return False
    first = following[:1]
    if not (first.isupper() or first.isdigit() or first in '„"§(|'):
        return False
    fitted = len(line) + 1 + len(following.split(" ", 1)[0])
    return width > UNWRAPPED or "\t" in line or "|" in line or fitted < SHORT * max(width, 60)


def _ends(text: str, block: Span) -> Iterator[int]:
    """Yield the offsets inside a block behind which a new sentence begins."""
    for stop in _STOP.finditer(text, block.start, block.end):
        if stop.end() < block.end and _ends_sentence(text, stop.start(), stop.end(), block):
            yield stop.end()


def _ends_sentence(text: str, stop: int, end: int, block: Span) -> bool:
    following = _NEXT_WORD.match(text, end, block.end)
    if following is None:  # a unit ("3,5 Mio. €") or a dash
        return text[end : block.end].lstrip()[:1] not in "€%$=+<>/&"
    word = following.group(1)
    if word[0].islower():
        return False
    if text[stop] != "." or text[stop:end].startswith(".."):
        return True
    before = _LAST_WORD.search(text, max(block.start, stop - 30), stop)
    if before is None:
        return True
    last = before.group(1)
    if last.isdigit():
        return not _is_ordinal(text[max(block.start, before.start() - 12) : before.start()], last, word)
    short = last.rsplit(".", 1)[-1].lower()
    if short.endswith(("str", "pl")) and word.isdigit():  # "Karlstr. 5"
        return False
    if short in _MAY_END or _ROMAN.fullmatch(last) or _letter_may_end(text[max(block.start, stop - 8) : stop]):
        return word.lower() in _STARTERS
    return not (short in _ABBREVIATIONS or (len(short) == 1 and short.isalpha()))


def _letter_may_end(before: str) -> bool:
    """Say whether a letter in front of a stop may close a sentence: "e. V.", "u. ä.", "Plan B."."""
    return bool(_PAIR_MAY_END.search(before) or re.search(r"[a-zäöüß]{2} [A-Z]$", before))


def _is_ordinal(before: str, number: str, following: str) -> bool:
    """Say whether "3." in front of a capitalised word or a number is an ordinal, not the end."""
    if re.fullmatch(r"\d{3}", number):  # "zum 300. Stadtgeburtstag"
        return bool(re.search(r"\bzu[mr]\s+$", before)) and following.lower() not in _STARTERS
    if len(number) > 2 or not number.isdecimal():
        return False
    if re.fullmatch(f"{_MONTHS}|{_ORDINAL_NOUNS}", following):
        return True
    if following.isdigit():  # "3. 5. 2024"
        return bool(re.fullmatch(r"\d{1,4}", following)) and int(number) <= 31
    if _COUNTED.search(before):  # "die Ämter 12 und 20."
        return False
    return bool(_BEFORE_ORDINAL.search(before)) or not before.strip()


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(start=start + min(left, right), end=start + right)
