"""Many users at once: is everyone answered in time, and everyone with their own answer?

    python -m tests.bot.web.load [SECONDS] [INDEX]

Each user asks for a word that stands in one paper only, in a small invented corpus beside the papers of INDEX (left
out: only the invented ones), so an answer that went to somebody else is seen at once. Exit 1 if a promise is broken.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.embedding import load_encoder
from ingest.pipeline import add
from tests.bot.web.client import Client

USERS = 50
A_SECOND = 5.0
P95_S, ALL_S = 1.5, 5.0
"""Issue 5: of every twentieth answer, and of the last of 50 at the same instant."""

_SYLLABLES = "ba de fi go hu ka le mi no pu".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question that was answered.

    Attributes:
        mixed_up: words of other users in it.
    """

    seconds: float
    is_right: bool
    mixed_up: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a run; `p95_s` is of the paced questions, `last_s` of those at the same instant."""

    questions: int
    wrong: int
    mixed_up: int
    p95_s: float
    last_s: float


def word(user: int) -> str:
    """Return a user's own word, unlike any other and unlike German."""
    return "Q" + "".join(_SYLLABLES[int(digit)] for digit in f"{user * 7919 % 10_000:04d}") + "rix"


def write_papers(folder: Path) -> None:
    """Write a paper for each user."""
    folder.mkdir(parents=True, exist_ok=True)
    for user in range(USERS):
        text = f"# Bericht\n\nDas Projekt {word(user)} kostet {1000 + user}.000 Euro und dauert {user + 2} Monate.\n"
        (folder / f"{word(user)}.md").write_text(text, encoding="utf-8")


def ask(client: Client, user: int) -> Asked:
    """Ask as one user, over the stream as browsers do, and look for what is not theirs."""
    started = time.monotonic()
    got = client.stream(f"Was kostet das Projekt {word(user)}?")
    seconds = time.monotonic() - started
    answer = " ".join(str(event.get("html", "")) for event in got.events) if got.status == 200 else ""
    first = answer.partition("</li>")[0]
    others = tuple(one for one in re.findall(r"Q[a-z]+rix", first) if one != word(user))
    return Asked(seconds=seconds, is_right=f"{1000 + user}.000 Euro" in first, mixed_up=others)


def run(port: int, seconds: float) -> Outcome:
    """Have all users ask once at the same instant, then in turn at a steady pace."""
    clients = [Client(port=port, source=f"127.0.1.{user + 1}") for user in range(USERS)]
    for client in clients:
        client.get("/")
    start = threading.Barrier(USERS)

    def at_once(user: int) -> Asked:
        start.wait()
        return ask(clients[user], user)

    with ThreadPoolExecutor(USERS) as threads:
        burst = list(threads.map(at_once, range(USERS)))
        began = time.monotonic()
        paced = []
        for number in range(int(seconds * A_SECOND)):
            time.sleep(max(0.0, began + number / A_SECOND - time.monotonic()))
            user = number % USERS
            paced.append(threads.submit(ask, clients[user], user))
        steady = [one.result() for one in paced]
    every = [*burst, *steady]
    return Outcome(
        questions=len(every),
        wrong=sum(not one.is_right for one in every),
        mixed_up=sum(bool(one.mixed_up) for one in every),
        p95_s=_p95([one.seconds for one in steady]),
        last_s=max(one.seconds for one in burst),
    )


@contextmanager
def loaded(index: Path | None) -> Iterator[Path]:
    """Give an index with the users' papers, beside those of another index if one is given."""
    with tempfile.TemporaryDirectory() as scratch:
        if index is not None:
            shutil.copytree(index, Path(scratch) / "index")
        write_papers(Path(scratch) / "papiere")
        add(Path(scratch) / "index", [Path(scratch) / "papiere"], load_encoder("bundled"))
        yield Path(scratch)


def main(arguments: Sequence[str]) -> int:
    """Run as asked and tell."""
    from tests.bot.web.conftest import site_of

    seconds = float(arguments[0]) if arguments else 120.0
    with loaded(Path(arguments[1]) if len(arguments) > 1 else None) as scratch:
        values = {"free": False}
        with site_of(scratch / "papiere", scratch / "index", scratch / "zustand", **values) as site:
            papers = site.context.public.searched().documents
            outcome = run(site.port, seconds)
    sys.stdout.write(
        f"{papers} papers, {outcome.questions} questions: {outcome.wrong} wrong, {outcome.mixed_up} mixed up; "
        f"{USERS} at once: last after {outcome.last_s:.2f} s; {A_SECOND:g} a second: p95 {outcome.p95_s:.2f} s\n"
    )
    broken = outcome.wrong or outcome.mixed_up or outcome.p95_s > P95_S or outcome.last_s > ALL_S
    return 1 if broken else 0


def _p95(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
