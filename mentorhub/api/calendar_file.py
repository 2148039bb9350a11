"""`/calendar/{booking}.ics`: a session as a calendar file, for the two people it belongs to."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mentorhub import database
from mentorhub.domain.accounts import queries as accounts
from mentorhub.domain.accounts.rules import cookie_value, session_cookie_name
from mentorhub.domain.bookings import queries as bookings
from mentorhub.domain.common.clock import utc_now
from mentorhub.domain.common.ids import parse_id
from mentorhub.domain.notifications.service import calendar_invite
from mentorhub.settings import Settings

PATH = "/calendar/{booking_id}.ics"


def routes(here: Settings) -> list[Route]:
    """The one route; strangers, unknown bookings and what was never agreed all find nothing."""

    def file_of(booking_text: str, token: str) -> bytes | None:
        booking_id, now = parse_id(booking_text), utc_now()
        with database.reading() as db:
            viewer = accounts.viewer(db, token=token, now=now) if token else None
            pair = bookings.participants_of(db, booking_id) if booking_id else None
            if booking_id is None or viewer is None or pair is None or viewer.user_id not in pair:
                return None
            method = bookings.calendar_method(db, booking_id=booking_id)
            if method is None:
                return None
            notice = bookings.booking_notice(db, booking_id=booking_id, public_url=here.public_url)
        side = "mentor" if viewer.user_id == pair[0] else "mentee"
        return calendar_invite(notice, side=side, method=method, sender=here.mail_from, now=now).content

    async def serve(request: Request) -> Response:
        token = cookie_value(request.headers.get("cookie", ""), session_cookie_name(here.secure))
        content = await run_in_threadpool(file_of, request.path_params["booking_id"], token)
        if content is None:
            return PlainTextResponse("There is no such session.", 404)
        headers = {"Content-Disposition": 'attachment; filename="session.ics"', "Cache-Control": "no-store"}
        return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)

    return [Route(PATH, serve)]
