"""Every plain HTTP route of the product, in one application that stands before the pages."""

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from mentorhub.adapters import Outside
from mentorhub.api import health
from mentorhub.settings import Settings


def application(here: Settings, out: Outside) -> Starlette:
    """The application that Reflex's own is mounted below; its routes win."""
    routes: list[BaseRoute] = [
        *health.routes(
            media_url=here.media_url or "", bus_answers=lambda: True, jobs_answer=lambda: True
        ),
    ]
    return Starlette(routes=routes)
