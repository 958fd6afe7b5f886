from __future__ import annotations

import pytest

from tests.ingest.structure.head_samples import HeadSample, samples

SAMPLES = tuple(samples())
NOT_YET = {
    "Beleuchtung des Parkwegs am Kanal": "a group that no list knows, behind a stroke",
    "Fahrplanwechsel im Dezember": "a letter from a company, whose name stands where a title may stand",
    "Sachstandsbericht zur Haushaltslage": "a day without a word below the number, and a session with one",
}


def _marked(sample: HeadSample) -> object:
    reason = NOT_YET.get(sample.expected["title"], "")
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(sample, id=f"{sample.system}: {sample.expected['title'][:40]}", marks=marks)


@pytest.mark.parametrize("sample", [_marked(sample) for sample in SAMPLES])
def test_a_head_of_any_city_gives_its_fields(sample: HeadSample) -> None:
    assert sample.read() == sample.expected


def test_each_system_has_samples() -> None:
    counts = {system: sum(sample.system == system for sample in SAMPLES) for system in {s.system for s in SAMPLES}}

    assert len(counts) >= 10
    assert min(counts.values()) >= 6
