"""The API over HTTP: who may call, what is asked, faults that were ordered, and answering a key only once."""

import asyncio
import base64
import binascii
import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mentorhub.sandbox import (
    balance_transactions,
    charges,
    checkout_sessions,
    events,
    payment_intents,
    payment_methods,
    refunds,
    transfers,
)
from mentorhub.sandbox.errors import ApiError
from mentorhub.sandbox.expansion import expand
from mentorhub.sandbox.names import new_name
from mentorhub.sandbox.operation import Operation
from mentorhub.sandbox.parameters import listing, read, text
from mentorhub.sandbox.store import Book, Store

KEY_LASTS = 24 * 3_600
_LONGEST_BODY = 262_144
_EXPAND = listing(text(longest=200), most=20)
_MODULES = (
    balance_transactions,
    charges,
    checkout_sessions,
    events,
    payment_intents,
    payment_methods,
    refunds,
    transfers,
)
OPERATIONS: tuple[Operation, ...] = tuple(one for module in _MODULES for one in module.OPERATIONS)
_BROKEN = ApiError(500, "Something went wrong on our side.", kind="api_error")
_BUSY = ApiError(429, "Too many requests, please slow down.", code="rate_limit")


def check_key(request: Request, api_key: str) -> None:
    """Let only the holder of the key in, by Bearer or Basic; raises ApiError (401)."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            given = ""
    if not given:
        raise ApiError(401, "You did not provide an API key.")
    if not secrets.compare_digest(given.encode(), api_key.encode()):
        raise ApiError(401, f"Invalid API Key provided: {given[:8]}****{given[-4:]}", code="api_key_invalid")


class Interface:
    """The routes below `/v1`."""

    def __init__(self, store: Store, *, api_key: str) -> None:
        self._store = store
        self._api_key = api_key

    def routes(self) -> list[Route]:
        """One route for each operation, and a plain refusal for every other address."""
        known = [Route(one.path, self._serve(one), methods=[one.method]) for one in OPERATIONS]
        return [*known, Route("/v1/{rest:path}", self._unknown, methods=["GET", "POST", "DELETE"])]

    async def _unknown(self, request: Request) -> Response:
        message = f"Unrecognized request URL ({request.method}: {request.url.path})."
        return _refusal(ApiError(404, message, code="url_invalid"))

    def _serve(self, operation: Operation) -> Callable[[Request], Awaitable[Response]]:
        async def serve(request: Request) -> Response:
            try:
                check_key(request, self._api_key)
                encoded = await _encoded(request)
                return await self._suffer(request, operation, encoded)
            except ApiError as error:
                return _refusal(error)

        return serve

    async def _suffer(self, request: Request, operation: Operation, encoded: str) -> Response:
        order = self._store.house.mischief.take()
        if order and order.trouble == "broken":
            raise _BROKEN
        if order and order.trouble == "busy":
            raise _BUSY
        if order and order.trouble == "time_out":
            await asyncio.sleep(order.seconds)
            raise _BROKEN
        status, body = await run_in_threadpool(self._answer, request, operation, encoded)
        if order:
            await asyncio.sleep(order.seconds)
        return Response(body, status, media_type="application/json", headers=_names(request))

    def _answer(self, request: Request, operation: Operation, encoded: str) -> tuple[int, str]:
        tree = read(encoded)
        paths = _EXPAND("expand", tree.pop("expand", {}))
        given = operation.fields("", tree)
        key = request.headers.get("idempotency-key") if operation.method == "POST" else None
        asked = hashlib.sha256(f"{request.url.path}\n{encoded}".encode()).hexdigest()
        try:
            with self._store.book() as book:
                if key and (kept := _kept(book, key, asked)):
                    return kept
                body = json.dumps(expand(book, operation.act(book, given, request.path_params), paths))
                return _keep(book, key, asked, 200, body)
        except ApiError as error:
            if error.kind == "idempotency_error":
                raise
            # What was begun is undone, yet the same key must hear the same refusal again.
            with self._store.book() as book:
                return _keep(book, key, asked, error.status, json.dumps(error.body()))


def _kept(book: Book, key: str, asked: str) -> tuple[int, str] | None:
    book.link.execute("DELETE FROM answer WHERE created < ?", (book.now - KEY_LASTS,))
    row = book.link.execute("SELECT asked, status, body FROM answer WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    if row[0] != asked:
        message = (
            "Keys for idempotent requests can only be used with the same parameters they were first used "
            f"with. Try using a key other than '{key[:80]}' if you meant to execute a different request."
        )
        raise ApiError(400, message, kind="idempotency_error")
    return row[1], row[2]


def _keep(book: Book, key: str | None, asked: str, status: int, body: str) -> tuple[int, str]:
    if key:
        row = (key[:255], asked, status, body, book.now)
        book.link.execute(
            "INSERT OR IGNORE INTO answer (key, asked, status, body, created) VALUES (?, ?, ?, ?, ?)", row
        )
    return status, body


async def _encoded(request: Request) -> str:
    if request.method == "GET":
        return request.url.query
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_BODY:
            raise ApiError(413, "The request is too large.")
    return body.decode("utf-8", "replace")


def _names(request: Request) -> dict[str, str]:
    names = {"Request-Id": new_name("req"), "Stripe-Version": events.API_VERSION}
    if key := request.headers.get("idempotency-key"):
        names["Idempotency-Key"] = key[:255]
    return names


def _refusal(error: ApiError) -> Response:
    body: dict[str, Any] = error.body()
    return JSONResponse(body, error.status, headers={"Request-Id": new_name("req")})
