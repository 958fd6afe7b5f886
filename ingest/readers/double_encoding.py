"""Text that was encoded twice: UTF-8 taken for Windows-1252 or Latin-1 and encoded again ("BÃ¼cherei")."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = ("Ã", "Â", "â€", "â‚")
_HIGH: Final = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
"""What the bytes 80 to BF are in Latin-1 and in Windows-1252."""
_TWICE: Final = re.compile(f"[Ã-ß][{_HIGH}]|[à-ï][{_HIGH}]{{2}}|Â[{_HIGH}]|Ã[{_HIGH}]")


def mended(text: str) -> tuple[str, int]:
    """Return the text with what was encoded twice decoded, and how many characters that were.

    Each place is judged alone: it is changed only if it is valid UTF-8, which letters that follow each other in German
    are not ("Ã" stands in no German word).
    """
    if not any(sign in text for sign in _SIGNS):
        return text, 0
    count = 0

    def decoded(match: re.Match[str]) -> str:
        nonlocal count
        try:
            found = b"".join(_byte(char) for char in match[0]).decode("utf-8")
        except (UnicodeDecodeError, UnicodeEncodeError):
            return match[0]
        count += 1
        return found

    return _TWICE.sub(decoded, text), count


def warning_about(count: int) -> tuple[str, ...]:
    """Say that a text was mended."""
    places = "einer Stelle" if count == 1 else f"{count} Stellen"
    return (f"Der Text war an {places} doppelt kodiert (etwa „Ã¼“ für „ü“); das wurde berichtigt.",) if count else ()


def _byte(char: str) -> bytes:
    return char.encode("latin-1") if char <= "\xff" else char.encode("cp1252")
