"""`/feeds/sessions/{token}.ics` and `/feeds/busy/{token}.ics`: what calendar programs subscribe to.

The address is the key: no cookie is asked for or read. A closed or replaced one answers like one that never was.
"""

import hashlib

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mentorhub import database
from mentorhub.domain.accounts import service as accounts
from mentorhub.domain.accounts.errors import TooManyTries
from mentorhub.domain.accounts.rules import Allowance
from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.notifications.service.feeds import free_busy_feed, sessions_feed
from mentorhub.domain.scheduling import queries
from mentorhub.domain.scheduling.models import FeedKind
from mentorhub.settings import Settings

SESSIONS_PATH = "/feeds/sessions/{token}.ics"
BUSY_PATH = "/feeds/busy/{token}.ics"
_FREE_AN_HOUR = 120
_HEADERS = {
    "Cache-Control": "private, max-age=60",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Content-Disposition": 'inline; filename="mentorhub.ics"',
}


def routes(here: Settings) -> list[Route]:
    """One route a kind of feed; GET and HEAD."""

    def content_of(token: str, kind: FeedKind) -> bytes | None:
        now = utc_now()
        with database.reading() as db:
            user_id = queries.feed_reader(db, token=token, kind=kind, secret=here.secret)
        if user_id is None:
            return None
        with database.transaction() as db:
            key = f"feed:{user_id}:{kind.value}"
            accounts.take_try(db, allowances=(Allowance(key, _FREE_AN_HOUR),), now=now)
        with database.reading() as db:
            if kind is FeedKind.SESSIONS:
                entries = bookings.feed_entries(db, user_id=user_id, now=now)
                return sessions_feed(entries, public_url=here.public_url)
            spans = bookings.busy_times_of(db, user_id=user_id, now=now)
        return free_busy_feed(spans, uid=f"busy-{hashlib.sha256(token.encode()).hexdigest()[:24]}@mentorhub", now=now)

    async def serve(request: Request, kind: FeedKind) -> Response:
        try:
            content = await run_in_threadpool(content_of, request.path_params["token"], kind)
        except TooManyTries as refusal:
            return PlainTextResponse("Please ask less often.", 429, headers={"Retry-After": str(refusal.minutes * 60)})
        if content is None:
            return PlainTextResponse("There is no such calendar.", 404, headers={"Cache-Control": "no-store"})
        etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {**_HEADERS, "ETag": etag}
        if _knows(request.headers.get("if-none-match", ""), etag):
            return Response(status_code=304, headers=headers)
        return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)

    async def sessions(request: Request) -> Response:
        return await serve(request, FeedKind.SESSIONS)

    async def busy(request: Request) -> Response:
        return await serve(request, FeedKind.FREE_BUSY)

    return [Route(SESSIONS_PATH, sessions), Route(BUSY_PATH, busy)]


def _knows(asked: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    return etag in tags or "*" in tags
