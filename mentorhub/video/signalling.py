"""The media process's own HTTP: pages' join, leave and events (by token), and figures (by control key).

Browsers never talk to it; the web server passes their requests on. Every answer that is not 2xx is
`{"reason", "message"}`, where the message is a sentence for a person.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from mentorhub.video.join_token import JoinToken, TokenRefused, control_key, verify
from mentorhub.video.participant import Devices, JoinRefused, Visit
from mentorhub.video.room import Room
from mentorhub.video.rooms import Rooms
from mentorhub.video.sdp import LARGEST_OFFER, OfferRefused

REFUSED_CODE = 4401
MOVING_CODE = 4503

_LARGEST_BODY = LARGEST_OFFER + 16 * 1024
_LARGEST_MESSAGE = 8 * 1024
_LONGEST_PAGE_NAME = 64
_HELLO_SECONDS = 5.0
_REPEAT_SECONDS = 10.0


class Signalling:
    """The routes of one media process."""

    def __init__(self, rooms: Rooms, *, secret: str) -> None:
        self._rooms = rooms
        self._secret = secret
        self._control_key = control_key(secret)

    def application(self) -> Starlette:
        """The Starlette application to serve."""
        return Starlette(
            routes=[
                Route("/rooms/{booking_id}/join", self._join, methods=["POST"]),
                Route("/rooms/{booking_id}/leave", self._leave, methods=["POST"]),
                WebSocketRoute("/rooms/{booking_id}/events", self._events),
                Route("/rooms/{booking_id}/cancel", self._controlled(self._cancel), methods=["POST"]),
                Route("/rooms/{booking_id}", self._controlled(self._presence)),
                Route("/attendance", self._controlled(self._attendance)),
                Route("/stats", self._controlled(self._stats)),
                Route("/healthz", self._healthz),
            ]
        )

    async def _join(self, request: Request) -> Response:
        booking_id = request.path_params["booking_id"]
        try:
            token = self._token(_bearer(request.headers.get("authorization", "")), booking_id)
            fields = await _body(request)
            offer = fields.get("sdp")
            if not isinstance(offer, str):
                raise OfferRefused("The offer is missing.")
            room, resume = self._rooms.open(booking_id, token), fields.get("resume") is True
            answer = await room.join(_visit(token, fields), offer, _devices(fields), resume=resume)
        except TokenRefused as refusal:
            return _refused(403, refusal.reason, refusal.message)
        except OfferRefused as refusal:
            return _refused(422, "offer", str(refusal))
        except JoinRefused as refusal:
            return _refused(503 if refusal.reason == "moving" else 409, refusal.reason, str(refusal))
        return JSONResponse({"type": "answer", "sdp": answer}, 201)

    async def _leave(self, request: Request) -> Response:
        """Leaving is always allowed and never fails: a beacon of a closing page hears no answer anyway."""
        booking_id = request.path_params["booking_id"]
        with suppress(TokenRefused, OfferRefused):
            fields = await _body(request)
            text = str(fields.get("token", ""))
            token = verify(text, booking_id=booking_id, now=self._now(), secret=self._secret, late=True)
            room = self._rooms.find(booking_id)
            if room is not None:
                room.leave(_visit(token, fields))
        return Response(status_code=204)

    async def _events(self, socket: WebSocket) -> None:
        await socket.accept()
        booking_id = socket.path_params["booking_id"]
        try:
            hello = await asyncio.wait_for(_message(socket), _HELLO_SECONDS)
            visit = _visit(self._token(str(hello.get("token", "")), booking_id), hello)
            room = self._rooms.open(booking_id, visit.token)
        except (WebSocketDisconnect, TimeoutError):
            return
        except (TokenRefused, JoinRefused) as refusal:
            code = MOVING_CODE if getattr(refusal, "reason", "") == "moving" else REFUSED_CODE
            await _close(socket, code, {"reason": refusal.reason, "message": str(refusal)})
            return
        await self._converse(socket, room, visit)

    async def _converse(self, socket: WebSocket, room: Room, visit: Visit) -> None:
        """Tell the page what changes and hear what it switches, until either side has enough."""
        tasks = [
            asyncio.create_task(self._tell(socket, room, visit)),
            asyncio.create_task(_listen(socket, room, visit)),
            asyncio.create_task(self._rooms.stopping.wait()),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if self._rooms.stopping.is_set():
            await _close(socket, MOVING_CODE, {"reason": "moving", "message": "The room is moving."})

    async def _tell(self, socket: WebSocket, room: Room, visit: Visit) -> None:
        with room.watch() as changed:
            while True:
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), _REPEAT_SECONDS)
                changed.clear()
                await socket.send_text(json.dumps(room.view(visit)))

    async def _cancel(self, request: Request) -> Response:
        fields = await _body(request)
        until, user = fields.get("until"), fields.get("user")
        if not isinstance(until, int | float):
            return _refused(422, "until", "Until when is missing.")
        if isinstance(user, str):
            self._rooms.dismiss(request.path_params["booking_id"], user, float(until))
        else:
            self._rooms.cancel(request.path_params["booking_id"], float(until))
        return Response(status_code=204)

    async def _presence(self, request: Request) -> Response:
        room = self._rooms.find(request.path_params["booking_id"])
        people = [] if room is None else [one.described() for one in room.participants.values()]
        return JSONResponse({"participants": people})

    async def _attendance(self, request: Request) -> Response:
        after = request.query_params.get("after", "0")
        if not after.isdecimal():
            return _refused(422, "after", "The number to start after is wrong.")
        journal = self._rooms.house.journal
        entries = [asdict(entry) for entry in journal.after(int(after))]
        return JSONResponse({"journal": journal.journal_id, "last": journal.last, "entries": entries})

    async def _stats(self, request: Request) -> Response:
        return JSONResponse(self._rooms.figures())

    async def _healthz(self, request: Request) -> Response:
        return JSONResponse({"alive": True})

    def _controlled(
        self, handler: Callable[[Request], Awaitable[Response]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(request: Request) -> Response:
            given = _bearer(request.headers.get("authorization", ""))
            if not hmac.compare_digest(given.encode(), self._control_key.encode()):
                return _refused(403, "control", "This is for the product's own processes.")
            try:
                return await handler(request)
            except OfferRefused as refusal:
                return _refused(422, "body", str(refusal))

        return guarded

    def _token(self, text: str, booking_id: str) -> JoinToken:
        return verify(text, booking_id=booking_id, now=self._now(), secret=self._secret)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._rooms.house.clock(), UTC)


async def _listen(socket: WebSocket, room: Room, visit: Visit) -> None:
    with suppress(WebSocketDisconnect):
        while True:
            room.set_devices(visit, _devices(await _message(socket)))


async def _message(socket: WebSocket) -> dict[str, Any]:
    text = await socket.receive_text()
    return _object(text) if len(text) <= _LARGEST_MESSAGE else {}


async def _body(request: Request) -> dict[str, Any]:
    """The fields of a JSON body; raises OfferRefused when it is larger than any offer may be."""
    gathered = bytearray()
    async for chunk in request.stream():
        gathered += chunk
        if len(gathered) > _LARGEST_BODY:
            raise OfferRefused("The offer is too large.")
    return _object(gathered)


def _object(text: str | bytearray) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _visit(token: JoinToken, fields: dict[str, Any]) -> Visit:
    """Who is at which page; a page without a name of its own is known by its token."""
    page = fields.get("page")
    return Visit(token, page[:_LONGEST_PAGE_NAME] if isinstance(page, str) and page else token.token_id)


def _devices(fields: dict[str, Any]) -> Devices:
    return Devices(**{name: fields.get(name) is True for name in ("microphone", "camera", "screen")})


def _bearer(header: str) -> str:
    return header.removeprefix("Bearer ")


def _refused(status: int, reason: str, message: str) -> JSONResponse:
    return JSONResponse({"reason": reason, "message": message}, status)


async def _close(socket: WebSocket, code: int, said: dict[str, str]) -> None:
    with suppress(RuntimeError, WebSocketDisconnect):
        await socket.send_text(json.dumps({"type": "closed", **said}))
        await socket.close(code)
