"""A browser without a screen: keeps cookies, knows forms, follows nothing by itself. On http.client alone."""

from __future__ import annotations

import http.client
import json
import re
import secrets
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """An answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def seen(self) -> str:
        """What a reader sees: the text without tags."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.text)).split())

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def links(self, pattern: str) -> list[str]:
        found = map(unescape, re.findall(r'(?:href|action)="([^"]*)"', self.text))
        return [link for link in found if re.search(pattern, link)]


@dataclass
class Client:
    """One visitor.

    Attributes:
        source: address that it connects from, any of 127.0.0.0/8.
    """

    port: int
    source: str = "127.0.0.1"
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    def get(self, path: str, **headers: str) -> Got:
        return self.send("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str] | None = None, **headers: str) -> Got:
        """Post a form with the token of the session, fetching one first if there is none."""
        if not self.csrf:
            self.get("/")
        body = urlencode({"csrf": self.csrf, **(fields or {})}).encode()
        return self.send("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def upload(self, path: str, fields: dict[str, str], name: str, content: bytes) -> Got:
        """Post a form with a file."""
        if not self.csrf:
            self.get("/")
        border = secrets.token_hex(16)
        parts = [
            f'--{border}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in {"csrf": self.csrf, **fields}.items()
        ]
        escaped = name.replace('"', "%22").replace("\r", "").replace("\n", "")
        parts.append(
            f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{escaped}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n".encode()
            + content
            + b"\r\n"
        )
        body = b"".join(parts) + f"--{border}--\r\n".encode()
        return self.send("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={border}"})

    def ask(self, question: str, **fields: str) -> Got:
        return self.post("/", {"question": question, **fields})

    def stream(self, question: str, **fields: str) -> Got:
        return self.post("/", {"question": question, **fields}, Accept="application/x-ndjson")

    def sign_in(self, name: str, password: str) -> Got:
        self.get("/anmelden")
        got = self.post("/anmelden", {"name": name, "password": password})
        self.csrf = ""  # a new session has a new token
        return got

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Got:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(self.source, 0))
        try:
            sent = dict(headers)
            if self.cookies:
                sent["Cookie"] = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in sent.items()})
            answer = connection.getresponse()
            got = Got(
                status=answer.status,
                headers={name.lower(): value for name, value in answer.getheaders()},
                body=answer.read(),
            )
        finally:
            connection.close()
        for name, morsel in SimpleCookie(got.headers.get("set-cookie", "")).items():
            self.cookies[name] = morsel.value
        if found := re.search(r'name="csrf" value="([^"]+)"', got.body.decode("utf-8", "replace")):
            self.csrf = found[1]
        return got
