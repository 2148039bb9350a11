"""The room's own addresses on the web server: passes a page's join, leave and events to the media process.

The join token is the authority and is checked by the media process; here only requests from our own pages
are let through, and only as large as an offer may be.
"""

import asyncio
import json
from contextlib import suppress
from functools import cached_property
from urllib.parse import quote, urlsplit

import httpx
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

_LARGEST_BODY = 96 * 1024
_LARGEST_MESSAGE = 64 * 1024
_SECONDS = 10.0
_AWAY = "The video server does not answer. We keep trying."
_AWAY_CODE = 4503
_FOREIGN_CODE = 4403
_PLAIN_CLOSE = 1000


def routes(media_url: str, *, public_url: str) -> list[BaseRoute]:
    """The routes `/rtc/{booking_id}/join|leave|events`.

    `media_url` is the media process's address, `public_url` the one people type.
    """
    passage = _Passage(media_url.rstrip("/"), public_url)
    return [
        Route("/rtc/{booking_id}/join", passage.join, methods=["POST"]),
        Route("/rtc/{booking_id}/leave", passage.leave, methods=["POST"]),
        WebSocketRoute("/rtc/{booking_id}/events", passage.events),
    ]


class _Passage:
    def __init__(self, media_url: str, public_url: str) -> None:
        self._media_url = media_url
        self._events_url = "ws" + media_url.removeprefix("http")
        self._host = urlsplit(public_url).netloc

    @cached_property
    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=_SECONDS, trust_env=False)

    async def join(self, request: Request) -> Response:
        return await self._pass_on(request, "join")

    async def leave(self, request: Request) -> Response:
        return await self._pass_on(request, "leave")

    async def _pass_on(self, request: Request, verb: str) -> Response:
        if not self._from_our_page(request.headers):
            return _refused(403, "origin", "This address is for our own pages.")
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LARGEST_BODY:
                return _refused(413, "offer", "The offer is too large.")
        headers = {"content-type": "application/json"}
        if "authorization" in request.headers:
            headers["authorization"] = request.headers["authorization"]
        url = f"{self._media_url}{_path(request.path_params['booking_id'], verb)}"
        try:
            answer = await self._client.post(url, content=bytes(body), headers=headers)
        except httpx.HTTPError:
            return _refused(503, "away", _AWAY)
        return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))

    async def events(self, socket: WebSocket) -> None:
        if not self._from_our_page(socket.headers):
            await socket.close(_FOREIGN_CODE)
            return
        await socket.accept()
        url = f"{self._events_url}{_path(socket.path_params['booking_id'], 'events')}"
        code = _AWAY_CODE
        try:
            async with connect(url, proxy=None, max_size=_LARGEST_MESSAGE, open_timeout=_SECONDS) as media:
                code = await _carry(socket, media)
        except (OSError, TimeoutError, WebSocketException):
            with suppress(RuntimeError):
                await socket.send_text(json.dumps({"type": "closed", "reason": "away", "message": _AWAY}))
        with suppress(RuntimeError):
            await socket.close(code)

    def _from_our_page(self, headers: Headers) -> bool:
        """Whether the page that asks is ours: its origin is the public address or the host it asked."""
        origin = urlsplit(headers.get("origin", "")).netloc
        return bool(origin) and origin in (self._host, headers.get("host"))


async def _carry(socket: WebSocket, media: ClientConnection) -> int:
    """Carry messages both ways until either side ends; returns the code to close the page's socket with."""
    tasks = [
        asyncio.create_task(_to_page(socket, media)),
        asyncio.create_task(_to_media(socket, media)),
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    code = media.close_code
    return code if code is not None and code >= 4000 else _AWAY_CODE if code is not None else _PLAIN_CLOSE


async def _to_page(socket: WebSocket, media: ClientConnection) -> None:
    with suppress(ConnectionClosed, RuntimeError, WebSocketDisconnect):
        async for message in media:
            await socket.send_text(message if isinstance(message, str) else message.decode())


async def _to_media(socket: WebSocket, media: ClientConnection) -> None:
    with suppress(ConnectionClosed, RuntimeError, WebSocketDisconnect):
        while True:
            await media.send(await socket.receive_text())


def _path(booking_id: str, verb: str) -> str:
    return f"/rooms/{quote(booking_id, safe='')}/{verb}"


def _refused(status: int, reason: str, message: str) -> JSONResponse:
    return JSONResponse({"reason": reason, "message": message}, status)
