"""An ASGI wrapper around everything: security headers, cache lifetimes, a size cap, an id per request."""

from urllib.parse import urlsplit
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LARGEST_BODY = 1_000_000
_FOREVER = "public, max-age=31536000, immutable"
_A_DAY = "public, max-age=86400"
_log = structlog.get_logger(__name__)


def _content_policy(public_url: str) -> str:
    """Everything from here only. The framework's own client evaluates the calls its server sends (toasts,
    leaving for another page), so scripts need 'unsafe-eval'; nothing a person writes reaches it.
    """
    socket = ("wss://" if public_url.startswith("https://") else "ws://") + urlsplit(public_url).netloc
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            f"connect-src 'self' {socket}",
            "object-src 'none'",
            "base-uri 'self'",
            "frame-ancestors 'none'",
        )
    )


class HouseRules:
    """Wraps the whole application; knows nothing of what it serves."""

    def __init__(self, app: ASGIApp, *, public_url: str) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": _content_policy(public_url),
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        if public_url.startswith("https://"):
            self._headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket; an unforeseen failure answers with an id and nothing else."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        request_id = uuid4().hex[:12]
        with structlog.contextvars.bound_contextvars(request=request_id):
            if scope["type"] == "websocket":
                await self._app(scope, receive, send)
            else:
                await self._serve(scope, receive, send, request_id)

    async def _serve(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        path: str = scope["path"]
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._dress(message, path, request_id)
            await send(message)

        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit() or int(length) > _LARGEST_BODY:
            await PlainTextResponse("That is larger than anything we take here.", 413)(scope, receive, dressed)
            return
        try:
            await self._app(scope, receive, dressed)
        except Exception:
            _log.exception("http.failed", path=path)
            if started:
                raise
            sentence = f"Something went wrong on our side. If it happens again, tell us this number: {request_id}."
            await PlainTextResponse(sentence, 500)(scope, receive, dressed)

    def _dress(self, message: Message, path: str, request_id: str) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        headers["X-Request-Id"] = request_id
        if "cache-control" in headers or message["status"] >= 400:
            return
        if path.startswith("/assets/"):
            headers["Cache-Control"] = _FOREVER
        elif path.startswith(("/fonts/", "/portraits/")):
            headers["Cache-Control"] = _A_DAY
        else:
            headers["Cache-Control"] = "no-cache"
