"""A small server that answers as a chat model would, and fails in every way a test asks for.

The first part of a path names what happens ("/cut_silently/v1/chat/completions"), so that one server plays all faults
side by side. Speaks the streams of OpenAI (also Mistral's) and of Ollama; written from their public descriptions.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HALF = 0.6
"""Share of an answer after which it breaks off: in the middle of a statement."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Stub

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.path.split("/")[1]
        self.server.asked[kind] = self.server.asked.get(kind, 0) + 1
        self.close_connection = True
        try:
            getattr(self, f"_{kind}")()
        except OSError:  # the client left
            return

    def log_message(self, *_: object) -> None:
        """Stay quiet."""

    # what a whole answer looks like

    def _whole(self) -> None:
        self._begin()
        self._say(self.server.answer, finish="stop")

    def _begin(self, content_type: str = "text/event-stream", **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Transfer-Encoding", "chunked")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def _say(self, text: str, finish: str | None = None, *, ended: bool = True) -> None:
        for start in range(0, len(text), 40):
            delta = {"role": "assistant", "content": text[start : start + 40]}
            self._event({"delta": delta, "finish_reason": None, "index": 0})
        if finish:
            self._event({"delta": {}, "finish_reason": finish, "index": 0})
        if ended:
            self._write(b"" if self._ollama else b"data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")

    def _event(self, choice: dict[str, Any]) -> None:
        event: dict[str, Any]
        if self._ollama:
            message = {"role": "assistant", "content": choice["delta"].get("content", "")}
            event = {"model": "m", "created_at": "2024-01-01T00:00:00Z", "message": message, "done": False}
            if choice["finish_reason"]:
                event |= {"done": True, "done_reason": choice["finish_reason"]}
            self._write(json.dumps(event).encode() + b"\n")
        else:
            event = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
            self._write(b"data: " + json.dumps(event).encode() + b"\n\n")

    def _write(self, data: bytes) -> None:
        if data:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def _error(
        self, status: int, body: bytes = b'{"error": {"message": "no"}}', kind: str = "application/json"
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @property
    def _ollama(self) -> bool:
        return self.path.endswith("/api/chat")

    @property
    def _half(self) -> str:
        return self.server.answer[: int(HALF * len(self.server.answer))]

    # what goes wrong

    def _wrong_key(self) -> None:
        self._error(401)

    def _no_such_model(self) -> None:
        self._error(404)

    def _too_many(self) -> None:
        self._error(429)

    def _broken(self) -> None:
        self._error(500)

    def _gateway_page(self) -> None:
        self._error(503, b"<html>Bad gateway</html>", "text/html")

    def _silent(self) -> None:
        self._wait()

    def _silent_after_headers(self) -> None:
        self._begin()
        self.wfile.flush()
        self._wait()

    def _stalls(self) -> None:
        self._begin()
        self._say(self._half, ended=False)
        self._wait()

    def _never_ends(self) -> None:
        self._begin()
        while not self.server.closing.wait(0.02):
            self._say(" ", ended=False)

    def _hangs_up(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _cut_hard(self) -> None:
        self._begin()
        self._say(self._half, ended=False)

    def _cut_silently(self) -> None:
        self._begin()
        self._say(self._half)

    def _whole_without_reason(self) -> None:
        self._begin()
        self._say(self.server.answer)

    def _too_long(self) -> None:
        self._begin()
        self._say(self._half, finish="length")

    def _filtered(self) -> None:
        self._begin()
        self._say(self._half, finish="content_filter")

    def _half_called_whole(self) -> None:
        self._begin()
        self._say(self._half, finish="stop")

    def _malformed_events(self) -> None:
        self._begin()
        self._write(b'data: {"choices": [{"delta": \n\n')
        self._say("", finish="stop")

    def _no_choices(self) -> None:
        self._begin()
        self._write(b'data: {"id": "1", "object": "chat.completion.chunk", "model": "m", "choices": []}\n\n')
        self._say("")

    def _nothing(self) -> None:
        self._begin()
        self._say("")

    def _web_page(self) -> None:
        self._error(200, b"<html><body>Bitte anmelden</body></html>", "text/html")

    def _other_shape(self) -> None:
        self._begin()
        self._say('{"antwort": "Die Stadt hat 31 Stellen."}', finish="stop")

    def _prose(self) -> None:
        self._begin()
        self._say("Gern! Die Stadt hat 31 Stellen.", finish="stop")

    def _garbled(self) -> None:
        self._begin(Content_Encoding="gzip")
        self._write(b"no gzip at all")
        self.wfile.write(b"0\r\n\r\n")

    def _sent_elsewhere(self) -> None:
        self.send_response(307)
        self.send_header("Location", self.path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _wait(self) -> None:
        self.server.closing.wait(60)


FAULTS = tuple(
    sorted(
        "wrong_key no_such_model too_many broken gateway_page silent silent_after_headers stalls never_ends hangs_up "
        "cut_hard cut_silently whole_without_reason too_long filtered half_called_whole malformed_events no_choices "
        "nothing web_page other_shape prose garbled sent_elsewhere".split()
    )
)


class Stub(ThreadingHTTPServer):
    """The server.

    Attributes:
        answer: what a whole answer says.
        asked: calls by kind.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 512

    def __init__(self, answer: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.asked: dict[str, int] = {}
        self.closing = threading.Event()

    def url(self, kind: str) -> str:
        """Return the address under which it behaves as named."""
        return f"http://127.0.0.1:{self.server_port}/{kind}"

    def handle_error(self, *_: object) -> None:
        """Clients that leave are no error of ours."""


@contextmanager
def stub(answer: str) -> Iterator[Stub]:
    """Serve until the end of the block."""
    with Stub(answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
