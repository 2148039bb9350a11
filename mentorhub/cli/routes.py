"""`mentorhub routes`: every page, HTTP route and event handler, with who may call it."""

import importlib
from collections.abc import Iterator
from typing import Any

import typer

from mentorhub.cli import build


def routes() -> None:
    """Print the doors of the product; exit with 1 when one of them is not in the access table."""
    build.prepare_environment()
    importlib.import_module("mentorhub.mentorhub")
    lines = [*_pages(), *_http(), *_handlers()]
    for kind, name, who in sorted(lines):
        typer.echo(f"{kind:8} {who:12} {name}")
    unlisted = [name for _, name, who in lines if who == "UNLISTED"]
    typer.echo(f"{len(lines)} doors, {len(unlisted)} unlisted.")
    if unlisted:
        raise typer.Exit(1)


def _pages() -> Iterator[tuple[str, str, str]]:
    table = importlib.import_module("mentorhub.pages").ROUTES
    for route in table:
        yield "page", "/" + route.path.strip("/"), route.access.value


def _http() -> Iterator[tuple[str, str, str]]:
    mount = importlib.import_module("mentorhub.api.mount")
    settings, adapters = (importlib.import_module(f"mentorhub.{name}") for name in ("settings", "adapters"))
    for methods, path in mount.doors(settings.current(), adapters.outside()):
        who = mount.ACCESS.get(path, "UNLISTED")
        yield "http", f"{methods:9} {path}", who


def _handlers() -> Iterator[tuple[str, str, str]]:
    access: Any = importlib.import_module("mentorhub.state.access")
    for name, handler in access.registered_handlers().items():
        allowed = access.access_of(handler)
        refused = handler.fn.__name__ in access.FRAMEWORK_REFUSED
        yield "event", name, allowed.value if allowed else ("nobody" if refused else "UNLISTED")
