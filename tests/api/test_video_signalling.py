"""The web server's passage to the media process: for our own pages, within limits, told when it is away."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from mentorhub.api import video_signalling
from tests.servers import free_port
from tests.video.media_process import MediaProcess
from tests.video.pages import token

OURS = {"origin": "https://mentorhub.example"}


def _web(media_url: str) -> TestClient:
    routes = video_signalling.routes(media_url, public_url="https://mentorhub.example")
    return TestClient(Starlette(routes=routes), base_url="https://mentorhub.example")


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MediaProcess]:
    process = MediaProcess(tmp_path_factory.mktemp("media"))
    process.start()
    yield process
    process.stop()


@pytest.fixture(scope="module")
def web(media: MediaProcess) -> Iterator[TestClient]:
    with _web(media.url) as client:
        yield client


@pytest.mark.parametrize("origin", [{}, {"origin": "https://elsewhere.example"}, {"origin": "null"}])
@pytest.mark.parametrize("verb", ["join", "leave"])
def test_a_page_of_another_site_is_refused(web: TestClient, origin: dict[str, str], verb: str) -> None:
    answer = web.post(f"/rtc/b1/{verb}", json={"token": token()}, headers=origin)

    assert (answer.status_code, answer.json()["reason"]) == (403, "origin")


def test_a_socket_of_another_site_is_refused(web: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect) as refused:
        with web.websocket_connect("/rtc/b1/events", headers={"origin": "https://elsewhere.example"}):
            pass

    assert refused.value.code == 4403


def test_the_media_processs_own_answer_reaches_the_page(web: TestClient) -> None:
    forged = web.post("/rtc/b1/join", json={"sdp": "v=0"}, headers={**OURS, "authorization": "Bearer forged"})
    wrong = web.post("/rtc/b1/join", json={"sdp": "v=0"}, headers={**OURS, "authorization": f"Bearer {token()}"})

    assert (forged.status_code, forged.json()["reason"]) == (403, "forged")
    assert (wrong.status_code, wrong.json()["reason"]) == (422, "offer")


def test_a_token_of_one_room_does_not_reach_another_by_its_address(web: TestClient) -> None:
    headers = {**OURS, "authorization": f"Bearer {token(booking='b1')}"}

    for path in ("/rtc/b2/join", "/rtc/..%2Fb1/join", "/rtc/b1%3Fx/join"):
        answer = web.post(path, json={"sdp": "v=0"}, headers=headers)
        assert answer.status_code in (403, 404)


def test_more_than_any_offer_needs_is_refused_here(web: TestClient) -> None:
    answer = web.post("/rtc/b1/join", content=b"x" * 200_000, headers=OURS)

    assert (answer.status_code, answer.json()["reason"]) == (413, "offer")


def test_events_are_carried_both_ways(web: TestClient) -> None:
    pass_ = token("riya")
    with web.websocket_connect("/rtc/b1/events", headers=OURS) as socket:
        socket.send_json({"token": pass_})
        told = socket.receive_json()

    fields = json.loads(base64.urlsafe_b64decode(pass_.split(".")[0] + "=="))
    assert (told["type"], told["you"]) == ("room", "outside")
    assert told["closes_at"] == fields["closes_at"]


def test_a_refused_socket_says_why_and_closes_with_its_code(web: TestClient) -> None:
    with web.websocket_connect("/rtc/b1/events", headers=OURS) as socket:
        socket.send_json({"token": "forged"})
        assert socket.receive_json()["reason"] == "forged"
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()

    assert closed.value.code == 4401


def test_a_page_is_told_when_the_media_process_is_away() -> None:
    with _web(f"http://127.0.0.1:{free_port()}") as web:
        answer = web.post("/rtc/b1/join", json={"sdp": "v=0"}, headers=OURS)
        assert (answer.status_code, answer.json()["reason"]) == (503, "away")

        with web.websocket_connect("/rtc/b1/events", headers=OURS) as socket:
            assert socket.receive_json()["reason"] == "away"


def test_a_socket_hears_that_the_media_process_was_killed(tmp_path: Path) -> None:
    media = MediaProcess(tmp_path)
    media.start()
    with _web(media.url) as web, web.websocket_connect("/rtc/b1/events", headers=OURS) as socket:
        socket.send_json({"token": token("riya")})
        socket.receive_json()

        media.kill()

        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    assert closed.value.code == 4503
    with pytest.raises(httpx.ConnectError):
        httpx.get(media.url)
