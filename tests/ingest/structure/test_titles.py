from __future__ import annotations

import pytest

from ingest.structure.titles import MAX_CHARS, is_sentence
from tests.ingest.structure.papers_of import understood

SENTENCE = "Der Markt zieht im Mai um."


@pytest.mark.parametrize(
    ("declared", "text", "title", "why"),
    [
        ("Bericht zum Markt", f"Bericht zum Markt\n\n{SENTENCE}\n", "Bericht zum Markt", "it stands on top"),
        ("Der Markt", f"Der Markt\nStand: 1. Mai 2029\n\n{SENTENCE}\n", "Der Markt", "above a Stand"),
        (
            "Niederschrift Nr. 9",
            "Niederschrift Nr. 9\n\nBetreff: Markt im Mai\n",
            "Markt im Mai",
            "a form's name alone",
        ),
        ("Antrag 9012/2029", "Antrag 9012/2029\n\nBetreff: Markt im Mai\n", "Markt im Mai", "a form's name alone"),
        ("Haushaltsplan 2019", "Antrag\n\nBetreff: Markt im Mai\n", "Markt im Mai", "left over from another paper"),
        ("Haushaltsplan 2019", f"{SENTENCE}\n", "Haushaltsplan 2019", "the paper itself says nothing"),
        (SENTENCE, f"{SENTENCE}\nEr wird grösser.\n", "papier", "a sentence"),
        ("Stadt Musterhausen", f"Stadt Musterhausen\n\n{SENTENCE}\n", "papier", "a letterhead"),
        ("", f"Sehr geehrte Damen und Herren,\n\n{SENTENCE}\n", "papier", "a greeting"),
        ("", f"Antrag\n\n{SENTENCE}\n", "papier", "the word Antrag"),
        ("", f"Musterweg 1\n12345 Musterhausen\n\n{SENTENCE}\n", "papier", "an address"),
    ],
)
def test_what_the_format_declares_comes_first_if_it_is_a_title(declared: str, text: str, title: str, why: str) -> None:
    assert understood(text, declared=declared).title == title, why


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Der Rat lehnt ab.", True),
        ("Die Kosten betragen 5 €.", True),
        ("Sie geht an die GmbH.", True),
        ("Neue Wege im Park. Der Rat fragt nach", True),
        ("Zuschuss an den Sportverein e. V.", False),
        ("Bebauungsplan Nr. 12 „Im Grund“", False),
        ("Beschaffung inkl. Dienstleistungen", False),
        ("Wann öffnet das Bad?", False),
    ],
)
def test_a_sentence_is_told_from_a_title(text: str, sentence: bool) -> None:
    assert is_sentence(text) is sentence


def test_an_endless_subject_is_cut_behind_a_word() -> None:
    title = understood(f"Beschlussvorlage\n\nBetreff: {'Sanierung der Wege ' * 30}\n\nBeschlussvorschlag:\nJa.\n").title

    assert len(title) <= MAX_CHARS
    assert title.endswith("Wege …")
