from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.references import asked_references, find_references, head_number, is_paper_number, normal_number

MENTIONS = [
    # (text, kind, number, version, date)
    ("siehe GRDrs 9236/2029.", "report", "9236/2029", "", None),  # the plain form
    ("GRDrs. 9236/2029", "report", "9236/2029", "", None),  # with a stop
    ("GDRs 9236/2029", "report", "9236/2029", "", None),  # a typing error that occurs
    ("GRDrs9483/2029", "report", "9483/2029", "", None),  # glued
    ("grdrs 9236/2029", "report", "9236/2029", "", None),  # as a question writes it
    ("GRDrs 9883/2029 Neufassung", "report", "9883/2029", "Neufassung", None),
    ("GRDrs 9862/2029, 1. Ergänzung", "report", "9862/2029", "1. Ergänzung", None),
    ("Gemeinderatsdrucksache Nr. 9099/2004", "report", "9099/2004", "", None),
    ("VerhandlungDrucksache:\n9144/2029", "report", "9144/2029", "", None),  # glued labels of a protocol
    ("Vorlage Nr.: 2029/0957", "report", "2029/0957", "", None),  # Karlsruhe, year first
    ("Vorlage: 2029/9633/1", "report", "2029/9633/1", "", None),  # an amendment
    ("Was steht in Vorlage 2029/957?", "report", "2029/0957", "", None),  # a question drops the zero
    ("(Vorlage-Nr. 2029/9001)", "report", "2029/9001", "", None),
    ("Antrag Nr. 9112/2029 v. 21.04.2029 (SPD)", "motion", "9112/2029", "", "2029-04-21"),
    ("Antrag 9264/2022", "motion", "9264/2022", "", None),
    ("Anfrage 24-2021", "motion", "24/2021", "", None),  # with a hyphen
    ("Vorlage 2029-0957", "report", "2029/0957", "", None),  # year first, with a hyphen
    ("vorlage nr 2029/957", "report", "2029/0957", "", None),  # as it is typed on a phone
    ("GRDrs-9236/2029", "report", "9236/2029", "", None),  # a hyphen for the space
    ("Drs. 9236/2029", "report", "9236/2029", "", None),  # the short form of Drucksache
    ("Haushaltsantrags 9972/2029", "motion", "9972/2029", "", None),  # genitive
    ("GRÜNEN9014/ 2029", "motion", "9014/2029", "", None),  # glued to a group in a table
    ("SPD 9004/2029", "motion", "9004/2029", "", None),
    ("DHH/2029/1007", "motion", "DHH/2029/1007", "", None),  # budget motions
    ("Nr. 9116/2029", "unknown", "9116/2029", "", None),  # a number without a word
    ("2029/9476", "unknown", "2029/9476", "", None),
    (
        "Vorgang: Verwaltungsausschuss vom 27.10.2028, öffentlich, Nr. 9448",
        "protocol",
        "Verwaltungsausschuss 9448",
        "",
        "2028-10-27",
    ),
    (
        "Ausschuss für Wirtschaft und Wohnen vom 01.02.2029, nicht öffentlich, Nr. 347/HH",
        "protocol",
        "Ausschuss für Wirtschaft und Wohnen 347/HH",
        "",
        "2029-02-01",
    ),
]


@pytest.mark.parametrize(("text", "kind", "number", "version", "day"), MENTIONS)
def test_every_way_of_writing_a_number_is_found(
    text: str, kind: str, number: str, version: str, day: str | None
) -> None:
    (found,) = find_references(text)

    assert (found.kind, found.number, found.version) == (kind, number, version)
    assert (str(found.date) if found.date else None) == day
    assert found.label in " ".join(text.split())


