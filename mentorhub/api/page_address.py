"""Where a page finds its server: the pages are built once, and told their address when they are served.

The framework bakes the address of the socket into one small file of the build. That file is answered here
with the address people type now, so that another port or domain costs no new build.
"""

import re
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

PATH = "/assets/reflex-env-{digest}.js"
_BUILT = Path(__file__).resolve().parents[2] / ".web" / "build" / "client" / "assets"
_ORIGIN = re.compile(r"\b(http|ws)s?://[^/`\"']+")


def routes(*, public_url: str, built: Path = _BUILT) -> list[Route]:
    """The one route; `public_url` is the address people type, `built` the folder of the built scripts."""

    def answer(request: Request) -> Response:
        path = built / f"reflex-env-{request.path_params['digest']}.js"
        if not path.is_file():
            return PlainTextResponse("There is no such file here.", 404)
        return Response(readdressed(path.read_text(encoding="utf-8"), public_url), media_type="text/javascript")

    return [Route(PATH, answer)]


def readdressed(script: str, public_url: str) -> str:
    """The script with every address in it moved to `public_url`, sockets and plain requests alike."""
    secure, _, host = public_url.partition("://")
    ending = "s" if secure == "https" else ""
    return _ORIGIN.sub(lambda found: f"{found[1]}{ending}://{host}", script)
