"""The way to a payment sandbox in a process of its own: its address stays below the product's.

With several web workers only one process may hold the sandbox's books. People, the job worker and the stored
addresses of open checkouts reach it through any web worker, at the same address as with a single one.
"""

from functools import cached_property

import httpx
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

_SECONDS = 30.0
_BETWEEN_TWO_ONLY = frozenset(
    {"connection", "keep-alive", "transfer-encoding", "upgrade", "host", "content-length", "content-encoding", "date"}
)
_AWAY = "The payment sandbox does not answer. Please try again in a moment."


class SandboxPassage:
    """An ASGI application that passes every request on to the sandbox at `address`."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")

    @cached_property
    def _client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=_SECONDS, trust_env=False, follow_redirects=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and its answer back."""
        await (await self._answer(Request(scope, receive)))(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
        url = httpx.URL(f"{self._address}{path}", query=request.scope["query_string"])
        headers = [(name, value) for name, value in request.headers.items() if name not in _BETWEEN_TWO_ONLY]
        try:
            given = await self._client.request(request.method, url, headers=headers, content=await request.body())
        except httpx.HTTPError:
            return PlainTextResponse(_AWAY, 503)
        answer = Response(given.content, given.status_code)
        for name, value in given.headers.multi_items():
            if name not in _BETWEEN_TWO_ONLY:
                answer.headers.append(name, value)
        return answer
