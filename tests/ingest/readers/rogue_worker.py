"""A worker whose reader does what a hostile file can make a parser do. Started by tests as a script."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, sys.argv[1])

from ingest.extraction import Extraction
from ingest.readers.limits import Limits
from ingest.readers.worker import read_document, serve


def read(path: Path, limits: Limits) -> Extraction:
    """Misbehave as the file's first word says, else read it."""
    match path.read_text(encoding="utf-8").split()[0]:
        case "abort":
            os.abort()
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            child = subprocess.Popen(["/bin/sleep", "600"])
            path.with_suffix(".pid").write_text(str(child.pid), encoding="utf-8")
            time.sleep(600)
        case "spin":
            while True:
                pass
        case "memory":
            bytearray(limits.memory_bytes * 2)
        case "chatter":
            os.write(1, b"a library's message on stdout")
        case "write":
            path.with_suffix(".big").write_bytes(bytes(limits.written_bytes + 1))
        case "environment":
            return Extraction(pages=(" ".join(sorted(os.environ)),), paged=False, reader="rogue")
        case "worn" if not WORN:
            WORN.append(path)
        case "worn":
            os.abort()
    return read_document(path, limits)


WORN: list[Path] = []
serve(read)
