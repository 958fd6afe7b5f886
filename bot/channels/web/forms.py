"""What browsers send, taken with care. Knows nothing of pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form's fields."""

    fields: Any

    def text(self, name: str, most: int = 4_000) -> str:
        """Return a text field, stripped and cut, without what no file could hold; empty if it is not there."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            return ""
        # the browser names the encoding, and some give halves of characters
        return value[:most].encode("utf-8", "ignore").decode("utf-8").replace("\0", "").strip()

    async def close(self) -> None:
        """Let go of uploaded files."""
        await self.fields.close()

    def upload(self, name: str) -> Any:
        """Return an uploaded file, None if there is none."""
        value = self.fields.get(name)
        return value if value is not None and not isinstance(value, str) and value.filename else None


def choices(values: Iterable[str | None]) -> list[tuple[str, str]]:
    """Return the distinct values for a list to choose from, as value and what is shown, in alphabetical order."""
    return [(value, value) for value in sorted({one for one in values if one}, key=str.casefold)]


def web_address(url: str | None) -> str:
    """Return an address that may stand in a link, empty for anything but http and https."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else ""
    except ValueError:
        return ""
