"""Serves a built page at its own address: without this, `/sessions` would first be sent on to `/sessions/`."""

from functools import cached_property
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send


class CleanAddresses:
    """Wraps an application that serves the files of `folder`, where the page `/a/b` lies as `a/b.html`."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self._app = app
        self._folder = folder

    @cached_property
    def _pages(self) -> frozenset[str]:
        """The addresses of all prerendered pages, looked up once: they change only with a build."""
        found = (path.relative_to(self._folder).with_suffix("") for path in self._folder.rglob("*.html"))
        return frozenset(f"/{page.as_posix()}" for page in found if page.name not in ("index", "404"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, a page's address turned into its file's."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and scope["path"] in self._pages:
            scope = {**scope, "path": f"{scope['path']}.html"}
        await self._app(scope, receive, send)
