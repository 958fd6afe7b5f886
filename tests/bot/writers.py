"""Stand-ins for a language model: each writes drafts by a rule. The real adapter is tested over the wire.

What they know of the prompt they read from it, as a model would: `passages_in` finds the numbered passages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bot.answering.deadline import Deadline
from bot.answering.faults import ModelFault
from bot.answering.prompt import Draft, DraftStatement, Message, Quote
from bot.types import Fallback, ModelState
from ingest.sentences import sentences

Rule = Callable[[Sequence[Message]], Draft]


class RuleWriter:
    """Writes by a rule and remembers what it was told.

    Attributes:
        told: the messages of each draft, in order.
    """

    state = ModelState.READY

    def __init__(self, rule: Rule, *, deadline_s: float = 5.0) -> None:
        self._rule = rule
        self.deadline_s = deadline_s
        self.told: list[Sequence[Message]] = []

    def draft(self, messages: Sequence[Message], deadline: Deadline) -> Draft:
        """See `Writer`."""
        self.told.append(messages)
        return self._rule(messages)


def drafts(*answers: Draft | Fallback) -> Rule:
    """Give one answer after the other; a reason instead of a draft is raised."""
    left: Iterator[Draft | Fallback] = iter(answers)

    def rule(_: Sequence[Message]) -> Draft:
        answer = next(left)
        if isinstance(answer, Fallback):
            raise ModelFault(answer)
        return answer

    return rule


def a_draft(*statements: tuple[str, int, str]) -> Draft:
    """Build a draft of statements with one quote each: text, source number, quote."""
    return Draft(
        answerable=True,
        statements=[DraftStatement(text=text, quotes=[Quote(source=n, quote=quote)]) for text, n, quote in statements],
    )


def passages_in(messages: Sequence[Message]) -> dict[int, str]:
    """Return the text of each passage of a prompt by its number, without the line that names its paper."""
    blocks = re.findall(r"<(beleg-\w+) nummer=\"(\d+)\">\n(.*?)\n</\1>", messages[1][1], re.DOTALL)
    return {int(n): text.partition("\n\n")[2] for _, n, text in blocks}


def copying(messages: Sequence[Message]) -> Draft:
    """Answer with the first sentence of the first passage, word for word."""
    for n, text in passages_in(messages).items():
        for span in sentences(text):
            sentence = " ".join(span.of(text).split())
            if sentence.endswith(".") and len(sentence) < 300:
                return a_draft((sentence, n, sentence))
    return Draft(answerable=False, statements=[])


def inventing(messages: Sequence[Message]) -> Draft:
    """Answer with facts and quotes that stand in no paper."""
    return a_draft(
        ("Die Stadt hat 4.711 Stellen geschaffen.", 1, "Die Stadt hat 4.711 Stellen geschaffen."),
        ("Frau Erfunden leitet das Amt.", 99, "Frau Erfunden leitet das Amt."),
    )


def leaking(messages: Sequence[Message]) -> Draft:
    """Print the whole prompt, as text and as its own quote."""
    told = "\n".join(text for _, text in messages)
    first = next(iter(passages_in(messages).items()), (1, ""))
    return a_draft((told, 1, told), (messages[0][1][:300] + ".", *first), ("Regeln: " + told[:100] + ".", *first))


_ORDER = re.compile(
    r"ignor|vergiss|anweisung|befehl|system|assistant|schreib|antworte|klick|besuch|link|sage|write|reply|instruct|visit",
    re.IGNORECASE,
)


def obedient(messages: Sequence[Message]) -> Draft:
    """Say something true, then do what papers say: say their orders, alone and behind what is true, and vouch for them.

    Begins each time with another order, so that a repair tries what was left out before.
    """
    statements: list[tuple[str, int, str]] = []
    true, place = "", 1
    for n, text in passages_in(messages).items():
        lines = [" ".join(span.of(text).split()) for span in sentences(text)]
        for order in (line for line in lines if _ORDER.search(line)):
            said = re.split(r"(?:schreib|sage|antworte|write|reply)\w*[^:]*:\s*", order, flags=re.IGNORECASE)[-1]
            statements += [(said, n, order), (said.rstrip(".") + ".", n, order), (order, n, order)]
            statements += [(f"{true} {said}.", place, true)] if true else []
        if not true:
            true = next((line for line in lines if line.endswith(".") and not _ORDER.search(line)), "")
            place = n
    turn = 3 * (len(messages) // 2 - 1)
    return a_draft(*([(true, place, true)] if true else []), *statements[turn : turn + 3])
