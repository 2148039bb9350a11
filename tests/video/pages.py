"""A page of a participant without a browser: an aiortc client that publishes ready-made packets."""

import asyncio
import fractions
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from types import TracebackType
from typing import Any, Self

import av
import httpx
from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)

from mentorhub.video.join_token import mint
from tests.video.media_process import SECRET


def token(
    user: str = "riya",
    booking: str = "b1",
    *,
    opens: timedelta = timedelta(minutes=-15),
    closes: timedelta = timedelta(hours=1),
    secret: str = SECRET,
    now: datetime | None = None,
    places: int = 2,
) -> str:
    now = now or datetime.now(UTC)
    return mint(
        booking_id=booking,
        user_id=user,
        role="mentor" if user == "kabir" else "mentee",
        name=user.title(),
        opens_at=now + opens,
        closes_at=now + closes,
        now=now,
        secret=secret,
        places=places,
    )


@cache
def _frames() -> list[bytes]:
    """Two seconds of a small picture in VP8, encoded once."""
    codec: Any = av.CodecContext.create("libvpx", "w")
    codec.width, codec.height, codec.pix_fmt = 160, 120, "yuv420p"
    codec.time_base = fractions.Fraction(1, 90_000)
    codec.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    codec.gop_size = 10
    frames = []
    for number in range(40):
        frame = av.VideoFrame(160, 120, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([(number * 5) % 256]) * plane.buffer_size)
        frame.pts, frame.time_base = number * 4500, codec.time_base
        frames.append(b"".join(bytes(packet) for packet in codec.encode(frame)))
    return frames


class _Ready(MediaStreamTrack):
    """A track of encoded packets, so that nothing is encoded while the test runs."""

    def __init__(self, kind: str, every: float, clock: int, payload: Callable[[int], bytes]) -> None:
        super().__init__()
        self.kind = kind
        self._every, self._clock, self._payload = every, clock, payload
        self._number = 0
        self._started: float | None = None

    async def recv(self) -> av.Packet:
        loop = asyncio.get_running_loop()
        if self._started is None:
            self._started = loop.time()
        await asyncio.sleep(max(0, self._started + self._number * self._every - loop.time()))
        packet = av.Packet(self._payload(self._number))
        packet.pts = int(self._number * self._every * self._clock)
        packet.time_base = fractions.Fraction(1, self._clock)
        self._number += 1
        return packet


class Page:
    """One participant's connection to the media process at `url`."""

    def __init__(self, url: str, token_text: str, booking: str = "b1", *, places: int = 2) -> None:
        self._http = httpx.AsyncClient(base_url=url)
        self._token = token_text
        self._path = f"/rooms/{booking}"
        self.line = RTCPeerConnection(RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE))
        frames = _frames()
        self.line.addTrack(_Ready("audio", 0.02, 48_000, lambda n: b"\xf8\xff\xfe"))
        self.line.addTrack(_Ready("video", 0.05, 90_000, lambda n: frames[n % len(frames)]))
        self.line.addTransceiver("video", direction="recvonly")
        for kind, most in (("audio", places - 1), ("video", min(places - 1, 6))):
            for _ in range(most - 1):
                self.line.addTransceiver(kind, direction="recvonly")

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.line.close()
        await self._http.aclose()

    async def ask(self) -> httpx.Response:
        """Send an offer and hand back whatever the media process says."""
        await self.line.setLocalDescription(await self.line.createOffer())
        return await self._http.post(
            f"{self._path}/join",
            headers={"authorization": f"Bearer {self._token}"},
            json={"sdp": self.line.localDescription.sdp, "microphone": True, "camera": True},
        )

    async def join(self) -> Self:
        answer = await self.ask()
        assert answer.status_code == 201, answer.text
        await self.line.setRemoteDescription(RTCSessionDescription(answer.json()["sdp"], "answer"))
        await until(lambda: self.line.connectionState == "connected")
        return self

    async def leave(self) -> None:
        await self._http.post(f"{self._path}/leave", json={"token": self._token})

    async def lines(self) -> dict[tuple[str, str], int]:
        """Packets that came in so far, by kind and line."""
        counts = {}
        for transceiver in self.line.getTransceivers():
            reports = (await transceiver.receiver.getStats()).values()
            got = sum(report.packetsReceived for report in reports if report.type == "inbound-rtp")
            counts[transceiver.kind, str(transceiver.mid)] = got
        return counts

    async def received(self) -> dict[str, int]:
        """Packets that came in so far, by kind."""
        counts = {"audio": 0, "video": 0}
        for receiver in self.line.getReceivers():
            for report in (await receiver.getStats()).values():
                if report.type == "inbound-rtp":
                    counts[report.kind] += report.packetsReceived
        return counts


async def until(holds: Callable[[], bool], seconds: float = 15) -> None:
    """Wait until something holds; fails when it never does."""

    async def held() -> bool:
        return holds()

    await _poll(held, seconds)


async def until_received(page: Page, kind: str, more_than: int, seconds: float = 15) -> None:
    """Wait until a page has had more than so many packets of a kind."""

    async def enough() -> bool:
        return (await page.received())[kind] > more_than

    await _poll(enough, seconds)


async def _poll(holds: Callable[[], Awaitable[bool]], seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@asynccontextmanager
async def joined(url: str, user: str, **wish: Any) -> AsyncIterator[Page]:
    """A page that is in the room."""
    async with Page(url, token(user, **wish), places=wish.get("places", 2)) as page:
        yield await page.join()
