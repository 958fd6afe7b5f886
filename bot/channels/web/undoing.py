"""Files as they were before a change that was refused. Must not know what is in them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def undone_if_refused(*places: Path) -> Iterator[None]:
    """Put files back, or away, if what is done with them ends in any exception, a cancelled request's too.

    What was there is kept beside its place under a hidden name, which no `add` looks at, until the change is done.

    Raises:
        OSError: what is there cannot be kept; nothing has been changed then.
    """
    kept: list[tuple[Path, Path | None]] = []
    try:
        for place in places:
            aside = place.with_name(f".{place.name}.{os.getpid()}.before") if os.path.lexists(place) else None
            if aside is not None:
                _copy(place, aside)
            kept.append((place, aside))
        yield
    except BaseException:
        for place, aside in kept:
            with contextlib.suppress(OSError):  # the reason for undoing is the one that is told
                if aside is not None:
                    aside.replace(place)
                elif place.is_file() or place.is_symlink():
                    place.unlink()
        raise
    finally:
        for _, aside in kept:
            if aside is not None:
                aside.unlink(missing_ok=True)


def _copy(place: Path, aside: Path) -> None:
    """Keep what a path holds without following a link; a second name for a file costs nothing."""
    if place.is_symlink():
        aside.symlink_to(os.readlink(place))  # noqa: PTH115 - as it is written, not as it leads
    elif place.is_file():
        os.link(place, aside)  # a change puts a new file in its place, it never writes into the old one
