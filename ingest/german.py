"""Turn German text into the tokens that are searched: the same for a question and for a document.

Council German hides its words: *Stellenbesetzungsstand* holds *Stelle*, *Besetzung* and *Stand*, a typewriter writes
*koennten*, an old paper *Beschluß*, a new one *Bürger:innen*. Whatever is decided here must be decided once, for both
sides, so index and retrieval both call `search_tokens` and nothing else. This module must not know what an index is,
and its output must not depend on what else is in the corpus: the list of compound parts is shipped
(`ingest/data/compounds.txt.xz`, made by `python -m ingest.training.compounds`).

Stems are those of Snowball's German stemmer (https://snowballstem.org/algorithms/german/stemmer.html), which since
version 3 also reads *ae, oe, ue* as umlauts and takes *-erin, -erinnen* for *-er*.
"""

import functools
import re
import unicodedata
from typing import Final

import Stemmer

from ingest.compounds import LONG, split_compound

GERMAN_VERSION: Final = 1
"""Goes into an index's fingerprint; raise it with every change of what `search_tokens` returns."""

MAX_CACHED_CHUNKS: Final = 2**17
"""Cached token tuples: about 50 MB when full; 1,401 papers of Karlsruhe have 110,000 different chunks."""

CENTURY_TURN: Final = 70
"""Years of two digits below this belong to this century: council papers on file begin around 1970."""

PART_WEIGHT: Final = 0.7
"""Of a compound's part in a question ("Widerstand" asks for "Stand" only a little). nDCG@10 with parts at 1 / .7 / .5:
karlsruhe-qa-dev .685 / .695 / .693, xquad-de .955 / .958 / .958, covid-faq .529 / .530 / .528; gold-dev read@4500
.67 / .72 / .71. Includes counting each token of a question once."""

_MAX_TOKEN: Final = 64
"""Longer runs of letters are the remains of broken tables, never words of a question."""

_INVISIBLE: Final = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

