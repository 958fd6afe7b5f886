"""Repair extracted text and keep account of where every character stood.

Each step is a small pure function from a text to edits; `_Draft` applies them and composes the
offset maps (the idea of eyecite's `SpanUpdater`), so that a quote of the clean text can be shown on
its page. Pages of a source are joined by a form feed. This module knows nothing of council papers.

Kept on purpose: U+FFFD (dropping it would hide damage), inner runs of blanks (they separate
columns), and the first of a row of equal running heads (a letterhead says who writes).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from ingest.types import Cleaned, OffsetMap, Span

LOW_QUALITY = 0.7
"""Below this a page is hardly readable. Measured on the 2,887 pages with at least 200 characters of the
1,401 Karlsruhe papers: 99.5 % reach 0.83; the same pages with shifted letters (a broken font table) stay
below 0.01 in 99 % of cases, and have a median of 0.70 with every third letter misread."""

Edit = tuple[int, int, str]
"""Replace the characters [start, end) by a string; edits of one step ascend and do not overlap."""

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\r\x0b\x1c-\x1e\x85\u2028\u2029"
_INVISIBLE = "\x00\x01\x03-\x08\x0e-\x1b\x1f\x7f\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
# PDFium writes U+FFFE or \x02 where a line ended in a hyphen, and joins the lines.
_ODD = re.compile(
    f"[{_SPACES}{_LINE_ENDS}{_INVISIBLE}\u00ad\ufffe\x02{''.join(_LIGATURES)}]",
)
_ODD_SPACE = re.compile(f"[{_SPACES}]")
_ODD_LINE_END = re.compile(f"[{_LINE_ENDS}]")
_AT_LINE_END = re.compile(r"[ \t]*[\r\n\f]")
_CLUSTER = re.compile(r"[\s\S][^\x00-\u02ff]+")
_LAST_BLANK = re.compile(r"[ \t](?=[\n\f]|\Z)")
_NOISE = re.compile(
    r"(?:^|(?<=\f))[ \t]*(?:Gedruckt\s+auf\s+100\s+(?:Prozent|%)\s+Recyclingpapier\.?|\[?(?:zum\s+)?Seitenanfang\]?)"
    r"[ \t]*(?:\n|(?=\f)|\Z)",
    re.MULTILINE | re.IGNORECASE,
)
_HYPHEN = re.compile(r"[-‐]\n(?<=[^\W\d_][-‐]\n)[ \t]*(?=([^\W\d_]+))")
_KEEPS_HYPHEN = frozenset({"und", "oder", "bzw", "sowie", "beziehungsweise", "u"})
_VISIBLE = re.compile(r"\S")
_LINE = re.compile(r"[^\n\f]*\S[^\n\f]*")
_BETWEEN = re.compile(r"\n*(.*\S)\s*", re.DOTALL)
_BLANK_LINES = re.compile(r"\n{4,}")

_SAID_PAGE = r"(?:Seite|Blatt)[ \t]{0,3}\d{1,4}(?:[ \t]?(?:von|/)[ \t]?\d{1,4})?"
_PAGE_MARK = re.compile(
    rf"[ \t]*(?:[–—-][ \t]?\d{{1,4}}[ \t]?[–—-]|{_SAID_PAGE}(?:[ \t]+{_SAID_PAGE})*|[_=–—-]{{5,}})[ \t]*", re.IGNORECASE
)
_PAGE_MARK_AT_END = re.compile(rf"(?<=\S)(?:[ \t]{{3,}}{_SAID_PAGE})+[ \t]*\Z")
_HEAD_LINES = 4
"""How many lines from a page's edge may be running heads (letterheads of the Karlsruhe papers have up to three)."""
_EDGE_LINES = 12
"""How far from a page's edge heads and marks are looked for at all."""
_MOST_ROUNDS = 10
"""Real papers are done after two; the bound keeps a file of a million page marks from taking for ever."""
_LONG_LINE = 60
"""A line of at least this many characters without a full stop runs on (set lines of A4 papers have 75 to 100)."""
_NARROW_LINE = 30
_FULL_LINE = 0.75
"""So does one of a column, if it has at least so many characters and is nearly as long as its page's longest."""
_SENTENCE_END = re.compile(r"[.!?:;…][\"“”»)\]]*\Z")
_LIST_START = re.compile(r"[ \t]*(?:[(]?\d{1,3}[.)]|[(]?[a-z][)]|[-–•*§]|TOP\b)")


