"""The media process's own addresses, asked as the web server and the product's jobs ask them."""

import base64
import json
import signal
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError

from tests.video.media_process import SECRET, MediaProcess
from tests.video.pages import Page, joined, token, until


@pytest.mark.parametrize(
    ("make", "status", "reason"),
    [
        (lambda: "nonsense", 403, "forged"),
        (lambda: token("sam", "another-booking"), 403, "forged"),
        (lambda: token("sam", secret="not the secret of this media process"), 403, "forged"),
        (lambda: token("riya", opens=timedelta(minutes=5)), 403, "too-early"),
        (lambda: token("riya", closes=timedelta(minutes=-5)), 403, "expired"),
    ],
)
async def test_without_a_token_for_this_room_now_nobody_comes_in(
    media: MediaProcess, make: Callable[[], str], status: int, reason: str
) -> None:
    async with Page(media.url, make()) as page:
        answer = await page.ask()

    assert (answer.status_code, answer.json()["reason"]) == (status, reason)
    assert "sdp" not in answer.json()
    assert media.attendance() == []


async def test_a_third_person_is_refused_in_words_and_the_two_stay(media: MediaProcess) -> None:
    async with joined(media.url, "riya"), joined(media.url, "kabir"), Page(media.url, token("sam")) as sam:
        answer = await sam.ask()

        assert (answer.status_code, answer.json()) == (
            409,
            {"reason": "full", "message": "Both places in this room are taken."},
        )
        people = media.ask("/rooms/b1")["participants"]
        assert {(one["user"], one["presence"]) for one in people} == {("riya", "here"), ("kabir", "here")}


@pytest.mark.parametrize("body", [b"", b"[]", b'{"sdp": 5}', b'{"sdp": "v=0"}', b'{"sdp":"' + b"x" * 90_000 + b'"}'])
async def test_a_wrong_body_is_refused_and_never_an_error(media: MediaProcess, body: bytes) -> None:
    headers = {"authorization": f"Bearer {token()}"}
    async with httpx.AsyncClient(base_url=media.url) as web:
        answer = await web.post("/rooms/b1/join", content=body, headers=headers)

    assert (answer.status_code, answer.json()["reason"]) == (422, "offer")


async def test_a_page_hears_who_comes_and_goes_before_it_is_in(media: MediaProcess) -> None:
    async with connect(f"{media.url.replace('http', 'ws')}/rooms/b1/events", proxy=None) as socket:
        await socket.send(json.dumps({"token": token("kabir")}))
        first = json.loads(await socket.recv())
        assert (first["you"], first["others"]) == ("outside", [])

        async with joined(media.url, "riya") as riya:
            assert await _heard(socket, "here")
            await riya.leave()
            assert await _heard(socket, "left")


async def _heard(socket: object, presence: str) -> bool:
    async for text in socket:  # type: ignore[attr-defined]
        others = json.loads(text)["others"]
        if others and others[0]["presence"] == presence:
            return True
    return False


async def test_a_stranger_hears_nothing(media: MediaProcess) -> None:
    async with joined(media.url, "riya"):
        async with connect(f"{media.url.replace('http', 'ws')}/rooms/b1/events", proxy=None) as socket:
            await socket.send(json.dumps({"token": "forged"}))
            said = json.loads(await socket.recv())
            with pytest.raises(ConnectionClosedError) as closed:
                await socket.recv()

    assert (said["type"], said["reason"]) == ("closed", "forged")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


@pytest.mark.parametrize("path", ["/attendance", "/stats", "/rooms/b1"])
@pytest.mark.parametrize("key", ["guess", SECRET, token()])
def test_figures_are_for_the_products_own_processes(media: MediaProcess, path: str, key: str) -> None:
    answer = httpx.get(f"{media.url}{path}", headers={"authorization": f"Bearer {key}"})

    assert (answer.status_code, answer.json()["reason"]) == (403, "control")


async def test_a_cancelled_session_ends_for_both_and_stays_shut(media: MediaProcess) -> None:
    async with joined(media.url, "riya") as riya:
        media.cancel("b1")
        assert media.attendance() == [("riya", "joined", ""), ("riya", "left", "cancelled")]

        async with Page(media.url, token("kabir")) as kabir:
            answer = await kabir.ask()
        assert (answer.status_code, answer.json()["reason"]) == (409, "cancelled")
        await until(lambda: riya.line.connectionState == "closed")


async def test_a_seat_called_off_ends_the_room_for_that_one_alone(media: MediaProcess) -> None:
    async with joined(media.url, "riya", places=3), joined(media.url, "sam", places=3) as sam:
        media.cancel("b1", "sam")

        assert media.attendance()[-1] == ("sam", "left", "cancelled")
        await until(lambda: sam.line.connectionState == "closed")
        people = {one["user"]: one["presence"] for one in media.ask("/rooms/b1")["participants"]}
        assert people == {"riya": "here", "sam": "left"}


async def test_a_killed_process_starts_again_with_everything_it_wrote_down(media: MediaProcess) -> None:
    async with joined(media.url, "riya"), joined(media.url, "kabir"):
        before = media.ask("/attendance", after=0)
        media.kill(signal.SIGKILL)

    media.start()

    after = media.ask("/attendance", after=0)
    assert after["journal"] == before["journal"]
    assert after["entries"][:2] == before["entries"]
    crashed = after["entries"][2:]
    assert {(entry["user_id"], entry["event"]) for entry in crashed} == {("riya", "left"), ("kabir", "left")}
    joined_at = {entry["user_id"]: entry["at"] for entry in before["entries"]}
    assert all(0 <= entry["at"] - joined_at[entry["user_id"]] < 10 for entry in crashed)
    assert media.ask("/attendance", after=after["last"])["entries"] == []


async def test_a_stopped_process_writes_down_that_both_went(media: MediaProcess) -> None:
    async with joined(media.url, "riya"):
        status = media.kill(signal.SIGTERM)

    media.start()
    assert status == 0
    assert media.attendance() == [("riya", "joined", ""), ("riya", "left", "stopped")]


async def test_the_journal_tells_the_products_time(media: MediaProcess) -> None:
    media.offset_file.write_text("86400.000", encoding="ascii")
    tomorrow = token("riya", opens=timedelta(hours=23), closes=timedelta(hours=25))

    async with Page(media.url, tomorrow) as page:
        await page.join()

    entry = media.ask("/attendance", after=0)["entries"][0]
    assert 86_390 < entry["at"] - json.loads(_payload(tomorrow))["issued_at"] < 86_430


def _payload(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.split(".")[0] + "==")