_STOP_TEXT: Final = """
    aber alle allem allen aller alles als also am an auch auf aus bei beim bereits bin bis bisher bist bzw da
    dabei dadurch dafür daher damit danach dann daran darauf daraus darf darin darüber das dass dasselbe davon
    dazu dein deine dem den denen denn der deren des deshalb dessen die dies diese diesem diesen dieser dieses
    doch dort du durch eben ein eine einem einen einer eines einige einigen er es etc etwa etwas euch euer eure
    falls für gegen gegebenenfalls gewesen ggf gibt hab habe haben hat hatte hatten hier hiermit hierzu hin
    hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins insbesondere ist ja je jede jedem
    jeden jeder jedes jedoch jene jenem jenen jener jenes jetzt kann kein keine keinem keinen keiner können
    könnte könnten lassen machen man mehr mein meine mich mir mit muss müssen nach nachdem nein nicht nichts
    noch nun nur ob obwohl oder oft ohne schon sehr sein seine seinem seinen seiner seines seit selbst sich sie
    sind so sogar solche solchem solchen solcher sofern soll sollen sollte sollten somit sondern sonst soweit
    sowie sowohl u über um und uns unser unsere unserem unseren unserer unter usw viel vom von vor während war
    waren wäre wären warum was wegen weil weiter weitere weiterer weiteren welche welchem welchen welcher
    welches wenn wer werde werden weshalb wie wieder wieso will wir wird wo wobei wofür wodurch wohin womit
    woran worauf wurde wurden würde würden zb wen wem zu zum zur zwar zwischen
"""

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("januar jänner", "februar", "märz maerz", "april", "mai", "juni", "juli", "august", "september", "oktober",
         "november", "dezember"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_MONTH_STEMS: Final = (
    "januar", "februar", "marz", "april", "mai", "juni", "juli", "august", "septemb", "oktob", "novemb", "dezemb",
)  # fmt: skip

_WORD: Final = re.compile(r"[^\W_]+")

# Bürger*innen, Bürger:innen, Bürger_innen, Bürger/-innen, Bürger(innen), BürgerInnen and the singular: what is left is
# the word that the masculine form shares. The binnen-I is why this runs before case folding.
_GENDER: Final = re.compile(
    r"(?<=[^\W\d_]{2})(?:(?:[*:_·]|/-?)(?:[iI]nnen|[iI]n\b)|\((?:[iI]nnen|[iI]n)\)|(?<=[a-zäöüß])Innen(?![A-ZÄÖÜ]))"
)

# What stands as one unit in the text: a date, a paragraph sign with its number, a number or document number with
# separators, letters joined by dots (DO.IT, z.B.), words joined by hyphens.
_CHUNK: Final = re.compile(
    r"\d{1,2}\. ?(?:" + "|".join(_MONTHS) + r") \d{4}(?!\d)"
    r"|§+ ?\d+[a-z]?\b"
    r"|[^\W_]+(?:/\d[^\W_]*)+"
    r"|\d+(?:[.,:'\u00a0\u202f]\d+)+"
    r"|[^\W\d_]{1,4}(?:\.[^\W\d_]{1,4})+(?![^\W_])"
    r"|[^\W_]+(?:[-\u2010\u2011][^\W_]+)*"
)
_PLAIN_NUMBER: Final = re.compile(r"(\d{1,3}(?:[.'\u00a0\u202f]\d{3})+|\d+)(?:,(\d+))?")
_NUMERIC_DATE: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_WRITTEN_DATE: Final = re.compile(r"(\d{1,2})\. ?([^\W\d]+) (\d{4})")
_ISO_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")

# Spellings of before 1996 (and the variants still allowed) that are no matter of ß: Schiffahrt, Photo, potentiell.
_TRIPLE: Final = re.compile(r"([b-df-hj-np-tv-z])\1\1")
_LATIN_TI: Final = re.compile(r"(?<=[ea]n)ti(?=al|ell)")
_FEMININE_SINGULAR: Final = re.compile(
    r"(raet|aerzt|waelt|[^t]ent|[^r]ant|.ist|olog|agog|.tor|.sor|onaer|eamt|.eur|lleg|.kund|noss|.pert|.eut|..er)in$"
)
_FEMININE_PLURAL: Final = re.compile(
    r"(?<=[a-z]{4})(?<!gew)(?<!beg)(?<!bes)(?<!gesp)(?<!^ger)(?<!entr)(?<!zerr)(?<!verr)innen$"
)


def words(text: str) -> list[str]:
    """List the words of `text` as they stand: NFC, case-folded, letters and digits, in order, nothing dropped."""
    return _WORD.findall(unicodedata.normalize("NFC", text).translate(_INVISIBLE).casefold())


def search_tokens(text: str) -> list[str]:
    """List the tokens under which `text` is found: stems, parts of long words, wholes and parts of joined ones.

    In the order of the text; a unit that gives several tokens gives them side by side. No token holds white space.
    Stop words are dropped, so the result can be empty.
    """
    text = _GENDER.sub("", unicodedata.normalize("NFC", text).translate(_INVISIBLE))
    tokens: list[str] = []
    for chunk in _CHUNK.findall(text.casefold()):
        tokens += _chunk_tokens(chunk)
    return tokens


def token_weights(text: str) -> dict[str, float]:
    """Give each token of a question the factor it counts with, in the order of the text.

    A whole word counts 1, a part of a compound `PART_WEIGHT`, and a token that comes twice no more than 1.
    """
    text = _GENDER.sub("", unicodedata.normalize("NFC", text).translate(_INVISIBLE))
    weights: dict[str, float] = {}
    for chunk in _CHUNK.findall(text.casefold()):
        for place, token in enumerate(_chunk_tokens(chunk)):
            is_part = place > 0 and chunk.isalnum()
            weights[token] = min(1.0, weights.get(token, 0.0) + (PART_WEIGHT if is_part else 1.0))
    return weights


@functools.lru_cache(maxsize=MAX_CACHED_CHUNKS)
def _chunk_tokens(chunk: str) -> tuple[str, ...]:
    """Give the tokens of one unit of case-folded text, as `_CHUNK` cuts it."""
    if chunk.isalnum():
        return _word_tokens(chunk)
    if chunk[0] == "§":
        number = chunk.lstrip("§ ")
        return (f"§{number}", number)
    if date := _date(chunk):
        written = _WRITTEN_DATE.fullmatch(chunk)
        month = _word_tokens(written[2]) if written else (_MONTH_STEMS[int(date[5:7]) - 1],)
        return (date, *month, date[:4])
    if match := _PLAIN_NUMBER.fullmatch(chunk):
        whole = re.sub(r"\D", "", match[1])
        return (f"{whole},{match[2]}", whole) if match[2] else (whole,)
    if chunk[0].isdigit() and "/" not in chunk and "-" not in chunk:
        return (re.sub(r"[^\w,]", ".", chunk),)
    parts = re.split(r"[-./\u2010\u2011]", chunk)
    if "/" in chunk:
        return (chunk, *_joined(parts))
    if all(part.isdigit() for part in parts):
        return tuple(parts)
    return (*_joined(parts), *_word_tokens("".join(parts), whole=True))


def _joined(parts: list[str]) -> tuple[str, ...]:
    """Give the tokens of several words one after the other."""
    return tuple(token for part in parts for word in _WORD.findall(part) for token in _word_tokens(word))


def _date(chunk: str) -> str | None:
    """Give the day that `chunk` names, as ISO date; None when it is no day of a calendar."""
    if match := _NUMERIC_DATE.fullmatch(chunk):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        if len(match[3]) == 2:
            year += 2000 if year < CENTURY_TURN else 1900
    elif match := _WRITTEN_DATE.fullmatch(chunk):
        day, month, year = int(match[1]), _MONTHS.get(match[2], 0), int(match[3])
    elif match := _ISO_DATE.fullmatch(chunk):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    else:
        return None
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


@functools.lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    """Give the words that carry nothing in a search, folded as `fold` folds."""
    return frozenset(fold(word) for word in _STOP_TEXT.split())


def _word_tokens(word: str, *, whole: bool = False) -> tuple[str, ...]:
    """Give the stem of a case-folded word and, where it is long, those of its parts; `whole` leaves the parts out."""
    word = fold(word)[:_MAX_TOKEN]
    if word.isdigit():
        return (word,)
    if len(word) < 2 or (not whole and word in _stop_words()):
        return ()
    word = _masculine(word)
    if whole or len(word) < LONG:
        return (_stem(word),)
    return (_stem(word), *(_stem(part) for part in split_compound(word)))


def fold(word: str) -> str:
    """Write a case-folded word in the letters a-z: umlauts as ae, oe, ue, other accents dropped, today's spelling."""
    if not word.isascii():
        word = word.translate(_UMLAUTS)
        if not word.isascii():
            letters = unicodedata.normalize("NFKD", word)
            word = "".join(c for c in letters if not (unicodedata.combining(c) or c.isspace()))
    word = _TRIPLE.sub(r"\1\1", word)
    if "ph" in word:
        word = word.replace("graph", "graf").replace("photo", "foto").replace("telephon", "telefon")
    return _LATIN_TI.sub("zi", word)


def _masculine(word: str) -> str:
    """Cut the feminine ending, of which Snowball knows only -erin: Kolleginnen, Stadträtin; but not gewinnen."""
    return _FEMININE_SINGULAR.sub(r"\1", _FEMININE_PLURAL.sub("", word))


@functools.lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    """Make the stemmer once; its own cache is off because chunks are cached as a whole."""
    return Stemmer.Stemmer("german", 0)


def _stem(word: str) -> str:
    """Give the Snowball stem of a folded word without feminine ending."""
    stem: str = _stemmer().stemWord(word)
    return stem
