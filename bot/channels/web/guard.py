"""What stands between the network and the pages: who is asking, how large, which headers every answer carries."""

from __future__ import annotations

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
from bot.phrases.web import DE, EN

log = logging.getLogger(__name__)

UPLOAD_BYTES: Final = 20 * 1024 * 1024
"""As Telegram takes; council papers beyond that are scans without text."""
FORM_BYTES: Final = 128 * 1024
"""Of every other request: a sidecar's form with long texts has 20 KB."""
UPLOAD_PATH: Final = "/verwaltung/hochladen"
_ENVELOPE_BYTES: Final = 64 * 1024

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


class Peers:
    """Finds out who asks. A proxy on this machine may say so (`X-Forwarded-For`, `-Proto`); nobody else may."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write into the scope who really asks."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            peer = scope["client"][0] if scope["client"] else ""
            scope[TRUSTED] = _is_local(peer)
            if scope[TRUSTED]:
                if forwarded := headers.get("x-forwarded-for", "").rpartition(",")[2].strip():
                    scope["client"] = (forwarded, 0)
                if headers.get("x-forwarded-proto") == "https":
                    scope["scheme"] = "https"
        await self._app(scope, receive, send)


class Envelope:
    """Bounds what comes in, and puts the security headers on whatever goes out. Logs a line without addresses."""

    def __init__(self, app: ASGIApp, requests: Limiter) -> None:
        self._app, self._requests = app, requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on within its bounds."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = UPLOAD_BYTES + _ENVELOPE_BYTES if scope["path"] == UPLOAD_PATH else FORM_BYTES
        started, received, status = time.perf_counter(), 0, 0

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
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

        app = self._app if self._requests.allows(scope["client"][0] if scope["client"] else "") else _TOO_MANY
        try:
            await app(scope, bounded, guarded)
        except Exception:
            if not status:
                raise
            # Starlette raises again what `doors.broken` has already logged and answered
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


def _is_local(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
