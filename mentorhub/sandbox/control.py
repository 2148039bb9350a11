"""The sandbox's own controls, for tests and demonstrations: order faults, disturb the post, see deliveries.

They ask for the API key like every call, and no other provider has them.
"""

from collections.abc import Callable
from typing import Any, cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mentorhub.sandbox.errors import ApiError
from mentorhub.sandbox.interface import check_key
from mentorhub.sandbox.mischief import TROUBLES, Order, Post, Trouble
from mentorhub.sandbox.parameters import choice, group, integer, read
from mentorhub.sandbox.store import Store

_FAULTS = group(
    {"trouble": choice(*TROUBLES), "calls": integer(most=1_000), "milliseconds": integer(most=600_000)},
    needed=("trouble",),
)
_POST = group(
    {
        "delay_milliseconds": integer(most=3_600_000),
        "copies": integer(least=1, most=20),
        "drop": integer(most=1_000),
    }
)


class Control:
    """The routes below `/_sandbox`."""

    def __init__(self, store: Store, *, api_key: str) -> None:
        self._store = store
        self._api_key = api_key

    def routes(self) -> list[Route]:
        """Faults of coming calls, the travel of coming notices, and what was delivered."""
        return [
            Route("/_sandbox/faults", self._guarded(self._order), methods=["POST"]),
            Route("/_sandbox/post", self._guarded(self._disturb), methods=["POST"]),
            Route("/_sandbox/deliveries", self._guarded(self._deliveries), methods=["GET"]),
        ]

    def _guarded(self, act: Callable[[str], dict[str, Any]]) -> Callable[[Request], Any]:
        async def serve(request: Request) -> Response:
            try:
                check_key(request, self._api_key)
                encoded = (await request.body()).decode("utf-8", "replace")
                return JSONResponse(await run_in_threadpool(act, encoded))
            except ApiError as error:
                return JSONResponse(error.body(), error.status)

        return serve

    def _order(self, encoded: str) -> dict[str, Any]:
        given = _FAULTS("", read(encoded))
        calls = given.get("calls", 1)
        order = Order(cast(Trouble, given["trouble"]), calls, given.get("milliseconds", 30_000) / 1_000)
        self._store.house.mischief.order(order if calls else None)
        return {"trouble": order.trouble, "calls": calls}

    def _disturb(self, encoded: str) -> dict[str, Any]:
        given = _POST("", read(encoded))
        post = Post(given.get("delay_milliseconds", 0) / 1_000, given.get("copies", 1), given.get("drop", 0))
        self._store.house.mischief.disturb_post(post)
        return {"delay": post.delay, "copies": post.copies, "drop": post.drop}

    def _deliveries(self, _: str) -> dict[str, Any]:
        names = ("event", "type", "state", "attempts", "last_status")
        query = (
            "SELECT event_id, json_extract(body, '$.type'), state, attempts, last_status "
            "FROM delivery JOIN object ON object.id = event_id ORDER BY delivery.id"
        )
        with self._store.book() as book:
            return {"data": [dict(zip(names, row, strict=True)) for row in book.link.execute(query)]}
