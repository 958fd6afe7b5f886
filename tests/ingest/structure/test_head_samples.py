from __future__ import annotations

import pytest

from tests.ingest.structure.head_samples import HeadSample, samples

SAMPLES = tuple(samples())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.system}: {sample.expected['title'][:40]}")
def test_a_head_of_any_city_gives_its_fields(sample: HeadSample) -> None:
    assert sample.read() == sample.expected


def test_each_system_has_samples() -> None:
    counts = {system: sum(sample.system == system for sample in SAMPLES) for system in {s.system for s in SAMPLES}}

    assert len(counts) >= 10
    assert min(counts.values()) >= 6
