"""Deliveries: each event posted to the webhook's address until it is taken, in no promised order.

What is still to be delivered is in the file, so a restart goes on where it stopped.
"""

import asyncio
import contextlib
import json
import logging
import sqlite3
from time import time

import httpx
from starlette.concurrency import run_in_threadpool

from mentorhub.sandbox.checkout_sessions import expire_overdue
from mentorhub.sandbox.signature import sign
from mentorhub.sandbox.store import Json, Store

_log = logging.getLogger(__name__)

AT_ONCE = 8
PATIENCE = 10.0
"""Seconds the receiver has for its answer."""
LONGEST_WAIT = 3_600.0
GIVE_UP_AFTER = 80
"""Attempts, which with waits of 1, 2, 4 … seconds up to an hour is about three days."""
_TICK = 1.0
_DUE = "SELECT id, event_id, attempts FROM delivery WHERE state = 'waiting' AND due <= ? ORDER BY due LIMIT ?"


class Courier:
    """Posts due notices and closes overdue checkouts, as a task of the running loop."""

    def __init__(self, store: Store, *, url: str | None, secret: str) -> None:
        self._store = store
        self._url = url
        self._secret = secret
        self._task: asyncio.Task[None] | None = None
        self._bell = asyncio.Event()

    def start(self) -> None:
        """Begin, unless it runs already in this loop."""
        if self._task is None or self._task.done():
            self._bell = asyncio.Event()
            self._task = asyncio.get_running_loop().create_task(self._work(), name="payment sandbox courier")

    async def stop(self) -> None:
        """Stop; what is under way is delivered again after the next start."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    def ring(self) -> None:
        """Look for due notices now; call it from the loop."""
        self._bell.set()

    async def _work(self) -> None:
        # The receiver may be this very process: nothing here may hold the loop or use a proxy.
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            while True:
                self._bell.clear()
                rows = await self._round(client)
                if not rows:
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._bell.wait(), _TICK)

    async def _round(self, client: httpx.AsyncClient) -> int:
        try:
            rows = await run_in_threadpool(self._due)
            await asyncio.gather(*(self._deliver(client, *row) for row in rows))
        except sqlite3.Error:
            # A full disk or a lock held too long passes; the notices are still in the file.
            _log.exception("the payment sandbox could not read or write its file")
            return 0
        return len(rows)

    def _due(self) -> list[tuple[int, Json, int]]:
        with self._store.book() as book:
            expire_overdue(book)
            if self._url is None:
                return []
            rows = book.link.execute(_DUE, (time(), AT_ONCE)).fetchall()
            return [(row_id, book.get("event", event_id), attempts) for row_id, event_id, attempts in rows]

    async def _deliver(self, client: httpx.AsyncClient, row_id: int, event: Json, attempts: int) -> None:
        body = json.dumps(event, indent=2).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": sign(body, self._secret, at=int(time())),
            "User-Agent": "Stripe/1.0 (MentorHub payment sandbox)",
        }
        try:
            answer = await client.post(str(self._url), content=body, headers=headers)
            told = str(answer.status_code)
        except httpx.HTTPError as error:
            told = type(error).__name__
        await run_in_threadpool(self._note, row_id, event["id"], attempts + 1, told)

    def _note(self, row_id: int, event_id: str, attempts: int, told: str) -> None:
        taken = told.startswith("2")
        state = "taken" if taken else "given_up" if attempts >= GIVE_UP_AFTER else "waiting"
        due = time() + min(2.0 ** (attempts - 1), LONGEST_WAIT)
        with self._store.book() as book:
            book.link.execute(
                "UPDATE delivery SET state = ?, attempts = ?, due = ?, last_status = ? WHERE id = ?",
                (state, attempts, due, told, row_id),
            )
            if taken:
                book.save(book.get("event", event_id) | {"pending_webhooks": 0})
