"""An ASGI wrapper around everything: security headers, cache lifetimes, a size cap, an id per request."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LARGEST_BODY = 1_000_000
_TOO_LARGE = "That is larger than anything we take here."
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
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class _TooLarge(Exception):
    """A body without a stated length grew past the cap."""


class _Answer:
    """Passes an answer on, dressed; one that begins as a failure is kept back until nobody raised after it."""

    def __init__(self, send: Send, dress: Callable[[Message], None]) -> None:
        self._send = send
        self._dress = dress
        self._begun = False
        self._kept: list[Message] = []

    async def send(self, message: Message) -> None:
        """Pass one message of the answer on, or keep it back."""
        if message["type"] == "http.response.start":
            self._dress(message)
            self._begun = message["status"] != 500
        if self._begun:
            await self._send(message)
        else:
            self._kept.append(message)

    async def release(self) -> None:
        """Pass on what was kept back."""
        for message in self._kept:
            await self._send(message)
        self._kept.clear()

    async def replace(self, response: Response, scope: Scope, receive: Receive) -> bool:
        """Answer with `response` instead; False when an answer is on its way already."""
        if self._begun:
            return False
        self._kept.clear()
        await response(scope, receive, self.send)
        await self.release()
        return True


def _capped(receive: Receive, most: int) -> Receive:
    taken = 0

    async def take() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise _TooLarge
        return message

    return take


class HouseRules:
    """Wraps the whole application; knows nothing of what it serves.

    `larger` says below which paths bodies may be larger than elsewhere, and how large.
    """

    def __init__(self, app: ASGIApp, *, public_url: str, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._larger = dict(larger or {})
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
        answer = _Answer(send, lambda message: self._dress(message, path, request_id))
        length = dict(scope["headers"]).get(b"content-length", b"0")
        most = next((size for below, size in self._larger.items() if path.startswith(below)), _LARGEST_BODY)
        if not length.isdigit() or int(length) > most:
            await PlainTextResponse(_TOO_LARGE, 413)(scope, receive, answer.send)
            return
        try:
            await self._app(scope, _capped(receive, most), answer.send)
            await answer.release()
        except _TooLarge:
            await answer.replace(PlainTextResponse(_TOO_LARGE, 413), scope, receive)
        except Exception:
            _log.exception("http.failed", path=path)
            sentence = f"Something went wrong on our side. If it happens again, tell us this number: {request_id}."
            if not await answer.replace(PlainTextResponse(sentence, 500), scope, receive):
                raise

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
