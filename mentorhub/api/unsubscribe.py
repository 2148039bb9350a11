"""`/unsubscribe/{token}`: no more mails of one kind, without a sign-in (RFC 8058); looking changes nothing."""

from html import escape

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from mentorhub import database
from mentorhub.domain.notifications.rules import read_way_out
from mentorhub.domain.notifications.service import switch_off_mail
from mentorhub.settings import Settings

PATH = "/unsubscribe/{token}"
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<meta name="robots" content="noindex">
<title>{title} | MentorHub</title>
</head>
<body style="margin:0;padding:48px 16px;background:#FBFBF9;color:#14201C;font:16px/28px system-ui,sans-serif">
<main style="max-width:480px;margin:0 auto;background:#FFFFFF;border:1px solid #E2E4DD;border-radius:16px;padding:32px">
<h1 style="margin:0 0 16px;font-size:25px;line-height:32px">{title}</h1>
<p style="margin:0 0 24px">{words}</p>
{button}<p style="margin:0"><a href="/account/notices" style="color:#0B6B57">All switches and quiet hours</a></p>
</main>
</body>
</html>
"""
_LOOK = (
    "min-height:44px;padding:10px 22px;border:0;border-radius:10px;"
    "background:#0B6B57;color:#FFFFFF;font:inherit;font-weight:600"
)
_BUTTON = f"""<form method="post" style="margin:0 0 24px">
<button type="submit" style="{_LOOK}">Stop these mails</button>
</form>
"""


def routes(here: Settings) -> list[Route]:
    """The one route: GET asks, POST does it, any number of times."""

    async def serve(request: Request) -> Response:
        found = read_way_out(request.path_params["token"], secret=here.secret)
        if found is None:
            words = "It may be cut off, or these mails cannot be switched off."
            return _answer("This link means nothing", words, status=404)
        user_id, kind = found
        about = f"“{kind.label}”"
        if request.method != "POST":
            return _answer("Stop these mails?", f"You get no more mails about {about}.", button=_BUTTON)

        def switch_off() -> None:
            with database.transaction() as db:
                switch_off_mail(db, user_id=user_id, kind=kind)

        await run_in_threadpool(switch_off)
        return _answer("These mails stop", f"You get no more mails about {about}. In the product you are still told.")

    return [Route(PATH, serve, methods=["GET", "POST"])]


def _answer(title: str, words: str, *, button: str = "", status: int = 200) -> Response:
    page = _PAGE.format(title=escape(title), words=escape(words), button=button)
    return HTMLResponse(page, status, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})
