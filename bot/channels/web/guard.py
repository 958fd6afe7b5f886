"""What stands between the network and the pages: who is asking, how large, which headers every answer carries."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import time
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web.limits import Limiter
from bot.phrases.web.messages import DE, EN

log = logging.getLogger(__name__)

UPLOAD_BYTES: Final = 20 * 1024 * 1024
"""As Telegram takes; council papers beyond that are scans without text."""
FORM_BYTES: Final = 128 * 1024
"""Of every other request: a sidecar's form with long texts has 20 KB."""
UPLOAD_PATH: Final = "/verwaltung/hochladen"
_MULTIPART_BYTES: Final = 64 * 1024
FORM_S: Final = 30.0
UPLOAD_S: Final = 300.0
"""Until a body must have arrived whole: 20 MB over 1 Mbit/s take 170 s. Whoever sends a byte a minute is let go."""
MOST_PATH_CHARS: Final = 500
"""Our longest address, a quote in a paper, has 100."""

TRUSTED: Final = "ratslotse.peer_is_local"
"""Key of the scope: whether the request came straight from this machine, and its forwarding headers count."""
SESSION_S: Final = 14 * 24 * 3600

_HEADERS: Final = {
    "content-security-policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


_TOO_MANY: Final = PlainTextResponse(f"{DE.too_many}\n\n{EN.too_many}\n", 429, {"retry-after": "30"})
_TOO_LONG: Final = PlainTextResponse(f"{DE.not_found}\n\n{EN.not_found}\n", 414)


class Peers:
    """Finds out who asks. A proxy on this machine may say so (`X-Forwarded-For`, `-Proto`); nobody else may."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write into the scope who really asks, as the limiters count them."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            peer = scope["client"][0] if scope["client"] else ""
            scope[TRUSTED] = _is_local(peer)
            if scope[TRUSTED]:
                # a proxy may add a line of its own behind the visitor's: only the very last word is the proxy's
                peer = _address(",".join(headers.getlist("x-forwarded-for")).rpartition(",")[2]) or peer
                if headers.get("x-forwarded-proto") == "https":
                    scope["scheme"] = "https"
            scope["client"] = (_counted_as(peer), 0)
        await self._app(scope, receive, send)


class Hardening:
    """Bounds what comes in, and puts the security headers on whatever goes out. Logs a line without addresses."""

    def __init__(self, app: ASGIApp, requests: Limiter) -> None:
        self._app, self._requests = app, requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on within its bounds."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_upload = scope["path"] == UPLOAD_PATH
        most, patience_s = (UPLOAD_BYTES + _MULTIPART_BYTES, UPLOAD_S) if is_upload else (FORM_BYTES, FORM_S)
        started, received, status = time.perf_counter(), 0, 0
        is_whole, until = False, 0.0

        async def bounded() -> Message:
            nonlocal received, is_whole, until
            if is_whole:  # from now on only the end of the connection can come, whenever that is
                return await receive()
            until = until or time.perf_counter() + patience_s
            try:
                message = await asyncio.wait_for(receive(), until - time.perf_counter())
            except TimeoutError as error:
                raise HTTPException(408) from error
            is_whole = not message.get("more_body", False)
            received += len(message.get("body", b""))
            if received > most:
                raise HTTPException(413)
            return message

        async def guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
                if scope["scheme"] == "https":
                    headers["strict-transport-security"] = "max-age=31536000"
            await send(message)

        app = self._app if self._requests.allows(scope["client"][0]) else _TOO_MANY
        if len(scope["path"]) > MOST_PATH_CHARS:
            app = _TOO_LONG
        try:
            await app(scope, bounded, guarded)
        except Exception:
            if not status:
                raise
            # Starlette raises again what `service.broken` has already logged and answered
        log.info(
            "method=%s page=%s status=%d ms=%.0f",
            scope["method"],
            getattr(scope.get("endpoint"), "__name__", "-"),  # never the path: it may name a paper
            status,
            1000 * (time.perf_counter() - started),
        )


class Sessions:
    """Signed session cookies, marked Secure wherever the browser speaks https."""

    def __init__(self, app: ASGIApp, key: str) -> None:
        self._by_scheme = {
            is_secure: SessionMiddleware(
                app, key, session_cookie="ratslotse", max_age=SESSION_S, same_site="lax", https_only=is_secure
            )
            for is_secure in (False, True)
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its session."""
        await self._by_scheme[scope.get("scheme") == "https"](scope, receive, send)


def _address(written: str) -> str:
    """Return the address in a forwarding header, without brackets and port; empty if there is none."""
    written = written.strip()
    host = written[1:].partition("]")[0] if written.startswith("[") else written
    if host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return ""


def _counted_as(address: str) -> str:
    """Return what requests are counted under: everybody with IPv6 has a network of 2**64 addresses (RFC 6177)."""
    try:
        if isinstance(parsed := ipaddress.ip_address(address), ipaddress.IPv6Address):
            return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed.packed[:8] + bytes(8), 64)))
    except ValueError:
        pass
    return address


def _is_local(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