def clean(source: str) -> Cleaned:
    """Return the repaired text with its map to `source`.

    Cleaning what is clean changes nothing. The map is monotone, and each character kept equals the
    one it maps to but for NFC, ligatures and white space.

    Args:
        source: pages as their reader gave them, joined by form feeds. NFC, as readers give it; of a
            decomposed letter the map names the base letter's place.
    """
    draft = _Draft(source)
    draft.apply(_odd_characters(draft.text))
    draft.apply(_composed(draft.text))
    for _ in range(_MOST_ROUNDS):  # a join may make a line that is itself a page mark
        before = draft.text
        for step in _LINE_STEPS:
            draft.apply(step(draft.text))
        if draft.text == before:
            break
    return Cleaned(
        text=draft.text,
        offsets=OffsetMap(cleaned=tuple(draft.cleaned), source=tuple(draft.source), source_length=len(source)),
    )


def cuts(cleaned: Cleaned, source: str) -> tuple[int, ...]:
    """Return ascending offsets of the clean text at which words of the source were left out.

    A running head, page mark or imprint stood there; a quote that spans such an offset is not
    verbatim. The offset is that of the first character after the gap and may lie inside a word
    that was hyphenated over two pages. Neither 0 nor the end of the text is ever among them.
    """
    offsets = cleaned.offsets
    found = []
    for i in range(1, len(offsets.cleaned)):
        at = offsets.cleaned[i]
        gap = source[offsets.offset(at - 1) + 1 : offsets.source[i]]
        if at < len(cleaned.text) and any(c.isalnum() or c in "_=–—" for c in gap):
            found.append(at)
    return tuple(found)


def page_quality(text: str) -> float:
    """Return how much a page reads like German text: 0 (not at all, or empty) to 1.

    The share of visible characters that belong to ordinary writing, times the share of letters in
    words that look German: a vowel in them, no run of six consonants, no capital after a small
    letter. Single letters count against it (a drawing's labels, letters set apart). From 100 letters on
    the letters must also be about as frequent as in German, which a broken font table shows at once.
    Pages of figures without any word get 0.5 at most. See `LOW_QUALITY` for the bar.
    """
    visible = _SPACE.sub("", text)
    if not visible:
        return 0.0
    ordinary = 1 - len(_STRANGE.findall(visible)) / len(visible)
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    if not letters:
        return round(0.5 * ordinary, 4)
    likely = sum(len(word) for word in words if len(word) > 1 and not _UNLIKELY_WORD.search(word))
    usual = _letters_as_in_german(visible) if letters >= _ENOUGH_LETTERS else 1.0
    return round(ordinary * ordinary * usual * likely / letters, 4)


def _letters_as_in_german(text: str) -> float:
    """Return 1 for German letter frequencies, falling to 0; from the cosine of both vectors."""
    text = text.lower()
    counts = [text.count(letter) for letter in _FREQUENCIES]
    length = math.hypot(*counts)
    if not length:
        return 0.0
    product = sum(count * share for count, share in zip(counts, _FREQUENCIES.values(), strict=True))
    return min(1.0, max(0.0, (product / length / math.hypot(*_FREQUENCIES.values()) - 0.5) / 0.4))


_ENOUGH_LETTERS = 100
"""Fewer letters say too little about how frequent each is."""
_FREQUENCIES = {
    "e": 17.40, "n": 9.78, "i": 7.55, "s": 7.27, "r": 7.00, "a": 6.51, "t": 6.15, "d": 5.08, "h": 4.76,
    "u": 4.35, "l": 3.44, "c": 3.06, "g": 3.01, "m": 2.53, "o": 2.51, "b": 1.89, "w": 1.89, "f": 1.66,
    "k": 1.21, "z": 1.13, "p": 0.79, "v": 0.67, "j": 0.27, "y": 0.04, "x": 0.03, "q": 0.02,
}  # fmt: skip
"""Per cent of letters in German text (A. Beutelspacher, Kryptologie, table 1.1)."""
_SPACE = re.compile(r"\s+")
_STRANGE = re.compile(r"[^\w.,;:!?()\[\]{}/%&§€+*=<>|°²³„“”\"'‚‘’»«›‹–—‐•☐☒☑_#@…-]|[\ufffd\ue000-\uf8ff]")
_WORD = re.compile(r"[^\W\d_]+")
_CONSONANT = "[b-df-hj-np-tv-xzß]"
_UNLIKELY_WORD = re.compile(
    rf"(?i:^{_CONSONANT}{{4,}}$|{_CONSONANT}{{7,}})|[a-zäöüß][A-ZÄÖÜ]+[a-zäöüß]+[A-ZÄÖÜ]|[^a-zA-ZäöüÄÖÜßéèêáàâóòôíìîúùûçñëïÉ]"
)


