"""Which requests come from our own pages (Origin, else Referer): the defence of every post against other sites."""

from urllib.parse import urlsplit

from starlette.requests import Request

from mentorhub.settings import Settings


class OwnPages:
    """The origins our pages are served from."""

    def __init__(self, here: Settings) -> None:
        own = {_origin_of(here.public_url)}
        if not here.live:
            own |= {f"http://{name}:{here.port}" for name in ("localhost", "127.0.0.1")}
        self._origins = frozenset(own)

    def sent(self, request: Request) -> bool:
        """Whether one of them sent this request."""
        origin = request.headers.get("origin")
        if origin is None:
            origin = _origin_of(request.headers.get("referer", ""))
        return origin in self._origins


def _origin_of(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""
