"""What the wrapper adds to every answer: headers, a size cap, an id, and no word of what went wrong inside."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mentorhub.api.wrapper import HouseRules

_SECRET = "the database is at 10.0.0.7"


async def fine(request: Request) -> Response:
    return PlainTextResponse("fine")


async def swallow(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def broken(request: Request) -> Response:
    raise RuntimeError(_SECRET)


async def own_lifetime(request: Request) -> Response:
    return PlainTextResponse("mine", headers={"Cache-Control": "private, no-store"})


def visitor(public_url: str = "http://127.0.0.1:3000", *, larger: dict[str, int] | None = None) -> httpx.AsyncClient:
    """Somebody who asks the wrapped application."""
    routes = [
        Route("/", fine),
        Route("/assets/{name}", fine),
        Route("/fonts/{name}", fine),
        Route("/swallow", swallow, methods=["POST"]),
        Route("/broken", broken),
        Route("/own", own_lifetime),
    ]
    app = HouseRules(Starlette(routes=routes), public_url=public_url, larger=larger)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, raise_app_exceptions=False), base_url=public_url)


async def test_every_answer_wears_the_security_headers() -> None:
    async with visitor() as asks:
        for path in ("/", "/nowhere", "/broken"):
            headers = (await asks.get(path)).headers
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert "default-src 'self'" in headers["content-security-policy"]
            assert "form-action 'self'" in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["x-frame-options"] == "DENY"
            assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
            assert "camera=(self)" in headers["permissions-policy"]
            assert len(headers["x-request-id"]) == 12


async def test_pages_may_reach_their_own_socket_and_no_other_place() -> None:
    async with visitor("https://mentors.example") as asks:
        policy = (await asks.get("/")).headers["content-security-policy"]

    assert "connect-src 'self' wss://mentors.example" in policy
    assert "*" not in policy


@pytest.mark.parametrize(("public_url", "insists"), [("https://mentors.example", True), ("http://127.0.0.1", False)])
async def test_only_a_site_on_https_insists_on_it(public_url: str, insists: bool) -> None:
    async with visitor(public_url) as asks:
        assert ("strict-transport-security" in (await asks.get("/")).headers) is insists


async def test_what_never_changes_is_kept_and_pages_are_asked_for_again() -> None:
    async with visitor() as asks:
        assert "immutable" in (await asks.get("/assets/app-1a2b.js")).headers["cache-control"]
        assert (await asks.get("/fonts/inter.woff2")).headers["cache-control"] == "public, max-age=86400"
        assert (await asks.get("/")).headers["cache-control"] == "no-cache"
        assert (await asks.get("/own")).headers["cache-control"] == "private, no-store"
        assert "cache-control" not in (await asks.get("/assets/../nowhere")).headers


@pytest.mark.parametrize("length", ["1000001", "many", "-5"])
async def test_a_body_larger_than_any_of_ours_is_not_even_read(length: str) -> None:
    async with visitor() as asks:
        answer = await asks.post("/swallow", content=b"x", headers={"Content-Length": length})

    assert answer.status_code == 413
    assert "larger than anything we take" in answer.text


async def test_a_body_of_our_own_size_passes() -> None:
    async with visitor() as asks:
        assert (await asks.post("/swallow", content=b"x" * 1_000_000)).text == "1000000"


async def test_below_a_path_that_takes_larger_ones_a_larger_body_passes_and_nowhere_else() -> None:
    async with visitor(larger={"/swallow": 1_000_002}) as asks:
        assert (await asks.post("/swallow", content=b"x" * 1_000_002)).text == "1000002"
        assert (await asks.post("/swallow", content=b"x" * 1_000_003)).status_code == 413
        assert (await asks.post("/", content=b"x" * 1_000_001)).status_code == 413


async def test_a_failure_answers_with_an_id_and_nothing_of_itself() -> None:
    async with visitor() as asks:
        answer = await asks.get("/broken")

    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in answer.text
    assert _SECRET not in answer.text
    assert "RuntimeError" not in answer.text


async def test_a_body_without_a_length_is_stopped_when_it_grows_too_large() -> None:
    async def stream() -> object:
        for _ in range(20):
            yield b"x" * 100_000

    async with visitor() as asks:
        answer = await asks.post("/swallow", content=stream())

    assert answer.status_code == 413