FALSE_FRIENDS = [
    "Doppelhaushalt 2020/2021",  # two years
    "Haushaltsjahre 2024/2025 und 2022/23",
    "Antrag 2024/2025",  # two years even behind a word
    "24/7",  # around the clock
    "AuszGr 784/6",  # an account
    "90/GRÜNE",  # a group
    "L/OB-K, 10-4, S/OB-NMS",  # offices
    "Verordnung (EU) Nr. 2016/0679",  # law, year first
    "(EG) Nr. 1234/2007",  # law, year last
    "Grundstück Nr. 1234/2005",  # a parcel
    "Seite 264/2022",  # no paper's word before it
    "Vorlage 2013/14",  # a school year
    "Vorlage 2012-2016",  # a span of years
    "am 12.04.2029",  # a date
    "Niederschrift Nr. 177",  # counted per body: without one it leads nowhere
]


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_false_friends_are_no_references(text: str) -> None:
    assert find_references(text) == ()


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Was steht in 0264/2022?", ("264/2022",)),  # typed bare, with the zero of its file name
        ("236/2023", ("236/2023",)),  # nothing but the number
        ("Was wurde aus 2029/957?", ("2029/0957",)),  # Karlsruhe, without the zero
        ("Kostet GRDrs 236/2023 mehr als 264/2022?", ("236/2023", "264/2022")),  # in order, none twice
        ("Wie war der Stand 03/2022?", ()),  # a month
        ("Was gilt nach (EG) Nr. 1234/2007?", ()),  # law
        ("Was steht im Haushalt 2022/2023?", ()),  # two years
    ],
)
def test_a_question_may_name_a_paper_by_its_bare_number(question: str, numbers: tuple[str, ...]) -> None:
    assert tuple(reference.number for reference in asked_references(question)) == numbers


def test_a_list_of_numbers_keeps_the_kind_of_its_word() -> None:
    found = find_references("die Anträge 9001/2029, 9002/2029 und 9003/2029")

    assert [(reference.kind, reference.number) for reference in found] == [
        ("motion", "9001/2029"),
        ("motion", "9002/2029"),
        ("motion", "9003/2029"),
    ]


def test_the_same_number_is_kept_apart_by_kind() -> None:
    found = find_references("GRDrs 9236/2029 zum Antrag 9236/2029")

    assert [reference.kind for reference in found] == ["report", "motion"]


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("GRDrs. 9236 / 2029", "9236/2029"),  # spaces
        ("Nr. 9236-2029", "9236/2029"),  # hyphen
        ("0099/2029", "99/2029"),  # a leading zero of a counter
        ("2029/957", "2029/0957"),  # Karlsruhe's four digits
        ("2029/0485/1", "2029/0485/1"),
        ("DHH / 2029 / 1007", "DHH/2029/1007"),
        ("347/HH", "347/HH"),
        ("  ohne   Zahl ", "ohne Zahl"),  # nothing to bring in form
        ("1427", "1427"),  # an old counter without a year
    ],
)
def test_a_number_has_one_normal_form(written: str, normal: str) -> None:
    assert normal_number(written) == normal
    assert normal_number(normal) == normal


def test_a_pair_of_years_is_no_paper_number() -> None:
    assert is_paper_number("2029/9001")
    assert not is_paper_number("2028/2029")


@given(st.text(alphabet="GRDrsVolageAnti Nr.:/-0123456789,(\n", max_size=80))
def test_references_stand_in_the_text_in_order_without_overlap(text: str) -> None:
    end = 0
    for reference in find_references(text):
        assert end <= reference.span.start < reference.span.end <= len(text)
        assert " ".join(reference.span.of(text).split()) == reference.label
        end = reference.span.end


@pytest.mark.parametrize(
    ("printed", "why"),
    [
        ("VO/2024/123", "letters, year, counter"),
        ("2024-0815", "a year first"),
        ("24/0123-AT", "a kind behind it"),
        ("BV-123/2024", "letters and a hyphen"),
        ("DS 19/1234", "a term of office"),
        ("XIX-2345", "the term in Roman digits"),
        ("DS/1234/VI", "the term at its end"),
        ("20-26 / A 01234", "Munich"),
        ("V0123/24", "letters that touch the counter"),
        ("24/SVV/0533", "letters in the middle"),
        ("SV-10-0388", "several parts"),
        ("22-0987.1", "a part of a paper"),
    ],
)
def test_a_head_gives_its_number_as_printed(printed: str, why: str) -> None:
    assert head_number(f"{printed} vom") == printed, why


@pytest.mark.parametrize("text", ["12.03.2024", "12/03/2024", "2024/2025", "24/7", "2020/21", "ohne Zahl"])
def test_days_and_pairs_of_years_are_no_numbers(text: str) -> None:
    assert head_number(text) is None


def test_numbers_with_letters_are_found_in_running_text() -> None:
    found = find_references(
        "Zu AN/0500/2029 und zur Vorlage BV/0123/2029 siehe DS/1234/VI; B90/Grüne und 24/7 sind keine."
    )

    assert [(one.kind, one.number) for one in found] == [
        ("unknown", "AN/0500/2029"),
        ("report", "BV/0123/2029"),
        ("unknown", "DS/1234/VI"),
    ]