class _Draft:
    """A text under repair and its map to the source, in step after every `apply`."""

    def __init__(self, source: str) -> None:
        self.text = source
        self.cleaned = [0]
        self.source = [0]

    def apply(self, edits: Iterable[Edit]) -> None:
        """Make the edits and compose the map; no edits cost nothing."""
        pieces: list[str] = []
        news, olds = [0], [0]  # where both texts begin to run in step again
        length = done = 0
        for start, end, by in edits:
            pieces += (self.text[done:start], by)
            length += start - done
            for i in range(1, len(by)):  # all that stands for something stands at its beginning
                news.append(length + i)
                olds.append(start)
            length += len(by)
            news.append(length)
            olds.append(end)
            done = end
        if len(news) == 1:
            return
        pieces.append(self.text[done:])
        length += len(self.text) - done
        self.text = "".join(pieces)
        self._compose(news, olds, length)

    def _compose(self, news: list[int], olds: list[int], length: int) -> None:
        cleaned, source = self.cleaned, self.source
        to_cleaned: list[int] = []
        to_source: list[int] = []
        i, known = 0, len(cleaned)
        for new, old, stop in zip(news, olds, chain(news[1:], [length]), strict=True):
            if new == stop:
                continue
            while i + 1 < known and cleaned[i + 1] <= old:
                i += 1
            to_cleaned.append(new)
            to_source.append(source[i] + old - cleaned[i])
            old_stop = old + stop - new
            while i + 1 < known and cleaned[i + 1] < old_stop:
                i += 1
                to_cleaned.append(new + cleaned[i] - old)
                to_source.append(source[i])
        self.cleaned, self.source = to_cleaned or [0], to_source or [0]


def _odd_characters(text: str) -> Iterator[Edit]:
    for match in _ODD.finditer(text):
        odd, start, end = match[0], match.start(), match.end()
        if odd in "\ufffe\x02":
            by = "-\n"
        elif odd == "\u00ad":
            by = "-" if _AT_LINE_END.match(text, end) else ""
        elif odd == "\r" and text[end : end + 1] == "\n":
            by = ""
        elif _ODD_LINE_END.match(odd):
            by = "\n"
        elif _ODD_SPACE.match(odd):
            by = " "
        else:
            by = _LIGATURES.get(odd, "")
        yield start, end, by


def _composed(text: str) -> Iterator[Edit]:
    """NFC. A character below U+0300 never joins the one before it, so clusters can be done one by one."""
    if unicodedata.is_normalized("NFC", text):
        return
    for match in _CLUSTER.finditer(text):
        by = unicodedata.normalize("NFC", match[0])
        if by != match[0]:
            start, end = match.span()
            while by and text[end - 1] == by[-1]:
                end, by = end - 1, by[:-1]
            yield start, end, by


def _trailing_blanks(text: str) -> Iterator[Edit]:
    for match in _LAST_BLANK.finditer(text):
        start = end = match.end()
        while start and text[start - 1] in " \t":
            start -= 1
        yield start, end, ""


def _noise(text: str) -> Iterator[Edit]:
    return ((match.start(), match.end(), "") for match in _NOISE.finditer(text))


def _few_blank_lines(text: str) -> Iterator[Edit]:
    return ((match.start() + 3, match.end(), "") for match in _BLANK_LINES.finditer(text))


def _hyphens(text: str) -> Iterator[Edit]:
    """Join words broken at a line end; before a capital the hyphen is the word's own and stays."""
    for match in _HYPHEN.finditer(text):
        word = match[1]
        if not word[0].islower():
            yield match.start() + 1, match.end(), ""
        elif word not in _KEEPS_HYPHEN:
            yield match.start(), match.end(), ""


