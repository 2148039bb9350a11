"""The room's own component in a page of the tests: its scripts bundled, a media process, and one Chromium."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from reflex_base.constants.installer import PackageJson
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from mentorhub.components import room as package
from tests.video.browsers import chromium, serve
from tests.video.conftest import media
from tests.video.media_process import MediaProcess

__all__ = ["media"]

_ASSETS = Path(__file__).resolve().parents[3] / "assets"
_STYLES = ("tokens", *(f"styles/{name}" for name in ("base", "shell", "form", "label", "card", "session", "room")))
_PAGE = (
    '<!doctype html><html lang="en"><title>Room</title>'
    + "".join(f'<link rel="stylesheet" href="/assets/{style}.css">' for style in _STYLES)
    + '<div class="shell room-page"><main id="root"></main></div>'
    + '<script type="module" src="/bundle/room_page.js"></script>'
)


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The component's own files, bundled as the product's build does it."""
    place = tmp_path_factory.mktemp("room")
    wanted = {name: PackageJson.DEPENDENCIES[name] for name in ("react", "react-dom")}
    (place / "package.json").write_text(json.dumps({"dependencies": wanted}), encoding="utf-8")
    shutil.copytree(Path(package.__file__).parent, place / "node_modules" / "room")
    shutil.copy(Path(__file__).with_name("room_page.jsx"), place)
    bun = Path(sys.executable).with_name("bun")
    subprocess.run([bun, "install", "--silent"], cwd=place, check=True, timeout=120)
    build = [bun, "build", "room_page.jsx", "--outdir", "out", "--minify", "--target", "browser"]
    subprocess.run([*build, "--define", 'process.env.NODE_ENV="production"'], cwd=place, check=True, timeout=60)
    return place / "out"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file; it must be gone before the next file's own loop runs."""
    with chromium() as started:
        yield started


@pytest.fixture
def url(media: MediaProcess, bundle: Path) -> Iterator[str]:
    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse(_PAGE)

    routes = [
        Route("/", page),
        Mount("/assets", StaticFiles(directory=_ASSETS)),
        Mount("/bundle", StaticFiles(directory=bundle)),
    ]
    with serve(media.url, routes) as address:
        yield address
