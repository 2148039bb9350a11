"""The app: imports the pages, mounts the plain HTTP routes, starts nothing else."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import reflex as rx
import structlog
from reflex.event import EventSpec
from reflex.utils.prerequisites import get_web_dir
from reflex_base.constants import Dirs
from starlette.applications import Starlette
from starlette.types import ASGIApp

from mentorhub import database, settings, theme
from mentorhub.adapters import Outside, outside
from mentorhub.api import mount
from mentorhub.api.clean_addresses import CleanAddresses
from mentorhub.api.wrapper import HouseRules
from mentorhub.components.shell import head_components
from mentorhub.domain.common import clock
from mentorhub.domain.common.ids import new_id
from mentorhub.domain.marketplace import queries as marketplace
from mentorhub.jobs import schedule, worker
from mentorhub.pages import ROUTES
from mentorhub.settings import Settings
from mentorhub.state.access import AccessMiddleware
from mentorhub.state.live import hub
from mentorhub.state.viewer import ViewerState

_log = structlog.get_logger(__name__)
_LONGEST_COMPLAINT = 300
_LOOK_SECONDS = 0.05
_sandbox = mount.sandbox_within(settings.current())


def _failed(exception: Exception) -> EventSpec | None:
    """Log what went wrong under an id, never the event's payload, and show the person that id."""
    failure_id = new_id().hex[:12]
    _log.error("event.failed", id=failure_id, exc_info=exception)
    return rx.toast.error(f"Something went wrong on our side. If it happens again, tell us this number: {failure_id}.")


def _failed_in_browser(exception: Exception) -> None:
    """Log what a page says went wrong in it, as one short line: anybody can send such a word, of any length."""
    _log.warning("page.failed", said=" ".join(str(exception)[:_LONGEST_COMPLAINT].split()))


async def _work_once_served(here: Settings, out: Outside) -> None:
    """Do the jobs from the moment this installation answers: its payment sandbox stands behind its own port."""
    answers = False
    while not answers:
        await asyncio.sleep(_LOOK_SECONDS)
        with contextlib.suppress(OSError):
            _, line = await asyncio.open_connection(here.host, here.port)
            line.close()
            answers = True
    await worker.run(out)


@contextlib.asynccontextmanager
async def _house(app: rx.App) -> AsyncIterator[None]:
    """What runs while this worker serves: the database, the bus, live pages, and the job worker."""
    here, out = settings.current(), outside()
    clock.use_offset_file(here.clock_offset_file)
    database.connect(here.database_url)
    database.publish_after_commit(out.bus.publish)
    stop_forgetting = out.bus.subscribe(marketplace.topic_changed)
    tasks = [asyncio.create_task(out.bus.run()), asyncio.create_task(hub.run(app, out.bus))]
    if _sandbox is not None:
        await _sandbox.start()
    if here.jobs_inside:
        tasks.append(asyncio.create_task(_work_once_served(here, out)))
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        stop_forgetting()
        if _sandbox is not None:
            await _sandbox.stop()
        database.publish_after_commit(None)
        database.dispose()


def _wrapped(inner: ASGIApp) -> ASGIApp:
    clean = CleanAddresses(inner, get_web_dir() / Dirs.STATIC)
    return HouseRules(clean, public_url=settings.current().public_url, larger=mount.LARGER_BODIES)


def _routes() -> Starlette:
    return mount.application(settings.current(), outside(), sandbox=_sandbox, jobs_answer=schedule.is_kept)


app = rx.App(
    head_components=head_components(),
    stylesheets=theme.STYLESHEETS,
    html_lang="en",
    reset_style=False,
    api_transformer=[_routes(), _wrapped],
    backend_exception_handler=_failed,
    frontend_exception_handler=_failed_in_browser,
)
app.add_middleware(AccessMiddleware(), index=0)
app.register_lifespan_task(_house, app=app)
for route in ROUTES:
    app.add_page(
        route.page,
        route=route.path,
        title=route.title,
        description=route.description,
        on_load=[ViewerState.enter, *route.on_load],
    )