def _pages_joined(text: str) -> Iterator[Edit]:
    """Take running heads and page marks from the pages' edges and join the pages."""
    pages = [_edge_lines(text, page) for page in _page_spans(text)]
    repeated = _repeated_heads(text, pages)
    seen: set[str] = set()
    last: Span | None = None
    width = 0  # of the page before, in characters
    for lines in pages:
        first = True
        for line in _without_heads(text, lines, repeated, seen):
            if last is None:
                yield 0, line.start, ""
            elif first:
                yield last.end, line.start, "\n" if _runs_on(last.of(text), line.of(text), width) else "\n\n"
            elif _VISIBLE.search(text, last.end, line.start):  # a mark was taken from between
                yield last.end, line.start, "\n\n" if text[line.start - 2 : line.start] == "\n\n" else "\n"
            last, first = line, False
        width = max((len(line) for line in lines if "\n" not in line.of(text)), default=0)
    yield last.end if last else 0, len(text), ""


def _page_spans(text: str) -> Iterator[Span]:
    start = 0
    for page in text.split("\f"):
        yield Span(start=start, end=start + len(page))
        start += len(page) + 1


def _edge_lines(text: str, page: Span) -> list[Span]:
    """Return a page's visible lines; those between `_EDGE_LINES` from either edge as one."""
    lines = [
        Span(start=match.start(), end=match.end())
        for match in islice(_LINE.finditer(text, page.start, page.end), _EDGE_LINES)
    ]
    middle = lines[-1].end if lines else page.end
    bottom: list[Span] = []
    end = page.end
    while len(bottom) < _EDGE_LINES and end > middle:
        start = max(text.rfind("\n", middle, end) + 1, middle)
        if _VISIBLE.search(text, start, end):
            bottom.append(Span(start=start, end=end))
        end = start - 1
    if between := _BETWEEN.fullmatch(text, middle, max(end, middle)):
        lines.append(Span(start=between.start(1), end=between.end(1)))
    return lines + bottom[::-1]


def _runs_on(last: str, first: str, width: int) -> bool:
    """Whether a sentence runs from a page's last line into the next page's first; `width`: its longest line."""
    if _SENTENCE_END.search(last) or _LIST_START.match(first):
        return False
    return (
        last[-1] in "-‐,"
        or first.lstrip()[0].islower()
        or len(last) >= min(_LONG_LINE, max(_NARROW_LINE, _FULL_LINE * width))
    )


def _head_key(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.split())).casefold()


def _repeated_heads(text: str, pages: list[list[Span]]) -> frozenset[str]:
    """Return the lines, digits aside, at the edge of at least three pages and of more than half."""
    if len(pages) < 3:
        return frozenset()
    counts: Counter[str] = Counter()
    offsets: dict[str, set[int]] = {}  # number in the line minus place of the page
    for i, lines in enumerate(pages):
        edge = {line: line.of(text) for line in (*lines[:_HEAD_LINES], *lines[-_HEAD_LINES:])}
        for key, line in {_head_key(line): line for line in edge.values()}.items():
            counts[key] += 1
            offsets.setdefault(key, set()).update(int(number) - i for number in re.findall(r"\d{1,6}", line)[:1])
    bar = max(3, len(pages) // 2 + 1)
    return frozenset(
        key
        for key, count in counts.items()
        # a line of figures is a page number only if it counts with the pages
        if count >= bar and (any(c.isalpha() for c in key) or len(offsets.get(key, ())) == 1)
    )


def _without_heads(text: str, lines: list[Span], repeated: frozenset[str], seen: set[str]) -> list[Span]:
    """Return a page's lines less its running heads and page marks, looking inwards from both edges.

    Args:
        text: that the spans count in.
        lines: the page's visible lines.
        repeated: keys of running heads.
        seen: keys of those met already; the first of each is kept. Added to.
    """
    kept = dict(enumerate(lines))
    looked_at: set[int] = set()
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        for depth, i in enumerate(order):
            if i in looked_at:
                break
            looked_at.add(i)
            line = lines[i].of(text)
            mark = _PAGE_MARK_AT_END.search(line)
            title = line[: mark.start()] if mark else line
            key = _head_key(title)
            is_head = bool(mark and title) or (key in repeated and depth < _HEAD_LINES)
            if _PAGE_MARK.fullmatch(line) or (is_head and key in seen):
                del kept[i]
            elif is_head:
                seen.add(key)
                kept[i] = Span(start=lines[i].start, end=lines[i].start + len(title))
            else:
                break
    return list(kept.values())


_LINE_STEPS: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _trailing_blanks,
    _noise,
    _pages_joined,
    _hyphens,
    _few_blank_lines,
)
