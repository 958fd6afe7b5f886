from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from ingest.index.dense import DenseIndex


def test_one_index_is_opened_and_closed_by_many_threads_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "000001-aaaaaaaaaaaa" / "dense"
    built = DenseIndex.create(folder)
    built.add([("a", np.array([1.0, 0.0], dtype=np.float32))])
    built.finish()
    start = threading.Barrier(8)

    def open_and_search(_: int) -> str:
        start.wait()
        index = DenseIndex.open(folder)
        try:
            return index.search(np.array([1.0, 0.0], dtype=np.float32), 1)[0][0]
        finally:
            index.close()

    for _ in range(5):
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(open_and_search, range(8))) == ["a"] * 8
