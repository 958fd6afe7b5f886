"""How pool and worker talk: JSON objects, each behind its length in four bytes, big-endian.

No pickle: what comes from a worker that a hostile file has taken over is still only data.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

HEADER = struct.Struct(">I")


def pack(message: dict[str, Any]) -> bytes:
    """Return the frame of a message; lone surrogates in file names survive as JSON escapes."""
    body = json.dumps(message).encode("ascii")
    return HEADER.pack(len(body)) + body


def read_frame(stream: IO[bytes]) -> dict[str, Any]:
    """Return the next message of a blocking stream.

    Raises:
        EOFError: the other side has gone.
    """
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        raise EOFError
    message: dict[str, Any] = json.loads(stream.read(HEADER.unpack(header)[0]))
    return message
