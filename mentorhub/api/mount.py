"""Every plain HTTP route of the product, in one application that stands before the pages."""

from collections.abc import Callable, Iterator

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from mentorhub.adapters import Outside
from mentorhub.api import (
    auth,
    calendar_feed,
    calendar_file,
    health,
    intake_files,
    notes_sync,
    page_address,
    stripe_webhook,
    unsubscribe,
    video_signalling,
)
from mentorhub.api.payment_sandbox import MOUNTED_AT, payment_sandbox
from mentorhub.api.sandbox_passage import SandboxPassage
from mentorhub.sandbox.app import Sandbox
from mentorhub.settings import Settings

ACCESS = {
    "/healthz": "everyone",
    "/readyz": "everyone",
    page_address.PATH: "everyone",
    calendar_file.PATH: "its two people",
    calendar_feed.SESSIONS_PATH: "secret link",
    calendar_feed.BUSY_PATH: "secret link",
    intake_files.UPLOAD_PATH: "its mentee",
    intake_files.FILE_PATH: "its two people",
    "/notes/{booking_id}/sync": "its two people",
    "/rtc/{booking_id}/join": "join token",
    "/rtc/{booking_id}/leave": "join token",
    "/rtc/{booking_id}/events": "join token",
    stripe_webhook.PATH: "signature",
    unsubscribe.PATH: "signature",
    MOUNTED_AT: "demo only",
    **auth.ACCESS,
}
"""Who may call which route; `mentorhub routes` fails on one that is not here."""
LARGER_BODIES = {intake_files.BELOW: intake_files.LARGEST_BODY}
"""Below which paths a body may be larger than anywhere else."""


def sandbox_within(here: Settings) -> Sandbox | None:
    """The payment sandbox this process serves itself, if the settings ask for one."""
    return payment_sandbox(here) if here.own_sandbox and here.sandbox_url is None else None


def application(here: Settings, out: Outside, *, sandbox: Sandbox | None, jobs_answer: Callable[[], bool]) -> Starlette:
    """The application that Reflex's own is mounted below; its routes win."""
    return Starlette(routes=_routes(here, out, sandbox, jobs_answer))


def _routes(here: Settings, out: Outside, sandbox: Sandbox | None, jobs_answer: Callable[[], bool]) -> list[BaseRoute]:
    return [
        *health.routes(media_url=here.media_url or "", bus_answers=out.bus.answers, jobs_answer=jobs_answer),
        *page_address.routes(public_url=here.public_url),
        *auth.routes(here, out),
        *calendar_file.routes(here),
        *calendar_feed.routes(here),
        *intake_files.routes(here, out.files),
        *notes_sync.routes(out.bus, public_url=here.public_url),
        *video_signalling.routes(here.media_url or "", public_url=here.public_url),
        *unsubscribe.routes(here),
        *stripe_webhook.routes(out.gateway),
        *_way_to_the_sandbox(here, sandbox),
    ]


def _way_to_the_sandbox(here: Settings, sandbox: Sandbox | None) -> list[BaseRoute]:
    if sandbox is not None:
        return [Mount(MOUNTED_AT, sandbox)]
    if here.own_sandbox and here.sandbox_url is not None:
        return [Mount(MOUNTED_AT, SandboxPassage(here.sandbox_url))]
    return []


def doors(here: Settings, out: Outside) -> Iterator[tuple[str, str]]:
    """The methods and the path of every route."""
    for route in _routes(here, out, sandbox_within(here), lambda: True):
        if isinstance(route, Route):
            yield ",".join(sorted((route.methods or set()) - {"HEAD"})), route.path
        elif isinstance(route, WebSocketRoute):
            yield "SOCKET", route.path
        elif isinstance(route, Mount):
            yield "MOUNT", route.path
